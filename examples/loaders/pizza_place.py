"""
The format `pizza-place`: the orders of a pizza place, with the ingredients of each pizza and no amounts.

Pure: text in, recipes and orders out. The four files lie in one folder: pizza_types.csv (CP1252), pizzas.csv,
orders.csv and order_details.csv, each plain or compressed with gzip. Amounts come from a table of grams: a file with
the columns ingredient and one for each size; the ingredient * stands for all that have no line of their own.

Ingredients. Two names that differ by an s at the end are one item (Artichoke, Artichokes). Times are taken as UTC,
since the files name no zone.
"""

import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from onhand.faults import Fault
from onhand.kernel.recipes.measures import parse_ratio
from onhand.kernel.refusals import Refused

FORMAT = "pizza-place"
GRAMS = "grams.csv"
"""The name under which the table of grams is found beside the other files."""

_GZIP = b"\x1f\x8b"
_WHOLE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


class Pizza(NamedTuple):
    """A pizza of a size: its code, its name, and the grams of each ingredient."""

    code: str
    name: str
    grams: Mapping[str, str]


class OrderLine(NamedTuple):
    """So many of a pizza on an order."""

    pizza: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PizzaOrder:
    """An order with its lines, in the order of the file."""

    number: str
    sold_at: datetime
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PizzaPlace:
    """What the files hold."""

    pizzas: Mapping[str, Pizza]
    orders: tuple[PizzaOrder, ...]
    skus: Mapping[str, str]
    """The item of each ingredient."""

    @property
    def lines(self) -> int:
        """How many order lines there are."""
        return sum(len(order.lines) for order in self.orders)

    def grams(self, orders: Iterable[PizzaOrder]) -> dict[str, int]:
        """Work out what some orders take of each item, in millionths of a gram, from the files alone."""
        sums: dict[str, int] = {}
        for order in orders:
            for line in order.lines:
                for ingredient, grams in self.pizzas[line.pizza].grams.items():
                    sku = self.skus[ingredient]
                    need = parse_ratio(grams) * line.quantity * 1_000_000
                    sums[sku] = sums.get(sku, 0) + need.numerator // need.denominator
        return sums


def read_pizza_place(folder: Path, grams: Path | None = None) -> PizzaPlace:
    """
    Read the files of a folder; `grams` is the table of grams, if it does not lie beside them.

    Raises:
        Fault: FILE_UNREADABLE where one is missing or is not of the form.
    """
    folder = folder if folder.is_dir() else folder.parent
    table = _grams_table(grams or folder / GRAMS)
    types = {row["pizza_type_id"]: row for row in _rows(folder, "pizza_types.csv", "cp1252")}
    pizzas: dict[str, Pizza] = {}
    for row in _rows(folder, "pizzas.csv"):
        kind = types.get(row["pizza_type_id"])
        if kind is None:
            raise _unreadable(folder / "pizzas.csv", f"there is no pizza type {row['pizza_type_id']}")
        names = [name.strip() for name in kind["ingredients"].split(",") if name.strip()]
        told = {name: _grams_of(table, name, row["size"]) for name in names}
        pizzas[row["pizza_id"]] = Pizza(row["pizza_id"], f"{kind['name']} {row['size']}", told)
    ingredients = sorted({name for pizza in pizzas.values() for name in pizza.grams})
    return PizzaPlace(pizzas=pizzas, orders=tuple(_orders(folder, pizzas)), skus=_skus(ingredients))


def _orders(folder: Path, pizzas: Mapping[str, Pizza]) -> Iterator[PizzaOrder]:
    lines: dict[str, list[OrderLine]] = {}
    for row in _rows(folder, "order_details.csv"):
        if row["pizza_id"] not in pizzas or _WHOLE.fullmatch(row["quantity"]) is None:
            raise _unreadable(folder / "order_details.csv", f"line {row['order_details_id']} is none of a pizza")
        lines.setdefault(row["order_id"], []).append(OrderLine(row["pizza_id"], int(row["quantity"])))
    for row in _rows(folder, "orders.csv"):
        sold_at = datetime.fromisoformat(f"{row['date']}T{row['time']}").replace(tzinfo=UTC)
        found = lines.pop(row["order_id"], None)
        if found is not None:
            yield PizzaOrder(number=row["order_id"], sold_at=sold_at, lines=tuple(found))
    if lines:
        raise _unreadable(folder / "order_details.csv", f"there is no order {min(lines)}")


def _skus(ingredients: Iterable[str]) -> dict[str, str]:
    """Give each ingredient an item; a name with an s more is the same."""
    codes = {name: _code(name) for name in ingredients}
    known = set(codes.values())
    return {name: f"{code}S" if f"{code}S" in known else code for name, code in codes.items()}


def _code(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", "-", bare.upper()).strip("-")


def _grams_table(path: Path) -> Mapping[str, Mapping[str, str]]:
    return {row.pop("ingredient"): row for row in _rows(path.parent, path.name)}


def _grams_of(table: Mapping[str, Mapping[str, str]], ingredient: str, size: str) -> str:
    grams = table.get(ingredient, table.get("*", {})).get(size, "")
    try:
        parse_ratio(grams)
    except Refused as refused:
        raise _unreadable(Path(GRAMS), f"it has no grams of {ingredient} for size {size}") from refused
    return grams


def _rows(folder: Path, name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    path = next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), folder / name)
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if content.startswith(_GZIP) else content).decode(encoding)
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, str(error)) from error
    if any(None in row or None in row.values() for row in rows):
        raise _unreadable(path, "a line has not as many values as there are columns")
    return rows


def _unreadable(path: Path, why: str) -> Fault:
    return Fault(
        code="FILE_UNREADABLE",
        message=f"{path.name} cannot be read: {why}.",
        retryable=False,
        facts={"path": str(path)},
    )
