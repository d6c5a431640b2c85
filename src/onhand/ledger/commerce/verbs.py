"""Invoices: issued, paid, delivered, taken back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Unpack

from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.ledger.commerce.questions import InvoiceQuestions, Repaired, concerns
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import verb
from onhand.ledger.reading_lines import SALE_LINE, LineLike, QuantityLike, SaleLineLike, lines_of, read_lines
from onhand.ledger.serials.consistency import discrepancy_of, inconsistencies_of, repaired


class Invoices(InvoiceQuestions):
    """One verb for each step in the life of an invoice."""

    _name = "invoices"

    @verb
    async def issue(
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
            IssueInvoice(
                site=site,
                lines=read_lines(SALE_LINE, lines),
                number=number,
                customer=customer,
                cart=cart,
                expires_at=expires_at,
                prices_include_vat=prices_include_vat,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def pay(
        self,
        *,
        invoice: str,
        amount: QuantityLike | None = None,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Record a payment for an invoice, of all that is due unless told; paid in full, its goods are sold."""
        money = None if amount is None else parse_money(amount)
        return await self._do(
            Pay(amount=money, invoice=invoice, method=method, reference=reference, **self._told(about)), about
        )

    @verb
    async def refund(
        self,
        *,
        invoice: str,
        amount: QuantityLike,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Give money back on an invoice, never more than came."""
        return await self._do(
            Refund(
                amount=parse_money(amount), invoice=invoice, method=method, reference=reference, **self._told(about)
            ),
            about,
        )

    @verb
    async def deliver(
        self,
        *,
        invoice: str,
        lines: Iterable[LineLike] = (),
        delivery: Mapping[str, str] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Hand over what is paid; `delivery` tells carrier, tracking, recipient, address, note."""
        return await self._do(
            DeliverInvoice(invoice=invoice, lines=lines_of(lines), delivery=delivery, **self._told(about)), about
        )

    @verb
    async def cancel(self, *, invoice: str, **about: Unpack[About]) -> Posting:
        """Cancel an invoice before anything is delivered; its goods are available again."""
        return await self._do(CancelInvoice(invoice=invoice, **self._told(about)), about)

    @verb
    async def take_back(self, *, invoice: str, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Take back what was delivered on an invoice; a line's state is available, quarantine or defective."""
        return await self._do(
            TakeBackInvoice(invoice=invoice, site=site, lines=lines_of(lines), **self._told(about)), about
        )

    @verb
    async def repair(self, number: str, *, actor: str | None = None, dry_run: bool = False) -> Repaired:
        """
        Bring into line what is out of line at an invoice: its items, its goods and its reservation.

        Done twice it does nothing the second time, since nothing is out of line then. Raises DOCUMENT_NOT_FOUND.
        """
        invoice = await self.get(number)
        found = [one for one in await inconsistencies_of(self._reading, actor or self._actor) if concerns(invoice, one)]
        postings = await repaired(self._acting, found, dry_run=dry_run)
        return Repaired(findings=tuple(map(discrepancy_of, found)), postings=postings)
