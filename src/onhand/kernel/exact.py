"""
Exact decimals, as answers tell quantities and money: `Decimal` in Python, a plain decimal in JSON.

The kind stands in the type, since 2.5 of a measure and 2.50 of a currency are written differently.
"""

from decimal import Decimal
from enum import Enum
from typing import Annotated

from onhand.kernel.money import money_text
from onhand.kernel.quantity import quantity_text


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


def quantity_decimal(millionths: int) -> Decimal:
    """Give a quantity, or a percentage, without zeros at its end."""
    return Decimal(quantity_text(millionths))


def money_decimal(millionths: int) -> Decimal:
    """Give an amount or a cost with its cents, and more decimals only where there are any."""
    return Decimal(money_text(millionths))
