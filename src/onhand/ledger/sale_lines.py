"""Lines with prices as callers write them, read into lines as the kernel takes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onhand.kernel.money import parse_money
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.sale_lines import SaleLine
from onhand.ledger.lines import Quantity

SaleLineLike = SaleLine | tuple[str, Quantity, Quantity] | tuple[str, Quantity, Quantity, Quantity] | Mapping[str, Any]
"""(sku, quantity, price), (sku, quantity, price, VAT rate in percent), a mapping, or a `SaleLine` in millionths."""

_FIELDS = frozenset(SaleLine._fields)
_PRICED, _RATED = 3, 4


def sale_lines_of(lines: Iterable[SaleLineLike]) -> tuple[SaleLine, ...]:
    """Read lines; raises Refused for what is not well formed."""
    if isinstance(lines, str | Mapping) or not isinstance(lines, Iterable):
        raise Refused("INVALID_COMMAND", detail="lines are a list")
    return tuple(line if isinstance(line, SaleLine) else _line(line) for line in lines)


def _line(line: object) -> SaleLine:
    if isinstance(line, Mapping):
        return _from_mapping(line)
    if isinstance(line, Sequence) and not isinstance(line, str) and len(line) in {_PRICED, _RATED}:
        rate = line[3] if len(line) == _RATED else 0
        return SaleLine(line[0], parse_quantity(line[1]), parse_money(line[2], "price"), parse_money(rate, "vat_rate"))
    raise Refused("INVALID_COMMAND", detail="a line is (sku, quantity, price), with a VAT rate, or a mapping")


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
    told["price"] = parse_money(told.get("price", 0), "price")
    told["vat_rate"] = parse_money(told.get("vat_rate", 0), "vat_rate")
    return SaleLine(**told)
