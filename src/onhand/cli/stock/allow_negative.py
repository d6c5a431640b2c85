"""The verb `allow-negative`."""

import typer

from onhand.cli.options import Lines, Site
from onhand.cli.values import lines_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "allow-negative", panel=ACTS, acts=True)
    async def allow_negative(desk: Desk, lines: Lines, site: Site) -> Posting:
        """Let items fall below zero at a site: SKU=10 down to -10; SKU=0 forbids it again."""
        parsed = lines_of(lines)
        async with desk.ledger() as stock:
            return await stock.allow_negative(site=site, lines=parsed, **desk.about)
