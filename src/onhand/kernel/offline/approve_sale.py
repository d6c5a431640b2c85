"""Approve a sale: a manager lets a sale that waits be deducted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.offline.finding import find_sale, named_sale, plan_sale, want_sale
from onhand.kernel.recipes.deducting import carry_out
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DEDUCTIONS, Codes
from onhand.kernel.transitions import OFFLINE_SALE, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveSale(Command):
    """
    Deduct a sale that waits, by a manager's decision and with its reason.

    What stood in the way is mended before: the stock is corrected, the mapping made, or the item allowed below zero.
    """

    kind: ClassVar[str] = "approve_sale"
    refuses: ClassVar[Codes] = OF_DEDUCTIONS | {
        "VERSION_CONFLICT",
        "REASON_REQUIRED",
        "INVALID_STATUS_TRANSITION",
        "TRANSACTION_EXISTS",
        "OFFLINE_SALE_NOT_FOUND",
    }

    offline_sale: int
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.offline_sale, "offline_sale")
        check_version(self.version)
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the sale, then what deducting it needs."""
        return want_sale(book, wants, self.offline_sale)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sale."""
        return named_sale(book, self.offline_sale)

    def decide(self, draft: Draft) -> None:
        """Deduct it, or refuse with what still stands in the way."""
        sale = find_sale(draft.book, self.offline_sale)
        expect(sale, self.version, f"offline sale {sale.id}")
        check_transition(OFFLINE_SALE, f"offline sale {sale.id}", sale.status, "approved")
        carry_out(draft, plan_sale(draft, sale))
        after = sale.next(status="approved", decided_by=self.actor, decision=self.reason)
        draft.change(sale, after, "approved")
