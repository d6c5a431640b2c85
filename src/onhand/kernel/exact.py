"""
Exact decimals, as answers tell quantities and money: `Decimal` in Python, a plain decimal in JSON.

The kind stands in the type, since 2.5 of a measure and 2.50 of a currency are written differently.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated

from onhand.kernel.money import money_text
from onhand.kernel.quantity import SCALE, quantity_text


class Exact(Enum):
    """What a decimal counts."""

    QUANTITY = "quantity"
    MONEY = "money"
    COST = "cost"
    RATE = "rate"


QuantityDecimal = Annotated[Decimal, Exact.QUANTITY]
"""So much of an item's measure."""

MoneyDecimal = Annotated[Decimal, Exact.MONEY]
"""So much of the currency of the org."""

CostDecimal = Annotated[Decimal, Exact.COST]
"""What one costs, in the currency of the org."""

RateDecimal = Annotated[Decimal, Exact.RATE]
"""A percentage."""


_REMEMBERED = 4096
"""So many integers are remembered with their decimals, since lists hold the same few again and again."""

ZERO = Decimal(0)
"""No quantity."""

NOTHING = Decimal("0.00")
"""No money."""


@lru_cache(_REMEMBERED)
def quantity_decimal(millionths: int) -> Decimal:
    """Give a quantity, or a percentage, without zeros at its end."""
    whole, rest = divmod(millionths, SCALE)
    return Decimal(quantity_text(millionths) if rest else whole)


@lru_cache(_REMEMBERED)
def money_decimal(millionths: int) -> Decimal:
    """Give an amount or a cost with its cents, and more decimals only where there are any."""
    return Decimal(money_text(millionths)) if millionths else NOTHING


def millionths_of(value: Decimal) -> int:
    """Give a decimal of ours as the integer that the ledger keeps; exact, whatever the context of decimals."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * SCALE // denominator


def quantity_sum(quantities: Iterable[Decimal]) -> Decimal:
    """Add quantities; exact, whatever the context of decimals, and without zeros at the end."""
    told = [quantity for quantity in quantities if quantity]
    return told[0] if len(told) == 1 else quantity_decimal(sum(map(millionths_of, told)))


def quantity_difference(quantity: Decimal, less: Decimal) -> Decimal:
    """Take a quantity from another one in the same way."""
    return quantity_decimal(millionths_of(quantity) - millionths_of(less)) if less else quantity


def money_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts in the same way, with their cents."""
    return money_decimal(sum(map(millionths_of, amounts)))


def money_difference(amount: Decimal, less: Decimal) -> Decimal:
    """Take an amount from another one in the same way."""
    return money_decimal(millionths_of(amount) - millionths_of(less))


def decimal_text(value: Decimal) -> str:
    """Write a decimal of ours as it is: plainly, a quantity without zeros at its end, an amount with its cents."""
    text = str(value)
    return format(value, "f") if "E" in text else text
