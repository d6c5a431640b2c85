"""Where output goes: answers to stdout, everything that is said beside them to stderr."""

import json
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from rich.console import Console


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document on one line, in ASCII, so that every terminal and every program reads it alike."""
    sys.stdout.write(json.dumps(document, default=str) + "\n")


def tell_version() -> None:
    """Print which version this is."""
    from importlib.metadata import version

    sys.stdout.write(f"onhand {version('onhand')}\n")


def write_nowhere() -> None:
    """Let what is still to be written to stdout go nowhere, since it cannot be written, or nobody reads it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def paper(*, stderr: bool = False) -> "Console":
    """Open the console that people read; plain where it is no terminal."""
    from rich.console import Console

    class Paper(Console):
        def on_broken_pipe(self) -> NoReturn:
            """Let the edge say it in its own way."""
            self.quiet = True
            raise BrokenPipeError

    # Colour is for the eye only; nothing of what a user typed is ever read as markup.
    console = Paper(stderr=stderr, markup=False, highlight=False, soft_wrap=stderr, emoji=False)
    if not stderr and not console.is_terminal and not console.width > _WIDTH_PIPED:
        console.width = _WIDTH_PIPED
    return console


_WIDTH_PIPED = 160


def say(text: str, style: str | None = None) -> None:
    """Say something beside the answer."""
    paper(stderr=True).print(text, style=style)
