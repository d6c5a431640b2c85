"""Fulfil an order: the goods of a paid order are picked and packed."""

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
from onhand.kernel.text import check_code
from onhand.kernel.transitions import SALES_ORDER, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilOrder(Command):
    """Say that the goods of a paid order are picked and packed."""

    kind: ClassVar[str] = "fulfil_order"
    refuses: ClassVar[Codes] = OF_DOCUMENTS

    order: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.order, "order")
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the order."""
        return want_document(book, wants, ORDER_WORD, self.order)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the order."""
        return named_order(book, self.order)

    def decide(self, draft: Draft) -> None:
        """Change the status."""
        order = find_order(draft.book, self.order)
        expect(order, self.version, f"order {order.number}")
        check_transition(SALES_ORDER, f"order {order.number}", order.status, "fulfilled")
        draft.change(order, order.next(status="fulfilled"), "fulfilled")
