"""
Cursors: where a list goes on, as text that callers hand back unread.

A cursor tells where its page ended, never how many rows came before, so rows that are added meanwhile shift nothing.
It is signed with a key of the org and bound to its list and to what was asked: made up, changed, or handed to another
question, it is refused.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from onhand.kernel.canonical import canonical_json
from onhand.kernel.refusals import Refused
from onhand.ledger.core.answers import Page

Row = TypeVar("Row")
_SIGNATURE_BYTES = 16


class Cursor:
    """Reads the cursor that was handed in with a question, and writes the one with which its list goes on."""

    def __init__(self, key: bytes, question: Sequence[object]) -> None:
        """Bind cursors to a question: the name of the list, and all that narrows or orders it."""
        self._key = key
        asked = canonical_json([_spelled(part) for part in question]).encode()
        self._bound = len(asked).to_bytes(8, "big") + asked

    def read(self, told: str | None, *kinds: type) -> tuple[Any, ...] | None:
        """
        Give what a page ended with, one value of each kind; None for the first page.

        Raises:
            Refused: INVALID_COMMAND for what was not written for this question, or by another version.
        """
        if told is None:
            return None
        try:
            sealed = base64.b64decode(str(told) + "=" * (-len(str(told)) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            sealed = b""
        signature, content = sealed[:_SIGNATURE_BYTES], sealed[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(content)):
            raise Refused("INVALID_COMMAND", detail="the cursor is not one of this list")
        last = json.loads(content)
        if [type(value) for value in last] != list(kinds):
            raise Refused("INVALID_COMMAND", detail="the cursor is one of another version")
        return tuple(last)

    def write(self, last: Sequence[int | str] | None) -> str | None:
        """Write where the list goes on; None at its end."""
        if last is None:
            return None
        content = canonical_json(list(last)).encode()
        return base64.urlsafe_b64encode(self._signature(content) + content).decode().rstrip("=")

    def page(self, rows: Sequence[Row], limit: int, spot: Callable[[Row], Sequence[int | str]]) -> Page[Row]:
        """Make a page of rows, of which one more than its limit was read; `spot` tells where a row stands."""
        kept = tuple(rows[:limit])
        return Page(rows=kept, after=self.write(spot(kept[-1]) if len(rows) > limit else None))

    def _signature(self, content: bytes) -> bytes:
        return hmac.digest(self._key, self._bound + content, "sha256")[:_SIGNATURE_BYTES]


def _spelled(part: object) -> object:
    """Spell what was asked as JSON has it, so that no two questions look alike."""
    if part is None or isinstance(part, str | int):
        return part
    if isinstance(part, datetime):
        return {"at": part.isoformat()}
    if isinstance(part, Sequence):
        return [_spelled(inner) for inner in part]
    return {"as": str(part)}
