"""Offer a reservation: goods came free, and the next in line is promised what he waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.promises.line import check_its_turn, leave, want_places_in_line
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_RESERVATIONS, OF_SELLING, Codes
from onhand.kernel.states import State
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReservation(Command):
    """Reserve for a pending reservation all that it wants, if it is its turn; it is held for so long as it was told."""

    kind: ClassVar[str] = "offer"
    refuses: ClassVar[Codes] = (
        OF_SELLING | OF_RESERVATIONS | {"UNKNOWN_ITEM", "INSUFFICIENT_INVENTORY", "NOT_NEXT_IN_LINE"}
    )

    reservation: int

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.reservation, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservation, then its site, then the lines in which it stands and what it waits for."""
        wants.entities.add(("reservation", self.reservation))
        known = book.entities.get(("reservation", self.reservation))
        if not isinstance(known, Reservation) or want_places_in_line(book, wants, known):
            return True
        if known.wanted:
            want_lines(wants, book.get(Site, known.site_id).code, _lines(known))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservation."""
        return named_reservations(book, self.reservation)

    def decide(self, draft: Draft) -> None:
        """Take the goods, and let the reservation be active from now on."""
        reservation = draft.book.reservation(self.reservation)
        if reservation.status != "pending":  # the table lets others be active too, but they wait for nothing
            name = f"reservation {reservation.id}"
            raise Refused("INVALID_STATUS_TRANSITION", **{"entity": name, "from": reservation.status, "to": "offered"})
        check_its_turn(draft.book, reservation)
        site = draft.book.site(draft.book.get(Site, reservation.site_id).code)
        taken = take(draft, site, _lines(reservation), State.RESERVED)
        leave(draft, reservation)
        expires_at = draft.now + timedelta(seconds=reservation.hold_seconds or 0)
        offered = reservation.next(
            status="active", lines=merged(taken), expires_at=expires_at, wanted=None, rank=None, hold_seconds=None
        )
        draft.change(reservation, offered, "offered")


def _lines(reservation: Reservation) -> list[Line]:
    return [Line(*wanted) for wanted in reservation.wanted or ()]
