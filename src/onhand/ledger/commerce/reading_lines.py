"""Lines with prices as callers write them, read into lines as the kernel takes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.money import parse_money
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.ledger.reading_lines import QuantityLike

SaleLineLike = (
    SaleLine
    | tuple[str, QuantityLike]
    | tuple[str, QuantityLike, QuantityLike]
    | tuple[str, QuantityLike, QuantityLike, QuantityLike]
    | Mapping[str, Any]
)
"""
(sku, quantity), with a price, with a VAT rate in percent; a mapping; or a `SaleLine` in millionths.

Price and rate are the item's where they are not told.
"""

_FIELDS = frozenset(SaleLine._fields)
_TOLD = ("sku", "quantity", "price", "vat_rate")


def sale_lines_of(lines: Iterable[SaleLineLike]) -> tuple[SaleLine, ...]:
    """Read lines; raises Refused for what is not well formed."""
    if isinstance(lines, str | Mapping) or not isinstance(lines, Iterable):
        raise Refused("INVALID_COMMAND", detail="lines are a list")
    return tuple(line if isinstance(line, SaleLine) else _line(line) for line in lines)


def _line(line: object) -> SaleLine:
    if isinstance(line, Mapping):
        return _from_mapping(line)
    if isinstance(line, Sequence) and not isinstance(line, str) and 1 < len(line) <= len(_TOLD):
        return _from_mapping(dict(zip(_TOLD, line, strict=False)))
    raise Refused("INVALID_COMMAND", detail="a line is (sku, quantity), with a price and a VAT rate, or a mapping")


def _from_mapping(line: Mapping[str, Any]) -> SaleLine:
    unknown = sorted(str(name) for name in line if name not in _FIELDS)
    if unknown:
        raise Refused("INVALID_COMMAND", detail=f"a line has no field {ascii(unknown[0])[:40]}")
    if "sku" not in line:
        raise Refused("INVALID_COMMAND", detail="a line needs a sku")
    told = dict(line)
    if "quantity" not in told and told.get("unit") is None:
        raise Refused("INVALID_COMMAND", detail="a line needs a quantity or a unit")
    told["quantity"] = parse_quantity(told.get("quantity", 1))
    for name in ("price", "vat_rate"):
        if told.get(name) is not None:
            told[name] = parse_money(told[name], name)
    return SaleLine(**told)
