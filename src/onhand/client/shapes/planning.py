"""
What lines and answers of planning look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.speaking import Quantity


class Demand(TypedDict):
    """Demand."""

    sku: str  # The code of an item.
    day: str  # The day that codes given out carry, as 2026-01-31.
    quantity: str  # How much, in the item's measure.


class Position(TypedDict):
    """Position."""

    sku: str  # The code of an item.
    available: str  # What may be promised now, in the item's measure.
    incoming: str  # What is on its way, in the item's measure.
    point: str | None  # At how much it is time to order, in the item's measure.
    target: str | None  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.


class Promisable(TypedDict):
    """Promisable."""

    day: str | None  # The day that codes given out carry, as 2026-01-31.
    quantity: str  # How much, in the item's measure.


class Proposal(TypedDict):
    """Proposal."""

    sku: str  # The code of an item.
    available: str  # What may be promised now, in the item's measure.
    incoming: str  # What is on its way, in the item's measure.
    point: str  # At how much it is time to order, in the item's measure.
    target: str  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
    is_set: bool  # Whether somebody has set point and target; else they are of the forecast.
    quantity: str  # How much to order, in the item's measure; 0 is nothing.
    weekly: str  # How much is taken in a week by the forecast, in the item's measure.
    days_of_cover: float | None  # For how many days what is available lasts; null where nothing is taken.
    method: str  # The forecast that is used.
    beats_naive: bool  # Whether the forecast did better than repeating the last week; if not, that is what is used.
    # How far the forecast was off on average when it was tried on the past; null where there is too little of it.
    error: str | None


class PurchaseAnswer(TypedDict):
    """Purchase answer."""

    id: int  # The number by which the thing is known in its org.
    site: str  # The code of a site.
    status: str  # The status.
    supplier: str | None  # Who supplies it.
    expected_on: str | None  # The day on which it is expected, as 2026-01-31.
    lines: list[list[str]]  # What is still expected: sku, and how much in its measure.


class ReorderLine(TypedDict):
    """Reorder line."""

    sku: str  # The code of an item.
    point: Quantity  # At how much it is time to order, in the item's measure.
    target: Quantity | None  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.


class ReorderProposalsAnswer(TypedDict):
    """Reorder proposals answer."""

    proposals: list[Proposal]  # One for each item that is held at the site.
