"""Cursors as they travel: opaque, signed, and good for the list alone that gave them."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from onhand.kernel.refusals import Refused

_MAC = 16
_FREE = frozenset({"after", "before", "limit"})


def seal_cursor(secret: bytes, path: str, query: Mapping[str, str], cursor: str | None) -> str | None:
    """Sign where a list goes on; None at its end."""
    if cursor is None:
        return None
    mac = _mac(secret, path, query, cursor)
    return base64.urlsafe_b64encode(mac + cursor.encode()).decode().rstrip("=")


def open_cursor(secret: bytes, path: str, query: Mapping[str, str], told: str) -> str:
    """Give the cursor that was signed; raises Refused for what was not, or for another list."""
    try:
        raw = base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True)
        cursor = raw[_MAC:].decode("ascii")
    except (binascii.Error, ValueError):
        raw, cursor = b"", ""
    if not cursor or not hmac.compare_digest(raw[:_MAC], _mac(secret, path, query, cursor)):
        raise Refused("INVALID_COMMAND", detail="the cursor is not one of this list")
    return cursor


def _mac(secret: bytes, path: str, query: Mapping[str, str], cursor: str) -> bytes:
    bound = [path, cursor, *(f"{name}={query[name]}" for name in sorted(query) if name not in _FREE)]
    return hmac.digest(secret, "\n".join(bound).encode(), hashlib.sha256)[:_MAC]
