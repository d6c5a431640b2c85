"""The verb `configure` and the question `settings`."""

from typing import Annotated

import typer

from onhand.cli.values import pair_of
from onhand.cli.verb import ACTS, QUESTIONS, Answer, Desk, verb
from onhand.kernel.posting import Posting

Choices = Annotated[
    list[str],
    typer.Argument(metavar="NAME=VALUE...", show_default=False, help="As time_zone=Europe/London or currency=GBP."),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "configure", panel=ACTS, acts=True)(configure)
    verb(app, "settings", panel=QUESTIONS, asks=True)(settings)


async def configure(desk: Desk, choices: Choices) -> Posting:
    """Choose settings of the org."""
    chosen = dict(pair_of(choice, "=", "NAME=VALUE") for choice in choices)
    async with desk.ledger() as stock:
        return await stock.catalog.configure(settings=chosen, **desk.about)


async def settings(desk: Desk) -> Answer:
    """Show what the org has chosen, and what holds where it has not."""
    from onhand.cli.commerce.shop_shown import settings_shown
    from onhand.kernel.catalog.settings import SETTINGS

    async with desk.ledger() as stock:
        chosen = await stock.catalog.settings()
    meanings = {name: known.meaning for name, known in SETTINGS.items()}
    return Answer(plain=dict(chosen), shown=lambda: settings_shown(chosen, meanings))
