"""Cursors: where a list goes on, as text that callers hand back unread."""

import re
from collections.abc import Sequence

from onhand.kernel.refusals import Refused

_INTEGER_MAX = 2**63 - 1


def write_cursor(kind: str, last: Sequence[int] | None) -> str | None:
    """Write where a list of some kind goes on; None at its end."""
    return None if last is None else "-".join([kind, *map(str, last)])


def read_cursor(kind: str, cursor: str | None, length: int) -> tuple[int, ...] | None:
    """
    Read a cursor of a list of some kind.

    Raises:
        Refused: INVALID_COMMAND for what is no cursor of such a list.
    """
    if cursor is None:
        return None
    pattern = rf"{kind}((?:-[0-9]{{1,19}}){{{length}}})"
    match = re.fullmatch(pattern, str(cursor), re.ASCII)
    numbers = () if match is None else tuple(int(part) for part in match[1].split("-")[1:])
    if not numbers or max(numbers) > _INTEGER_MAX:
        raise Refused("INVALID_COMMAND", detail="the cursor is not one of this list")
    return numbers
