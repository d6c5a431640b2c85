"""The question `stock`: how much of what is where."""

from typing import Annotated

import typer

from onhand.cli.options import After, Limit, Sku, SomeLocation, SomeLot, SomeSite, SomeUnit
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

Empty = Annotated[bool, typer.Option("--empty", help="Also where nothing is.")]


def register(app: typer.Typer) -> None:
    """Add the question."""

    @verb(app, "stock", panel=QUESTIONS, asks=True)
    async def stock(
        desk: Desk,
        sku: Sku = None,
        site: SomeSite = None,
        lot: SomeLot = None,
        location: SomeLocation = None,
        unit: SomeUnit = None,
        empty: Empty = False,
        limit: Limit = 50,
        after: After = None,
    ) -> Answer:
        """Show how much of what is where."""
        async with desk.ledger() as stock:
            page = await stock.list_holdings(site, sku, lot, location, unit, empty=empty, limit=limit, after=after)
        from onhand.cli import plain, shown

        return Answer(
            plain={"holdings": [plain.holding(holding) for holding in page], "after": page.after},
            shown=lambda: shown.holdings(page),
        )
