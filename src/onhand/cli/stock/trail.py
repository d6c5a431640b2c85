"""The question `trail`: the life of one thing."""

from typing import Annotated

import typer

from onhand.cli.options import After, Limit, SomeLocation, SomeLot, SomeSite, SomeUnit
from onhand.cli.values import whole_number
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

Entity = Annotated[
    str | None,
    typer.Argument(
        metavar="KIND",
        show_default=False,
        help="reservation, transfer, lot, unit, holding, item, product, location or site.",
    ),
]
Id = Annotated[
    int | None,
    typer.Argument(metavar="ID", parser=whole_number, show_default=False, help="Its number in the ledger."),
]
OfSku = Annotated[str | None, typer.Option("--item", metavar="SKU", help="Only this item.")]


def register(app: typer.Typer) -> None:
    """Add the question."""

    @verb(app, "trail", panel=QUESTIONS, asks=True)
    async def trail(
        desk: Desk,
        entity: Entity = None,
        entity_id: Id = None,
        sku: OfSku = None,
        site: SomeSite = None,
        lot: SomeLot = None,
        location: SomeLocation = None,
        unit: SomeUnit = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Answer:
        """Tell the life of one thing: `trail reservation 12`, or `trail --item SKU --lot LOT`."""
        async with desk.ledger() as stock:
            page = await stock.trail(
                entity,
                entity_id,
                site=site,
                sku=sku,
                lot=lot,
                location=location,
                unit=unit,
                limit=limit,
                after=after,
            )
        from onhand.cli import plain, shown

        return Answer(
            plain={"trail": [plain.trail_line(line) for line in page], "after": page.after},
            shown=lambda: shown.trail(page),
        )
