"""Expire a reservation: the time of the promise has passed, so its goods are available again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import time_text
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.promises.release_reservation import free, want_reservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_RESERVATIONS, Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireReservation(Command):
    """
    End a reservation whose time has passed by the journal's clock.

    One that a worker has claimed is ended by that worker, named as `claimant`.
    """

    kind: ClassVar[str] = "expire"
    refuses: ClassVar[Codes] = OF_RESERVATIONS | {"RESERVATION_NOT_EXPIRED", "RESERVATION_CLAIMED"}

    reservation: int
    claimant: str | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.reservation, "reservation")
        if self.claimant is not None:
            check_code(self.claimant, "claimant")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservation, then its holdings."""
        return want_reservation(book, wants, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservation."""
        return named_reservations(book, self.reservation)

    def decide(self, draft: Draft) -> None:
        """Free the goods if the time has come."""
        reservation = draft.book.reservation(self.reservation)
        expires_at = reservation.expires_at
        if reservation.status == "releasing":
            _check_claim(reservation, self.claimant)
        elif reservation.status in {"pending", "active"} and not reservation.is_over(draft.now):
            until = "it is released" if expires_at is None else time_text(expires_at)
            raise Refused("RESERVATION_NOT_EXPIRED", reservation=reservation.id, expires_at=until)
        free(draft, reservation, "expired")


def _check_claim(reservation: Reservation, claimant: str | None) -> None:
    if claimant is None or claimant != reservation.claimed_by:
        until = "it is ended" if reservation.lease_until is None else time_text(reservation.lease_until)
        raise Refused(
            "RESERVATION_CLAIMED", reservation=reservation.id, by=reservation.claimed_by or "nobody", until=until
        )
