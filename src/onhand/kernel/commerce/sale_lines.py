"""Lines with a price: what invoices and orders are made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import Line, check_lines
from onhand.kernel.money import DocumentTotal, PricedLine, check_price, check_rate, totals_of
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.item import Item


class SaleLine(NamedTuple):
    """
    So much of an item, or one serial, at a price for each: millionths all, the rate in millionths of a percent.

    Without a price it is sold at the item's, and without a rate at the item's.
    """

    sku: str
    quantity: int
    price: int | None = None
    vat_rate: int | None = None
    lot: str | None = None
    location: str | None = None
    unit: str | None = None


class ChargedLine(NamedTuple):
    """A line with what is charged for it."""

    line: SaleLine
    item: Item
    price: int
    vat_rate: int


def check_sale_lines(lines: Sequence[SaleLine]) -> None:
    """Refuse lines that are not well formed."""
    check_lines(stock_lines(lines))
    for line in lines:
        if line.price is not None:
            check_price(line.price)
        if line.vat_rate is not None:
            check_rate(line.vat_rate)
        if line.unit is not None and line.quantity != SCALE:
            raise Refused("INVALID_COMMAND", detail=f"unit {line.unit} is sold as one")
    units = [line.unit for line in lines if line.unit is not None]
    if len(set(units)) < len(units):
        raise Refused("INVALID_COMMAND", detail="a unit stands on two lines")


def stock_lines(lines: Iterable[SaleLine]) -> tuple[Line, ...]:
    """Give the lines without their prices."""
    return tuple(Line(line.sku, line.quantity, line.lot, line.location, line.unit) for line in lines)


def charged(book: Book, lines: Iterable[SaleLine], *, prices_include_vat: bool) -> tuple[ChargedLine, ...]:
    """
    Find what is charged for each line.

    Raises:
        Refused: PRICE_UNKNOWN with each item that has none; where prices are net, an item's price, which includes VAT,
            is none.
    """
    found = [(line, book.item(line.sku)) for line in lines]
    prices = [
        (item.price if prices_include_vat else None) if line.price is None else line.price for line, item in found
    ]
    unknown = sorted({item.sku for (_, item), price in zip(found, prices, strict=True) if price is None})
    if unknown:
        raise Refused("PRICE_UNKNOWN", skus=unknown)
    return tuple(
        ChargedLine(line, item, price, item.vat_rate if line.vat_rate is None else line.vat_rate)
        for (line, item), price in zip(found, prices, strict=True)
        if price is not None
    )


def total_of(lines: Iterable[ChargedLine], *, prices_include_vat: bool) -> DocumentTotal:
    """Give what the lines come to, by the rounding rule."""
    priced = [PricedLine(line.quantity, price, vat_rate) for line, _, price, vat_rate in lines]
    return totals_of(priced, prices_include_vat=prices_include_vat)


def check_holds(book: Book, reservations: Sequence[Reservation], lines: Iterable[SaleLine]) -> None:
    """Refuse lines that are not exactly what some reservations hold, item by item and serial by serial."""
    held: Counter[tuple[str, str | None]] = Counter()
    for reservation in reservations:
        for part in reservation.lines:
            place = book.holdings[part.holding_id].place
            held[place.sku, place.unit] += part.quantity
    told: Counter[tuple[str, str | None]] = Counter()
    for line in lines:
        told[line.sku, line.unit] += line.quantity
    for sku, unit in sorted(held.keys() | told.keys(), key=str):
        if held[sku, unit] != told[sku, unit]:
            name = sku if unit is None else f"{sku} {unit}"
            difference = f"{quantity_text(held[sku, unit])} of {name}, not {quantity_text(told[sku, unit])}"
            raise Refused("RESERVATION_DIFFERS", reservation=reservations[0].id, difference=difference)
