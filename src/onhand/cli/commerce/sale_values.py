"""Lines with prices as they are typed on a command line."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from onhand.cli.values import json_line
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused
from onhand.ledger.reading_lines import SALE_LINE, read_lines

SaleLines = Annotated[
    list[str],
    typer.Argument(
        metavar="LINES...",
        show_default=False,
        help="SKU=QUANTITY, SKU=QUANTITY:PRICE or SKU=QUANTITY:PRICE:VAT; what is not told is the item's. "
        'Or \'{"sku": "...", "unit": "...", "price": "1.50"}\'.',
    ),
]
SomeAmount = Annotated[
    str | None,
    typer.Argument(metavar="AMOUNT", show_default=False, help="A plain decimal, as 12.50; without it all that is due."),
]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", show_default=False, help="A plain decimal, as 12.50.")]
_PARTS = (1, 2, 3)


def priced_lines(texts: Iterable[str]) -> tuple[SaleLine, ...]:
    """Read lines with prices: parted at the last equals sign and at colons behind it, or as JSON objects."""
    return read_lines(SALE_LINE, [json_line(text) if text.startswith("{") else _plain(text) for text in texts])


def delivery_of(parts: Mapping[str, str | None]) -> dict[str, str] | None:
    """Give what is told of a delivery; None where nothing is."""
    return {name: value for name, value in parts.items() if value is not None} or None


def _plain(text: str) -> dict[str, Any]:
    sku, equals, rest = text.rpartition("=")
    parts = rest.split(":")
    if not equals or len(parts) not in _PARTS:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not SKU=QUANTITY:PRICE:VAT, or without VAT or price")
    return {"sku": sku, **dict(zip(("quantity", "price", "vat_rate"), parts, strict=False))}
