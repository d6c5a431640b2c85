"""The verbs `lot ...`: one lot, its status, quarantine, release and recall."""

import typer

from onhand.cli.lots import lot_options as told
from onhand.cli.options import After, Limit
from onhand.cli.verb import ACTS, Answer, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    lots = typer.Typer(help="See to one lot: its status, quarantine, release and recall.", no_args_is_help=True)
    verb(lots, "show", panel=None, asks=True)(show)
    verb(lots, "recipients", panel=None, asks=True)(recipients)
    verb(lots, "status", panel=None, acts=True)(status)
    verb(lots, "quarantine", panel=None, acts=True)(quarantine)
    verb(lots, "release", panel=None, acts=True)(release)
    verb(lots, "recall", panel=None, acts=True)(recall)
    app.add_typer(lots, name="lot", rich_help_panel=ACTS)


async def show(desk: Desk, sku: told.Sku, lot: told.Lot) -> Answer:
    """Show a lot: what is told of it, where it lies, and who received it."""
    async with desk.ledger() as stock:
        found = await stock.lots.get(sku, lot)
        holdings = await stock.list_holdings(sku=sku, lot=lot)
        received = await stock.lots.list_recipients(sku, lot)
    from onhand.cli import plain
    from onhand.cli.lots import lot_shown

    return Answer(
        plain={
            **lot_shown.plain_lot(found),
            "holdings": [plain.holding(holding) for holding in holdings],
            "recipients": [lot_shown.plain_recipient(row) for row in received],
        },
        shown=lambda: lot_shown.lot(found, holdings, received),
    )


async def recipients(desk: Desk, sku: told.Sku, lot: told.Lot, limit: Limit = 50, after: After = None) -> Answer:
    """List who received goods of a lot: each sale and each use that was not undone."""
    async with desk.ledger() as stock:
        page = await stock.lots.list_recipients(sku, lot, limit=limit, after=after)
    from onhand.cli.lots import lot_shown

    return Answer(
        plain={"recipients": [lot_shown.plain_recipient(row) for row in page], "after": page.after},
        shown=lambda: lot_shown.received(page),
    )


async def status(desk: Desk, sku: told.Sku, lot: told.Lot, status: str) -> Posting:
    """Give a lot another status, as LIVE, PHOTOGRAPHY_COMPLETE, ON_HOLD, QUARANTINED, SOLD_OUT or CLOSED."""
    async with desk.ledger() as stock:
        return await stock.lots.set_status(sku=sku, lot=lot, status=status, **desk.about)


async def quarantine(
    desk: Desk, sku: told.Sku, lot: told.Lot, quantity: told.SomeQuantity = None, site: told.PartSite = None
) -> Posting:
    """Put a part of a lot into quarantine, at one site; all of it, everywhere, where no quantity is told."""
    async with desk.ledger() as stock:
        if _is_part(quantity, site):
            lines = [(sku, str(quantity), lot)]
            return await stock.move(site=str(site), lines=lines, target="quarantine", **desk.about)
        return await stock.lots.recall(sku=sku, lot=lot, **desk.about)


async def release(
    desk: Desk, sku: told.Sku, lot: told.Lot, quantity: told.SomeQuantity = None, site: told.PartSite = None
) -> Posting:
    """Make a part of a lot available again that was in quarantine at one site; all of it where no quantity is told."""
    async with desk.ledger() as stock:
        if _is_part(quantity, site):
            lines = [(sku, str(quantity), lot)]
            return await stock.move(site=str(site), lines=lines, source="quarantine", target="available", **desk.about)
        return await stock.lots.release(sku=sku, lot=lot, **desk.about)


async def recall(desk: Desk, sku: told.Sku, lot: told.Lot) -> Posting:
    """Quarantine a lot in all places at once; `lot recipients` tells who received it."""
    async with desk.ledger() as stock:
        return await stock.lots.recall(sku=sku, lot=lot, **desk.about)


def _is_part(quantity: str | None, site: str | None) -> bool:
    if (quantity is None) != (site is None):
        raise Refused("INVALID_COMMAND", detail="a part of a lot is told by a quantity and --site")
    return quantity is not None
