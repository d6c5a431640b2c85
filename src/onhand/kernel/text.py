"""Text and times that may enter the ledger."""

import unicodedata
from datetime import UTC, date, datetime

from onhand.kernel.refusals import Refused

CODE_LENGTH_MAX = 100
KEY_LENGTH_MAX = 200
LOCATION_LENGTH_MAX = 203
"""Zone, rack, shelf and bin of fifty characters each, with what parts them."""
NOTE_LENGTH_MAX = 1000

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_YEAR_MIN, _YEAR_MAX = 1970, 9998


def check_code(value: object, field: str, length_max: int = CODE_LENGTH_MAX) -> str:
    """
    Check a code, key or name: one line of visible characters, no space at either end.

    Returns:
        The same text; it is never changed on the way in.

    Raises:
        Refused: INVALID_TEXT with the field and what is wrong.
    """
    if type(value) is str and 0 < len(value) <= length_max and value.isascii() and value.isprintable():
        if value[0] != " " != value[-1]:
            return value  # nearly all are like this
        raise Refused("INVALID_TEXT", field=field, detail="it begins or ends with a space")
    if not isinstance(value, str):
        raise Refused("INVALID_TEXT", field=field, detail=f"it is {type(value).__name__}, not text")
    if not value or len(value) > length_max:
        raise Refused(
            "INVALID_TEXT", field=field, detail=f"it has {len(value)} characters, 1 to {length_max} are allowed"
        )
    if value[0].isspace() or value[-1].isspace():
        raise Refused("INVALID_TEXT", field=field, detail="it begins or ends with a space")
    if not (value.isascii() and value.isprintable()):
        _check_visible(value, field, "")
    return value


def check_note(value: object, field: str, length_max: int = NOTE_LENGTH_MAX) -> str:
    """Check free text: as a code, but line breaks, tabs and spaces at the ends are allowed."""
    if not isinstance(value, str):
        raise Refused("INVALID_TEXT", field=field, detail=f"it is {type(value).__name__}, not text")
    if not value or len(value) > length_max:
        raise Refused(
            "INVALID_TEXT", field=field, detail=f"it has {len(value)} characters, 1 to {length_max} are allowed"
        )
    if not (value.isascii() and value.isprintable()):
        _check_visible(value, field, "\n\t\r")
    return value


def check_time(value: object, field: str) -> datetime:
    """Check a time: aware, within the years that the ledger can hold; returned in UTC."""
    if not isinstance(value, datetime):
        raise Refused("INVALID_TIME", field=field, detail=f"it is {type(value).__name__}, not a time")
    if value.utcoffset() is None:
        raise Refused("INVALID_TIME", field=field, detail="it has no time zone")
    if not _YEAR_MIN <= value.year <= _YEAR_MAX:
        raise Refused("INVALID_TIME", field=field, detail=f"its year is not within {_YEAR_MIN} to {_YEAR_MAX}")
    return value.astimezone(UTC)


def check_day(value: object, field: str) -> date:
    """Check a day: a date without a time, within the years that the ledger can hold."""
    if type(value) is not date:
        raise Refused("INVALID_TIME", field=field, detail=f"it is {type(value).__name__}, not a date")
    if not _YEAR_MIN <= value.year <= _YEAR_MAX:
        raise Refused("INVALID_TIME", field=field, detail=f"its year is not within {_YEAR_MIN} to {_YEAR_MAX}")
    return value


def _check_visible(value: str, field: str, allowed: str) -> None:
    for character in value:
        if character not in allowed and unicodedata.category(character) in _INVISIBLE:
            detail = f"it holds the character U+{ord(character):04X}"
            raise Refused("INVALID_TEXT", field=field, detail=detail)
