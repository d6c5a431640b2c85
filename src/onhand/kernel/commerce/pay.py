"""Pay: money comes in for an invoice or an order; in full, the goods are sold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.commerce.documents import (
    INVOICE_WORD,
    ORDER_WORD,
    find_invoice,
    find_order,
    named_invoices,
    named_order,
    want_document,
)
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.payment import Payment
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.draft import Draft
from onhand.kernel.money import CENT, check_price, money_text
from onhand.kernel.naming import Named
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DOCUMENTS, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.transitions import INVOICE, RESERVATION, SALES_ORDER, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay(Command):
    """
    Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

    Without an amount, all that is due is paid.

    A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
    reserved, and do not expire any more.
    """

    kind: ClassVar[str] = "pay"
    refuses: ClassVar[Codes] = OF_DOCUMENTS | {"PAYMENT_TOO_LARGE"}

    amount: int | None = None
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
        """Want the document with all that belongs to it."""
        return want_payable(book, wants, self.invoice, self.order)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the invoice or the order."""
        return [*named_invoices(book, self.invoice), *named_order(book, self.order)]

    def decide(self, draft: Draft) -> None:
        """Keep the payment, and see whether all is paid."""
        document = payable(draft.book, self.invoice, self.order)
        table = INVOICE if isinstance(document, Invoice) else SALES_ORDER
        name = name_of(document)
        expect(document, self.version, name)
        check_transition(table, name, document.status, "paid")
        due = document.gross - document.paid
        if due and self.amount == 0:
            raise Refused("INVALID_COMMAND", detail=f"nothing is paid, and {money_text(due)} is due on {name}")
        amount = due if self.amount is None else self.amount
        if amount > due:
            raise Refused("PAYMENT_TOO_LARGE", document=name, amount=money_text(amount), due=money_text(due))
        keep_payment(draft, document, amount, self.method, self.reference)
        paid = document.next(paid=document.paid + amount)
        if amount < due:
            draft.change(document, paid, "paid_in_part")
        elif isinstance(paid, Invoice):
            _sell(draft, document, paid)
        else:
            _secure(draft, document, paid)


def check_payment(
    invoice: str | None, order: str | None, amount: int | None, method: str | None, reference: str | None
) -> None:
    """Refuse a payment or refund that is not well formed."""
    if (invoice is None) == (order is None):
        raise Refused("INVALID_COMMAND", detail="money is for an invoice or for an order")
    if amount is not None and check_price(amount, "amount") % CENT:
        raise Refused("INVALID_COMMAND", detail=f"amount {money_text(amount)} is not in whole cents")
    for field, value in (("invoice", invoice), ("order", order), ("method", method), ("reference", reference)):
        if value is not None:
            check_code(value, field)


def want_payable(book: Book, wants: Wants, invoice: str | None, order: str | None) -> bool:
    """Want the document that a payment is for."""
    return want_document(book, wants, INVOICE_WORD if order is None else ORDER_WORD, str(invoice or order))


def payable(book: Book, invoice: str | None, order: str | None) -> Invoice | SalesOrder:
    """Find the document that a payment is for."""
    return find_order(book, order) if order is not None else find_invoice(book, str(invoice))


def name_of(document: Invoice | SalesOrder) -> str:
    """Give the name of a document in sentences."""
    return f"{'invoice' if isinstance(document, Invoice) else 'order'} {document.number}"


def keep_payment(
    draft: Draft, document: Invoice | SalesOrder, amount: int, method: str | None, reference: str | None
) -> None:
    """Keep a payment, or with an amount below zero a refund."""
    is_invoice = isinstance(document, Invoice)
    draft.make(
        Payment(
            id=draft.next_id(),
            amount=amount,
            paid_at=draft.now,
            method=method,
            reference=reference,
            invoice_id=document.id if is_invoice else None,
            order_id=None if is_invoice else document.id,
        )
    )


def _sell(draft: Draft, before: Invoice | SalesOrder, paid: Invoice) -> None:
    """Let the goods of an invoice be sold: they wait for their delivery."""
    reservation = draft.book.reservation(paid.reservation_id)
    check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, "committed")
    for line in reservation.lines:
        draft.move(draft.book.holdings[line.holding_id], State.RESERVED, State.SOLD, line.quantity)
    draft.change(reservation, reservation.next(status="committed", lines=()), "committed")
    draft.change(before, replace(paid, status="paid", sold=reservation.lines), "paid")


def _secure(draft: Draft, before: Invoice | SalesOrder, paid: SalesOrder) -> None:
    """Let the reservations of an order not expire any more."""
    for number in paid.reservations:
        reservation = draft.book.reservation(number)
        check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, "committed")
        if reservation.expires_at is not None:
            draft.change(reservation, reservation.next(expires_at=None), "paid")
    draft.change(before, replace(paid, status="paid"), "paid")
