"""The verb `return`: goods that a customer brings back."""

from typing import Annotated

import typer

from onhand.cli.options import Lines, Location, Site, UnitCost
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting

Decision = Annotated[
    str | None,
    typer.Option("--state", metavar="STATE", help="available (unless told), quarantine or defective."),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "return", panel=ACTS, acts=True)
    async def take_back(
        desk: Desk,
        lines: Lines,
        site: Site,
        location: Location = None,
        state: Decision = None,
        unit_cost: UnitCost = None,
    ) -> Posting:
        """Take goods back from a customer."""
        parsed = lines_of(lines, location=location, state=state, unit_cost=unit_cost)
        async with desk.ledger() as stock:
            return await stock.take_back(site=site, lines=parsed, **desk.about)
