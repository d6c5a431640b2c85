"""Commit an order: its goods are handed over, from each branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.commerce.documents import (
    ORDER_WORD,
    find_order,
    named_order,
    want_document,
)
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.refusing import OF_DOCUMENTS, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code
from onhand.kernel.transitions import RESERVATION, SALES_ORDER, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOrder(Command):
    """Hand the goods of a fulfilled order over: all of them, from each branch."""

    kind: ClassVar[str] = "commit_order"
    refuses: ClassVar[Codes] = OF_DOCUMENTS

    order: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.order, "order")
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the order and its reservations."""
        return want_document(book, wants, ORDER_WORD, self.order)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the order."""
        return named_order(book, self.order)

    def decide(self, draft: Draft) -> None:
        """Commit each reservation, and complete the order."""
        order = find_order(draft.book, self.order)
        expect(order, self.version, f"order {order.number}")
        check_transition(SALES_ORDER, f"order {order.number}", order.status, "completed")
        for number in order.reservations:
            reservation = draft.book.reservation(number)
            check_transition(RESERVATION, f"reservation {number}", reservation.status, "committed")
            for line in reservation.lines:
                draft.move(draft.book.holdings[line.holding_id], State.RESERVED, Outside.CUSTOMER, line.quantity)
            draft.change(reservation, reservation.next(status="committed", lines=()), "committed")
        draft.change(order, order.next(status="completed"), "completed")
