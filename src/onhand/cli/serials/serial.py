"""The verbs of single items: `serial receive|grade|show|history|list`."""

from typing import Annotated

import typer

from onhand.cli.commerce.invoice import Status
from onhand.cli.options import After, Limit, Location, Site, SomeSite, UnitCost
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.serials.receive_serials import SerialLine

Unit = Annotated[str, typer.Argument(metavar="SERIAL", show_default=False, help="The serial number.")]
Units = Annotated[list[str], typer.Argument(metavar="SERIALS...", show_default=False, help="The serial numbers.")]
ItemSku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="The item's code.")]
SomeSku = Annotated[str | None, typer.Option("--sku", metavar="SKU", help="Only of this item.")]
SomeCondition = Annotated[
    str | None, typer.Option("--condition", metavar="WORD", help="In which condition: new, used, A and the like.")
]
Condition = Annotated[str, typer.Argument(metavar="CONDITION", show_default=False, help="New, used, A and the like.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    serials = typer.Typer(help="Take single items in, and see where each is in its life.", no_args_is_help=True)
    verb(serials, "receive", panel=None, acts=True)(receive)
    verb(serials, "grade", panel=None, acts=True)(grade)
    verb(serials, "show", panel=None, asks=True)(show)
    verb(serials, "history", panel=None, asks=True)(history)
    verb(serials, "list", panel=None, asks=True)(list_)
    app.add_typer(serials, name="serial", rich_help_panel=QUESTIONS)


async def receive(
    desk: Desk,
    sku: ItemSku,
    serials: Units,
    site: Site,
    condition: SomeCondition = None,
    location: Location = None,
    unit_cost: UnitCost = None,
) -> Posting:
    """Take single items in from a supplier, each under its serial number."""
    lines = [SerialLine(sku, unit, condition, location) for unit in serials]
    async with desk.ledger() as stock:
        return await stock.serials.receive(site=site, serials=lines, unit_cost=unit_cost, **desk.about)


async def grade(desk: Desk, sku: ItemSku, serial: Unit, condition: Condition) -> Posting:
    """Say in which condition a single item is."""
    async with desk.ledger() as stock:
        return await stock.serials.grade(sku=sku, unit=serial, condition=condition, **desk.about)


async def show(desk: Desk, serial: Unit) -> Answer:
    """Show a single item: its condition, status and place, and for whom it is."""
    async with desk.ledger() as stock:
        found = await stock.serials.get(serial)
    from onhand.cli.commerce import sale_plain, sale_shown
    from onhand.ledger.core.answers import Page

    return Answer(plain=sale_plain.serial(found), shown=lambda: sale_shown.serials(Page(rows=(found,))))


async def history(desk: Desk, serial: Unit, limit: Limit = 50, after: After = None) -> Answer:
    """Tell each step of a single item's status, with its reason."""
    async with desk.ledger() as stock:
        page = await stock.serials.history(serial, limit=limit, after=after)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(
        plain={"serial": serial, "steps": [sale_plain.step(step) for step in page], "after": page.after},
        shown=lambda: sale_shown.steps(serial, page),
    )


async def list_(
    desk: Desk,
    sku: SomeSku = None,
    site: SomeSite = None,
    status: Status = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """List single items."""
    async with desk.ledger() as stock:
        page = await stock.serials.list(sku=sku, status=status, site=site, limit=limit, after=after)
    from onhand.cli.commerce import sale_plain, sale_shown

    return Answer(
        plain={"serials": [sale_plain.serial(found) for found in page], "after": page.after},
        shown=lambda: sale_shown.serials(page),
    )
