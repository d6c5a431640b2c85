"""What planning asks of a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from onhand.kernel.exact import QuantityDecimal


class Demand(NamedTuple):
    """What was taken of an item on a day, less what came back."""

    sku: str
    day: date
    quantity: QuantityDecimal


class Position(NamedTuple):
    """What there is of an item at a site and what is expected; point and target where somebody has set them."""

    sku: str
    available: QuantityDecimal
    incoming: QuantityDecimal
    point: QuantityDecimal | None
    target: QuantityDecimal | None


class Promisable(NamedTuple):
    """So much more may be promised from a day on; without a day, now."""

    day: date | None
    quantity: QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseAnswer:
    """A purchase, with sku and quantity of what it still waits for."""

    id: int
    site: str
    status: str
    supplier: str | None
    expected_on: date | None
    lines: tuple[tuple[str, QuantityDecimal], ...]


class PlanningReading(Protocol):
    """What was taken, what is there, and what is expected."""

    async def demand(self, since: datetime, until: datetime, zone: str, site_id: int | None) -> Sequence[Demand]:
        """What was taken of each item on each day; days without any are left out."""
        ...

    async def positions(self, site_id: int) -> Sequence[Position]:
        """What there is of each item at a site."""
        ...

    async def purchases(
        self, site_id: int | None, after: int, limit: int, *, expected: bool
    ) -> Sequence[PurchaseAnswer]:
        """Purchases in the order in which they were made."""
        ...

    async def promisable(self, site_id: int, item_id: int) -> Sequence[Promisable]:
        """What is available now, then what is expected day by day."""
        ...
