"""Issue an invoice: goods are reserved for a customer at a price, until he pays or it is cancelled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import INVOICE_WORD, check_not_owned, find_customer, number_for, want_number
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.commerce.sale_lines import (
    ChargedLine,
    SaleLine,
    charged,
    check_holds,
    check_sale_lines,
    stock_lines,
    total_of,
)
from onhand.kernel.draft import Draft
from onhand.kernel.money import DocumentTotal
from onhand.kernel.naming import Named, named_reservations, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.promises.release_reservation import want_reservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, OF_RESERVATIONS, OF_SELLING, Codes
from onhand.kernel.serials.following import serial_of
from onhand.kernel.states import State
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code, check_time
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.wants import Wants

STEM = "INV"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInvoice(Command):
    """
    Make an invoice and reserve its goods: all lines or none.

    With `cart`, the reservation of that number becomes the invoice's; the lines are then what it holds, with prices.
    Units are sold as single items. After `expires_at` the invoice may expire, as long as it is not paid.
    """

    kind: ClassVar[str] = "invoice"
    refuses: ClassVar[Codes] = (
        OF_SELLING
        | OF_LINES
        | OF_RESERVATIONS
        | {
            "UNKNOWN_SITE",
            "UNKNOWN_LOCATION",
            "UNKNOWN_ITEM",
            "BATCH_NOT_FOUND",
            "UNIT_NOT_FOUND",
            "INSUFFICIENT_INVENTORY",
            "PIECE_IS_WHOLE",
            "UNKNOWN_CUSTOMER",
            "DOCUMENT_EXISTS",
            "RESERVATION_OWNED",
            "RESERVATION_DIFFERS",
            "PRICE_UNKNOWN",
        }
    )

    site: str
    lines: tuple[SaleLine, ...]
    number: str | None = None
    customer: str | None = None
    cart: int | None = None
    expires_at: datetime | None = None
    prices_include_vat: bool = True

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_sale_lines(self.lines)
        for field in ("number", "customer"):
            if getattr(self, field) is not None:
                check_code(getattr(self, field), field)
        if self.cart is not None:
            check_number(self.cart, "cart")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the goods, or the cart that holds them."""
        want_lines(wants, self.site, stock_lines(self.lines))
        want_number(wants, self.number, INVOICE_WORD, STEM)
        if self.customer is not None:
            wants.names.add(("customer", self.customer))
        return self.cart is not None and want_reservation(book, wants, self.cart)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site and the cart."""
        yield from named_sites(book, self.site)
        yield from named_reservations(book, self.cart)

    def decide(self, draft: Draft) -> None:
        """Reserve the goods or take the cart over, and write the lines."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        site = draft.book.site(self.site)
        customer_id = find_customer(draft.book, self.customer)
        number = number_for(draft, self.number, INVOICE_WORD, STEM)
        for line in self.lines:
            if line.unit is not None:
                unit = draft.book.unit(draft.book.item(line.sku), line.unit)
                serial_of(draft, unit, reservation=None if self.cart is None else draft.book.reservation(self.cart))
        invoice_id = draft.next_id()
        reservation = self._reserve(draft, site, number, invoice_id)
        lines = charged(draft.book, self.lines, prices_include_vat=self.prices_include_vat)
        total = total_of(lines, prices_include_vat=self.prices_include_vat)
        draft.make(
            Invoice(
                id=invoice_id,
                number=number,
                site_id=site.id,
                status="open",
                reservation_id=reservation,
                line_count=len(self.lines),
                prices_include_vat=self.prices_include_vat,
                net=total.net,
                vat=total.vat,
                gross=total.gross,
                customer_id=customer_id,
            )
        )
        _write_lines(draft, invoice_id, lines, total)

    def _reserve(self, draft: Draft, site: Site, number: str, invoice_id: int) -> int:
        """Give the number of the reservation that is the invoice's from now on."""
        if self.cart is not None:
            cart = draft.book.reservation(self.cart)
            check_transition(RESERVATION, f"reservation {cart.id}", cart.status, "active")
            check_not_owned(cart, "invoiced again")
            if cart.status != "active" or cart.site_id != site.id:
                raise Refused("RESERVATION_DIFFERS", reservation=cart.id, difference="it is not active at the site")
            check_holds(draft.book, [cart], self.lines)
            adopted = cart.next(
                document_type="invoice",
                document_id=number,
                expires_at=self.expires_at,
                owner=INVOICE_WORD,
                owner_id=invoice_id,
            )
            draft.change(cart, adopted, "invoiced")
            return cart.id
        taken = take(draft, site, stock_lines(self.lines), State.RESERVED)
        reservation = Reservation(
            id=draft.next_id(),
            site_id=site.id,
            status="active",
            lines=merged(taken),
            expires_at=self.expires_at,
            document_type="invoice",
            document_id=number,
            owner=INVOICE_WORD,
            owner_id=invoice_id,
        )
        draft.make(reservation)
        return reservation.id


def _write_lines(draft: Draft, invoice_id: int, lines: tuple[ChargedLine, ...], total: DocumentTotal) -> None:
    for position, (told, amounts) in enumerate(zip(lines, total.lines, strict=True), start=1):
        line, item, price, vat_rate = told
        draft.make(
            InvoiceLine(
                id=draft.next_id(),
                invoice_id=invoice_id,
                position=position,
                item_id=item.id,
                quantity=line.quantity,
                price=price,
                vat_rate=vat_rate,
                net=amounts.net,
                vat=amounts.vat,
                gross=amounts.gross,
                unit_id=None if line.unit is None else draft.book.unit(item, line.unit).id,
            )
        )
