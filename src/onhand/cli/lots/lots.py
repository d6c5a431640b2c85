"""The question `lots`: which lots there are."""

import typer

from onhand.cli.lots import lot_options as told
from onhand.cli.options import After, Limit
from onhand.cli.values import time_of
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb


def register(app: typer.Typer) -> None:
    """Add the question."""
    verb(app, "lots", panel=QUESTIONS, asks=True)(lots)


async def lots(  # noqa: PLR0913, PLR0917 - each narrows the list
    desk: Desk,
    words: told.Words = None,
    status: told.SomeStatus = None,
    category: told.SomeCategory = None,
    subcategory: told.SomeSubcategory = None,
    brand: told.SomeBrand = None,
    vendor: told.SomeVendor = None,
    site: told.AtSite = None,
    since: told.Since = None,
    until: told.Until = None,
    order: told.Order = "newest",
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """List lots, a hundred a page at most: by words, status, category, brand, vendor, site or time."""
    async with desk.ledger() as stock:
        page = await stock.lots.list(
            text=" ".join(words) if words else None,
            status=status,
            category=category,
            subcategory=subcategory,
            brand=brand,
            vendor=vendor,
            site=site,
            since=time_of(since, "since"),
            until=time_of(until, "until"),
            order=order,
            limit=limit,
            after=after,
        )
    from onhand.cli.lots import lot_shown

    return Answer(
        plain={"lots": [lot_shown.plain_lot(lot) for lot in page], "after": page.after},
        shown=lambda: lot_shown.lots(page),
    )
