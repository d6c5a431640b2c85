"""Money: amounts, rates and documents to the last cent, by the stated rounding rule."""

from itertools import pairwise

import pytest

from onhand.kernel.money import (
    CENT,
    MONEY_MAX,
    PERCENT,
    Amounts,
    PricedLine,
    RateTotal,
    amount_of,
    check_price,
    check_rate,
    divided,
    money_text,
    parse_money,
    part_of,
    share_out,
    to_cents,
    totals_of,
)
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("text", "millionths", "written"),
    [("0", 0, "0.00"), ("2.55", 2_550_000, "2.55"), ("12", 12 * SCALE, "12.00"), ("-0.001", -1_000, "-0.001")],
)
def test_an_amount_is_a_plain_decimal(text: str, millionths: int, written: str) -> None:
    """Amounts are read exactly and written with their cents."""
    assert parse_money(text) == millionths
    assert money_text(millionths) == written


@pytest.mark.parametrize("value", ["", "1e3", "2,50", "GBP 3", 2.5, None, "9000000000001"])
def test_what_is_no_amount_is_refused(value: object) -> None:
    """A price that is not a plain decimal is refused by the name of its field."""
    with pytest.raises(Refused, match=r"price .* is not an amount of money") as caught:
        parse_money(value, "price")

    assert caught.value.code == "INVALID_COMMAND"


@pytest.mark.parametrize(("price", "rate"), [(-1, -1), (MONEY_MAX + 1, 100 * PERCENT + 1), ("1", "1"), (True, True)])
def test_prices_and_rates_have_bounds(price: object, rate: object) -> None:
    """A price is from zero on, a rate from 0 to 100 percent."""
    with pytest.raises(Refused, match="price is not an amount"):
        check_price(price)
    with pytest.raises(Refused, match="vat_rate is not a percentage"):
        check_rate(rate)


@pytest.mark.parametrize(
    ("numerator", "nearest"), [(0, 0), (1, 0), (2, 1), (3, 1), (5, 1), (6, 2), (-1, 0), (-2, -1), (-6, -2), (-5, -1)]
)
def test_a_half_goes_away_from_zero(numerator: int, nearest: int) -> None:
    """C14: the rounding rule, on quarters."""
    assert divided(numerator, 4) == nearest
    assert to_cents(numerator * CENT // 4) == nearest * CENT


@pytest.mark.parametrize(
    ("quantity", "price", "cents"),
    [(3 * SCALE, 2_550_000, 765), (SCALE // 2, 2_550_000, 128), (-SCALE // 2, 2_550_000, -128), (SCALE, 4_999, 0)],
)
def test_a_line_is_rounded_to_cents(quantity: int, price: int, cents: int) -> None:
    """C14: price times quantity, rounded to whole cents, a half away from zero."""
    assert amount_of(quantity, price) == cents * CENT


def test_an_amount_that_no_ledger_holds_is_refused() -> None:
    """The largest amount is the largest that a bigint holds; a document beyond it is refused as well."""
    assert amount_of(SCALE, MONEY_MAX) == MONEY_MAX
    for wrong in (lambda: amount_of(2 * SCALE, MONEY_MAX), lambda: totals_of([PricedLine(SCALE, MONEY_MAX)] * 2)):
        with pytest.raises(Refused) as caught:
            wrong()
        assert caught.value.code == "QUANTITY_TOO_LARGE"


def test_vat_is_computed_once_for_each_rate() -> None:
    """C14: three lines of one cent hold 0.5 cents of VAT together, which is one cent, and one line has it."""
    document = totals_of([PricedLine(SCALE, CENT, 20 * PERCENT)] * 3)

    assert document.rates == (RateTotal(20 * PERCENT, 2 * CENT, CENT, 3 * CENT),)
    assert document.lines == (Amounts(0, CENT, CENT), Amounts(CENT, 0, CENT), Amounts(CENT, 0, CENT))


@pytest.mark.parametrize(
    ("prices_include_vat", "net", "vat", "gross"), [(True, 2_101, 399, 2_500), (False, 2_500, 475, 2_975)]
)
def test_prices_are_gross_or_net(*, prices_include_vat: bool, net: int, vat: int, gross: int) -> None:
    """C14: at a counter VAT is taken out of the price, between businesses it is put on top."""
    document = totals_of([PricedLine(2 * SCALE, 12_500_000, 19 * PERCENT)], prices_include_vat=prices_include_vat)

    assert (document.net, document.vat, document.gross) == (net * CENT, vat * CENT, gross * CENT)


def test_nothing_comes_to_nothing() -> None:
    """A document without lines is zero, and what has no weight shares out nothing."""
    assert totals_of([]) == ((), (), 0, 0, 0)
    assert share_out(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="without weight"):
        share_out(CENT, [0, 0])


def test_parts_that_come_one_after_the_other_add_up() -> None:
    """C14: of ten cents for three pieces, they come back as 3, 4 and 3 cents: all of it, and a half goes up."""
    told = [part_of(10 * CENT, part, 3) for part in range(4)]

    assert [after - before for before, after in pairwise(told)] == [3 * CENT, 4 * CENT, 3 * CENT]
    assert part_of(CENT, 1, 2) == CENT
