"""The verbs of orders: `order place|show|list|fulfil|commit|cancel`."""

from typing import Annotated

import typer

from onhand.cli.commerce.invoice import NetPrices, NewNumber, SomeCustomer, Status
from onhand.cli.commerce.sale_values import SaleLines, priced_lines
from onhand.cli.options import After, Limit
from onhand.cli.values import time_of
from onhand.cli.verb import ACTS, Answer, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

OrderNumber = Annotated[str, typer.Argument(metavar="ORDER", show_default=False, help="The order's number.")]
Sites = Annotated[
    list[str], typer.Option("--site", metavar="SITE", help="A branch; tell several in the order of preference.")
]
Policy = Annotated[
    str, typer.Option("--policy", metavar="POLICY", help="How branches share: fewest_branches, in_order, one_branch.")
]
Until = Annotated[str, typer.Option("--expires-at", metavar="TIME", help="Until when it is to be paid.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    orders = typer.Typer(help="Place orders, and see them through.", no_args_is_help=True)
    verb(orders, "place", panel=None, acts=True)(place)
    verb(orders, "show", panel=None, asks=True)(show)
    verb(orders, "list", panel=None, asks=True)(list_)
    verb(orders, "fulfil", panel=None, acts=True)(fulfil)
    verb(orders, "commit", panel=None, acts=True)(commit)
    verb(orders, "cancel", panel=None, acts=True)(cancel)
    app.add_typer(orders, name="order", rich_help_panel=ACTS)


async def place(
    desk: Desk,
    lines: SaleLines,
    site: Sites,
    expires_at: Until,
    number: NewNumber = None,
    customer: SomeCustomer = None,
    policy: Policy = "fewest_branches",
    net_prices: NetPrices = False,
) -> Posting:
    """Check a cart out: reserve its goods at the branches, and place the order; the same key goes on after a crash."""
    parsed = priced_lines(lines)
    until = time_of(expires_at, "expires_at")
    if until is None:
        raise Refused("INVALID_TIME", field="expires_at", detail="it is missing")
    about = desk.about
    async with desk.ledger() as stock:
        return await stock.orders.checkout(
            key=about["key"],
            sites=site,
            lines=parsed,
            expires_at=until,
            number=number,
            customer=customer,
            policy=policy,
            prices_include_vat=not net_prices,
            actor=desk.config.actor,
            dry_run=desk.dry_run,
        )


async def show(desk: Desk, order: OrderNumber) -> Answer:
    """Show an order with its lines and payments."""
    async with desk.ledger() as stock:
        found = await stock.orders.get(order)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(plain=sale_plain.order(found), shown=lambda: sale_shown.order(found))


async def list_(desk: Desk, status: Status = None, limit: Limit = 50, after: After = None) -> Answer:
    """List orders."""
    async with desk.ledger() as stock:
        page = await stock.orders.list(status=status, limit=limit, after=after)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(
        plain={"orders": [sale_plain.order(found) for found in page], "after": page.after},
        shown=lambda: sale_shown.documents(page),
    )


async def fulfil(desk: Desk, order: OrderNumber) -> Posting:
    """Say that the goods of a paid order are picked and packed."""
    async with desk.ledger() as stock:
        return await stock.orders.fulfil(order=order, **desk.about)


async def commit(desk: Desk, order: OrderNumber) -> Posting:
    """Hand the goods of a fulfilled order over."""
    async with desk.ledger() as stock:
        return await stock.orders.commit(order=order, **desk.about)


async def cancel(desk: Desk, order: OrderNumber) -> Posting:
    """Cancel an order before its goods are handed over: they are available again."""
    async with desk.ledger() as stock:
        return await stock.orders.cancel(order=order, **desk.about)
