"""Place an order: what a customer wants sent, on reservations that are active."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import (
    ORDER_WORD,
    check_not_owned,
    find_customer,
    number_for,
    want_number,
)
from onhand.kernel.commerce.sale_lines import SaleLine, charged, check_holds, check_sale_lines, stock_lines, total_of
from onhand.kernel.commerce.sales_order import OrderLine, SalesOrder
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.promises.release_reservation import want_reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, OF_RESERVATIONS, Codes
from onhand.kernel.text import check_code
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.wants import Wants

STEM = "ORD"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder(Command):
    """
    Place an order on reservations that are active; its lines are exactly what they hold, with prices.

    The reservations are the order's from now on. As long as it is not paid, it is cancelled when they expire.
    """

    kind: ClassVar[str] = "order"
    refuses: ClassVar[Codes] = (
        OF_LINES
        | OF_RESERVATIONS
        | {
            "UNKNOWN_ITEM",
            "UNKNOWN_CUSTOMER",
            "DOCUMENT_EXISTS",
            "RESERVATION_OWNED",
            "RESERVATION_DIFFERS",
            "PRICE_UNKNOWN",
        }
    )

    reservations: tuple[int, ...]
    lines: tuple[SaleLine, ...]
    number: str | None = None
    customer: str | None = None
    prices_include_vat: bool = True

    def check(self) -> None:
        """Refuse what is not well formed."""
        if not self.reservations or len(set(self.reservations)) < len(self.reservations):
            raise Refused("INVALID_COMMAND", detail="an order is placed on reservations, each told once")
        for number in self.reservations:
            check_number(number, "reservation")
        check_sale_lines(self.lines)
        for field in ("number", "customer"):
            if getattr(self, field) is not None:
                check_code(getattr(self, field), field)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservations with their goods."""
        want_number(wants, self.number, ORDER_WORD, STEM)
        for line in stock_lines(self.lines):
            wants.items.add(line.sku)
        if self.customer is not None:
            wants.names.add(("customer", self.customer))
        more = [want_reservation(book, wants, number) for number in self.reservations]
        return any(more)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservations."""
        return named_reservations(book, *self.reservations)

    def decide(self, draft: Draft) -> None:
        """Make the order, and let the reservations be its own."""
        customer_id = find_customer(draft.book, self.customer)
        lines = charged(draft.book, self.lines, prices_include_vat=self.prices_include_vat)
        total = total_of(lines, prices_include_vat=self.prices_include_vat)
        number = number_for(draft, self.number, ORDER_WORD, STEM)
        found = [draft.book.reservation(reservation) for reservation in self.reservations]
        for reservation in found:
            check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, "committed")
            check_not_owned(reservation, "ordered again")
        check_holds(draft.book, found, self.lines)
        order_id = draft.next_id()
        for reservation in found:
            owned = reservation.next(document_type="order", document_id=number, owner=ORDER_WORD, owner_id=order_id)
            draft.change(reservation, owned, "ordered")
        draft.make(
            SalesOrder(
                id=order_id,
                number=number,
                status="placed",
                reservations=self.reservations,
                ordered=tuple(OrderLine(line.sku, line.quantity, price, rate) for line, _, price, rate in lines),
                rates=total.rates,
                net=total.net,
                vat=total.vat,
                gross=total.gross,
                customer_id=customer_id,
            )
        )
