"""The verb `sell`."""

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "sell", panel=ACTS, acts=True)
    async def sell(desk: Desk, lines: Lines, site: Site, location: Location = None) -> Posting:
        """Hand goods over to a customer: all lines or none."""
        parsed = lines_of(lines, location=location)
        async with desk.ledger() as stock:
            return await stock.sell(site=site, lines=parsed, **desk.about)
