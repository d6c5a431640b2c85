"""The edge of the command line: finds the verbs, runs one, says what went wrong in words and as an exit code."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING

from onhand.cli.exits import Exit, exit_of_fault, exit_of_refusal
from onhand.cli.printing import print_json, say, tell_version, write_nowhere
from onhand.faults import Fault

if TYPE_CHECKING:
    import typer

    from onhand.kernel.refusals import Refused

Builder = Callable[[Sequence[str]], "typer.Typer"]
"""Puts together what one command line needs."""
_TRACEBACK = "ONHAND_TRACEBACK"
_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says where there is no way to write what was answered."""


def answer(arguments: Sequence[str], build: Builder | None = None) -> int:
    """Run one command line, of `onhand` unless another is built; give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot write is no reason to break down.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _answered(arguments, build)
        sys.stdout.flush()
    except BrokenPipeError:
        write_nowhere()
        return Exit.PIPE_CLOSED
    except OSError as error:
        write_nowhere()
        told = f"The answer could not be written: {error.strerror}. What was asked for may be done; its key tells."
        return _broken(Fault(code="OUTPUT_LOST", message=told, retryable=False), as_json=False)
    return code


def _answered(arguments: Sequence[str], build: Builder | None) -> int:
    if build is None and list(arguments) == ["--version"]:
        tell_version()  # needs nothing of what verbs are made of
        return Exit.DONE
    import typer

    from onhand.cli.building import build_for
    from onhand.kernel.refusals import Refused

    as_json = "--json" in arguments
    try:
        code = (build or build_for)(arguments)(list(arguments), prog_name="onhand", standalone_mode=False)
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


def _refused(refusal: "Refused", *, as_json: bool) -> Exit:
    if as_json:
        print_json({"refused": {"code": refusal.code, "message": str(refusal), "facts": refusal.facts}})
    else:
        from onhand.kernel.refusals import CATALOGUE

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


def _misused(error: "typer.TyperException", *, as_json: bool) -> Exit:
    error.message = error.message.replace("Value error, ", "", 1)  # how the reader of values begins
    if as_json:
        from onhand.kernel.refusals import Refused

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
