"""Rows become answers by the names of their columns, whatever their order."""

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from onhand.kernel.exact import MoneyDecimal, QuantityDecimal
from onhand.kernel.states import End, State
from onhand.store.database.answering import answer_of, answers_of, part_of


class Amounts(NamedTuple):
    """Two quantities."""

    here: QuantityDecimal
    there: QuantityDecimal


class Line(NamedTuple):
    """A line in a list."""

    sku: str
    price: MoneyDecimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer with a field of each kind."""

    id: int
    at: datetime | None
    end: End
    price: MoneyDecimal
    before: Amounts
    after: Amounts
    lines: tuple[Line, ...]
    facts: Mapping[str, Any]
    note: str = "none"


COLUMNS = "facts there before_there here lines end before_here id price at more"
ROW = {
    "facts": '{"a": 1}',
    "there": 2_500_000,
    "before_there": 1,
    "here": 0,
    "lines": [["A", 2_000_000], ["B", None]],
    "end": "reserved",
    "before_here": 600_000_000,
    "id": 7,
    "price": 2_500_000,
    "at": datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))),
    "more": "left alone",
}


def row(columns: str = COLUMNS, **changed: object) -> Any:  # noqa: ANN401 - as the driver gives it
    """Give a row with some columns, in their order."""
    names = columns.split()
    values: dict[str, Any] = {**ROW, **changed}
    made: Any = namedtuple("row", names)  # type: ignore[misc]  # noqa: PYI024 - as the driver makes them
    return made._make(values[name] for name in names)


def test_each_field_is_read_from_the_column_of_its_name() -> None:
    """Integers become decimals, times UTC, lists named tuples; a struct takes columns of its own."""
    told = answer_of(Told, row())

    assert told == Told(
        id=7,
        at=datetime(2026, 1, 1, 10, tzinfo=UTC),
        end=State.RESERVED,
        price=Decimal("2.50"),
        before=Amounts(Decimal(600), Decimal("0.000001")),
        after=Amounts(Decimal(0), Decimal("2.5")),
        lines=(Line("A", Decimal(2)), Line("B", None)),
        facts={"a": 1},
    )
    assert told.at is not None
    assert told.at.tzinfo is UTC
    assert [str(value) for value in (told.price, *told.before, *told.after)] == ["2.50", "600", "0.000001", "0", "2.5"]


def test_the_order_of_the_columns_says_nothing() -> None:
    """The same columns in another order make the same answer."""
    turned = " ".join(reversed(COLUMNS.split()))

    assert answers_of(Told, [row(turned)] * 2) == (answer_of(Told, row()),) * 2


def test_what_is_known_is_asked_of_no_column() -> None:
    """A field that is given needs no column, and null stays null."""
    told = answer_of(Told, row(COLUMNS.replace(" lines", ""), at=None), lines=(), note="given")

    assert (told.lines, told.at, told.note) == ((), None, "given")


def test_a_field_without_a_column_is_a_defect() -> None:
    """A column that was renamed is found by the first row."""
    with pytest.raises(LookupError, match=r"no column holds Told\.price"):
        answer_of(Told, row(COLUMNS.replace(" price", "")))


def test_a_list_within_a_column_is_read_by_its_places() -> None:
    """Rows that a column holds are read in the order of the fields."""
    assert part_of(Line, ["A", 1]) == Line("A", Decimal("0.000001"))
