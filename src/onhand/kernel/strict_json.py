"""
JSON that somebody else wrote, read strictly and everywhere alike: bodies, lines on a command line, files.

No member twice in an object, no NaN or Infinity, no number beyond 64 bits, nothing behind the value, no depth without
an end; and no floats, since a decimal that went through one is no longer what was written.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

_DIGITS_MAX = 19


def read_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON held
    """
    Read strict JSON; decimals are written as text.

    Raises:
        ValueError: With what is wrong, as part of a sentence.
    """
    try:
        with suppress(StopIteration):
            value, end = _scan(text, 0)
            if end == len(text):
                return value  # nearly all are like this: nothing stands before or after
        return _whole_numbers.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def read_spelled_json(text: str, spelled: type[str]) -> Any:  # noqa: ANN401 - whatever JSON held
    """Read JSON as strictly, but for its numbers: each is kept as text of a type, in the spelling that it came in."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_once, parse_int=spelled, parse_float=spelled, parse_constant=_no_constant
    )
    try:
        return decoder.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def read_object(text: str, length_max: int) -> Mapping[str, Any]:
    """Read a strict JSON object of at most so many characters; raises ValueError."""
    if len(text) > length_max:
        raise ValueError(f"it is longer than {length_max} characters")
    value = read_json(text)
    if not isinstance(value, dict):
        raise ValueError("it is not an object")  # noqa: TRY004 - the text is wrong, no type of ours
    return value


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


_whole_numbers = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_no_float, parse_constant=_no_constant
)
_scan: Callable[[str, int], tuple[Any, int]] = _whole_numbers.scan_once  # type: ignore[attr-defined]  # what decode calls
