"""The question `movements`: what went from where to where."""

from typing import Annotated

import typer

from onhand.cli.options import After, Kind, Limit, Newest, Since, Sku, SomeLocation, SomeLot, SomeSite, SomeUnit, Until
from onhand.cli.values import whole_number
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

OfPosting = Annotated[
    int | None,
    typer.Option("--posting", metavar="NUMBER", parser=whole_number, help="Only those of this posting."),
]


def register(app: typer.Typer) -> None:
    """Add the question."""

    @verb(app, "movements", panel=QUESTIONS, asks=True)
    async def movements(  # noqa: PLR0913, PLR0917 - each argument is an option of the verb
        desk: Desk,
        sku: Sku = None,
        site: SomeSite = None,
        lot: SomeLot = None,
        location: SomeLocation = None,
        unit: SomeUnit = None,
        number: OfPosting = None,
        kind: Kind = None,
        since: Since = 0,
        until: Until = None,
        newest_first: Newest = False,
        limit: Limit = 50,
        after: After = None,
    ) -> Answer:
        """List movements, with who, when and why."""
        async with desk.ledger() as stock:
            page = await stock.list_movements(
                site,
                sku,
                lot,
                location,
                unit,
                number=number,
                kind=kind,
                since=since,
                until=until,
                newest_first=newest_first,
                limit=limit,
                after=after,
            )
        from onhand.cli import plain, shown

        return Answer(
            plain={"movements": [plain.movement_line(line) for line in page], "after": page.after},
            shown=lambda: shown.movements(page),
        )
