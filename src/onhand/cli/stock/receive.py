"""The verb `receive`."""

from typing import Annotated

import typer

from onhand.cli.options import Lines, Location, Site, UnitCost
from onhand.cli.values import day_of, lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting

ExpiresOn = Annotated[
    str | None, typer.Option("--expires-on", metavar="DAY", help="The last good day of new lots: 2026-01-31.")
]
Day = Annotated[
    str | None, typer.Option("--day", metavar="DAY", help="The day in the codes of new lots. Default: today, UTC.")
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="STATE", help="Where the goods stand at first, as quarantine or hold."),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "receive", panel=ACTS, acts=True)
    async def receive(
        desk: Desk,
        lines: Lines,
        site: Site,
        location: Location = None,
        state: State = None,
        expires_on: ExpiresOn = None,
        day: Day = None,
        unit_cost: UnitCost = None,
    ) -> Posting:
        """Take goods in from a supplier; SKU@new=QUANTITY makes a lot with the next code of the day."""
        parsed = lines_of(lines, location=location, state=state, unit_cost=unit_cost)
        until, on = day_of(expires_on, "expires_on"), day_of(day, "day")
        async with desk.ledger() as stock:
            return await stock.receive(site=site, lines=parsed, expires_on=until, day=on, **desk.about)
