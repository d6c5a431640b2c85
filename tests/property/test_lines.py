"""Laws of reading lines: whatever the form in which a line is told, the same comes of it, or the same refusal."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onhand
from onhand.cli.commerce.sale_values import priced_lines
from onhand.cli.values import lines_of as lines_of_texts
from onhand.kernel.command import Line
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import SiteLine
from onhand.ledger import lines as public
from onhand.ledger.reading_lines import (
    COUNTER_LINE,
    CUTTING,
    FORMS,
    INGREDIENT,
    ITEM,
    LINE,
    MADE,
    SALE_LINE,
    SOLD,
    LineForm,
    lines_of,
    read_line,
    read_lines,
)

GOOD = {
    "quantity": ("6", 6, Decimal("2.50"), "0.000001"),
    "price": ("1.50", 2, Decimal(3)),
    "vat_rate": ("20", 5, Decimal("5.5")),
    "unit_cost": ("0.333333", 1),
    "amount": ("1.5", 2, "1/3", Decimal("0.5")),
    "waste": ("5", 5),
    "factor": ("1/70", 2),
    "size": ("100", 2, Decimal("2.5")),
    "length": ("1.25", 3),
    "lengths": (["1", 2, Decimal("0.5")], ()),
    "kerf": ("0.01", 1),
    "keep": ("2", 3),
    "pieces": (1, 3),
    "version": (0, 7),
    "state": ("available", "defective"),
    "is_product": (True, False),
    "codes": ([], ["P-1", "P-2"]),
    "substitutes": ([],),
}
BAD = {
    "quantity": (1.5, True, "1e3", "+1", "01", " 1", "1,5", Decimal("NaN"), Decimal("1E+30"), [], {}, "9" * 40, b"1"),
    "price": (1.5, False, "free", [1]),
    "vat_rate": (0.2, True, "101", -1, "vat"),
    "unit_cost": (0.5, "dear"),
    "amount": (0.5, True, [1]),
    "factor": (0.5, False),
    "size": (2.5, True, "long"),
    "length": (1.5, "x"),
    "lengths": ("12", {"1": 2}, 5, [1.5], [True]),
    "version": ("1", True, 1.0),
    "state": ("broken", 5, "elsewhere"),
    "is_product": ("yes", 1),
    "pieces": ("3", 2.0, True),
    "codes": ("P-1", 5),
}
"""Values that are read, and values that are refused, by the names of their fields; whatever else has a name is text."""

PUBLIC: Mapping[LineForm[Any], Any] = {
    LINE: public.Line,
    COUNTER_LINE: public.Line,
    SALE_LINE: public.SaleLine,
    ITEM: public.ItemLine,
    SOLD: public.Sold,
    MADE: public.Made,
    CUTTING: public.Cutting,
}
"""What programs may write in the place of a mapping; the other lines tell no number, and are the kernel's own."""


def values_of(name: str, values: Mapping[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    """Values for a field; names and codes are text."""
    return values.get(name, ("A", "B-1"))


def outcome(read: Callable[[], Any]) -> tuple[str, Any]:
    """What comes of reading: what was read, or the code and facts of the refusal."""
    try:
        return "read", read()
    except Refused as refusal:
        return refusal.code, refusal.facts


@st.composite
def told_lines(draw: st.DrawFn, forms: list[LineForm[Any]]) -> tuple[LineForm[Any], dict[str, Any]]:
    """A form and the fields of a line in it; some fields are missing, and some values are not to be read."""
    form = draw(st.sampled_from(forms))
    order = draw(st.sampled_from(form.tuple_order)) if form.tuple_order else ("sku", "kind", "size")
    more = draw(st.sets(st.sampled_from(form.kind._fields), max_size=3))
    names = [*order, *(name for name in form.kind._fields if name in more and name not in order)]
    bad = draw(st.sampled_from([None, None, *names]))
    values = {name: draw(st.sampled_from(values_of(name, BAD if name == bad else GOOD))) for name in names}
    return form, values


@given(told=told_lines([*PUBLIC]))
@settings(max_examples=150)
def test_a_mapping_and_the_public_class_are_read_alike(told: tuple[LineForm[Any], dict[str, Any]]) -> None:
    """The same fields, as a mapping and as an object, make the same line or meet the same refusal."""
    form, values = told

    as_mapping = outcome(lambda: read_line(form, values))
    as_object = outcome(lambda: read_line(form, PUBLIC[form](**values)))

    assert as_object == as_mapping


@given(told=told_lines([form for form in FORMS if form.tuple_order]))
@settings(max_examples=150)
def test_a_tuple_and_a_mapping_are_read_alike(told: tuple[LineForm[Any], dict[str, Any]]) -> None:
    """A tuple or a list means the fields that its form names for its length."""
    form, values = told
    order = next(order for order in reversed(form.tuple_order) if values.keys() >= {*order})
    kept = {name: values[name] for name in order}

    as_mapping = outcome(lambda: read_line(form, kept))

    assert outcome(lambda: read_line(form, tuple(kept.values()))) == as_mapping
    assert outcome(lambda: read_line(form, list(kept.values()))) == as_mapping


@given(told=told_lines([LINE, SALE_LINE]))
@settings(max_examples=100)
def test_json_on_the_command_line_is_read_as_the_mapping_is(told: tuple[LineForm[Any], dict[str, Any]]) -> None:
    """What JSON can say, the command line reads as the library does; a float is refused by both."""
    form, values = told
    if any(isinstance(value, bytes) for value in values.values()):
        values = {name: "b" if isinstance(value, bytes) else value for name, value in values.items()}
    values = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    read = lines_of_texts if form is LINE else priced_lines

    code, made = outcome(lambda: read([json.dumps(values)]))

    as_mapping = outcome(lambda: read_lines(form, [values]))
    if any(type(value) is float for value in values.values()):
        assert code == "INVALID_COMMAND"
        assert as_mapping[0] != "read"
    else:
        assert (code, made) == as_mapping


@given(values=st.lists(st.sampled_from([*GOOD["quantity"], *BAD["quantity"], None]), max_size=3))
@settings(max_examples=100)
def test_the_short_way_of_pairs_is_the_long_way(values: list[Any]) -> None:
    """The pairs that most sales are made of are read without looking at fields, and to the same end."""
    pairs = [("A", value) for value in values]

    assert outcome(lambda: lines_of(pairs)) == outcome(lambda: read_lines(LINE, pairs))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind.__name__)
def test_each_form_refuses_in_the_same_words(form: LineForm[Any]) -> None:
    """An unknown field, a lack, and what is no line at all are told alike by every form."""
    needed = [name for name in form.kind._fields if name not in form.kind._field_defaults and name != "quantity"]

    code, facts = outcome(lambda: read_line(form, {**dict.fromkeys(needed, "A"), "colour": "red"}))
    assert (code, facts) == ("INVALID_COMMAND", {"detail": f"{form.word} has no field 'colour'"})
    if needed:
        code, facts = outcome(lambda: read_line(form, {}))
        assert code == "INVALID_COMMAND"
        assert facts["detail"].startswith(f"{form.word} needs {needed[0]}")
    for odd in (5, None, b"A", {"A"}, (), ("A",) * 12, SiteLine("A") if form.kind is not SiteLine else 5):
        code, facts = outcome(lambda odd=odd: read_line(form, odd))  # type: ignore[misc]  # bound at once
        assert code == "INVALID_COMMAND"
        assert facts["detail"].startswith(form.word)
    for none in ("A", {"sku": "A"}, b"A", 5, None):
        code, facts = outcome(lambda none=none: read_lines(form, none))  # type: ignore[misc]  # bound at once
        assert (code, facts) == ("INVALID_COMMAND", {"detail": f"{form.many} are a list"})


@pytest.mark.parametrize("form", PUBLIC, ids=lambda form: form.kind.__name__)
def test_public_classes_have_the_fields_of_the_kernels(form: LineForm[Any]) -> None:
    """What a line may tell is the same outside and inside, name by name and in the same order."""
    fields = tuple(PUBLIC[form].__dataclass_fields__)

    assert fields[: len(form.kind._fields)] == form.kind._fields
    assert fields[len(form.kind._fields) :] in {(), ("price",)}


def test_a_line_is_in_units() -> None:
    """`onhand.Line("A", 6)` is six of A, and the kernel's line is millionths and is left as it is."""
    assert lines_of([onhand.Line("A", 6)]) == (Line("A", 6 * SCALE),)
    assert lines_of([Line("A", 6)]) == (Line("A", 6),)
    assert read_line(SALE_LINE, public.SaleLine("A", unit="SN-1")).quantity == SCALE
    assert read_line(SOLD, ("LATTE", None, 2)) == (("LATTE", 2 * SCALE, None))
    assert read_line(MADE, public.Made("PIPE", "roll", 100)).size == 100 * SCALE
    assert read_line(INGREDIENT, ("Butter", Decimal("1.50"), "g")).amount == "1.50"
    nested = {"name": "Butter", "amount": 20, "substitutes": [("Margarine", 24, "g")]}
    assert read_line(INGREDIENT, nested).substitutes == (read_line(INGREDIENT, ("Margarine", "24", "g")),)
