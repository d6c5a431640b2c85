"""The entry point of the program `onhand`."""

import sys
from collections.abc import Sequence
from typing import NoReturn

_INTERRUPTED = 130


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command line, the process's own unless told, and end the process with its exit code."""
    try:
        # Loaded here, so that Ctrl-C is no traceback even while the program is being loaded.
        from onhand.cli.edge import answer

        code = answer(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)
