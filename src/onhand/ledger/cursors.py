"""
Cursors: where a list goes on, as text that callers hand back unread.

A signed cursor is bound to its list and to what was asked: made up, changed, or handed to another question, it is
refused.
"""

import base64
import binascii
import hmac
import json
import re
from collections.abc import Sequence

from onhand.kernel.canonical import canonical_json
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


def sign_cursor(key: bytes, question: Sequence[object], last: Sequence[object]) -> str:
    """Write where the answer to a question goes on, signed."""
    content = canonical_json(list(last)).encode()
    return base64.urlsafe_b64encode(_signature(key, question, content) + content).decode().rstrip("=")


def open_cursor(key: bytes, question: Sequence[object], cursor: str | None) -> tuple[object, ...] | None:
    """
    Read a signed cursor of a question.

    Raises:
        Refused: INVALID_COMMAND for what was not signed with this key, for this question.
    """
    if cursor is None:
        return None
    try:
        sealed = base64.urlsafe_b64decode(str(cursor) + "=" * (-len(str(cursor)) % 4))
    except (binascii.Error, ValueError):
        sealed = b""
    signature, content = sealed[:_SIGNATURE_BYTES], sealed[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(key, question, content)):
        raise Refused("INVALID_COMMAND", detail="the cursor is not one of this list")
    return tuple(json.loads(content))


_SIGNATURE_BYTES = 16


def _signature(key: bytes, question: Sequence[object], content: bytes) -> bytes:
    asked = canonical_json(list(question)).encode()
    return hmac.digest(key, len(asked).to_bytes(8, "big") + asked + content, "sha256")[:_SIGNATURE_BYTES]
