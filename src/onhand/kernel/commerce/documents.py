"""
Documents: invoices and orders, with the reservations that they own.

A reservation that ends takes the document that owns it along, and a document that is cancelled its reservations.
"""

from collections.abc import Iterator

from onhand.kernel.book import Book
from onhand.kernel.commerce.customer import Customer
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import INVOICE, SALES_ORDER, check_transition
from onhand.kernel.wants import Wants

INVOICE_WORD, ORDER_WORD = Invoice.entity, SalesOrder.entity


def find_invoice(book: Book, number: str) -> Invoice:
    """Find an invoice by its number."""
    found = book.names.get((INVOICE_WORD, number))
    if not isinstance(found, Invoice):
        raise Refused("DOCUMENT_NOT_FOUND", document="invoice", number=number)
    return found


def find_order(book: Book, number: str) -> SalesOrder:
    """Find an order by its number."""
    found = book.names.get((ORDER_WORD, number))
    if not isinstance(found, SalesOrder):
        raise Refused("DOCUMENT_NOT_FOUND", document="order", number=number)
    return found


def named_invoices(book: Book, *numbers: str | None) -> Iterator[Named]:
    """Give the invoices that a command names by their numbers."""
    for number in numbers:
        found = None if number is None else book.names.get((INVOICE_WORD, number))
        if isinstance(found, Invoice):
            yield Named(frozenset({found.site_id}), Refused("DOCUMENT_NOT_FOUND", document="invoice", number=number))


def named_order(book: Book, number: str | None) -> Iterator[Named]:
    """Give the order that a command names by its number; it belongs to the sites of all of its reservations."""
    found = None if number is None else book.names.get((ORDER_WORD, number))
    if isinstance(found, SalesOrder):
        promises = [book.entities.get(("reservation", reservation)) for reservation in found.reservations]
        sites = frozenset(promise.site_id if isinstance(promise, Reservation) else 0 for promise in promises)
        yield Named(sites, Refused("DOCUMENT_NOT_FOUND", document="order", number=number))


def find_customer(book: Book, code: str | None) -> int | None:
    """Find the id of a customer by his code; None where none is told."""
    found = None if code is None else book.names.get(("customer", code))
    if code is not None and not isinstance(found, Customer):
        raise Refused("UNKNOWN_CUSTOMER", customer=code)
    return None if found is None else found.id


def number_for(draft: Draft, told: str | None, kind: str, stem: str) -> str:
    """Give the number of a new document, the next of its year where none is told; each stands for one document."""
    number = told or f"{_year_stem(stem, draft.today.year)}-{draft.next_of(_year_stem(stem, draft.today.year)):06d}"
    if (kind, number) in draft.book.names:
        raise Refused("DOCUMENT_EXISTS", document="invoice" if kind == INVOICE_WORD else "order", number=number)
    return number


def want_number(wants: Wants, told: str | None, kind: str, stem: str) -> None:
    """Want the number of a new document to be free, or the sequence of its year."""
    if told is None:
        wants.codes.add(_year_stem(stem, wants.today.year))
    else:
        wants.names.add((kind, told))


def want_invoice(book: Book, wants: Wants, invoice: Invoice) -> bool:
    """Want the lines of an invoice, its goods and its reservation; true where more may be needed then."""
    wants.names.update(("invoice_line", invoice.id, position) for position in range(1, invoice.line_count + 1))
    wants.holdings.update(line.holding_id for line in invoice.sold or ())
    return _want_goods(book, wants, invoice.reservation_id)


def want_order(book: Book, wants: Wants, order: SalesOrder) -> bool:
    """Want the reservations of an order with their goods; true where more may be needed then."""
    more = [_want_goods(book, wants, number) for number in order.reservations]
    return any(more)


def want_document(book: Book, wants: Wants, kind: str, number: str) -> bool:
    """Want an invoice or an order by its number, with all that belongs to it."""
    wants.names.add((kind, number))
    found = book.names.get((kind, number))
    if isinstance(found, Invoice):
        return want_invoice(book, wants, found)
    return want_order(book, wants, found) if isinstance(found, SalesOrder) else True


def want_owner(book: Book, wants: Wants, reservation: Reservation) -> bool:
    """Want the document that owns a reservation, with all that belongs to it."""
    if reservation.owner is None or reservation.owner_id is None:
        return False
    wants.entities.add((reservation.owner, reservation.owner_id))
    found = book.entities.get((reservation.owner, reservation.owner_id))
    if isinstance(found, Invoice):
        return want_invoice(book, wants, found)
    return want_order(book, wants, found) if isinstance(found, SalesOrder) else True


def _want_goods(book: Book, wants: Wants, number: int) -> bool:
    wants.entities.add(("reservation", number))
    found = book.entities.get(("reservation", number))
    if not isinstance(found, Reservation):
        return True
    wants.holdings.update(line.holding_id for line in found.lines)
    return False


def check_not_owned(reservation: Reservation, act: str) -> None:
    """Refuse what only the document that owns a reservation does."""
    if reservation.owner is not None:
        document = f"{reservation.document_type} {reservation.document_id}"
        raise Refused("RESERVATION_OWNED", reservation=reservation.id, document=document, act=act)


def lines_of_invoice(book: Book, invoice: Invoice) -> list[InvoiceLine]:
    """List the lines of an invoice, in order."""
    named = [book.names.get(("invoice_line", invoice.id, position)) for position in range(1, invoice.line_count + 1)]
    return [line for line in named if isinstance(line, InvoiceLine)]


def close_lines(draft: Draft, invoice: Invoice) -> None:
    """Close the lines of an invoice, so that their units may stand on another."""
    for line in lines_of_invoice(draft.book, invoice):
        if line.is_open:
            draft.change(line, line.next(is_open=False), "closed")


def owned_by(draft: Draft, reservation: Reservation) -> Invoice | SalesOrder | None:
    """Find the document that owns a reservation and is not over yet."""
    if reservation.owner is None or reservation.owner_id is None:
        return None
    found = draft.book.entities.get((reservation.owner, reservation.owner_id))
    if isinstance(found, Invoice):
        return found if found.status == "open" else None
    if isinstance(found, SalesOrder):
        return found if found.status in {"placed", "paid", "fulfilled"} else None
    return None


def cancel(draft: Draft, document: Invoice | SalesOrder) -> None:
    """Let a document be cancelled; what it had reserved is freed by whoever asks."""
    table = INVOICE if isinstance(document, Invoice) else SALES_ORDER
    word = "invoice" if isinstance(document, Invoice) else "order"
    check_transition(table, f"{word} {document.number}", document.status, "cancelled")
    draft.change(document, document.next(status="cancelled"), "cancelled")
    if isinstance(document, Invoice):
        close_lines(draft, document)


def _year_stem(stem: str, year: int) -> str:
    return f"{stem}-{year}"
