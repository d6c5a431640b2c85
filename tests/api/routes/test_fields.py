"""What the integers of the service count: a quantity never travels as a bare number of millionths."""

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from decimal import Decimal
from typing import Any, NamedTuple, get_args, get_type_hints

import pytest

from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.commands import shape_of, write_snapshot
from onhand.api.routes.fields import FIELDS, INTEGERS, FieldUnit
from onhand.api.routes.routes import find_routes
from onhand.kernel.entities import ENTITIES
from onhand.kernel.entity import types_of
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.planning.set_reorder_points import ReorderLine
from onhand.kernel.snapshots import MONEY, QUANTITIES, parts_of
from onhand.ledger.planning.port import Position, PurchaseAnswer


class Heap(NamedTuple):
    """A kind of thing that nobody described."""

    pebbles: int


def test_an_integer_that_nobody_described_does_not_travel() -> None:
    """An integer of an unknown name is refused when the routes are put together, not told as a number."""
    with pytest.raises(KeyError, match=r"Heap\.pebbles"):
        shape_of(Heap)


@pytest.mark.parametrize("kind", OPERATIONS.values(), ids=list(OPERATIONS))
def test_the_integers_of_each_command_are_described(kind: type) -> None:
    """Every integer field of every command, and of its lines, stands in the table of fields, or is an id."""
    named = {*integers(kind, kind.__name__)}

    assert {(owner, name) for owner, name in named if name not in INTEGERS and not name.endswith("_id")} == set()


def integers(hint: Any, owner: str, name: str = "", within: tuple[object, ...] = ()) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a type is no one type
    """Find the fields of a type that hold integers, with the kind that each belongs to."""
    if hint is int:
        yield owner, name
    elif get_args(hint):
        for part in get_args(hint):
            yield from integers(part, owner, name, within)
    elif isinstance(hint, type) and hint not in within and (is_dataclass(hint) or hasattr(hint, "_fields")):
        for field, inner in get_type_hints(hint).items():
            yield from integers(inner, hint.__name__, field, (*within, hint))


def test_what_is_ordered_travels_as_a_quantity() -> None:
    """The point and the target of a reorder line, of a position and of a purchase are plain decimals."""
    assert shape_of(ReorderLine).read({"sku": "A", "point": "2.5", "target": 4}, "line") == (
        ReorderLine("A", 2_500_000, 4_000_000)
    )
    told = shape_of(Position).write(Position("A", Decimal("1.5"), Decimal(0), Decimal("2.5"), None))
    assert (told["available"], told["point"], told["target"]) == ("1.5", "2.5", None)
    purchase = PurchaseAnswer(
        id=1, site="s", status="open", supplier=None, expected_on=None, lines=(("A", Decimal("0.5")),)
    )
    assert shape_of(PurchaseAnswer).write(purchase)["lines"] == [["A", "0.5"]]


@pytest.mark.parametrize("word", ENTITIES)
def test_the_integers_of_snapshots_are_described(word: str) -> None:
    """Each integer of each entity and its rows stands in the table of fields, or is an id, and is told in its unit."""
    types = types_of(ENTITIES[word])
    names = {name for name, (kind, _) in types.items() if kind is int}
    rows = [getattr(member, "__annotations__", {}) for kind, member in types.values() if kind is tuple]
    parts = {part for row in rows for part, hint in row.items() if hint in {int, int | None}}
    measured = {name for name in names | parts if name in FIELDS and FIELDS[name].unit is not FieldUnit.NUMBER}

    assert {name for name in names if name not in INTEGERS and not name.endswith("_id")} == set()
    assert {name for name in parts if name not in FIELDS and not name.endswith("_id")} == set()
    assert measured == (names | parts) & (QUANTITIES | MONEY)


def test_the_rows_of_snapshots_are_told_by_name() -> None:
    """Each row of a list of a snapshot is an object, in which quantities and money are plain decimals."""
    told = write_snapshot(
        {
            "lines": [[7, 1_500_000]],
            "sold": [["A", "Apple", 2_000_000, "kg", 1_250_000, 20_000_000, 2_500_000, 500_000, 3_000_000]],
            "items": [["P", 1_000_000, "Pie"]],
            "wanted": [["A", 500_000, None, None, None]],
            "ordered": [["A", 500_000, 1_000_000, 0]],
            "versions": [[0, 9]],
            "reservations": [1, 2],
            "line_values": [1_000_000],
        }
    )
    sold = {"sku": "A", "name": "Apple", "quantity": "2", "measure": "kg", "price": "1.25", "vat_rate": "20"}

    assert told == {
        "lines": [{"holding": 7, "quantity": "1.5"}],
        "sold": [{**sold, "net": "2.50", "vat": "0.50", "gross": "3.00"}],
        "items": [{"product": "P", "quantity": "1", "name": "Pie"}],
        "wanted": [{"sku": "A", "quantity": "0.5", "lot": None, "location": None, "unit": None}],
        "ordered": [{"sku": "A", "quantity": "0.5", "price": "1.00", "vat_rate": "0"}],
        "versions": [{"since": "1970-01-01T00:00:00.000000+00:00", "recipe_version_id": 9}],
        "reservations": [1, 2],
        "line_values": ["1.00"],
    }
    assert write_snapshot({"sold": [[7, 1_000_000]]}) == {"sold": [{"holding": 7, "quantity": "1"}]}
    assert write_snapshot({"items": [["P", "Pie", 1_000_000, "done"]]})["items"][0]["quantity"] == "1"
    assert write_snapshot({"sold": [[1, 2, 3]], "other": [[1, 2]]}) == {"sold": [[1, 2, 3]], "other": [[1, 2]]}


@pytest.mark.parametrize("word", ENTITIES)
def test_the_rows_of_a_field_are_told_apart(word: str) -> None:
    """Rows of a field are told apart by how many parts they have, whichever entity they are of."""
    for name, (kind, member) in types_of(ENTITIES[word]).items():
        if kind is tuple and hasattr(member, "_fields"):
            named = tuple(
                "holding_id" if part == "holding" else part for part in parts_of(name, len(member._fields)) or ()
            )
            assert named == member._fields


def test_a_snapshot_tells_quantities_as_plain_decimals() -> None:
    """What the journal keeps in millionths is told as a quantity; ids and texts as they are."""
    told = write_snapshot({"item_id": 7, "point": 2_500_000, "target": 4_000_000, "version": 1})

    assert told == {"item_id": 7, "point": "2.5", "target": "4", "version": 1}
    assert write_snapshot({"target": "leeds"}) == {"target": "leeds"}


def test_every_field_of_every_body_and_answer_is_described() -> None:
    """Whatever travels says what it means, however deep it stands."""
    document = json.loads(openapi_document(find_routes()))
    silent = [
        f"{where}.{name}"
        for where, name, schema in properties(document, "")
        if not schema.get("description", "").strip()
    ]

    assert not silent, "\n".join(sorted(set(silent)))


UNITS = {
    FieldUnit.QUANTITY: ("measure",),
    FieldUnit.MONEY: ("currency",),
    FieldUnit.COST: ("currency",),
    FieldUnit.RATE: ("percent",),
}


def test_every_quantity_amount_and_rate_names_its_unit() -> None:
    """A quantity names the item's measure, money the org's currency, a rate the percent, a moment its form and zone."""
    nameless = [
        name
        for name, field in FIELDS.items()
        if field.unit in UNITS and not any(word in field.meaning for word in UNITS[field.unit])
    ]
    timeless = [name for name in FIELDS if name.endswith("_at") and "RFC 3339" not in FIELDS[name].meaning]
    countless = [
        name for name in FIELDS if name.endswith(("_seconds", "_ms")) and "seconds" not in FIELDS[name].meaning
    ]

    assert nameless == ["target"], "which is a place, too"
    assert timeless == []
    assert countless == []


def properties(tree: Any, where: str) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - a tree of plain values
    """Find the properties of all schemas below, with the place where each stands; what examples hold is none."""
    if isinstance(tree, dict):
        for name, part in tree.items():
            if name == "properties":
                yield from ((where, field, schema) for field, schema in part.items())
            if name not in {"examples", "x-codeSamples"}:
                yield from properties(part, f"{where}/{name}")
    elif isinstance(tree, list):
        for number, part in enumerate(tree):
            yield from properties(part, f"{where}/{number}")
