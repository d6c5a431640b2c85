"""Items as callers write them, read into lines as the kernel takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from onhand.kernel.money import check_rate, parse_money
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import ItemLine


def item_line_of(item: ItemLine | str | Sequence[Any] | Mapping[str, Any]) -> ItemLine:
    """Read an item to define: its sku, a tuple, or a mapping whose price and VAT rate are plain decimals."""
    if isinstance(item, str):
        return ItemLine(item)
    if not isinstance(item, Mapping):
        return ItemLine(*item)
    unknown = sorted(str(name) for name in item if name not in ItemLine._fields)
    if unknown:
        raise Refused("INVALID_COMMAND", detail=f"an item has no field {ascii(unknown[0])[:40]}")
    told = dict(item)
    if told.get("price") is not None:
        told["price"] = parse_money(told["price"], "price")
    if told.get("vat_rate") is not None:
        told["vat_rate"] = parse_rate(told["vat_rate"])
    return ItemLine(**told)


def parse_rate(value: object) -> int:
    """Read a VAT rate in percent, as 20 or 5.5."""
    try:
        return check_rate(parse_quantity(value))
    except Refused as refusal:
        raise Refused("INVALID_COMMAND", detail="vat_rate is not a percentage from 0 to 100") from refusal
