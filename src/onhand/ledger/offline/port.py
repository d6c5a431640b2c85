"""What the queue of offline sales asks of a store."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.kernel.exact import QuantityDecimal


class QueuedItemAnswer(NamedTuple):
    """So much of a product, as it was sold."""

    product: str
    quantity: QuantityDecimal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineSaleAnswer:
    """A sale of the queue as it is; `errors` are those of the last attempt."""

    id: int
    version: int
    site: str
    transaction: str
    status: str
    reason: str
    device: str
    sequence: int
    sold_at: datetime
    arrived_at: datetime
    items: tuple[QueuedItemAnswer, ...]
    slice: int | None
    errors: tuple[str, ...]
    decided_by: str | None
    decision: str | None


class SaleSpot(NamedTuple):
    """A sale's place in the queue."""

    sold_at: datetime
    sequence: int
    id: int


class OfflineReading(Protocol):
    """The queue, as it stands."""

    async def sales(
        self, site_id: int | None, statuses: tuple[str, ...] | None, number: int | None, after: SaleSpot, limit: int
    ) -> tuple[OfflineSaleAnswer, ...]:
        """Sales in the order in which they were sold."""
        ...

    async def sale(self, number: int) -> OfflineSaleAnswer | None:
        """A sale by its number."""
        ...
