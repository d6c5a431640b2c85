"""The entry point of the program `onhand`."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

_INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command line, the process's own unless told, and end the process with its exit code."""
    _open_streams()
    try:
        # Loaded here, so that Ctrl-C is no traceback even while the program is being loaded.
        from onhand.cli.edge import answer

        code = answer(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


def _open_streams() -> None:
    """Have all three standard streams, since the next file would take the number of one that is closed."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this stream's
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w", closefd=False))
