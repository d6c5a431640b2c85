"""A lot: goods that came together."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onhand.kernel.entity import Entity

FOR_SALE = frozenset({"LIVE", "PHOTOGRAPHY_COMPLETE"})
"""The statuses of lots that may be sold, reserved and used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Entity):
    """
    Goods of one item that came together.

    `expires_on` is the last good day. What an intake told stands beside it: costs are millionths of the currency,
    and `label` holds the words by which people look for the lot.
    """

    entity: ClassVar[str] = "lot"
    named_by: ClassVar[tuple[str, ...]] = ("item_id", "code")
    refers_to: ClassVar[frozenset[str]] = frozenset({"item", "vendor", "brand"})
    outlives_undoing: ClassVar[bool] = True

    item_id: int
    code: str
    received_at: datetime
    expires_on: date | None = None
    status: str = "LIVE"
    status_since: datetime | None = None
    vendor_id: int | None = None
    brand_id: int | None = None
    category: str | None = None
    subcategory: str | None = None
    grade: str | None = None
    strain_id: int | None = None
    cost_mode: str | None = None
    unit_cost: int | None = None
    cost_min: int | None = None
    cost_max: int | None = None
    payment_terms: str | None = None
    label: str | None = None

    def is_expired(self, today: date) -> bool:
        """Tell whether the last good day is over."""
        return self.expires_on is not None and self.expires_on < today
