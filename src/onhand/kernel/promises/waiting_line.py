"""A waiting line: who waits for an item at a site."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from onhand.kernel.entity import Entity


class Ticket(NamedTuple):
    """The place of a reservation in line; the lower rank comes first."""

    rank: int
    reservation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine(Entity):
    """Who waits for an item at a site, in the order in which they are served."""

    entity: ClassVar[str] = "waiting_line"
    named_by: ClassVar[tuple[str, ...]] = ("site", "sku")

    site: str
    sku: str
    tickets: tuple[Ticket, ...] = ()

    def withdrawn(self) -> Self:
        """Give the line with nobody in it."""
        return self.next(tickets=())
