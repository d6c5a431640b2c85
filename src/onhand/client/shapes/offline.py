"""
What lines and answers of offline look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict


class QueuedItemAnswer(TypedDict):
    """Queued item answer."""

    product: str  # The code of a product.
    quantity: str  # How much, in the item's measure.
    name: str  # The name.


class SyncSalesAnswer(TypedDict):
    """Sync sales answer."""

    synced: int  # How many sales were deducted.
    need_approval: int  # How many wait for a manager at the site now.
    dry_run: bool  # Whether it was computed only, and nothing written.


class OfflineSaleAnswer(TypedDict):
    """Offline sale answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    site: str  # The code of a site.
    transaction: str  # The number of the sale, as the till tells it.
    status: str  # The status.
    reason: str  # Why.
    device: str  # The name of the till.
    sequence: int  # The place of the sale among those that the device sold at one time.
    sold_at: str  # When it was sold: RFC 3339 in UTC.
    arrived_at: str  # When it arrived: RFC 3339 in UTC.
    items: list[QueuedItemAnswer]  # The items.
    slice: int | None  # The number of the slice that was lent to the till.
    errors: list[str]  # What stands in the way.
    decided_by: str | None  # Who decided.
    decision: str | None  # Why it was decided so.
