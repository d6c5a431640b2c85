"""Invoices and single items: reserved, paid, delivered, returned."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.define_customer import DefineCustomer
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.grade_serial import GradeSerial
from onhand.kernel.serials.receive_serials import ReceiveSerials, SerialLine
from onhand.ledger.commerce.reading_lines import SaleLineLike, sale_lines_of
from onhand.ledger.engine.acting import About, Acting
from onhand.ledger.reading_lines import LineLike, Quantity, lines_of


class Invoices(Acting):
    """One verb for each step in the life of an invoice and of a single item."""

    async def receive_serials(
        self,
        *,
        site: str,
        serials: Iterable[SerialLine | tuple[str, ...] | Mapping[str, Any]],
        unit_cost: Quantity | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Take single items in: (sku, serial number), with a condition as third, or a mapping; each costs so much."""
        cost = None if unit_cost is None else parse_money(unit_cost, "unit_cost")
        return await self._do(ReceiveSerials, about, site=site, serials=tuple(map(_serial, serials)), unit_cost=cost)

    async def grade(self, *, sku: str, unit: str, condition: str, **about: Unpack[About]) -> Posting:
        """Say in which condition a single item is."""
        return await self._do(GradeSerial, about, sku=sku, unit=unit, condition=condition)

    async def customer(
        self,
        *,
        code: str,
        name: str | None = None,
        email: str | None = None,
        vat_number: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make a customer known, or change what is known of him."""
        return await self._do(DefineCustomer, about, code=code, name=name, email=email, vat_number=vat_number)

    async def invoice(
        self,
        *,
        site: str,
        lines: Iterable[SaleLineLike],
        number: str | None = None,
        customer: str | None = None,
        cart: int | None = None,
        expires_at: datetime | None = None,
        prices_include_vat: bool = True,
        **about: Unpack[About],
    ) -> Posting:
        """
        Make an invoice and reserve its goods: all lines or none.

        With `cart`, the reservation of that number becomes the invoice's.
        """
        return await self._do(
            IssueInvoice,
            about,
            site=site,
            lines=sale_lines_of(lines),
            number=number,
            customer=customer,
            cart=cart,
            expires_at=expires_at,
            prices_include_vat=prices_include_vat,
        )

    async def pay(
        self,
        *,
        amount: Quantity | None = None,
        invoice: str | None = None,
        order: str | None = None,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Record a payment for an invoice or an order; when an invoice is paid in full, its goods are sold.

        Without an amount, all that is due is paid.
        """
        money = None if amount is None else parse_money(amount)
        return await self._do(
            Pay, about, amount=money, invoice=invoice, order=order, method=method, reference=reference
        )

    async def refund(
        self,
        *,
        amount: Quantity,
        invoice: str | None = None,
        order: str | None = None,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Give money back on an invoice or an order, never more than came."""
        money = parse_money(amount)
        return await self._do(
            Refund, about, amount=money, invoice=invoice, order=order, method=method, reference=reference
        )

    async def deliver(
        self,
        *,
        invoice: str,
        lines: Iterable[LineLike] = (),
        delivery: Mapping[str, str] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Hand over what is paid; `delivery` tells carrier, tracking, recipient, address, note."""
        return await self._do(DeliverInvoice, about, invoice=invoice, lines=lines_of(lines), delivery=delivery)

    async def cancel_invoice(self, *, invoice: str, **about: Unpack[About]) -> Posting:
        """Cancel an invoice before anything is delivered; its goods are available again."""
        return await self._do(CancelInvoice, about, invoice=invoice)

    async def return_invoice(
        self, *, invoice: str, site: str, lines: Iterable[LineLike], **about: Unpack[About]
    ) -> Posting:
        """Take back what was delivered on an invoice; a line's state is available, quarantine or defective."""
        return await self._do(TakeBackInvoice, about, invoice=invoice, site=site, lines=lines_of(lines))


def _serial(line: SerialLine | tuple[str, ...] | Mapping[str, Any]) -> SerialLine:
    try:
        return SerialLine(**line) if isinstance(line, Mapping) else SerialLine(*line)
    except TypeError as error:
        raise Refused("INVALID_COMMAND", detail="a serial is (sku, serial number, condition), or a mapping") from error
