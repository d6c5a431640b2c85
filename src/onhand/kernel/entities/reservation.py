"""A reservation: a promise of stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from onhand.kernel.entity import Entity, OpenLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation(Entity):
    """A promise of stock to a document or a cart, usually with an expiry."""

    entity: ClassVar[str] = "reservation"
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})

    site_id: int
    status: str
    lines: tuple[OpenLine, ...]
    expires_at: datetime | None = None
    priority: int = 0
    document_type: str | None = None
    document_id: str | None = None

    def withdrawn(self) -> Self:
        """Give the reservation as released, with nothing waiting."""
        return self.next(status="released", lines=())
