"""Puts the command line together from the modules of its verbs."""

import importlib
from collections.abc import Sequence
from typing import Annotated

import typer

from onhand.cli.exits import EXITS
from onhand.cli.printing import tell_version
from onhand.cli.verb import FILES, PANELS
from onhand.cli.verbs_by_name import MODULES

_INTRODUCTION = (
    "Keeps stock: never oversells, loses nothing, explains every number and can undo every act.\n\n"
    "Nothing need be set up: without ONHAND_DATABASE_URL it runs a PostgreSQL of its own, in ONHAND_HOME or your "
    "data folder. `onhand demo` shows it at work."
)


def build_for(arguments: Sequence[str]) -> typer.Typer:
    """
    Put together what one command line needs.

    To load the file of one verb takes half as long as to load all; whatever is no verb, and all help on the whole,
    needs all of them.
    """
    word = arguments[0] if arguments else ""
    return build([MODULES[word]] if word in MODULES else None)


def build(modules: Sequence[str] | None = None) -> typer.Typer:
    """Put the command line together from the modules of its verbs; all of them, unless told."""
    exits = [f"{code:>4}  {meaning}" for code, meaning in EXITS.items()]
    app = typer.Typer(
        help=_INTRODUCTION,
        epilog="\n\n".join(["Exit codes:", *exits]),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.callback()(_onhand)
    for module in modules or sorted({*MODULES.values()}):
        importlib.import_module(f"onhand.cli.{module}").register(app)
    for command in app.registered_commands:
        if command.rich_help_panel not in PANELS:
            command.rich_help_panel = FILES
    app.registered_groups.sort(key=lambda group: group.name or "")
    app.registered_commands.sort(key=lambda command: (PANELS.index(str(command.rich_help_panel)), command.name or ""))
    return app


def _tell_version(asked: bool) -> None:
    if asked:
        tell_version()
        raise typer.Exit


def _onhand(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    del version  # its callback has told it
