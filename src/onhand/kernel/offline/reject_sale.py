"""Reject a sale: a manager decides that a sale that waits is not deducted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.offline.finding import find_sale, named_sale
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.transitions import OFFLINE_SALE, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectSale(Command):
    """Leave the stock as it is, by a manager's decision and with its reason; the sale stays in the queue."""

    kind: ClassVar[str] = "reject_sale"
    refuses: ClassVar[Codes] = frozenset(
        {"VERSION_CONFLICT", "REASON_REQUIRED", "INVALID_STATUS_TRANSITION", "OFFLINE_SALE_NOT_FOUND"}
    )

    offline_sale: int
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.offline_sale, "offline_sale")
        check_version(self.version)
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the sale."""
        del book
        wants.entities.add(("offline_sale", self.offline_sale))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sale."""
        return named_sale(book, self.offline_sale)

    def decide(self, draft: Draft) -> None:
        """Close it without a movement."""
        sale = find_sale(draft.book, self.offline_sale)
        expect(sale, self.version, f"offline sale {sale.id}")
        check_transition(OFFLINE_SALE, f"offline sale {sale.id}", sale.status, "rejected")
        after = sale.next(status="rejected", decided_by=self.actor, decision=self.reason)
        draft.change(sale, after, "rejected")
