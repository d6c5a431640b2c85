"""
Snapshots as they are told: what the journal keeps in millionths as plain decimals, rows with the names of their parts.

A snapshot keeps the rows of a thing, as the lines of a reservation, as bare lists. What the parts mean is told by the
field and by how many there are, since history keeps what older versions wrote.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from onhand.kernel.entities import ENTITIES
from onhand.kernel.entity import OpenLine, time_text, types_of
from onhand.kernel.money import money_text
from onhand.kernel.quantity import quantity_text

QUANTITIES = frozenset(
    {
        *("quantity", "available", "on_hand", "counted", "floor", "low", "point", "target", "returned"),
        *("vat_rate", "size", "length", "used", "made", "rest", "waste", "kerf"),
    }
)
"""What is kept in millionths of a measure, of a percentage, or of a whole."""
MONEY = frozenset({"price", "net", "vat", "gross", "paid", "amount", "unit_cost", "cost_min", "cost_max"})
"""What is kept in millionths of the currency."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN_LINE = ("holding", "quantity")


def plain_snapshot(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Give a snapshot as plain JSON values in which no quantity and no money is left in millionths."""
    return {name: _told(name, value) for name, value in snapshot.items()}


def parts_of(name: str, count: int) -> Sequence[str] | None:
    """Name the parts of a row of a field by how many there are; None where no version ever wrote such rows there."""
    fitting = [kind for kind in _ROWS.get(name, ()) if _least(kind) <= count <= len(kind._fields)]
    if not fitting:
        return None
    kind = min(fitting, key=lambda kind: len(kind._fields))
    return _OPEN_LINE if kind is OpenLine else kind._fields[:count]


def _told(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a snapshot holds
    if type(value) is int:
        return quantity_text(value) if name in QUANTITIES else money_text(value) if name in MONEY else value
    if not isinstance(value, list | tuple):
        return value
    if name == "line_values":
        return [money_text(part) for part in value]
    return [_told_row(name, row) for row in value]


def _told_row(name: str, row: Any) -> Any:  # noqa: ANN401 - whatever a snapshot holds
    parts = parts_of(name, len(row)) if isinstance(row, list | tuple) else None
    if parts is None:
        return row
    told = {part: _told(part, value) for part, value in zip(parts, row, strict=True)}
    if name == "versions":
        told["since"] = time_text(_EPOCH + timedelta(microseconds=told["since"]))
    return told


def _least(kind: Any) -> int:  # noqa: ANN401 - a class of named tuples has no type of its own
    return len(kind._fields) - len(kind._field_defaults)


def _find_rows() -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for entity in ENTITIES.values():
        for name, (kind, member) in types_of(entity).items():
            if kind is tuple and hasattr(member, "_fields") and member not in found.get(name, ()):
                found[name] = (*found.get(name, ()), member)
    return found


_ROWS = _find_rows()
"""The kinds of rows that each field may hold, of all things that are known."""
