"""Rows as the kernel's things, and the kernel's things as rows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from onhand.kernel.holding import Holding, HoldingKey, Place
from onhand.kernel.states import State

DriverRow = Sequence[Any]
"""A row as the driver gives it; `Any`, since its columns are told by the statement that made it."""

STATE_COLUMNS: tuple[str, ...] = tuple(state.name.lower() for state in State)
"""The balance columns of holding and movement, in the order of the states."""

_KEY_FIRST, _FLOOR, _BALANCE_FIRST = 2, 7, 8


def utc(moment: datetime) -> datetime:
    """Give a time of the database in UTC, whatever zone its connection speaks."""
    return moment.astimezone(UTC)


def holding_key(row: DriverRow) -> HoldingKey:
    """Read the key of a holding."""
    return HoldingKey(*row[_KEY_FIRST:_FLOOR])


def holding_of(row: DriverRow, key: HoldingKey, place: Place) -> Holding:
    """Read a holding: id, version, key, floor, balances, value and cost."""
    *balances, value, unit_cost = row[_BALANCE_FIRST:]
    return Holding(
        id=row[0],
        version=row[1],
        key=key,
        place=place,
        floor=row[_FLOOR],
        balances=balances,
        value=value,
        unit_cost=unit_cost,
    )
