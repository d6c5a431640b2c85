"""
Costing: what goods are worth, and how their value moves with them.

The value of a holding is what its goods cost, exact in millionths of the currency. Goods that come in bring what was
told of them, else what their lot costs, else the moving average of the holding. Goods that go out take their share at
the moving average, and the last ones all that is left. Between holdings goods take their value along; what is on its
way is valued when it arrives. So all that came in is what went out and what is there, to the last millionth.

Every share is rounded half up, to a millionth of the currency. Source of the method: moving weighted average, IAS 2.
"""

from collections.abc import Sequence

from onhand.kernel.holding import Holding
from onhand.kernel.lots.lot import Lot
from onhand.kernel.quantity import QUANTITY_MAX, SCALE, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, End, State


def is_valued(end: End) -> bool:
    """Tell whether goods at an end are part of a holding's value: all that is there, and not what is on its way."""
    return end < STATES and end != State.INCOMING


def worth(unit_cost: int, quantity: int) -> int:
    """Give what a quantity costs; both, and the answer, in millionths."""
    return _divided(unit_cost * quantity, SCALE)


def part_of(value: int, quantity: int, whole: int) -> int:
    """Give the part of a value that belongs to a quantity out of a whole one."""
    return value if quantity == whole else _divided(value * quantity, whole)


def shared(value: int, weights: Sequence[int]) -> list[int]:
    """Share a value out by weights, so that the parts are all of it."""
    parts: list[int] = []
    left, whole = value, sum(weights)
    for weight in weights:
        parts.append(part_of(left, weight, whole))
        left -= parts[-1]
        whole -= weight
    return parts


def units_of(holding: Holding) -> int:
    """Count the goods of a holding that its value stands for: all but what is incoming."""
    return sum(holding.balances) - holding.balances[State.INCOMING]


def value_taken(holding: Holding, quantity: int) -> int:
    """
    Give the value that a quantity takes out of a holding, before it is moved.

    What goes below zero, where negative stock is allowed, goes at the last known cost.
    """
    units = units_of(holding)
    if units <= 0:
        return worth(holding.unit_cost, quantity)
    if quantity > units:
        return holding.value + worth(holding.unit_cost, quantity - units)
    return part_of(holding.value, quantity, units)


def unit_cost_of(lot: Lot) -> int | None:
    """Give what one unit of a lot costs: the middle of a RANGE; None where it is not known."""
    if lot.cost_min is not None and lot.cost_max is not None:
        return _divided(lot.cost_min + lot.cost_max, 2)
    return lot.unit_cost


def average(holding: Holding, units: int) -> int:
    """Give the moving average of a holding that has so many units now; the last one known where there are none."""
    if units > 0 and holding.value > 0:
        return _divided(holding.value * SCALE, units)
    return holding.unit_cost


def check_unit_cost(unit_cost: object, quantity: int) -> None:
    """Refuse what one unit costs where it is no amount from zero on, or comes to more than the ledger can hold."""
    if type(unit_cost) is not int or not 0 <= unit_cost <= QUANTITY_MAX:
        raise Refused("INVALID_COST", field="unit_cost", detail="it is no amount from zero on")
    check_value(worth(unit_cost, abs(quantity)))


def check_value(value: int) -> None:
    """Refuse a value that is larger than the ledger can hold."""
    if not -QUANTITY_MAX <= value <= QUANTITY_MAX:
        raise Refused("VALUE_TOO_LARGE", value_max=quantity_text(QUANTITY_MAX))


def _divided(dividend: int, divisor: int) -> int:
    """Divide and round half up, away from zero; the divisor is above zero."""
    quotient = (2 * abs(dividend) + divisor) // (2 * divisor)
    return -quotient if dividend < 0 else quotient
