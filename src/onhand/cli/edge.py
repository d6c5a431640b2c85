"""The edge of the command line: finds the verbs, runs one, says what went wrong in words and as an exit code."""

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from onhand.cli.exits import EXITS, Exit, exit_of_fault, exit_of_refusal
from onhand.cli.printing import print_json, say, write_nowhere
from onhand.cli.verb import FILES, PANELS
from onhand.cli.verbs_by_name import MODULES
from onhand.faults import Fault
from onhand.kernel.refusals import CATALOGUE, Refused

_INTRODUCTION = (
    "Keeps stock: never oversells, loses nothing, explains every number and can undo every act.\n\n"
    "Nothing need be set up: without ONHAND_DATABASE_URL it runs a PostgreSQL of its own, in ONHAND_HOME or your "
    "data folder. `onhand demo` shows it at work."
)
Builder = Callable[[Sequence[str]], typer.Typer]
"""Puts together what one command line needs."""
_TRACEBACK = "ONHAND_TRACEBACK"
_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says where there is no way to write what was answered."""


def answer(arguments: Sequence[str], build: "Builder | None" = None) -> int:
    """Run one command line, of `onhand` unless another is built; give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot write is no reason to break down.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _answered(arguments, build or build_for)
        sys.stdout.flush()
    except BrokenPipeError:
        write_nowhere()
        return Exit.PIPE_CLOSED
    except OSError as error:
        write_nowhere()
        told = f"The answer could not be written: {error.strerror}. What was asked for may be done; its key tells."
        return _broken(Fault(code="OUTPUT_LOST", message=told, retryable=False), as_json=False)
    return code


def _answered(arguments: Sequence[str], build: Builder) -> int:
    as_json = "--json" in arguments
    try:
        code = build(arguments)(list(arguments), prog_name="onhand", standalone_mode=False)
    except Refused as refusal:
        return _refused(refusal, as_json=as_json)
    except Fault as fault:
        return _broken(fault, as_json=as_json)
    except typer.TyperException as error:
        return _misused(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        say("Interrupted.")
        return Exit.INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _UNWRITTEN:
            raise
        return _unexpected(error, as_json=as_json)
    return code if isinstance(code, int) else Exit.DONE


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
        from importlib.metadata import version

        sys.stdout.write(f"onhand {version('onhand')}\n")
        raise typer.Exit


def _onhand(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    del version  # its callback has told it


def _refused(refusal: Refused, *, as_json: bool) -> Exit:
    if as_json:
        print_json({"refused": {"code": refusal.code, "message": str(refusal), "facts": refusal.facts}})
    else:
        say(f"Refused: {refusal}", style="bold red")
        say(f"{CATALOGUE[refusal.code].explanation} ({refusal.code}; nothing was changed)")
    return exit_of_refusal(refusal)


def _broken(fault: Fault, *, as_json: bool) -> Exit:
    if as_json:
        told = {"code": fault.code, "message": fault.message, "retryable": fault.retryable}
        print_json({"fault": {**told, "facts": dict(fault.facts)}})
    else:
        say(fault.message, style="bold red")
        say(f"({fault.code}; {'try again, with the same key' if fault.retryable else 'trying again does not help'})")
    return exit_of_fault(fault)


def _misused(error: typer.TyperException, *, as_json: bool) -> Exit:
    error.message = error.message.replace("Value error, ", "", 1)  # how the reader of values begins
    if as_json:
        return _refused(Refused("INVALID_COMMAND", detail=error.format_message().rstrip(".")), as_json=True)
    from typer.rich_utils import rich_format_error

    rich_format_error(error)  # type: ignore[arg-type]  # it takes what typer raises
    return Exit.MALFORMED


def _unexpected(error: Exception, *, as_json: bool) -> Exit:
    if os.environ.get(_TRACEBACK):
        raise error
    told = f"{type(error).__name__}: {error}".strip()
    message = f"Something unforeseen broke down, which is a bug: {told}. {_TRACEBACK}=1 shows where."
    return _broken(Fault(code="UNFORESEEN", message=message, retryable=False), as_json=as_json)
