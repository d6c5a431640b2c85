"""Expire: the time of a promise has passed, so its goods are available again."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import time_text
from onhand.kernel.refusals import Refused
from onhand.kernel.rules.release import free, want_reservation
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire(Command):
    """End a reservation whose time has passed by the journal's clock."""

    kind: ClassVar[str] = "expire"

    reservation: int

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.reservation, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservation, then its holdings."""
        return want_reservation(book, wants, self.reservation)

    def decide(self, draft: Draft) -> None:
        """Free the goods if the time has come."""
        reservation = draft.book.reservation(self.reservation)
        expires_at = reservation.expires_at
        if reservation.status == "active" and (expires_at is None or expires_at > draft.now):
            until = "it is released" if expires_at is None else time_text(expires_at)
            raise Refused("RESERVATION_NOT_EXPIRED", reservation=reservation.id, expires_at=until)
        free(draft, reservation, "expired")
