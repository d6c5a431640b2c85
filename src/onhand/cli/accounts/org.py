"""The verb `org create`."""

from dataclasses import replace
from typing import Annotated

import typer

from onhand.cli.verb import DATABASE, Answer, Desk, verb

Code = Annotated[str, typer.Argument(metavar="CODE", show_default=False, help="What the org is called from now on.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    orgs = typer.Typer(help="See to the orgs of the database.", no_args_is_help=True)
    verb(orgs, "create", panel=None)(create)
    app.add_typer(orgs, name="org", rich_help_panel=DATABASE)


async def create(desk: Desk, code: Code) -> Answer:
    """Make an org: a business of its own, whose stock nobody else sees. One that is there stays as it is."""
    from onhand.bootstrap import create_org

    with desk.waiting("opening the database"):
        org_id = await create_org(replace(desk.config, org=code))
    return Answer(
        plain={"org": code, "id": org_id},
        shown=lambda: [f"The org {code} is there. Use it with --org {code}, or set ONHAND_ORG."],
    )
