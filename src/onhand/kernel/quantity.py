"""
Quantities: exact integers in millionths of an item's unit, plain decimals as text.

One spelling for each number that is written. Read are plain decimals, which may end in zeros, as a till or a
spreadsheet writes 1.50; no floats, exponents, signs in front of positives, leading zeros, Unicode digits or separators.
"""

import re
from decimal import Decimal

from onhand.kernel.refusals import Refused

SCALE = 1_000_000
"""Millionths in one unit."""

QUANTITY_MAX = 9_000_000_000_000 * SCALE
"""The largest quantity and the largest balance; a little under what a bigint holds."""

_DIGITS_MAX = 24
"""No number of ours has more digits before its point; more are not even looked at."""

_PLAIN = re.compile(r"(-?)(0|[1-9][0-9]{0,23})(?:\.([0-9]{1,6}))?", re.ASCII)


def parse_quantity(value: object) -> int:
    """
    Read a quantity as people write it.

    Args:
        value: Whole units as `int`, or a plain decimal as `str` or `Decimal` with at most six decimals.

    Returns:
        Millionths of the unit, negative where a minus sign stands.

    Raises:
        Refused: INVALID_QUANTITY, or QUANTITY_TOO_LARGE beyond nine trillion units.
    """
    if type(value) is int:
        millionths = value * SCALE
    elif isinstance(value, str):
        millionths = _parse_text(value)
    elif isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _DIGITS_MAX:
        millionths = _parse_text(format(value, "f"))
    else:
        raise Refused("INVALID_QUANTITY", quantity=shown(value))
    if not -QUANTITY_MAX <= millionths <= QUANTITY_MAX:
        raise Refused("QUANTITY_TOO_LARGE", quantity=shown(value), quantity_max=quantity_text(QUANTITY_MAX))
    return millionths


def quantity_text(millionths: int) -> str:
    """Write millionths as the one plain decimal that stands for them."""
    if not millionths:
        return "0"
    whole, rest = divmod(abs(millionths), SCALE)
    sign = "-" if millionths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{rest:06d}".rstrip("0")


def _parse_text(text: str) -> int:
    match = _PLAIN.fullmatch(text) if len(text) <= 32 else None  # noqa: PLR2004 - no number of ours is longer
    if match is None:
        raise Refused("INVALID_QUANTITY", quantity=shown(text))
    sign, whole, decimals = match.groups()
    millionths = int(whole) * SCALE + int((decimals or "").ljust(6, "0"))
    if sign and not millionths:
        raise Refused("INVALID_QUANTITY", quantity=shown(text))
    return -millionths if sign else millionths


def shown(value: object) -> str:
    """Show a bad value in a fact, cut short, without letting a huge integer be printed."""
    if isinstance(value, int) and value.bit_length() > 256:  # noqa: PLR2004 - printing it would take long
        return "an integer of more than 256 bits"
    return ascii(value)[:40]
