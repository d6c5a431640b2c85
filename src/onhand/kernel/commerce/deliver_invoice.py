"""Deliver an invoice: what was sold on it is handed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.commerce.documents import INVOICE_WORD, close_lines, find_invoice, named_invoices, want_document
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.outstanding import settle
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DOCUMENTS, OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code, check_note
from onhand.kernel.transitions import INVOICE, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

TOLD_OF_DELIVERY = frozenset({"carrier", "tracking", "recipient", "address", "note"})
"""What may be told of a delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverInvoice(Command):
    """
    Hand over what is paid: all of it, or some lines.

    `delivery` tells of it: carrier, tracking, recipient, address, note.
    """

    kind: ClassVar[str] = "deliver"
    refuses: ClassVar[Codes] = OF_LINES | OF_DOCUMENTS | {"INSUFFICIENT_INVENTORY", "SERIAL_NOT_WHOLE"}

    invoice: str
    lines: tuple[Line, ...] = ()
    delivery: Mapping[str, str] | None = None
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.invoice, "invoice")
        check_version(self.version)
        if self.lines:
            check_lines(self.lines)
        for field, value in (self.delivery or {}).items():
            if field not in TOLD_OF_DELIVERY:
                told = ", ".join(sorted(TOLD_OF_DELIVERY))
                raise Refused("INVALID_COMMAND", detail=f"a delivery tells {told}")
            check_note(value, field)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the invoice and its goods."""
        return want_document(book, wants, INVOICE_WORD, self.invoice)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the invoice."""
        return named_invoices(book, self.invoice)

    def decide(self, draft: Draft) -> None:
        """Move the goods from sold to the customer; with the last of them the invoice is delivered."""
        invoice = find_invoice(draft.book, self.invoice)
        expect(invoice, self.version, f"invoice {invoice.number}")
        check_transition(INVOICE, f"invoice {invoice.number}", invoice.status, "delivered")
        settled, waiting = settle(draft.book, invoice.sold or (), self.lines)
        for line in settled:
            draft.move(draft.book.holdings[line.holding_id], State.SOLD, Outside.CUSTOMER, line.quantity)
        delivery = {**(invoice.delivery or {}), **(self.delivery or {})} or None
        if waiting:
            draft.change(invoice, invoice.next(sold=waiting, delivery=delivery), "delivered_in_part")
            return
        draft.change(invoice, invoice.next(status="delivered", sold=None, delivery=delivery), "delivered")
        close_lines(draft, invoice)
