"""
Money: exact integers in millionths of the currency, and value added tax to the last cent.

The rounding rule, in four sentences. A half goes away from zero. A line's amount, price times quantity, is rounded to
whole cents. VAT is computed once for each rate of a document, from the sum of the rate's amounts, and rounded to whole
cents. The VAT of a rate is then divided among its lines cent by cent, so that each line is less than a cent from its
exact share and the lines of a rate, the rates of a document and the documents of a report all add up.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onhand.kernel.quantity import QUANTITY_MAX, SCALE, parse_quantity, quantity_text, shown
from onhand.kernel.refusals import Refused

CENT = SCALE // 100
"""Millionths of the currency in a cent."""

MONEY_MAX = QUANTITY_MAX
"""The largest amount, as the largest quantity: a little under what a bigint holds."""

PERCENT = SCALE
"""VAT rates are in millionths of a percent."""

WHOLE = 100 * PERCENT
"""A hundred percent."""


class PricedLine(NamedTuple):
    """So much at a price: quantity in millionths of the measure, price in millionths of the currency, rate as above."""

    quantity: int
    price: int
    vat_rate: int = 0


class Amounts(NamedTuple):
    """Net, VAT and gross in millionths of the currency, whole cents all; net and VAT make gross."""

    net: int
    vat: int
    gross: int


class RateTotal(NamedTuple):
    """What the lines of one VAT rate come to."""

    vat_rate: int
    net: int
    vat: int
    gross: int


class DocumentTotal(NamedTuple):
    """What a document comes to: each line, each rate in ascending order, and all of it."""

    lines: tuple[Amounts, ...]
    rates: tuple[RateTotal, ...]
    net: int
    vat: int
    gross: int


def parse_money(value: object, field: str = "amount") -> int:
    """
    Read an amount as people write it: a plain decimal with at most six decimals.

    Returns:
        Millionths of the currency.

    Raises:
        Refused: INVALID_COMMAND that names the field.
    """
    try:
        return parse_quantity(value)
    except Refused as refusal:
        raise Refused("INVALID_COMMAND", detail=f"{field} {shown(value)} is not an amount of money") from refusal


def money_text(millionths: int) -> str:
    """Write an amount with its cents, and more decimals only where there are any."""
    if not millionths:
        return "0.00"
    text = quantity_text(millionths)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}"


def check_price(price: object, field: str = "price") -> int:
    """Refuse a price that is no whole number of millionths, below zero or too large."""
    if type(price) is not int or not 0 <= price <= MONEY_MAX:
        raise Refused("INVALID_COMMAND", detail=f"{field} is not an amount of money from zero")
    return price


def check_rate(rate: object, field: str = "vat_rate") -> int:
    """Refuse a VAT rate that is not between zero and a hundred percent."""
    if type(rate) is not int or not 0 <= rate <= WHOLE:
        raise Refused("INVALID_COMMAND", detail=f"{field} is not a percentage from 0 to 100")
    return rate


def divided(numerator: int, denominator: int) -> int:
    """Divide to the nearest whole number, a half away from zero; the denominator is above zero."""
    whole, rest = divmod(abs(numerator), denominator)
    nearest = whole + (2 * rest >= denominator)
    return -nearest if numerator < 0 else nearest


def to_cents(millionths: int) -> int:
    """Round an amount to whole cents; in millionths still."""
    return divided(millionths, CENT) * CENT


def amount_of(quantity: int, price: int) -> int:
    """Give price times quantity, in whole cents."""
    amount = divided(quantity * price, SCALE * CENT) * CENT
    if not -MONEY_MAX <= amount <= MONEY_MAX:
        raise Refused("QUANTITY_TOO_LARGE", quantity=shown(amount), quantity_max=quantity_text(MONEY_MAX))
    return amount


def part_of(amount: int, part: int, whole: int) -> int:
    """
    Give the part of an amount that belongs to a part of a whole, in whole cents.

    Where parts come one after the other, charge each with part_of(all so far) - part_of(all before it): then they add
    up to the amount, whatever the rounding.
    """
    return divided(amount * part, whole * CENT) * CENT


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """
    Divide whole cents among parts by weight, so that the parts add up.

    Each part is rounded down, and the cents that are left go to the parts that lost most, the first of equals
    first. So each is less than a cent from its exact share.

    Args:
        total: In millionths, whole cents.
        weights: Numbers from zero on, not all of them zero unless there is nothing to divide.
    """
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing can be divided among parts without weight")
        return [0] * len(weights)
    return _completed(total // CENT, [divmod(total // CENT * weight, whole) for weight in weights])


def totals_of(lines: Iterable[PricedLine], *, prices_include_vat: bool = True) -> DocumentTotal:
    """
    Total the lines of a document by the rounding rule.

    Args:
        lines: In the order of the document; returned goods may stand with a quantity below zero.
        prices_include_vat: Whether prices are gross, as at a counter, or net, as between businesses.

    Raises:
        Refused: QUANTITY_TOO_LARGE.
    """
    told = list(lines)
    amounts = [amount_of(line.quantity, line.price) for line in told]
    by_rate: dict[int, list[int]] = {}
    for index, line in enumerate(told):
        by_rate.setdefault(line.vat_rate, []).append(index)
    of_lines = [Amounts(0, 0, 0)] * len(told)
    rates: list[RateTotal] = []
    for rate, indices in sorted(by_rate.items()):
        of_rate = _of_rate(rate, [amounts[index] for index in indices], prices_include_vat=prices_include_vat)
        rates.append(RateTotal(rate, *(sum(column) for column in zip(*of_rate, strict=True))))
        for index, line_amounts in zip(indices, of_rate, strict=True):
            of_lines[index] = line_amounts
    net, vat, gross = (
        (sum(column) for column in zip(*(rate[1:] for rate in rates), strict=True)) if rates else (0, 0, 0)
    )
    if not all(-MONEY_MAX <= total <= MONEY_MAX for total in (net, vat, gross)):
        raise Refused("QUANTITY_TOO_LARGE", quantity=shown(gross), quantity_max=quantity_text(MONEY_MAX))
    return DocumentTotal(tuple(of_lines), tuple(rates), net, vat, gross)


def summed(totals: Iterable[RateTotal]) -> tuple[RateTotal, ...]:
    """Add the rates of many documents up, rate by rate in ascending order; nothing is rounded again."""
    by_rate: dict[int, RateTotal] = {}
    for total in totals:
        known = by_rate.get(total.vat_rate, RateTotal(total.vat_rate, 0, 0, 0))
        by_rate[total.vat_rate] = RateTotal(
            total.vat_rate, known.net + total.net, known.vat + total.vat, known.gross + total.gross
        )
    return tuple(by_rate[rate] for rate in sorted(by_rate))


def _of_rate(rate: int, amounts: Sequence[int], *, prices_include_vat: bool) -> list[Amounts]:
    """Compute the VAT of a rate once, and divide it among the amounts."""
    base = WHOLE + rate if prices_include_vat else WHOLE
    cents = [amount // CENT for amount in amounts]
    vat = divided(sum(cents) * rate, base)
    vats = _completed(vat, [divmod(amount * rate, base) for amount in cents])
    if prices_include_vat:
        return [Amounts(amount - vat, vat, amount) for amount, vat in zip(amounts, vats, strict=True)]
    return [Amounts(amount, vat, amount + vat) for amount, vat in zip(amounts, vats, strict=True)]


def _completed(total: int, parts: Sequence[tuple[int, int]]) -> list[int]:
    """Add the cents that are missing to parts rounded down, largest remainder first; in millionths."""
    missing = total - sum(whole for whole, _ in parts)
    order = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    lucky = set(order[:missing])
    return [(whole + (index in lucky)) * CENT for index, (whole, _) in enumerate(parts)]
