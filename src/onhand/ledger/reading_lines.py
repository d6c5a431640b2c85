"""
Lines as callers write them, read into lines as the kernel takes them: one reader for lines of every kind.

A line is a tuple, or a mapping, as those of `lines` are. What each of its values is read as is the type of its
field in the kernel: a quantity, money, a cost and a rate are plain decimals and become millionths. Whatever the form,
the same line comes of it, or the same refusal.
"""

import dataclasses
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from onhand.kernel.command import Line
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.money import check_rate, parse_money
from onhand.kernel.pieces.cut_pieces import Cutting
from onhand.kernel.pieces.produce_pieces import Made
from onhand.kernel.quantity import SCALE, parse_quantity
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.recipes.map_ingredients import MappingLine
from onhand.kernel.recipes.measures import RatioText
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, State, end_named
from onhand.kernel.stock.define import ItemLine, LocationLine, ProductLine, SiteLine

Kind = TypeVar("Kind", bound=tuple[Any, ...])
_Told = Mapping[str, Any]

QuantityLike = int | str | Decimal
"""Whole units as `int`, or a plain decimal; never a float."""
MoneyLike = int | str | Decimal
"""Whole units of the currency as `int`, or a plain decimal; never a float."""

LineLike = tuple[str, QuantityLike] | tuple[str, QuantityLike, str] | _Told | Line
"""
A line as callers may write it: (sku, quantity), (sku, quantity, lot), a mapping, or a `Line`.

The kernel's own, in millionths, is taken as it is.
"""

SaleLineLike = (
    tuple[str, QuantityLike]
    | tuple[str, QuantityLike, QuantityLike]
    | tuple[str, QuantityLike, QuantityLike, QuantityLike]
    | _Told
    | SaleLine
)
"""
(sku, quantity), with a price, with a VAT rate in percent; a mapping; or a `SaleLine`.

Price and rate are the item's where they are not told.
"""

ItemLike = str | tuple[str, str] | _Told | ItemLine
"""An item to define: its sku, (sku, name), a mapping, or an `ItemLine`."""

SoldLike = tuple[str, QuantityLike] | tuple[str, str | None, QuantityLike] | _Told | Sold
"""What was sold, as callers may write it: (product, quantity), (product, name, quantity), a mapping, or a `Sold`."""

IngredientLike = tuple[str, QuantityLike, str] | _Told | Ingredient
"""An ingredient as callers may write it: (name, amount, unit), a mapping, or an `Ingredient`."""

MappingLike = tuple[str, str, str | None] | tuple[str, str, str | None, QuantityLike | None] | _Told | MappingLine
"""As callers may write it: (ingredient, unit, sku), (ingredient, unit, sku, factor), a mapping, or a `MappingLine`."""

MadeLike = _Told | Made
"""What is produced, as callers may write it: a mapping, or a `Made`."""

CuttingLike = tuple[str, Iterable[QuantityLike]] | _Told | Cutting
"""A piece to cut, as callers may write it: (piece, lengths), a mapping, or a `Cutting`."""


class ReadCounterLine(NamedTuple):
    """A line of the counter as it was read: a line of the kernel, and its price behind it."""

    sku: str
    quantity: int
    lot: str | None = None
    location: str | None = None
    unit: str | None = None
    state: State | None = None
    version: int | None = None
    unit_cost: int | None = None
    price: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class LineForm(Generic[Kind]):
    """
    How lines of a kind are written.

    `tuple_order` are the fields that tuples tell, by their lengths; a text alone tells the first field of a tuple of
    one. `one_with` is the field with which a line needs no quantity, and then is of one. Lines of the
    `kernel` that begin alike are taken as they are, too.
    """

    kind: type[Kind]
    word: str
    many: str
    tuple_order: tuple[tuple[str, ...], ...] = ()
    one_with: str | None = None
    kernel: tuple[type[tuple[Any, ...]], ...] = ()


LINE = LineForm(Line, "a line", "lines", (("sku", "quantity"), ("sku", "quantity", "lot")))
SALE_LINE = LineForm(
    SaleLine,
    "a line",
    "lines",
    (("sku", "quantity"), ("sku", "quantity", "price"), ("sku", "quantity", "price", "vat_rate")),
    one_with="unit",
)
COUNTER_LINE = LineForm(ReadCounterLine, "a line", "lines", LINE.tuple_order, kernel=(Line,))
ITEM = LineForm(ItemLine, "an item", "items", (("sku",), ("sku", "name")))
SITE = LineForm(SiteLine, "a site", "sites", (("code",), ("code", "name"), ("code", "name", "version")))
LOCATION = LineForm(LocationLine, "a location", "locations", (("site", "code"),))
PRODUCT = LineForm(ProductLine, "a product", "products", (("code",), ("code", "name")))
SOLD = LineForm(Sold, "an item", "items", (("product", "quantity"), ("product", "name", "quantity")))
INGREDIENT = LineForm(Ingredient, "an ingredient", "ingredients", (("name", "amount", "unit"),))
MAPPING = LineForm(
    MappingLine,
    "a mapping",
    "mappings",
    (("ingredient", "unit", "sku"), ("ingredient", "unit", "sku", "factor")),
)
MADE = LineForm(Made, "what is made", "made")
CUTTING = LineForm(Cutting, "a cutting", "cuttings", (("piece", "lengths"),))
FORMS: tuple[LineForm[Any], ...] = (
    LINE,
    SALE_LINE,
    COUNTER_LINE,
    ITEM,
    SITE,
    LOCATION,
    PRODUCT,
    SOLD,
    INGREDIENT,
    MAPPING,
    MADE,
    CUTTING,
)
"""Every form there is; `tests/property/test_lines.py` holds each to the same laws."""

_PAIR = 2


def lines_of(lines: Iterable[LineLike]) -> tuple[Line, ...]:
    """Read lines; raises Refused for what is not well formed."""
    if type(lines) is not list:
        _check_list(LINE.many, lines)
    return tuple(
        [
            Line(line[0], parse_quantity(line[1]))  # by far the most
            if type(line) is tuple and len(line) == _PAIR and None not in line
            else read_line(LINE, line)
            for line in lines
        ]
    )


def read_lines(form: LineForm[Kind], lines: Iterable[object]) -> tuple[Kind, ...]:
    """Read lines of a form; raises Refused for what is not well formed."""
    _check_list(form.many, lines)
    return tuple([read_line(form, line) for line in lines])


def read_line(form: LineForm[Kind], line: object) -> Kind:
    """
    Read one line; what the kernel has read already is taken as it is.

    Raises:
        Refused: INVALID_COMMAND for what is no such line, has an unknown field or lacks one, and what its values are
            refused for.
    """
    if isinstance(line, form.kind):
        return line
    if isinstance(line, form.kernel):
        return form.kind(*line)
    readers, needed, nullable = _readers_of(form.kind)
    fields = _fields_of(form, line)
    check_known(form.word, fields, readers)
    values = {name: readers[name](value, name) for name, value in fields.items() if value is not None}
    if form.one_with in values:
        values.setdefault("quantity", SCALE)
    values |= {name: None for name in nullable if name in fields and name not in values}
    check_needed(form.word, values, needed)
    return form.kind(**values)


def check_known(word: str, fields: Iterable[object], known: Container[object]) -> None:
    """Refuse a field that there is not."""
    unknown = sorted(str(name) for name in fields if name not in known)
    if unknown:
        raise Refused("INVALID_COMMAND", detail=f"{word} has no field {ascii(unknown[0])[:40]}")


def check_needed(word: str, fields: Container[object], needed: Iterable[str]) -> None:
    """Refuse a line that lacks what it needs."""
    missing = [name for name in needed if name not in fields]
    if missing:
        raise Refused("INVALID_COMMAND", detail=f"{word} needs {' and '.join(missing)}")


def read_quantities(values: object, name: str) -> tuple[int, ...]:
    """Read a list of quantities, such as lengths; raises Refused."""
    return _listed(_quantity, values, name)


def read_names(values: object, name: str) -> tuple[str, ...]:
    """Read a list of names, such as those of pieces; raises Refused."""
    return _listed(_same, values, name)


def ratio_text(value: object, name: str) -> str:
    """Write an exact amount as the kernel reads it: "2", "1.5" or "1/3"; raises Refused for what may not be exact."""
    if isinstance(value, str):
        return value
    if type(value) is int or (isinstance(value, Decimal) and value.is_finite()):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise Refused("INVALID_COMMAND", detail=f"{name} is a whole number, or a decimal or a ratio as text")


def parse_rate(value: object, name: str = "vat_rate") -> int:
    """Read a VAT rate in percent, as 20 or 5.5."""
    try:
        return check_rate(parse_quantity(value))
    except Refused as refusal:
        raise Refused("INVALID_COMMAND", detail=f"{name} is not a percentage from 0 to 100") from refusal


def state_of(word: object, name: str = "state") -> State:
    """Read a state by its word."""
    del name  # a word tells by itself what it was to be
    if isinstance(word, State):
        return word
    try:
        end = end_named(str(word))
    except KeyError:
        end = None
    if end is None or end >= STATES:
        raise Refused("INVALID_COMMAND", detail=f"{ascii(word)[:40]} is not a state")
    return State(end)


def _fields_of(form: LineForm[Any], line: object) -> _Told:
    """Give what a line tells, by the names of its fields."""
    if isinstance(line, Mapping):
        return line
    values = (line,) if isinstance(line, str) else line
    if isinstance(values, Sequence) and not isinstance(values, bytes) and not _is_ours(values):
        for names in form.tuple_order:
            if len(names) == len(values):
                return dict(zip(names, values, strict=True))
    known = [names[0] if len(names) == 1 else f"({', '.join(names)})" for names in form.tuple_order]
    forms = f"{', '.join(known)} or a mapping" if known else "told as a mapping"
    raise Refused("INVALID_COMMAND", detail=f"{form.word} is {forms}")


def _is_ours(values: object) -> bool:
    """Tell whether this is a line of another kind, whose places mean something else."""
    return type(values).__module__.startswith("onhand.")


def _check_list(many: str, values: object) -> None:
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise Refused("INVALID_COMMAND", detail=f"{many} are a list")


def _same(value: Any, name: str) -> Any:  # noqa: ANN401 - checked by the command, which knows what it has to be
    del name
    return value


def _quantity(value: object, name: str) -> int:
    del name  # a quantity is refused by its value
    return parse_quantity(value)


def _whole_number(value: object, name: str) -> int:
    if type(value) is not int:
        raise Refused("INVALID_COMMAND", detail=f"{name} is not a whole number")
    return value


def _flag(value: object, name: str) -> bool:
    if type(value) is not bool:
        raise Refused("INVALID_COMMAND", detail=f"{name} is not true or false")
    return value


def _listed(read: "_Reader", values: Any, name: str) -> tuple[Any, ...]:  # noqa: ANN401 - whatever a caller wrote
    _check_list(name, values)
    return tuple([read(value, name) for value in values])


_Reader = Callable[[Any, str], Any]
"""Reads the value of a field, whose name it is told; raises Refused."""

_BY_TYPE: Mapping[object, _Reader] = {
    RatioText: ratio_text,
    State: state_of,
    int: _whole_number,
    bool: _flag,
    Ingredient: lambda value, _: read_line(INGREDIENT, value),
}
"""How a value is read, by the type of its field; any other is left to the checks of the command."""

_MILLIONTHS: Mapping[str, _Reader] = {
    **dict.fromkeys(("quantity", "size", "length", "lengths", "kerf", "waste", "keep"), _quantity),
    **dict.fromkeys(("price", "unit_cost"), parse_money),
    "vat_rate": parse_rate,
}
"""How an integer is read that counts millionths, by the name of its field."""


class _Readers(NamedTuple):
    """How each field of a kind is read; the fields that have to be told; and those of them that may be None."""

    by_name: Mapping[str, _Reader]
    needed: tuple[str, ...]
    nullable: tuple[str, ...]


@cache
def _readers_of(kind: type[tuple[Any, ...]]) -> _Readers:
    hints = get_type_hints(kind, include_extras=True)
    defaults: Mapping[str, Any] = kind._field_defaults  # type: ignore[attr-defined]  # a kind is a NamedTuple
    needed = tuple(name for name in hints if name not in defaults)
    nullable = tuple(name for name in needed if NoneType in get_args(hints[name]))
    return _Readers({name: _reader_of(hint, name) for name, hint in hints.items()}, needed, nullable)


def _reader_of(hint: Any, name: str) -> _Reader:  # noqa: ANN401 - a type is no one type
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = [part for part in get_args(hint) if part is not NoneType]
    if get_origin(hint) is tuple:
        return partial(_listed, _reader_of(get_args(hint)[0], name))
    if hint is int and name in _MILLIONTHS:
        return _MILLIONTHS[name]
    return _BY_TYPE.get(hint, _same)
