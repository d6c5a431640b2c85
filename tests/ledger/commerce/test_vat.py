"""VAT on a real ledger: of receipts, invoices, orders and returns, at odd rates, to the last cent."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from onhand import Refused
from onhand.ledger.commerce.shop_port import VatReport
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.ledger.ledgers import reading_of
from tests.ledger.soundness import flaws

MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
SOON = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
async def shop(stock: Stock) -> Stock:
    """A shop with five items at rates of 0, 5.5, 19, 20 and 25 percent, a hundred of each."""
    items = [
        {"sku": "book", "price": "7.99", "vat_rate": "0"},
        {"sku": "saw", "price": "7.01", "vat_rate": "5.5"},
        {"sku": "lamp", "price": "0.03", "vat_rate": "19"},
        {"sku": "mug", "price": "2.55", "vat_rate": "20"},
        {"sku": "pin", "price": "0.005", "vat_rate": "25"},
        {"sku": "odd"},
    ]
    await stock.define(sites=["london", "leeds"], items=items, key="items")
    for site in ("london", "leeds"):
        await stock.receive(site=site, lines=[(str(item["sku"]), 100) for item in items], key=f"po {site}")
    return stock


async def cents(stock: Stock, since: datetime, until: datetime | None = None, **told: Any) -> dict[str, list[int]]:  # noqa: ANN401 - as asked
    """Report some days: by the kind of document net, VAT and gross in cents; and see that it adds up."""
    report = await stock.reports.vat(since.date(), (until or since).date(), **told)
    assert adds_up(report)
    return {told.documents: [cents_of(told.net), cents_of(told.vat), cents_of(told.gross)] for told in report.charges}


def adds_up(report: VatReport) -> bool:
    """Tell whether rates and kinds of documents each make the whole, in whole cents."""
    whole = (report.net, report.vat, report.gross)
    by_rate = tuple(sum(rate[place] for rate in report.rates) for place in (1, 2, 3))
    by_documents = tuple(sum(getattr(told, name) for told in report.charges) for name in ("net", "vat", "gross"))
    return whole == by_rate == by_documents and report.net + report.vat == report.gross and not report.gross * 100 % 1


async def test_lines_are_charged_at_the_price_and_rate_of_their_items(shop: Stock) -> None:
    """C14: what an invoice or order does not tell is the item's; VAT is computed by hand here, at each rate."""
    lines: list[Any] = [("book", 3), ("saw", 3), ("lamp", 1), ("mug", 1, "2.50"), ("mug", 1, "1", "7"), ("pin", 1)]
    await shop.invoices.issue(site="london", lines=lines, number="I-1", key="i")
    await shop.orders.checkout(sites=["leeds"], lines=lines, number="O-1", expires_at=SOON, key="c")
    await shop.orders.pay(order="O-1", amount="48.54", key="p")
    today = datetime.now(UTC)

    invoice = await shop.invoices.get("I-1")
    report = await shop.reports.vat(today.date(), today.date())

    # 23.97; 21.03 * 5.5 / 105.5 = 1.096; 0.03 * 19 / 119 = 0.0048; 2.50 * 20 / 120 = 0.4167; 1 * 7 / 107 = 0.065;
    # half a cent is a cent, of which 25 / 125 are less than half a cent.
    expected = [(0, 2397, 0, 2397), (55, 1993, 110, 2103), (70, 93, 7, 100), (190, 3, 0, 3), (200, 208, 42, 250)]
    expected += [(250, 1, 0, 1)]
    assert [(line.price, line.vat_rate) for line in invoice.lines][2:4] == [
        (Decimal("0.03"), Decimal(19)),
        (Decimal("2.5"), Decimal(20)),
    ]
    assert (invoice.net, invoice.vat, invoice.gross) == tuple(map(Decimal, ("46.95", "1.59", "48.54")))
    two = [(Decimal(rate) / 10, *(Decimal(2 * cents) / 100 for cents in amounts)) for rate, *amounts in expected]
    assert [tuple(rate) for rate in report.rates] == two
    assert adds_up(report)


async def test_what_has_no_price_is_not_sold(shop: Stock) -> None:
    """C14: an item without a price needs one with its line; so does every line where prices are net."""
    for told in ({"lines": [("odd", 1)]}, {"lines": [("mug", 1)], "prices_include_vat": False}):
        with pytest.raises(Refused) as caught:
            await shop.invoices.issue(site="london", key="i", **told)
        assert caught.value.code == "PRICE_UNKNOWN"

    await shop.invoices.issue(site="london", lines=[("mug", 1, "10")], prices_include_vat=False, number="I-1", key="i")

    assert (await shop.invoices.get("I-1")).gross == 12


async def test_an_invoice_counts_until_it_is_cancelled(shop: Stock) -> None:
    """C14: an invoice counts on the day on which it is made, its cancellation on its own, and an undone one too."""
    for number in ("I-1", "I-2"):
        await shop.invoices.issue(site="london", lines=[("mug", 1)], number=number, key=number, occurred_at=MONDAY)
    assert await cents(shop, MONDAY) == {"invoices": [424, 86, 510]}

    await shop.invoices.cancel(invoice="I-1", key="x", occurred_at=TUESDAY)
    made = list(await shop.list_postings(kind="invoice", limit=9))[-1]
    undone = await shop.revert(number=made.number, reason="a slip", key="r", occurred_at=WEDNESDAY)
    assert await cents(shop, MONDAY) == {"invoices": [424, 86, 510]}
    assert await cents(shop, TUESDAY) == {"invoices": [-212, -43, -255]}
    assert await cents(shop, WEDNESDAY) == {"invoices": [-212, -43, -255]}
    assert await cents(shop, MONDAY, WEDNESDAY, site="leeds") == {}

    await shop.revert(number=undone.number, reason="none after all", key="rr", occurred_at=WEDNESDAY)

    assert await cents(shop, MONDAY, WEDNESDAY, site="london") == {"invoices": [212, 43, 255]}


async def test_what_comes_back_in_parts_comes_back_whole(shop: Stock, database: TestDatabase) -> None:
    """C14, C17: three lamps of 3 cents and three pins come back one by one; in the end nothing is charged."""
    lines: list[Any] = [("lamp", 3, "0.035"), ("pin", 3), ("mug", "0.333333")]
    await shop.invoices.issue(site="london", lines=lines, number="I-1", key="i", occurred_at=MONDAY)
    invoice = await shop.invoices.get("I-1")
    await shop.invoices.pay(invoice="I-1", amount=invoice.gross, key="p")
    await shop.invoices.deliver(invoice="I-1", key="d")
    charged = await cents(shop, MONDAY)

    for number in range(3):
        part: list[Any] = [("lamp", 1), ("pin", 1), ("mug", "0.111111")]
        await shop.invoices.take_back(invoice="I-1", site="leeds", lines=part, key=f"r{number}", occurred_at=TUESDAY)
        found = await shop.invoices.get("I-1")
        back = (await cents(shop, TUESDAY))["returns"]
        assert back[2] == -cents_of(sum(line.returned_gross for line in found.lines))

    assert charged == {"invoices": [cents_of(amount) for amount in (invoice.net, invoice.vat, invoice.gross)]}
    assert (await cents(shop, TUESDAY))["returns"] == [-amount for amount in charged["invoices"]]
    assert (await shop.reports.vat(MONDAY.date(), TUESDAY.date())).gross == 0
    await shop.revert(
        number=(await reading_of(shop).head()).number, reason="stays here", key="u", occurred_at=WEDNESDAY
    )
    assert (await cents(shop, WEDNESDAY))["returns"][2] > 0
    assert flaws(database.admin_url) == []


def cents_of(amount: Decimal | int) -> int:
    """Give an amount in whole cents; it has no less."""
    assert amount * 100 % 1 == 0
    return int(amount * 100)


async def test_an_order_counts_once_it_is_paid(shop: Stock) -> None:
    """C14: an order that nobody pays is not charged; a paid one is, until it is cancelled, and is of no site."""
    for number, line in (("O-1", ("mug", 101)), ("O-2", ("saw", 1))):
        await shop.orders.checkout(sites=["london", "leeds"], lines=[line], number=number, expires_at=SOON, key=number)
    await shop.orders.pay(order="O-1", amount="257.55", key="p", occurred_at=MONDAY)
    assert await cents(shop, MONDAY) == {"orders": [21_462, 4_293, 25_755]}
    assert await cents(shop, MONDAY, site="london") == {}

    await shop.orders.fulfil(order="O-1", key="f", occurred_at=TUESDAY)
    await shop.orders.cancel(order="O-1", key="x", occurred_at=WEDNESDAY)

    assert await cents(shop, TUESDAY) == {}
    assert await cents(shop, WEDNESDAY) == {"orders": [-21_462, -4_293, -25_755]}


async def test_all_kinds_of_documents_make_one_report(shop: Stock) -> None:
    """C14: receipts, invoices and orders of one day add up, rate by rate, and kind by kind."""
    await shop.sell_at_counter(site="london", lines=[("mug", 3), ("saw", 1)], key="s", occurred_at=MONDAY)
    await shop.invoices.issue(site="leeds", lines=[("mug", 1)], key="i", occurred_at=MONDAY)
    await shop.orders.checkout(sites=["leeds"], lines=[("book", 2)], number="O-1", expires_at=SOON, key="c")
    await shop.orders.pay(order="O-1", amount="15.98", key="p", occurred_at=MONDAY)

    whole = await shop.reports.vat(date(2026, 1, 5), date(2026, 1, 5))

    assert await cents(shop, MONDAY) == {
        "receipts": [1301, 165, 1466],
        "invoices": [212, 43, 255],
        "orders": [1598, 0, 1598],
    }
    assert [(int(rate.vat_rate * 10), cents_of(rate.gross)) for rate in whole.rates] == [
        (0, 1598),
        (55, 701),
        (200, 1020),
    ]
