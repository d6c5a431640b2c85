"""Costs: money with at most two decimals, exact integers in millionths of the currency."""

import re

from onhand.kernel.quantity import QUANTITY_MAX, SCALE, shown
from onhand.kernel.refusals import Refused

COST_STEP = SCALE // 100
"""A hundredth of the currency, in millionths: the finest step of a cost."""

COST_MODES = ("FIXED", "RANGE")
_PLAIN = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?", re.ASCII)


def parse_cost(value: object, field: str) -> int:
    """
    Read a cost as people write it: a plain decimal of zero or more, with at most two decimals; never a float.

    Raises:
        Refused: INVALID_COST.
    """
    text = str(value) if type(value) is int else value
    match = _PLAIN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused("INVALID_COST", field=field, detail=f"{shown(value)} is no amount with at most two decimals")
    return check_cost(int(match[1]) * SCALE + int((match[2] or "").ljust(2, "0")) * COST_STEP, field)


def check_cost(cost: object, field: str) -> int:
    """Check a cost in millionths."""
    if type(cost) is not int or cost % COST_STEP or not 0 <= cost <= QUANTITY_MAX:
        raise Refused("INVALID_COST", field=field, detail="it is no amount from zero on with at most two decimals")
    return cost


def check_costs(mode: str | None, unit_cost: int | None, cost_min: int | None, cost_max: int | None) -> None:
    """
    Check that costs fit their mode: FIXED has one for each unit, RANGE a least and a greatest, no mode has none.

    Raises:
        Refused: INVALID_COST.
    """
    told = {"unit_cost": unit_cost, "cost_min": cost_min, "cost_max": cost_max}
    needed = {None: (), "FIXED": ("unit_cost",), "RANGE": ("cost_min", "cost_max")}.get(mode)
    if needed is None:
        raise Refused("INVALID_COST", field="cost_mode", detail=f"it is one of {', '.join(COST_MODES)}")
    for field, cost in told.items():
        if cost is not None:
            check_cost(cost, field)
        if (cost is not None) != (field in needed):
            needs = "needs it" if cost is None else "has none"
            raise Refused("INVALID_COST", field=field, detail=f"a lot with the cost mode {mode or 'none'} {needs}")
    if cost_min is not None and cost_max is not None and cost_min >= cost_max:
        raise Refused("INVALID_COST", field="cost_min", detail="it is not below cost_max")
