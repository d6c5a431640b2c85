"""The verbs of the embedded PostgreSQL: `up`, `down`, `status`, `url`."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.printing import say
from onhand.cli.verb import DATABASE, Answer, Desk, verb

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from onhand.bootstrap import Urls
    from onhand.embedded import ServerStatus

_OWN = "ONHAND_DATABASE_URL is set, so every other command uses that server and not the embedded one."


class Role(StrEnum):
    """The roles that log in to the embedded server."""

    ENGINE = "engine"
    OWNER = "owner"


RoleOption = Annotated[
    Role,
    typer.Option("--role", help="engine: the role that the ledger works as. owner: the role that owns the tables."),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "url", panel=DATABASE)(url)
    verb(app, "up", panel=DATABASE)(up)
    verb(app, "down", panel=DATABASE)(down)
    verb(app, "status", panel=DATABASE)(status)


def up(desk: Desk) -> Answer:
    """Start the embedded PostgreSQL, its schema up to date; every other command does so when it needs it."""
    from onhand import embedded

    _note_own(desk)
    _started(desk)
    return _told(embedded.status(_home(desk)))


def url(desk: Desk, role: RoleOption = Role.ENGINE) -> Answer:
    """
    Print the address of the embedded PostgreSQL, for psql and the like. It holds a password: keep it secret.

    The server is started if it does not run. Row security shows these roles one org at a time, so they cannot dump all.
    """
    _note_own(desk)
    urls = _started(desk)
    address = urls.owner if role is Role.OWNER else urls.engine

    def show() -> "Iterator[RenderableType]":
        # Written as it is, since a console would break a long line.
        sys.stdout.write(f"{address}\n")
        yield from ()

    return Answer(plain={"role": role.value, "url": address}, shown=show)


def down(desk: Desk) -> Answer:
    """Stop the embedded PostgreSQL; the data stays, and the next command starts it again."""
    from onhand import embedded

    _note_own(desk)
    home = _home(desk)
    with desk.waiting("stopping PostgreSQL"):
        was_running = embedded.down(home)
    return Answer(
        plain={"running": False, "was_running": was_running, "home": str(home)},
        shown=lambda: [f"Stopped. The data stays in {home}." if was_running else "It was not running."],
    )


def status(desk: Desk) -> Answer:
    """Say which database is used, whether it runs, and which schema it has."""
    from onhand import embedded
    from onhand.bootstrap import owner_url
    from onhand.store.database.revision import check_schema

    if desk.config.database_url is None:
        server = embedded.status(_home(desk))
        if not server.running:
            return _told(server)
        answer = _told(server)
    else:
        answer = Answer(
            plain={"running": True, "server": "ONHAND_DATABASE_URL"},
            shown=lambda: ["The server of ONHAND_DATABASE_URL answers."],
        )
    schema = check_schema(owner_url(desk.config) if desk.config.database_url is None else desk.config.database_url)
    facts = {"current": schema.current, "newest": schema.newest, "is_current": schema.is_current}
    sentence = (
        "is current" if schema.is_current else f"is {schema.current or 'missing'}; `onhand db upgrade` makes it current"
    )
    return Answer(
        plain={**answer.plain, "schema": facts},
        shown=lambda: [*answer.shown(), f"Its schema {sentence} ({schema.newest})."],
    )


def _told(server: "ServerStatus") -> Answer:
    facts = {
        "running": server.running,
        "server": "embedded",
        "home": str(server.home),
        "version": server.version,
        "pid": server.pid,
        "port": server.port,
        "socket_folder": None if server.socket_folder is None else str(server.socket_folder),
    }
    if server.running:
        sentence = f"PostgreSQL {server.version} runs in {server.home} (pid {server.pid})."
    elif server.version is None:
        sentence = f"There is no database in {server.home} yet; the first command makes it."
    else:
        sentence = f"PostgreSQL {server.version} in {server.home} does not run; the next command starts it."
    return Answer(plain=facts, shown=lambda: [sentence])


def _started(desk: Desk) -> "Urls":
    from onhand.bootstrap import database_urls

    with desk.waiting("starting PostgreSQL"):
        return database_urls(replace(desk.config, database_url=None))


def _home(desk: Desk) -> "Path":
    from onhand import embedded

    return desk.config.home or embedded.default_home()


def _note_own(desk: Desk) -> None:
    if desk.config.database_url is not None:
        say(f"Note: {_OWN}")
