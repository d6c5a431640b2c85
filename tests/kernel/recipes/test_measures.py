"""Units of measure: exact factors, exact ratios, one rounding."""

from fractions import Fraction

import pytest

from onhand.kernel.recipes.measures import MEASURES, RATIO_MAX, factor_between, parse_ratio, rounded
from onhand.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("unit", "measure", "factor"),
    [
        ("kg", "g", Fraction(1000)),
        ("g", "kg", Fraction(1, 1000)),
        ("mg", "kg", Fraction(1, 1_000_000)),
        ("l", "ml", Fraction(1000)),
        ("cl", "l", Fraction(1, 100)),
        ("dl", "cl", Fraction(10)),
        ("lb", "oz", Fraction(16)),
        ("oz", "g", Fraction("28.349523125")),
        ("dozen", "piece", Fraction(12)),
        ("sprig", "sprig", Fraction(1)),
        ("cl", "g", None),
        ("bottle", "cl", None),
        ("sprig", "piece", None),
    ],
)
def test_factors_are_exact(unit: str, measure: str, factor: Fraction | None) -> None:
    """R7: what measures the same is converted exactly; what does not, or is not known, is not guessed."""
    assert factor_between(unit, measure) == factor


@pytest.mark.parametrize("unit", MEASURES)
@pytest.mark.parametrize("measure", MEASURES)
def test_conversions_go_there_and_back(unit: str, measure: str) -> None:
    """R7: there and back again is exactly one, so nothing is gained or lost by converting."""
    there, back = factor_between(unit, measure), factor_between(measure, unit)

    assert (there is None) == (back is None) == (MEASURES[unit][0] != MEASURES[measure][0])
    assert there is None or back is None or there * back == 1


@pytest.mark.parametrize(
    ("told", "ratio"),
    [("1", Fraction(1)), (3, Fraction(3)), ("1.5", Fraction(3, 2)), ("1/70", Fraction(1, 70)), ("2/4", Fraction(1, 2))],
)
def test_ratios_are_read_exactly(told: object, ratio: Fraction) -> None:
    """R7: a whole number, a plain decimal and a fraction are exactly what they say."""
    assert parse_ratio(told) == ratio


@pytest.mark.parametrize(
    "told",
    ["0", "-1", "1/0", "0/5", "1e3", "", " 1", "1,5", "\u0661", 1.5, True, None, RATIO_MAX + 1, "1/1000000000000001"],
)
def test_odd_ratios_are_refused(told: object) -> None:
    """R7: floats, exponents, zero and what is too large for a column are refused."""
    with pytest.raises(Refused) as caught:
        parse_ratio(told)

    assert caught.value.code == "INVALID_RATIO"


@pytest.mark.parametrize(
    ("exact", "whole"),
    [("0", 0), ("1/3", 0), ("1/2", 1), ("2/3", 1), ("3/2", 2), ("5/2", 3), ("49999/100000", 0), ("7", 7)],
)
def test_the_rounding_rule(exact: str, whole: int) -> None:
    """R7: the one rounding goes to the nearest, halves up."""
    assert rounded(Fraction(exact)) == whole
