"""
Lines as programs write them: units as whole numbers, plain decimals in text or `Decimal`, as everywhere outside.

Each is a mapping of what it tells, so wherever a verb takes a mapping it takes one of these; a misspelt field is found
by the editor, not by a refusal. A `Command` that is handed to `post` or `bulk` is the low door: it holds the kernel's
lines, whose integers are in millionths.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onhand.kernel.states import State
from onhand.ledger.reading_lines import MoneyLike, QuantityLike


class _Told(Mapping[str, Any]):
    """The fields of a line that are told."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        if name not in {*self}:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return (one.name for one in fields(self) if getattr(self, one.name) is not None)  # type: ignore[arg-type]  # a dataclass

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Line(_Told):
    """
    So much of an item: `Line("A", 6)` is six units.

    `lot`, `location` and `unit` narrow where it is taken from or put to. `state` names the other state where an
    operation lets one choose. `version` is the version of the holding that was looked at; another one is refused.
    `unit_cost` is what one unit of goods that come in costs, and `price` what one is sold for at the counter.
    """

    sku: str
    quantity: QuantityLike
    lot: str | None = None
    location: str | None = None
    unit: str | None = None
    state: State | str | None = None
    version: int | None = None
    unit_cost: MoneyLike | None = None
    price: MoneyLike | None = None


@dataclass(frozen=True, slots=True)
class ItemLine(_Told):
    """
    An item to define; what is not told stays as it is.

    Without a sku, one is given from the sequence of its brand, its product and `day`. `price` is with VAT, `vat_rate`
    in percent.
    """

    sku: str | None = None
    name: str | None = None
    product: str | None = None
    measure: str | None = None
    pick_policy: str | None = None
    brand: str | None = None
    day: date | None = None
    version: int | None = None
    price: MoneyLike | None = None
    vat_rate: QuantityLike | None = None
    barcode: str | None = None


@dataclass(frozen=True, slots=True)
class SaleLine(_Told):
    """
    So much of an item, or one single item, at a price for each.

    `vat_rate` is in percent. Both are the item's where they are not told.
    """

    sku: str
    quantity: QuantityLike | None = None
    price: MoneyLike | None = None
    vat_rate: QuantityLike | None = None
    lot: str | None = None
    location: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sold(_Told):
    """So many of a product, as its recipe gives them; `name` is what the receipt calls it."""

    product: str
    quantity: QuantityLike
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Made(_Told):
    """
    So many pieces of a kind and size.

    `size` is the length of each roll, or how many pieces are in each bundle or lot of spares; `length` is then that of
    each piece. `codes` name the pieces, as many as there are; without them codes are given.
    """

    sku: str
    kind: str
    size: QuantityLike
    pieces: int = 1
    length: QuantityLike | None = None
    location: str | None = None
    lot: str | None = None
    codes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cutting(_Told):
    """
    One piece and the lengths that are cut off it.

    `kerf` is the width of each cut, `waste` the length that is thrown away; a rest shorter than `keep` is as well.
    """

    piece: str
    lengths: Sequence[QuantityLike]
    kerf: QuantityLike = 0
    waste: QuantityLike = 0
    keep: QuantityLike = 0
