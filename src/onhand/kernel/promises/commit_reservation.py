"""Commit a reservation: the promise is kept and the reserved goods go to the customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, check_number
from onhand.kernel.commerce.documents import check_not_owned
from onhand.kernel.draft import Draft
from onhand.kernel.lots.for_sale import check_holding_for_sale
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.outstanding import settle
from onhand.kernel.promises.release_reservation import want_reservation
from onhand.kernel.refusing import OF_LINES, OF_RESERVATIONS, OF_SELLING, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitReservation(Command):
    """Hand over what was reserved: all of it, or some lines; then the rest stays reserved."""

    kind: ClassVar[str] = "commit"
    refuses: ClassVar[Codes] = (
        OF_SELLING
        | OF_LINES
        | OF_RESERVATIONS
        | {"VERSION_CONFLICT", "INSUFFICIENT_INVENTORY", "PIECE_IS_WHOLE", "RESERVATION_OWNED", "SERIAL_NOT_WHOLE"}
    )

    reservation: int
    lines: tuple[Line, ...] = ()
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.reservation, "reservation")
        check_version(self.version)
        if self.lines:
            check_lines(self.lines)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservation, then its holdings."""
        return want_reservation(book, wants, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservation."""
        return named_reservations(book, self.reservation)

    def decide(self, draft: Draft) -> None:
        """Move the goods from reserved to the customer, even after the expiry, as long as nobody expired it."""
        reservation = draft.book.reservation(self.reservation)
        expect(reservation, self.version, f"reservation {reservation.id}")
        check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, "committed")
        check_not_owned(reservation, "committed")
        settled, waiting = settle(draft.book, reservation.lines, self.lines)
        status = "active" if waiting else "committed"
        for line in settled:
            check_holding_for_sale(draft, draft.book.holdings[line.holding_id])
            draft.move(draft.book.holdings[line.holding_id], State.RESERVED, Outside.CUSTOMER, line.quantity)
        draft.change(reservation, reservation.next(status=status, lines=waiting), "committed")
