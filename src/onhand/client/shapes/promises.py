"""
What lines and answers of promises look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Document


class ReservationLine(TypedDict):
    """Reservation line."""

    holding: int  # The number of a holding.
    quantity: str  # How much, in the item's measure.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class ReservationAnswer(TypedDict):
    """Reservation answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    site: str  # The code of a site.
    status: str  # The status.
    expires_at: str | None  # When it ends: RFC 3339 with a time zone.
    priority: int  # The priority, a whole number from 0 to 1000; higher ones are served first.
    lines: list[ReservationLine]  # The lines, all or none of which are done.
    wanted: list[list[str]]  # What it waits for in line: sku and quantity in the item's measure.
    claimed_by: str | None  # The worker who is at its cleanup.
    document: Document | None  # The document behind it.
