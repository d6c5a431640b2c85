"""The question `explain`: why a number is what it is."""

from typing import Annotated

import typer

from onhand.cli.options import Limit, Site, SomeLocation, SomeLot, SomeUnit
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

WhichSku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="The item.")]
State = Annotated[
    str | None,
    typer.Option(
        "--state", metavar="STATE", help="What stands in this state, as available or reserved. Default: on hand."
    ),
]
Before = Annotated[
    str | None, typer.Option("--before", metavar="CURSOR", help="The movements before those of the page before.")
]


def register(app: typer.Typer) -> None:
    """Add the question."""

    @verb(app, "explain", panel=QUESTIONS, asks=True)
    async def explain(
        desk: Desk,
        sku: WhichSku,
        site: Site,
        lot: SomeLot = None,
        location: SomeLocation = None,
        unit: SomeUnit = None,
        state: State = None,
        limit: Limit = 50,
        before: Before = None,
    ) -> Answer:
        """Explain a number by the movements that made it, with the running sum."""
        async with desk.ledger() as stock:
            explanation = await stock.explain(site, sku, lot, location, unit, state=state, limit=limit, before=before)
        from onhand.cli import plain, shown

        what = " ".join(part for part in (sku, lot, unit, "at", site, location) if part)
        return Answer(plain=plain.explanation(explanation), shown=lambda: shown.explanation(explanation, what))
