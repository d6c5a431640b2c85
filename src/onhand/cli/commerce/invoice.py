"""The verbs of invoices: `invoice issue|show|list|cancel|take-back`, `pay`, `refund`, `deliver`, `customer`."""

from typing import Annotated

import typer

from onhand.cli.commerce.sale_values import Amount, SaleLines, SomeAmount, delivery_of, priced_lines
from onhand.cli.options import After, Limit, Lines, Site, SomeLines
from onhand.cli.values import lines_of, time_of, whole_number
from onhand.cli.verb import ACTS, Answer, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

InvoiceNumber = Annotated[str, typer.Argument(metavar="INVOICE", show_default=False, help="The invoice's number.")]
NewNumber = Annotated[
    str | None, typer.Option("--number", metavar="NUMBER", help="The next of the year is given where none is told.")
]
SomeCustomer = Annotated[str | None, typer.Option("--customer", metavar="CODE", help="The customer's code.")]
Cart = Annotated[
    int | None,
    typer.Option(
        "--cart", metavar="RESERVATION", parser=whole_number, help="The reservation that becomes the invoice's."
    ),
]
ExpiresAt = Annotated[
    str | None, typer.Option("--expires-at", metavar="TIME", help="Until when it is to be paid: 2026-01-31T09:30:00Z.")
]
NetPrices = Annotated[bool, typer.Option("--net-prices", help="Prices are without VAT.")]
SomeInvoice = Annotated[str | None, typer.Option("--invoice", metavar="INVOICE", help="The invoice that it is for.")]
SomeOrder = Annotated[str | None, typer.Option("--order", metavar="ORDER", help="The order that it is for.")]
Method = Annotated[str | None, typer.Option("--method", metavar="WORD", help="cash, card, transfer or the like.")]
Reference = Annotated[str | None, typer.Option("--reference", metavar="CODE", help="What the bank or till calls it.")]
Carrier = Annotated[str | None, typer.Option("--carrier", metavar="NAME", help="Who brings it.")]
Tracking = Annotated[str | None, typer.Option("--tracking", metavar="CODE", help="What the carrier calls it.")]
Recipient = Annotated[str | None, typer.Option("--recipient", metavar="NAME", help="Who took it.")]
Status = Annotated[str | None, typer.Option("--status", metavar="STATUS", help="Only with this status.")]
Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="What people call him.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="Where to write to.")]
VatNumber = Annotated[str | None, typer.Option("--vat-number", metavar="NUMBER", help="His VAT number.")]
Code = Annotated[str, typer.Argument(metavar="CODE", show_default=False, help="The customer's code.")]
State = Annotated[
    str | None, typer.Option("--state", metavar="STATE", help="available, quarantine or defective, for all lines.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    invoices = typer.Typer(help="Make invoices, look at them, cancel them, take goods back.", no_args_is_help=True)
    verb(invoices, "issue", panel=None, acts=True)(create)
    verb(invoices, "show", panel=None, asks=True)(show)
    verb(invoices, "list", panel=None, asks=True)(list_)
    verb(invoices, "cancel", panel=None, acts=True)(cancel)
    verb(invoices, "take-back", panel=None, acts=True)(return_)
    app.add_typer(invoices, name="invoice", rich_help_panel=ACTS)
    verb(app, "pay", panel=ACTS, acts=True)(pay)
    verb(app, "refund", panel=ACTS, acts=True)(refund)
    verb(app, "deliver", panel=ACTS, acts=True)(deliver)
    verb(app, "customer", panel=ACTS, acts=True)(customer)


async def create(
    desk: Desk,
    lines: SaleLines,
    site: Site,
    number: NewNumber = None,
    customer: SomeCustomer = None,
    cart: Cart = None,
    expires_at: ExpiresAt = None,
    net_prices: NetPrices = False,
) -> Posting:
    """Make an invoice and reserve its goods: all lines or none."""
    parsed = priced_lines(lines)
    until = time_of(expires_at, "expires_at")
    async with desk.ledger() as stock:
        return await stock.invoices.issue(
            site=site,
            lines=parsed,
            number=number,
            customer=customer,
            cart=cart,
            expires_at=until,
            prices_include_vat=not net_prices,
            **desk.about,
        )


async def show(desk: Desk, invoice: InvoiceNumber) -> Answer:
    """Show an invoice with its lines and payments."""
    async with desk.ledger() as stock:
        found = await stock.invoices.get(invoice)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(plain=sale_plain.invoice(found), shown=lambda: sale_shown.invoice(found))


async def list_(
    desk: Desk, status: Status = None, customer: SomeCustomer = None, limit: Limit = 50, after: After = None
) -> Answer:
    """List invoices."""
    async with desk.ledger() as stock:
        page = await stock.invoices.list(status=status, customer=customer, limit=limit, after=after)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(
        plain={"invoices": [sale_plain.invoice(found) for found in page], "after": page.after},
        shown=lambda: sale_shown.documents(page),
    )


async def cancel(desk: Desk, invoice: InvoiceNumber) -> Posting:
    """Cancel an invoice before anything is delivered: its goods are available again."""
    async with desk.ledger() as stock:
        return await stock.invoices.cancel(invoice=invoice, **desk.about)


async def return_(desk: Desk, invoice: InvoiceNumber, lines: Lines, site: Site, state: State = None) -> Posting:
    """Take back what was delivered on an invoice."""
    parsed = lines_of(lines, state=state)
    async with desk.ledger() as stock:
        return await stock.invoices.take_back(invoice=invoice, site=site, lines=parsed, **desk.about)


async def pay(
    desk: Desk,
    amount: SomeAmount = None,
    invoice: SomeInvoice = None,
    order: SomeOrder = None,
    method: Method = None,
    reference: Reference = None,
) -> Posting:
    """Record a payment, in part or in full; an invoice that is paid in full is sold."""
    async with desk.ledger() as stock:
        if _is_order(invoice, order):
            return await stock.orders.pay(
                order=str(order), amount=amount, method=method, reference=reference, **desk.about
            )
        return await stock.invoices.pay(
            invoice=str(invoice), amount=amount, method=method, reference=reference, **desk.about
        )


async def refund(
    desk: Desk,
    amount: Amount,
    invoice: SomeInvoice = None,
    order: SomeOrder = None,
    method: Method = None,
    reference: Reference = None,
) -> Posting:
    """Give money back, never more than came."""
    async with desk.ledger() as stock:
        if _is_order(invoice, order):
            return await stock.orders.refund(
                order=str(order), amount=amount, method=method, reference=reference, **desk.about
            )
        return await stock.invoices.refund(
            invoice=str(invoice), amount=amount, method=method, reference=reference, **desk.about
        )


async def deliver(
    desk: Desk,
    invoice: InvoiceNumber,
    lines: SomeLines = None,
    carrier: Carrier = None,
    tracking: Tracking = None,
    recipient: Recipient = None,
) -> Posting:
    """Hand over what is paid: all of it, or some lines."""
    parsed = lines_of(lines or [])
    delivery = delivery_of({"carrier": carrier, "tracking": tracking, "recipient": recipient})
    async with desk.ledger() as stock:
        return await stock.invoices.deliver(invoice=invoice, lines=parsed, delivery=delivery, **desk.about)


async def customer(
    desk: Desk, code: Code, name: Name = None, email: Email = None, vat_number: VatNumber = None
) -> Posting:
    """Make a customer known, or change what is known of him."""
    async with desk.ledger() as stock:
        return await stock.catalog.define_customer(
            code=code, name=name, email=email, vat_number=vat_number, **desk.about
        )


def _is_order(invoice: str | None, order: str | None) -> bool:
    """Tell which of the two documents is named; raises Refused where it is not one of them."""
    if (invoice is None) == (order is None):
        raise Refused("INVALID_COMMAND", detail="it is for an invoice or for an order")
    return order is not None
