"""Refund: money goes back to a customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.commerce.documents import named_invoices, named_order
from onhand.kernel.commerce.pay import check_payment, keep_payment, name_of, payable, want_payable
from onhand.kernel.draft import Draft
from onhand.kernel.money import money_text
from onhand.kernel.naming import Named
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DOCUMENTS, Codes
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Command):
    """
    Give money back on an invoice or an order, never more than came.

    Not while it is paid and its goods wait; cancel it first.
    """

    kind: ClassVar[str] = "refund"
    refuses: ClassVar[Codes] = OF_DOCUMENTS | {"PAYMENT_TOO_LARGE"}

    amount: int
    invoice: str | None = None
    order: str | None = None
    method: str | None = None
    reference: str | None = None
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_payment(self.invoice, self.order, self.amount, self.method, self.reference)
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the document."""
        return want_payable(book, wants, self.invoice, self.order)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the invoice or the order."""
        return [*named_invoices(book, self.invoice), *named_order(book, self.order)]

    def decide(self, draft: Draft) -> None:
        """Keep the refund."""
        document = payable(draft.book, self.invoice, self.order)
        name = name_of(document)
        expect(document, self.version, name)
        if document.status in {"paid", "fulfilled"}:
            raise Refused("INVALID_STATUS_TRANSITION", **{"entity": name, "from": document.status, "to": "refunded"})
        if not self.amount:
            raise Refused("INVALID_COMMAND", detail="nothing is given back")
        if self.amount > document.paid:
            due = money_text(document.paid)
            raise Refused("PAYMENT_TOO_LARGE", document=name, amount=money_text(self.amount), due=due)
        keep_payment(draft, document, -self.amount, self.method, self.reference)
        draft.change(document, document.next(paid=document.paid - self.amount), "refunded")
