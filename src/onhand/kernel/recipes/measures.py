"""
Units of measure: exact factors, exact ratios, and the one rule by which a result is rounded.

    mass    g; mg = 1/1000 g, kg = 1000 g, oz = 28.349523125 g, lb = 453.59237 g
    volume  ml; cl = 10 ml, dl = 100 ml, l = 1000 ml
    count   piece; dozen = 12 pieces

Whatever is not here (a bottle, a dash, a sprig) is worth what a mapping of the site says. Nothing is rounded on the
way: a need is an exact fraction, what needs the same item is added up, and the sum is rounded once to millionths of
the item's measure: to the nearest, halves up.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused

RatioText = Annotated[str, "ratio"]
"""An exact ratio as people write it: "2", "1.5", or "1/70"; `parse_ratio` reads it."""

RATIO_MAX = 10**15
"""Neither part of a ratio is larger, so that it fits a bigint with room to spare."""

MEASURES: Mapping[str, tuple[str, Fraction]] = {
    "mg": ("mass", Fraction(1, 1000)),
    "g": ("mass", Fraction(1)),
    "kg": ("mass", Fraction(1000)),
    "oz": ("mass", Fraction("28.349523125")),
    "lb": ("mass", Fraction("453.59237")),
    "ml": ("volume", Fraction(1)),
    "cl": ("volume", Fraction(10)),
    "dl": ("volume", Fraction(100)),
    "l": ("volume", Fraction(1000)),
    "piece": ("count", Fraction(1)),
    "dozen": ("count", Fraction(12)),
}
"""What each unit measures, and how much of the first unit of its kind it is."""

_RATIO = re.compile(r"(0|[1-9][0-9]{0,15})(?:\.([0-9]{1,12})|/([1-9][0-9]{0,15}))?", re.ASCII)


def factor_between(unit: str, measure: str) -> Fraction | None:
    """Tell how much of a measure one of a unit is, exactly; None where the two do not measure the same."""
    if unit == measure:
        return Fraction(1)
    known, wanted = MEASURES.get(unit), MEASURES.get(measure)
    if known is None or wanted is None or known[0] != wanted[0]:
        return None
    return known[1] / wanted[1]


def parse_ratio(value: object) -> Fraction:
    """
    Read an amount or a factor: a whole number, a plain decimal as text, or two whole numbers as "1/70".

    Raises:
        Refused: INVALID_RATIO for anything else, for zero, and for parts beyond 10^15.
    """
    if isinstance(value, Fraction):
        ratio = value
    elif type(value) is int:
        ratio = Fraction(value)
    else:
        match = _RATIO.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise Refused("INVALID_RATIO", ratio=shown(value))
        whole, decimals, denominator = match.groups()
        ratio = Fraction(f"{whole}.{decimals}") if decimals else Fraction(int(whole), int(denominator or 1))
    if not 0 < ratio.numerator <= RATIO_MAX or ratio.denominator > RATIO_MAX:
        raise Refused("INVALID_RATIO", ratio=shown(str(value)))
    return ratio


def rounded(exact: Fraction) -> int:
    """Round to the nearest whole number, halves up; the only rounding that a need ever meets."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
