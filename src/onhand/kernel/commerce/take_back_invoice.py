"""Take back on an invoice: what was delivered on it comes back, with a decision for each line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.commerce.documents import INVOICE_WORD, find_invoice, lines_of_invoice, named_invoices, want_document
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, OF_PLACES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.take_back import DECISIONS
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackInvoice(Command):
    """
    Take back what was delivered on an invoice; each line's state is available, quarantine or defective.

    No more comes back than was delivered and has not come back before. A serial comes back by its unit.
    """

    kind: ClassVar[str] = "return_invoice"
    refuses: ClassVar[Codes] = OF_LINES | OF_PLACES | {"DOCUMENT_NOT_FOUND", "RETURN_TOO_LARGE", "VALUE_TOO_LARGE"}

    invoice: str
    site: str
    lines: tuple[Line, ...]
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.invoice, "invoice")
        check_version(self.version)
        check_code(self.site, "site")
        check_lines(self.lines)
        if any(line.state is not None and line.state not in DECISIONS for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="a return goes to available, quarantine or defective")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the invoice, and the holdings that the goods are put to."""
        for line in self.lines:
            want_holding(wants, self.site, line)
        return want_document(book, wants, INVOICE_WORD, self.invoice)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site and the invoice."""
        yield from named_sites(book, self.site)
        yield from named_invoices(book, self.invoice)

    def decide(self, draft: Draft) -> None:
        """Put all lines where they go, and keep on the invoice's lines what came back."""
        invoice = find_invoice(draft.book, self.invoice)
        expect(invoice, self.version, f"invoice {invoice.number}")
        site = draft.book.site(self.site)
        for line in self.lines:
            _mark_returned(draft, invoice, line)
        for line in self.lines:
            target = State.AVAILABLE if line.state is None else line.state
            draft.move(holding_for(draft, site, line), Outside.CUSTOMER, target, line.quantity)


def _mark_returned(draft: Draft, invoice: Invoice, line: Line) -> None:
    item = draft.book.item(line.sku)
    unit_id = None if line.unit is None else draft.book.unit(item, line.unit).id
    matching = [
        found for found in lines_of_invoice(draft.book, invoice) if (found.item_id, found.unit_id) == (item.id, unit_id)
    ]
    returnable = sum(found.quantity - found.returned for found in matching) - _kept_back(draft, invoice, matching)
    if line.quantity > returnable or invoice.status not in {"paid", "delivered"}:
        raise Refused(
            "RETURN_TOO_LARGE",
            invoice=invoice.number,
            sku=line.sku,
            returnable=quantity_text(returnable if invoice.status in {"paid", "delivered"} else 0),
        )
    left = line.quantity
    for found in matching:
        portion = min(left, found.quantity - found.returned)
        if portion:
            draft.change(found, found.next(returned=found.returned + portion), "returned")
            left -= portion


def _kept_back(draft: Draft, invoice: Invoice, matching: list[InvoiceLine]) -> int:
    """Count what of some lines is sold and not delivered yet."""
    things = {(line.item_id, line.unit_id) for line in matching}
    kept = 0
    for part in invoice.sold or ():
        key = draft.book.holdings[part.holding_id].key
        kept += part.quantity if (key.item_id, key.unit_id) in things else 0
    return kept
