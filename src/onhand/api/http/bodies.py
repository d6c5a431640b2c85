"""Bodies: read within a size and a time, and as strict JSON."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from onhand.api.http.incoming import Incoming
from onhand.api.http.limits import Limits
from onhand.api.http.problems import Problem

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
    """Read strict JSON: UTF-8, no member twice, no floats, no numbers beyond 64 bits; raises Problem."""
    try:
        return _decode(body.decode("utf-8"))
    except RecursionError:
        raise Problem("MALFORMED_JSON", detail="it is nested too deeply") from None
    except UnicodeDecodeError:
        raise Problem("MALFORMED_JSON", detail="it is not UTF-8") from None
    except ValueError as error:
        raise Problem("MALFORMED_JSON", detail=ascii(str(error))[1:-1][:_REASON_MAX]) from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice in one object")
    return members


def _whole(text: str) -> int:
    if len(text.removeprefix("-")) > _DIGITS_MAX:
        raise ValueError("a number has more than 64 bits")
    if text == "-0":
        raise ValueError("-0 is no whole number")
    return int(text)


def _no_float(text: str) -> float:
    raise ValueError(f"{text[:20]} is a float; write decimals as text")


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_no_float, parse_constant=_no_constant
)
_scan: Callable[[str, int], tuple[Any, int]] = _decoder.scan_once  # type: ignore[attr-defined]  # what decode calls


def _decode(text: str) -> Any:  # noqa: ANN401 - whatever JSON held
    with suppress(StopIteration):
        value, end = _scan(text, 0)
        if end == len(text):
            return value  # nearly all are like this: nothing stands before or after
    return _decoder.decode(text)
