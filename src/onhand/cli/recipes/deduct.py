"""The verbs `deduct` and `void`: a sale takes its ingredients, and gives them back."""

from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import Site
from onhand.cli.values import whole_number
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.kernel.recipes.deducting import Sold

Transaction = Annotated[
    str, typer.Argument(metavar="TRANSACTION", show_default=False, help="The number of the receipt.")
]
Items = Annotated[
    list[str],
    typer.Argument(metavar="ITEMS...", show_default=False, help="PRODUCT=QUANTITY, or PRODUCT=QUANTITY=NAME."),
]
Slice = Annotated[
    int | None,
    typer.Option("--slice", metavar="RESERVATION", parser=whole_number, help="What the till was lent is used first."),
]
LineNumbers = Annotated[
    list[int] | None,
    typer.Option("--line", metavar="N", parser=whole_number, help="Only this line of the receipt. May be repeated."),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "deduct", panel=ACTS, acts=True)(deduct)
    verb(app, "void", panel=ACTS, acts=True)(void)


async def deduct(
    desk: Desk,
    transaction: Transaction,
    items: Items,
    site: Site,
    slice: Slice = None,  # noqa: A002 - what a till was lent is called its slice
) -> Posting:
    """Take the ingredients of all that a transaction sold, or nothing."""
    sold = [sold_of(text) for text in items]
    async with desk.ledger() as stock:
        return await stock.recipes.deduct(transaction=transaction, site=site, items=sold, slice=slice, **desk.about)


async def void(desk: Desk, transaction: Transaction, site: Site, lines: LineNumbers = None) -> Posting:
    """Put back exactly what a transaction took, or some of its lines; once."""
    async with desk.ledger() as stock:
        return await stock.recipes.void_deduction(transaction=transaction, site=site, lines=lines or (), **desk.about)


def sold_of(text: str) -> "Sold":
    """Read what was sold: PRODUCT=QUANTITY, or PRODUCT=QUANTITY=NAME."""
    from onhand.ledger.reading_lines import SOLD, read_line

    product, equals, rest = text.partition("=")
    quantity, _, name = rest.partition("=")
    if not equals:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not PRODUCT=QUANTITY")
    return read_line(SOLD, (product, name or None, quantity))
