"""The questions of the till: `receipt`, `vat-report`, `find`."""

from datetime import date
from typing import Annotated

import typer

from onhand.cli.options import After, Limit, SomeSite
from onhand.cli.values import day_of, whole_number
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.refusals import Refused

SomeReceipt = Annotated[
    int | None,
    typer.Argument(
        metavar="RECEIPT", parser=whole_number, show_default=False, help="Its number; without it the last ones."
    ),
]
Since = Annotated[str, typer.Option("--since", metavar="DAY", help="The first day, as 2026-01-01.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="The last day, as 2026-01-31.")]
Text = Annotated[
    str,
    typer.Argument(metavar="TEXT", show_default=False, help="A sku, a barcode, or words of a name as far as you know."),
]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "receipt", panel=QUESTIONS, asks=True)(receipt)
    verb(app, "vat-report", panel=QUESTIONS, asks=True)(vat_report)
    verb(app, "find", panel=QUESTIONS, asks=True)(find)


async def receipt(
    desk: Desk, number: SomeReceipt = None, site: SomeSite = None, limit: Limit = 50, after: After = None
) -> Answer:
    """Show a receipt, or list the last ones."""
    from onhand.cli.commerce.shop_shown import receipt_plain, receipt_shown, receipts_plain, receipts_shown

    async with desk.ledger() as stock:
        if number is None:
            page = await stock.list_receipts(site, limit=limit, after=after)
            return Answer(plain=receipts_plain(page), shown=lambda: receipts_shown(page))
        found = await stock.get_receipt(number)
        currency = (await stock.catalog.settings())["currency"]
    return Answer(plain=receipt_plain(found), shown=lambda: receipt_shown(found, currency))


async def vat_report(desk: Desk, since: Since, until: Until, site: SomeSite = None) -> Answer:
    """Report net, VAT and gross of each rate, of days in the org's time zone."""
    from onhand.cli.commerce.shop_shown import vat_plain, vat_shown

    first, last = _day(since, "since"), _day(until, "until")
    async with desk.ledger() as stock:
        report = await stock.reports.vat(first, last, site=site)
    return Answer(plain=vat_plain(report), shown=lambda: vat_shown(report))


async def find(desk: Desk, text: Text, limit: Limit = 20) -> Answer:
    """Find items by sku, by barcode, or by words of their names."""
    from onhand.cli.commerce.shop_shown import items_plain, items_shown

    async with desk.ledger() as stock:
        items = await stock.catalog.find_items(text, limit=limit)
    return Answer(plain=items_plain(items), shown=lambda: items_shown(items))


def _day(text: str, field: str) -> date:
    day = day_of(text, field)
    if day is None:
        raise Refused("INVALID_COMMAND", detail=f"--{field} is missing")
    return day
