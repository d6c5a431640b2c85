"""
What lines and answers of stock look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Balances, MovementLine, State
from onhand.client.speaking import Page


class Explained(TypedDict):
    """Explained."""

    movement: MovementLine  # The movement.
    change: str  # What was added to the figure, in the item's measure.
    total: str  # The figure after it, in the item's measure.


class HoldingAnswer(TypedDict):
    """Holding answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    floor: str  # How far available stock may fall, in the item's measure; zero or less.
    balances: Balances  # The quantities by state after it, in the item's measure.
    expires_on: str | None  # The last good day, as 2026-01-31.
    value: str  # What goods are worth, in the currency of the org; or the value of an option.
    unit_cost: str  # What one cost, in the currency of the org, with at most two decimals.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class HoldingDifference(TypedDict):
    """Holding difference."""

    id: int  # The number by which the thing is known in its org.
    before: Balances  # The quantities by state at the first moment.
    after: Balances  # The quantities by state at the second moment.
    count: int  # How many movements lie between the two moments, a whole number.
    movements: list[MovementLine]  # The movements, in order; in a list of postings, how many there are.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class HoldingThen(TypedDict):
    """Holding then."""

    id: int  # The number by which the thing is known in its org.
    number: int  # The number of a posting in the journal, or of a document.
    balances: Balances  # The quantities by state after it, in the item's measure.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class Difference(TypedDict):
    """Difference."""

    since: int  # Only after this posting, or since this day or moment.
    until: int  # Only up to this posting, day or moment.
    holdings: Page[HoldingDifference]  # The holdings.


class Explanation(TypedDict):
    """Explanation."""

    state: State | None  # A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.
    movements: list[Explained]  # The movements, in order; in a list of postings, how many there are.
    brought_forward: str  # The figure before the first movement shown, in the item's measure.
    total: str  # The figure after it, in the item's measure.
    earlier: str | None  # The cursor of what came before.


class Then(TypedDict):
    """Then."""

    number: int  # The number of a posting in the journal, or of a document.
    occurred_at: str | None  # When it happened, if not now: RFC 3339 with a time zone.
    holdings: Page[HoldingThen]  # The holdings.
