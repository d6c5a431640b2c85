"""Cancel an invoice: it is called off before anything is delivered, and its goods are available again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.commerce.documents import (
    INVOICE_WORD,
    cancel,
    find_invoice,
    lines_of_invoice,
    named_invoices,
    want_document,
)
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.promises.release_reservation import free
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DOCUMENTS, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.transitions import INVOICE, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInvoice(Command):
    """Cancel an invoice: what it had reserved, or sold and not yet delivered, is available again."""

    kind: ClassVar[str] = "cancel_invoice"
    refuses: ClassVar[Codes] = OF_DOCUMENTS

    invoice: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.invoice, "invoice")
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the invoice and its goods."""
        return want_document(book, wants, INVOICE_WORD, self.invoice)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the invoice."""
        return named_invoices(book, self.invoice)

    def decide(self, draft: Draft) -> None:
        """Free the goods; of an invoice that is delivered in part nothing is cancelled."""
        invoice = find_invoice(draft.book, self.invoice)
        expect(invoice, self.version, f"invoice {invoice.number}")
        check_transition(INVOICE, f"invoice {invoice.number}", invoice.status, "cancelled")
        if invoice.status == "open":
            free(draft, draft.book.reservation(invoice.reservation_id), "released")  # which cancels the invoice
        else:
            _give_back(draft, invoice)


def _give_back(draft: Draft, invoice: Invoice) -> None:
    """Let what was sold and not delivered be available again, if none of it was delivered."""
    lines = lines_of_invoice(draft.book, invoice)
    if sum(line.quantity for line in lines) != sum(line.quantity for line in invoice.sold or ()):
        raise Refused(
            "INVALID_STATUS_TRANSITION",
            **{"entity": f"invoice {invoice.number}", "from": "delivered in part", "to": "cancelled"},
        )
    for line in invoice.sold or ():
        draft.move(draft.book.holdings[line.holding_id], State.SOLD, State.AVAILABLE, line.quantity)
    left = invoice.next(sold=None)
    draft.change(invoice, left, "given_back")
    cancel(draft, left)
