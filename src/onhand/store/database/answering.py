"""
Rows as answers: a statement names its columns as the fields of what it answers.

A field of its own columns, as `place` and `balances` are, takes those that have the names of its parts, with the name
of the field in front where there are two of a kind (`before_available`). Integers become decimals, and times UTC, here
and nowhere else.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from onhand.kernel.exact import Exact, money_decimal, quantity_decimal
from onhand.kernel.states import Outside, State, end_named
from onhand.store.engine.rows import utc

NamedRow = Any
"""A row whose columns are attributes; `Any`, since they are told by the statement that made it."""

Kind = Any
"""A dataclass or a class of named tuples; `Any`, since the two have no type in common."""

Answer = TypeVar("Answer")
Convert = Callable[[Any], Any]

_DECIMALS: Mapping[Exact, Convert] = {
    Exact.QUANTITY: quantity_decimal,
    Exact.MONEY: money_decimal,
    Exact.COST: money_decimal,
    Exact.RATE: quantity_decimal,
}


def answer_of(kind: type[Answer], row: NamedRow, /, **known: object) -> Answer:
    """
    Make an answer of a row.

    Args:
        kind: A dataclass or a named tuple.
        row: As the reader gives it. Columns that are no fields are left alone.
        known: Fields that no column holds.

    Raises:
        LookupError: A field has neither column nor default; a defect of the package.
    """
    made: Kind = kind
    columns: Kind = type(row)
    plan = _plan(made, columns, frozenset(known))
    return kind(**{name: read(row) for name, read in plan}, **known)


def answers_of(kind: type[Answer], rows: Iterable[NamedRow]) -> tuple[Answer, ...]:
    """Make an answer of each row; all have the same columns."""
    told = list(rows)
    if not told:
        return ()
    made: Kind = kind
    columns: Kind = type(told[0])
    plan = _plan(made, columns, frozenset())
    return tuple([kind(**{name: read(row) for name, read in plan}) for row in told])


def part_of(kind: type[Answer], values: Sequence[Any]) -> Answer:
    """Make an answer of the values of its fields in their order; what a list holds behind them is not told."""
    made: Kind = kind
    names, converts = _parts(made)
    told = zip(names, converts, values, strict=False)
    return kind(**{name: value if convert is None else convert(value) for name, convert, value in told})


@cache
def _plan(kind: Kind, row_type: Kind, known: frozenset[str]) -> Sequence[tuple[str, Callable[[NamedRow], Any]]]:
    """Say how each field is read from a row whose columns are those of a type."""
    columns: Sequence[str] = row_type._fields
    plan: list[tuple[str, Callable[[NamedRow], Any]]] = []
    for name, hint in _hints(kind).items():
        if name in known:
            continue
        parts = [] if name in columns or not _is_struct(hint) else _columns_of(name, hint, columns)
        if parts:
            plan.append((name, _read_struct(hint, parts)))
        elif name in columns:
            plan.append((name, _read_column(columns.index(name), _convert(hint))))
        elif name not in _optional(kind):
            raise LookupError(f"no column holds {kind.__name__}.{name}: {', '.join(columns)}")
    return plan


def _columns_of(name: str, kind: Kind, columns: Sequence[str]) -> Sequence[int]:
    """Find the columns of the parts of a field; none where one is missing."""
    for front in (f"{name}_", ""):
        names = [f"{front}{part}" for part in kind._fields]
        if {*names} <= {*columns}:
            return [columns.index(part) for part in names]
    return []


def _read_struct(kind: Kind, places: Sequence[int]) -> Callable[[NamedRow], Any]:
    """Read a named tuple from columns of its own; those that stand side by side and are alike are read at once."""
    first, last = places[0], places[-1]
    _, converts = _parts(kind)
    make = kind._make
    if list(places) == list(range(first, last + 1)) and len({*converts}) == 1:
        (convert,) = {*converts}
        if convert is None:
            return lambda row: make(row[first : last + 1])
        return lambda row: make([convert(value) for value in row[first : last + 1]])
    reads = [_read_column(place, convert) for place, convert in zip(places, converts, strict=True)]
    return lambda row: make([read(row) for read in reads])


def _read_column(place: int, convert: Convert | None) -> Callable[[NamedRow], Any]:
    return itemgetter(place) if convert is None else lambda row: convert(row[place])


@cache
def _parts(kind: Kind) -> tuple[tuple[str, ...], tuple[Convert | None, ...]]:
    hints = _hints(kind)
    return tuple(hints), tuple(map(_convert, hints.values()))


@cache
def _hints(kind: Kind) -> Mapping[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    fields = kind._fields if hasattr(kind, "_fields") else [field.name for field in dataclasses.fields(kind)]
    return {name: hints[name] for name in fields}


def _optional(kind: Kind) -> Iterable[str]:
    if hasattr(kind, "_field_defaults"):
        return frozenset(kind._field_defaults)
    return {
        field.name
        for field in dataclasses.fields(kind)
        if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    }


def _is_struct(hint: Kind) -> bool:
    return isinstance(hint, type) and hasattr(hint, "_fields")


@cache
def _convert(hint: Kind) -> Convert | None:
    """Say what is done with the value of a column; None where it stays as it is."""
    origin: Kind = get_origin(hint)
    arguments = get_args(hint)
    if origin is Annotated:
        return _DECIMALS[hint.__metadata__[0]] if arguments[0] is Decimal else _convert(arguments[0])
    if origin in {Union, UnionType}:
        return _convert_union(arguments)
    if origin is tuple:
        return _convert_tuple(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if hint is datetime:
        return utc
    if _is_struct(hint) or dataclasses.is_dataclass(hint):
        return lambda values: part_of(hint, values)
    return None


def _convert_union(arguments: Sequence[Any]) -> Convert | None:
    if {*arguments} == {State, Outside}:
        return end_named
    kinds = [kind for kind in arguments if kind is not NoneType]
    one = _convert(kinds[0]) if len(kinds) == 1 else None
    return None if one is None else lambda value: None if value is None else one(value)


def _convert_tuple(arguments: Sequence[Any]) -> Convert:
    if arguments[-1] is Ellipsis:
        each = _convert(arguments[0])
        return (lambda values: tuple(values or ())) if each is None else lambda values: tuple(map(each, values or ()))
    converts = [_convert(kind) or (lambda value: value) for kind in arguments]
    return lambda values: tuple([convert(value) for convert, value in zip(converts, values, strict=False)])
