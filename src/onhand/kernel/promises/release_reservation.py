"""Release a reservation: the promise is taken back and its goods are available again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import cancel, owned_by, want_owner
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.promises.line import leave, want_places_in_line
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusing import OF_RESERVATIONS, Codes
from onhand.kernel.states import State
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReservation(Command):
    """Take a reservation back."""

    kind: ClassVar[str] = "release"
    refuses: ClassVar[Codes] = OF_RESERVATIONS | {"VERSION_CONFLICT"}

    reservation: int
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.reservation, "reservation")
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservation, then its holdings."""
        return want_reservation(book, wants, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservation."""
        return named_reservations(book, self.reservation)

    def decide(self, draft: Draft) -> None:
        """Move what is still reserved back to available."""
        expect(draft.book.reservation(self.reservation), self.version, f"reservation {self.reservation}")
        free(draft, draft.book.reservation(self.reservation), "released")


def want_reservation(book: Book, wants: Wants, number: int) -> bool:
    """Want a reservation, and once it is loaded the holdings that it reserves."""
    wants.entities.add(("reservation", number))
    known = book.entities.get(("reservation", number))
    if isinstance(known, Reservation):
        wants.holdings.update(line.holding_id for line in known.lines)
        return any([want_places_in_line(book, wants, known), want_owner(book, wants, known)])
    return True


def free(draft: Draft, reservation: Reservation, status: str) -> None:
    """
    End a reservation: its goods are available again, and it waits in no line any more.

    The document that owns it is cancelled with it, and so are the other reservations of that document.
    """
    check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, status)
    for line in reservation.lines:
        draft.move(draft.book.holdings[line.holding_id], State.RESERVED, State.AVAILABLE, line.quantity)
    leave(draft, reservation)
    ended = reservation.next(status=status, lines=(), wanted=None, rank=None, claimed_by=None, lease_until=None)
    draft.change(reservation, ended, status)
    document = owned_by(draft, reservation)
    if document is not None:
        cancel(draft, document)
        if isinstance(document, SalesOrder):
            free_all(draft, document)


def free_all(draft: Draft, order: SalesOrder) -> None:
    """Release the reservations of an order that are still open."""
    for number in order.reservations:
        other = draft.book.reservation(number)
        if "released" in RESERVATION[other.status]:
            free(draft, other, "released")
