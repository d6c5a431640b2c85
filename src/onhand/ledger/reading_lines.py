"""Lines as callers write them, read into lines as the kernel takes them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from onhand.kernel.command import Line
from onhand.kernel.money import parse_money
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, State, end_named

QuantityLike = int | str | Decimal
"""Whole units as `int`, or a plain decimal; never a float."""
MoneyLike = int | str | Decimal
"""Whole units of the currency as `int`, or a plain decimal; never a float."""

LineLike = Line | tuple[str, QuantityLike] | tuple[str, QuantityLike, str] | Mapping[str, Any]
"""A line as callers may write it: (sku, quantity), (sku, quantity, lot), a mapping, or a `Line` in millionths."""

_FIELDS = frozenset(Line._fields)
_PAIR, _TRIPLE = 2, 3


def lines_of(lines: Iterable[LineLike]) -> tuple[Line, ...]:
    """Read lines; raises Refused for what is not well formed."""
    if type(lines) is not list and (isinstance(lines, str | Mapping) or not isinstance(lines, Iterable)):
        raise Refused("INVALID_COMMAND", detail="lines are a list")
    return tuple([line if isinstance(line, Line) else _line(line) for line in lines])


def state_of(word: object) -> State:
    """Read a state by its word."""
    if isinstance(word, State):
        return word
    try:
        end = end_named(str(word))
    except KeyError:
        end = None
    if end is None or end >= STATES:
        raise Refused("INVALID_COMMAND", detail=f"{ascii(word)[:40]} is not a state")
    return State(end)


def _line(line: object) -> Line:
    if type(line) is tuple and len(line) == _PAIR:  # by far the most
        return Line(line[0], parse_quantity(line[1]))
    if isinstance(line, Mapping):
        return _from_mapping(line)
    if isinstance(line, Sequence) and not isinstance(line, str) and len(line) in {_PAIR, _TRIPLE}:
        lot = line[2] if len(line) == _TRIPLE else None
        return Line(line[0], parse_quantity(line[1]), lot)
    raise Refused("INVALID_COMMAND", detail="a line is (sku, quantity), (sku, quantity, lot) or a mapping")


def _from_mapping(line: Mapping[str, Any]) -> Line:
    unknown = sorted(str(name) for name in line if name not in _FIELDS)
    if unknown:
        raise Refused("INVALID_COMMAND", detail=f"a line has no field {ascii(unknown[0])[:40]}")
    if "sku" not in line or "quantity" not in line:
        raise Refused("INVALID_COMMAND", detail="a line needs sku and quantity")
    values = dict(line)
    values["quantity"] = parse_quantity(values["quantity"])
    if values.get("state") is not None:
        values["state"] = state_of(values["state"])
    version = values.get("version")
    if version is not None and type(version) is not int:
        raise Refused("INVALID_COMMAND", detail="a version is a whole number")
    if values.get("unit_cost") is not None:
        values["unit_cost"] = parse_money(values["unit_cost"], "unit_cost")
    return Line(**values)
