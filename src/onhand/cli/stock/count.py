"""The verb `count`."""

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "count", panel=ACTS, acts=True)
    async def count(desk: Desk, lines: Lines, site: Site, location: Location = None) -> Posting:
        """Bring the ledger to what was counted on hand; each line names one holding."""
        parsed = lines_of(lines, location=location)
        async with desk.ledger() as stock:
            return await stock.count(site=site, lines=parsed, **desk.about)
