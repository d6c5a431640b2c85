"""Synchronise a sale: what waits in the queue is deducted, or waits for a manager."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.offline.finding import errors_of, find_sale, named_sale, plan_sale, want_sale
from onhand.kernel.recipes.deducting import carry_out
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.transitions import OFFLINE_SALE, check_transition
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSale(Command):
    """Deduct a sale that waits; whatever stands in the way is kept with it, and then a manager has to decide."""

    kind: ClassVar[str] = "sync_sale"
    refuses: ClassVar[Codes] = frozenset({"INVALID_STATUS_TRANSITION", "OFFLINE_SALE_NOT_FOUND"})

    offline_sale: int

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.offline_sale, "offline_sale")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the sale, then what deducting it needs."""
        return want_sale(book, wants, self.offline_sale)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sale."""
        return named_sale(book, self.offline_sale)

    def decide(self, draft: Draft) -> None:
        """Deduct it, or say why it cannot be."""
        sale = find_sale(draft.book, self.offline_sale)
        check_transition(OFFLINE_SALE, f"offline sale {sale.id}", sale.status, "synced")
        try:
            planned = plan_sale(draft, sale)
        except Refused as refused:
            draft.change(sale, sale.next(status="insufficient_stock", errors=errors_of(refused)), "insufficient_stock")
            return
        carry_out(draft, planned)
        draft.change(sale, sale.next(status="synced"), "synced")
