"""The verb `move`."""

from typing import Annotated

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting

Source = Annotated[str, typer.Option("--from", metavar="STATE", help="The state in which the goods are.")]
Target = Annotated[str, typer.Option("--to", metavar="STATE", help="available, quarantine, hold, defective or sample.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "move", panel=ACTS, acts=True)
    async def move(
        desk: Desk, lines: Lines, site: Site, target: Target, source: Source = "available", location: Location = None
    ) -> Posting:
        """Move goods between states, as to quarantine and back; needs a reason."""
        parsed = lines_of(lines, location=location)
        async with desk.ledger() as stock:
            return await stock.move(site=site, lines=parsed, source=source, target=target, **desk.about)
