"""The verbs of the embedded PostgreSQL: `up`, `down`, `status`."""

from typing import TYPE_CHECKING

import typer

from onhand.cli.printing import say
from onhand.cli.verb import DATABASE, Answer, Desk, verb

if TYPE_CHECKING:
    from pathlib import Path

    from onhand.embedded import Status

_OWN = "ONHAND_DATABASE_URL is set, so every other command uses that server and not the embedded one."


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "up", panel=DATABASE)(up)
    verb(app, "down", panel=DATABASE)(down)
    verb(app, "status", panel=DATABASE)(status)


def up(desk: Desk) -> Answer:
    """Start the embedded PostgreSQL; every other command does it by itself when it is needed."""
    from onhand import embedded

    _note_own(desk)
    home = _home(desk)
    with desk.waiting("starting PostgreSQL"):
        embedded.up(home, version=desk.config.postgres_version)
    return _told(embedded.status(home))


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
    from onhand.store.revision import check_schema

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


def _told(server: "Status") -> Answer:
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


def _home(desk: Desk) -> "Path":
    from onhand import embedded

    return desk.config.home or embedded.default_home()


def _note_own(desk: Desk) -> None:
    if desk.config.database_url is not None:
        say(f"Note: {_OWN}")
