"""The verbs of the schema: `db upgrade`, `db downgrade`, `db check`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.exits import Exit
from onhand.cli.verb import DATABASE, Answer, Desk, verb
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.store.database.revision import SchemaStatus

Revision = Annotated[
    str, typer.Argument(metavar="REVISION", show_default=False, help="As 0001, or base for nothing at all.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking; what later revisions hold is lost.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    schema = typer.Typer(help="See to the schema of the database.", no_args_is_help=True)
    verb(schema, "upgrade", panel=None)(upgrade)
    verb(schema, "downgrade", panel=None)(downgrade)
    verb(schema, "check", panel=None)(check)
    app.add_typer(schema, name="db", rich_help_panel=DATABASE)


def upgrade(desk: Desk) -> Answer:
    """Bring the schema up to date; ONHAND_OWNER_URL names the role that may, if it is another."""
    from onhand.bootstrap import owner_url
    from onhand.store.database.schema import upgrade_schema

    with desk.waiting("upgrading the schema"):
        return _told(upgrade_schema(owner_url(desk.config)))


def downgrade(desk: Desk, revision: Revision, yes: Yes = False) -> Answer:
    """Take the schema back; what later revisions hold is lost."""
    from onhand.bootstrap import owner_url
    from onhand.store.database.schema import downgrade_schema

    if not yes:
        if desk.json or not sys.stdin.isatty():
            raise Refused("INVALID_COMMAND", detail="what later revisions hold would be lost; --yes confirms that")
        typer.confirm(f"Take the schema back to {revision!a}, and lose what later ones hold?", abort=True, err=True)
    with desk.waiting("taking the schema back"):
        return _told(downgrade_schema(owner_url(desk.config), revision))


def check(desk: Desk) -> Answer:
    """Say whether the schema is the one that this version needs; exit code 5 if not."""
    from onhand.bootstrap import owner_url
    from onhand.store.database.revision import check_schema

    with desk.waiting("looking at the schema"):
        status = check_schema(owner_url(desk.config))
    return _told(status, exit_otherwise=Exit.CHECK_FAILED)


def _told(status: "SchemaStatus", *, exit_otherwise: Exit = Exit.DONE) -> Answer:
    current = status.current or "none"
    sentence = (
        f"The schema is current ({current})."
        if status.is_current
        else f"The schema is {current}; this version needs {status.newest}. `onhand db upgrade` brings it there."
    )
    return Answer(
        plain={"current": status.current, "newest": status.newest, "is_current": status.is_current},
        shown=lambda: [sentence],
        exit=Exit.DONE if status.is_current else exit_otherwise,
    )
