"""The verb `adjust`."""

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "adjust", panel=ACTS, acts=True)
    async def adjust(desk: Desk, lines: Lines, site: Site, location: Location = None) -> Posting:
        """Correct what is available: SKU=5 was found, SKU=-5 is lost; needs a reason."""
        parsed = lines_of(lines, location=location)
        async with desk.ledger() as stock:
            return await stock.adjust(site=site, lines=parsed, **desk.about)
