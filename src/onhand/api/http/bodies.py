"""Bodies: read within a size and a time, and as strict JSON."""

import asyncio
from typing import Any

from onhand.api.http.incoming import Incoming
from onhand.api.http.limits import Limits
from onhand.api.http.problems import Problem
from onhand.kernel import strict_json

_DIGITS_MAX = 19
_REASON_MAX = 100


async def read_body(incoming: Incoming, limits: Limits) -> bytes:
    """Read a body; raises Problem where it is too large or too slow."""
    told_length = incoming.headers.get("content-length")
    if told_length is not None and told_length.isdecimal() and int(told_length[:_DIGITS_MAX]) > limits.body_bytes:
        raise Problem("BODY_TOO_LARGE", body_bytes_max=limits.body_bytes)
    if incoming.is_whole:
        return await _read(incoming, limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(incoming, limits)
    except TimeoutError:
        raise Problem("BODY_TIMEOUT", body_seconds_max=limits.body_seconds) from None


async def _read(incoming: Incoming, limits: Limits) -> bytes:
    """Read a body, however long it takes; raises Problem where it is too large or breaks off."""
    parts: list[bytes] = []
    size = 0
    while True:
        message: Any = await incoming.receive()
        if message["type"] != "http.request":
            raise Problem("MALFORMED_JSON", detail="it broke off")
        part = message.get("body", b"")
        size += len(part)
        if size > limits.body_bytes:
            raise Problem("BODY_TOO_LARGE", body_bytes_max=limits.body_bytes)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def read_json(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON held
    """Read strict JSON in UTF-8; raises Problem."""
    try:
        return strict_json.read_json(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem("MALFORMED_JSON", detail="it is not UTF-8") from None
    except ValueError as error:
        raise Problem("MALFORMED_JSON", detail=ascii(str(error))[1:-1][:_REASON_MAX]) from None
