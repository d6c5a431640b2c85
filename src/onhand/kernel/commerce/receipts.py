"""Receipts: how the lines of a counter become a numbered receipt with VAT and totals."""

from collections.abc import Sequence
from datetime import datetime

from onhand.kernel.command import Line
from onhand.kernel.commerce.receipt import Receipt, ReceiptLine
from onhand.kernel.draft import Draft
from onhand.kernel.money import PricedLine, check_price, totals_of
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants

_SEQUENCE = "receipt"


def check_prices(lines: Sequence[Line], prices: Sequence[int | None]) -> None:
    """Refuse prices that do not stand beside the lines, one for each, or that are none."""
    if prices and len(prices) != len(lines):
        raise Refused("INVALID_COMMAND", detail="there is not one price for each line")
    for price in prices:
        if price is not None:
            check_price(price)


def want_receipt(wants: Wants) -> None:
    """Want the sequence of the receipts' numbers."""
    wants.codes.add(_SEQUENCE)


def issue_receipt(
    draft: Draft,
    site: Site,
    lines: Sequence[Line],
    prices: Sequence[int | None],
    *,
    issued_at: datetime | None = None,
    is_return: bool = False,
) -> Receipt:
    """
    Issue the next receipt for some lines.

    Args:
        draft: Gives the number, and knows the items.
        site: Where it is issued.
        lines: What was sold, or returned.
        prices: Beside the lines, VAT included; None, or none at all, is the price of the item.
        issued_at: When it happened, if not now.
        is_return: Whether the goods came back; then quantities and amounts are below zero.

    Raises:
        Refused: PRICE_UNKNOWN with each item that has none.
    """
    items = [draft.book.item(line.sku) for line in lines]
    charged = _prices(items, prices or [None] * len(items))
    sign = -1 if is_return else 1
    total = totals_of(
        PricedLine(sign * line.quantity, price, item.vat_rate)
        for line, price, item in zip(lines, charged, items, strict=True)
    )
    sold = tuple(
        ReceiptLine(item.sku, item.name, sign * line.quantity, item.measure, price, item.vat_rate, *amounts)
        for line, price, item, amounts in zip(lines, charged, items, total.lines, strict=True)
    )
    receipt = Receipt(
        id=draft.next_id(),
        number=draft.next_of(_SEQUENCE),
        site_id=site.id,
        status="issued",
        issued_at=issued_at or draft.now,
        sold=sold,
        rates=total.rates,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
    )
    draft.make(receipt)
    return receipt


def _prices(items: Sequence[Item], prices: Sequence[int | None]) -> list[int]:
    charged = [item.price if price is None else price for item, price in zip(items, prices, strict=True)]
    unknown = sorted({item.sku for item, price in zip(items, charged, strict=True) if price is None})
    if unknown:
        raise Refused("PRICE_UNKNOWN", skus=unknown)
    return [price for price in charged if price is not None]
