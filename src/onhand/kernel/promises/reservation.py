"""A reservation: a promise of stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from onhand.kernel.entity import Entity, OpenLine


class WantedLine(NamedTuple):
    """What a pending reservation waits to have reserved, in codes and millionths."""

    sku: str
    quantity: int
    lot: str | None = None
    location: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation(Entity):
    """
    A promise of stock to a document or a cart, usually with an expiry.

    While it is pending it waits in line with a rank, for what it wants; what it is offered then is held for
    `hold_seconds`. While it is releasing, `claimed_by` says which worker ends it, until the lease is over. An invoice
    or an order that it was made for is its `owner`.
    """

    entity: ClassVar[str] = "reservation"
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    status: str
    lines: tuple[OpenLine, ...]
    expires_at: datetime | None = None
    priority: int = 0
    document_type: str | None = None
    document_id: str | None = None
    claimed_by: str | None = None
    lease_until: datetime | None = None
    wanted: tuple[WantedLine, ...] | None = None
    hold_seconds: int | None = None
    rank: int | None = None
    owner: str | None = None
    owner_id: int | None = None

    def is_over(self, now: datetime) -> bool:
        """Tell whether its time has passed."""
        return self.expires_at is not None and self.expires_at <= now

    def withdrawn(self) -> Self:
        """Give the reservation as released, with nothing waiting."""
        return self.next(status="released", lines=(), wanted=None, rank=None)
