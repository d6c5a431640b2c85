"""
The metadata of a lot: what may be told, and what is wrong with what was told.

    thc, cbd           a percentage from 0 to 100 as a plain decimal, or what a lab writes instead: "ND", "<0.1"
    terpenes           [{"name": ..., "percentage": ...}, ...]; a percentage as above
    harvest_code       1 to 100 characters
    certificate_url    http:// or https://, at most 1,000 characters
    notes              1 to 1,000 characters
    custom             fields of one's own: JSON values without floats
    certificate        a lab's certificate as it came; each number in it as {"number": "14.32"}

What is not a number stays what it is: "ND" says that nothing was found, which is not zero.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from onhand.kernel.canonical import canonical_json
from onhand.kernel.quantity import shown

BYTES_MAX = 256 * 1024
_DEPTH_MAX = 12
_FIELDS = ("thc", "cbd", "terpenes", "harvest_code", "certificate_url", "notes", "custom", "certificate")
_LENGTHS = {"harvest_code": 100, "notes": 1000}
_URL = re.compile(r"https?://[^\s/]+(/\S*)?")
_URL_LENGTH_MAX = 1000
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_NO_NUMBER_LENGTH_MAX = 100


class MetadataProblem(NamedTuple):
    """What is wrong with a field of some metadata."""

    field: str
    detail: str


def problems_of(metadata: object) -> list[MetadataProblem]:
    """List what is wrong with metadata; never raises, so that what is stored badly can be told."""
    if not isinstance(metadata, Mapping):
        return [MetadataProblem("metadata", f"it is {type(metadata).__name__}, not members with names")]
    found = [
        MetadataProblem(str(name)[:100], "it is not a field of metadata") for name in metadata if name not in _FIELDS
    ]
    for name in ("thc", "cbd"):
        if metadata.get(name) is not None:
            found += _percentage(name, metadata[name])
    found += _terpenes(metadata.get("terpenes"))
    for name, length_max in _LENGTHS.items():
        if metadata.get(name) is not None:
            found += _text(name, metadata[name], length_max)
    if metadata.get("certificate_url") is not None:
        found += _url(metadata["certificate_url"])
    for name in ("custom", "certificate"):
        if metadata.get(name) is not None:
            found += _members(name, metadata[name])
    return found or _size(metadata)


def number_of(value: object) -> Decimal | None:
    """Give the number that a value is, or None for "ND", "<100 CFU/g" and whatever else a lab writes."""
    text = value.get("number") if isinstance(value, Mapping) else value
    try:
        return Decimal(text) if isinstance(text, str) and _NUMBER.fullmatch(text.removeprefix("-")) else None
    except ArithmeticError:
        return None


def _percentage(field: str, value: object) -> Iterator[MetadataProblem]:
    if not isinstance(value, str):
        yield MetadataProblem(field, f"it is {type(value).__name__}, not a plain decimal in text")
        return
    number = number_of(value)
    if number is None:
        yield from _text(field, value, _NO_NUMBER_LENGTH_MAX)
    elif not 0 <= number <= 100:  # noqa: PLR2004 - a percentage
        yield MetadataProblem(field, f"{shown(value)} is not from 0 to 100")


def _terpenes(value: object) -> Iterator[MetadataProblem]:
    if value is None:
        return
    if not isinstance(value, list | tuple):
        yield MetadataProblem("terpenes", "it is not a list")
        return
    for place, terpene in enumerate(value):
        field = f"terpenes[{place}]"
        if not isinstance(terpene, Mapping) or set(terpene) != {"name", "percentage"}:
            yield MetadataProblem(field, "it is not a name and a percentage")
            continue
        yield from _text(f"{field}.name", terpene["name"], _NO_NUMBER_LENGTH_MAX)
        yield from _percentage(f"{field}.percentage", terpene["percentage"])


def _text(field: str, value: object, length_max: int) -> Iterator[MetadataProblem]:
    if not isinstance(value, str):
        yield MetadataProblem(field, f"it is {type(value).__name__}, not text")
    elif not 1 <= len(value) <= length_max:
        yield MetadataProblem(field, f"it has {len(value)} characters, 1 to {length_max} are allowed")
    elif not _is_storable(value):
        yield MetadataProblem(field, "it holds a character that is none")


def _url(value: object) -> Iterator[MetadataProblem]:
    if not isinstance(value, str) or len(value) > _URL_LENGTH_MAX or not _URL.fullmatch(value):
        yield MetadataProblem(
            "certificate_url", f"{shown(value)} is not an address that begins with http:// or https://"
        )


def _members(field: str, value: object, depth: int = 0) -> Iterator[MetadataProblem]:
    if depth == 0 and not isinstance(value, Mapping):
        yield MetadataProblem(field, "it is not members with names")
    elif depth > _DEPTH_MAX:
        yield MetadataProblem(field, "it is nested too deeply")
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if not isinstance(name, str) or not _is_storable(name):
                yield MetadataProblem(field, "a name is no text")
            else:
                yield from _members(f"{field}.{name[:40]}" if depth < 1 else field, part, depth + 1)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _members(field, part, depth + 1)
    elif isinstance(value, str):
        if not _is_storable(value):
            yield MetadataProblem(field, "it holds a character that is none")
    elif not (value is None or isinstance(value, bool | int)) or (isinstance(value, int) and abs(value) >= 2**63):
        yield MetadataProblem(field, f"it holds {type(value).__name__}, not plain JSON")


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not _NO_CHARACTER.search(text)


def _size(metadata: Mapping[str, Any]) -> list[MetadataProblem]:
    size = len(canonical_json(json.loads(canonical_json(metadata))).encode())
    return [] if size <= BYTES_MAX else [MetadataProblem("metadata", f"it is larger than {BYTES_MAX} bytes")]
