"""Values as they are typed on a command line, read strictly: what looks odd is refused, never guessed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer

from onhand.cli.exits import FILE_UNREADABLE
from onhand.faults import Fault
from onhand.kernel.command import Line
from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused
from onhand.kernel.strict_json import read_object
from onhand.ledger.reading_lines import lines_of as read_lines

LINE_LENGTH_MAX = 16_384
"""No line of ours is longer: a hundred times what all its codes come to."""

_WHOLE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def whole_number(text: object) -> int:
    """Read a whole number in ASCII digits; the parser of options, so it complains as they do."""
    if _WHOLE.fullmatch(str(text)) is None:
        raise typer.BadParameter(f"{shown(text)} is not a whole number")
    return int(str(text))


def time_of(text: str | None, field: str) -> datetime | None:
    """Read a time as RFC 3339 writes it: 2026-01-31T09:30:00Z."""
    if text is None:
        return None
    if _TIME.fullmatch(text) is None:
        raise Refused("INVALID_TIME", field=field, detail=f"{shown(text)} is not like 2026-01-31T09:30:00Z")
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise Refused("INVALID_TIME", field=field, detail=f"{shown(text)}: {error}") from error


def day_of(text: str | None, field: str) -> date | None:
    """Read a day: 2026-01-31."""
    if text is None:
        return None
    if _DAY.fullmatch(text) is None:
        raise Refused("INVALID_TIME", field=field, detail=f"{shown(text)} is not like 2026-01-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("INVALID_TIME", field=field, detail=f"{shown(text)}: {error}") from error


def moment_of(text: str | None, field: str) -> int | datetime | None:
    """Read a moment of the journal: a posting's number or a time."""
    if text is not None and _WHOLE.fullmatch(text):
        return int(text)
    return time_of(text, field)


def document_of(text: str | None) -> tuple[str, str] | None:
    """Read a reference document: TYPE:ID, parted at the first colon."""
    if text is None:
        return None
    kind, colon, number = text.partition(":")
    if not colon:
        raise Refused("INVALID_COMMAND", detail=f"the document {shown(text)} is not TYPE:ID")
    return kind, number


def pair_of(text: str, separator: str, form: str) -> tuple[str, str]:
    """Read two values parted at the first separator."""
    left, found, right = text.partition(separator)
    if not found:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not {form}")
    return left, right


def code_and_name(text: str) -> tuple[str, str | None]:
    """Read CODE or CODE=NAME, parted at the first equals sign."""
    code, found, name = text.partition("=")
    return code, name if found else None


def lines_of(
    texts: Iterable[str], *, location: str | None = None, state: str | None = None, unit_cost: str | None = None
) -> tuple[Line, ...]:
    """
    Read lines: SKU=QUANTITY, SKU@LOT=QUANTITY, or a JSON object for all that a line can tell.

    Args:
        texts: The lines; parted at the last equals sign and the last @ before it.
        location: For the lines that tell none of their own.
        state: For the lines that tell none of their own.
        unit_cost: For the lines that tell none of their own.
    """
    common = {"location": location, "state": state, "unit_cost": unit_cost}
    told = {name: value for name, value in common.items() if value is not None}
    return read_lines([{**told, **(json_line(text) if text.startswith("{") else _plain_line(text))} for text in texts])


def _plain_line(text: str) -> dict[str, Any]:
    named, equals, quantity = text.rpartition("=")
    if not equals:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not SKU=QUANTITY")
    sku, at, lot = named.rpartition("@")
    return {"sku": sku, "lot": lot, "quantity": quantity} if at else {"sku": named, "quantity": quantity}


def json_line(text: str) -> Mapping[str, Any]:
    """Read a line that is told as a JSON object; strictly, as a body is."""
    try:
        return read_object(text, LINE_LENGTH_MAX)
    except ValueError as error:
        raise Refused("INVALID_COMMAND", detail=f"the line {shown(text)} is no JSON object: {error}") from error


def unreadable(path: Path, error: OSError) -> Fault:
    """Say that a file cannot be read or written, as a slip that its user can mend."""
    return Fault(
        code=FILE_UNREADABLE,
        message=f"{ascii(str(path))[1:-1]} cannot be used: {error.strerror or error}.",
        retryable=False,
        facts={"file": str(path)},
    )
