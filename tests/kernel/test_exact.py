"""Exact decimals: what answers tell is what the ledger keeps, to the last millionth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.kernel.exact import money_decimal, quantity_decimal

MILLIONTHS = st.integers(min_value=-(10**24), max_value=10**24)


@given(MILLIONTHS)
def test_nothing_is_lost_in_a_decimal(millionths: int) -> None:
    """A decimal times a million is the integer that it came from."""
    assert quantity_decimal(millionths) * 1_000_000 == millionths
    assert money_decimal(millionths) * 1_000_000 == millionths


@pytest.mark.parametrize(
    ("millionths", "quantity", "money"),
    [
        (0, "0", "0.00"),
        (600_000_000, "600", "600.00"),
        (2_500_000, "2.5", "2.50"),
        (-1, "-0.000001", "-0.000001"),
        (1_234_000, "1.234", "1.234"),
    ],
)
def test_a_decimal_prints_as_people_write_it(millionths: int, quantity: str, money: str) -> None:
    """No zeros at the end of a quantity, cents behind money, no exponent."""
    assert str(quantity_decimal(millionths)) == quantity
    assert str(money_decimal(millionths)) == money
    assert isinstance(quantity_decimal(millionths), Decimal)
