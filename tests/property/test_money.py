"""Laws of money: whatever the lines are, everything adds up to the last cent."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onhand.kernel.money import CENT, PERCENT, WHOLE, Amounts, PricedLine, amount_of, share_out, summed, totals_of
from onhand.kernel.quantity import SCALE

LAW = settings(max_examples=200, deadline=None)
RATES = st.sampled_from([0, 5 * PERCENT, 7 * PERCENT, 19 * PERCENT, 20 * PERCENT]) | st.integers(0, WHOLE)
QUANTITIES = st.integers(-20, 1_000).map(lambda units: units * SCALE) | st.integers(-10 * SCALE, 10_000 * SCALE)
PRICES = st.integers(0, 100_000).map(lambda cents: cents * CENT) | st.integers(0, 1_000 * SCALE)
LINES = st.lists(st.builds(PricedLine, QUANTITIES, PRICES, RATES), max_size=40)


def added(amounts: list[Amounts]) -> Amounts:
    """Add amounts up, each column for itself."""
    return Amounts(*(sum(getattr(amount, name) for amount in amounts) for name in Amounts._fields))


@LAW
@given(lines=LINES, prices_include_vat=st.booleans())
@example(lines=[PricedLine(SCALE, CENT, 20 * PERCENT)] * 3, prices_include_vat=True)
@example(lines=[PricedLine(q * SCALE, 50 * CENT, 19 * PERCENT) for q in (1, -1)], prices_include_vat=False)
def test_a_document_adds_up(lines: list[PricedLine], *, prices_include_vat: bool) -> None:
    """C14: net and VAT make gross in each line, each rate and the whole; lines make rates, and rates the document."""
    document = totals_of(lines, prices_include_vat=prices_include_vat)

    whole = Amounts(document.net, document.vat, document.gross)
    assert added(list(document.lines)) == whole == added([Amounts(*rate[1:]) for rate in document.rates])
    for rate in document.rates:
        of_rate = [amounts for line, amounts in zip(lines, document.lines, strict=True) if line[2] == rate.vat_rate]
        assert added(of_rate) == Amounts(*rate[1:])
    for net, vat, gross in [*document.lines, *(rate[1:] for rate in document.rates), whole]:
        assert net + vat == gross
        assert net % CENT == vat % CENT == gross % CENT == 0


@LAW
@given(lines=LINES, prices_include_vat=st.booleans())
def test_no_cent_is_far_from_where_it_belongs(lines: list[PricedLine], *, prices_include_vat: bool) -> None:
    """C14: the VAT of a rate is within half a cent of the exact one, that of a line within a cent of its share."""
    document = totals_of(lines, prices_include_vat=prices_include_vat)

    for rate in document.rates:
        base = rate.gross if prices_include_vat else rate.net
        exact = Fraction(base * rate.vat_rate, WHOLE + (rate.vat_rate if prices_include_vat else 0))
        assert abs(rate.vat - exact) <= Fraction(CENT, 2)
    for line, amounts in zip(lines, document.lines, strict=True):
        told = amounts.gross if prices_include_vat else amounts.net
        assert told == amount_of(line.quantity, line.price)
        assert abs(told - Fraction(line.quantity * line.price, SCALE)) <= Fraction(CENT, 2)
        share = Fraction(told * line.vat_rate, WHOLE + (line.vat_rate if prices_include_vat else 0))
        assert abs(amounts.vat - share) < CENT


@LAW
@given(st.lists(LINES, max_size=5))
def test_a_report_adds_up(documents: list[list[PricedLine]]) -> None:
    """C14: the rates of a report are the sums of those of its documents, and make its whole."""
    totals = [totals_of(lines) for lines in documents]

    report = summed(rate for document in totals for rate in document.rates)

    assert sum(rate.gross for rate in report) == sum(document.gross for document in totals)
    assert sum(rate.vat for rate in report) == sum(document.vat for document in totals)
    assert all(rate.net + rate.vat == rate.gross for rate in report)
    assert [rate.vat_rate for rate in report] == sorted({rate.vat_rate for rate in report})


@LAW
@given(LINES)
def test_a_return_of_all_gives_all_back(lines: list[PricedLine]) -> None:
    """C14: the same lines with turned quantities come to exactly the same totals, turned."""
    sold = totals_of(lines)
    returned = totals_of([line._replace(quantity=-line.quantity) for line in lines])

    assert (returned.net, returned.vat, returned.gross) == (-sold.net, -sold.vat, -sold.gross)


@LAW
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_what_is_shared_out_is_all_of_it(cents: int, weights: list[int]) -> None:
    """C14: parts add up to the whole, and each is less than a cent from its exact share."""
    parts = share_out(cents * CENT, weights)

    assert sum(parts) == cents * CENT
    for part, weight in zip(parts, weights, strict=True):
        assert part % CENT == 0
        assert abs(part - Fraction(cents * CENT * weight, sum(weights))) < CENT
