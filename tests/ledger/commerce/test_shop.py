"""The shop on a real ledger: receipts, VAT reports, variants, settings and the look-up of items."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest

from onhand import Refused
from onhand.ledger.commerce.counter import receipt_in
from onhand.ledger.commerce.shop_port import RateAnswer
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import ledger
from tests.ledger.soundness import flaws


async def stocked(stock: Stock) -> None:
    """Make a shop with two priced items, ten of each, in London time."""
    await stock.catalog.configure(settings={"time_zone": "Europe/London", "currency": "GBP"}, key="settings")
    await stock.define(
        sites=["london", "leeds"],
        items=[
            {"sku": "mug", "name": "Blue mug", "price": "2.55", "vat_rate": "20", "barcode": "5010029"},
            {"sku": "tea", "name": "Green tea, loose", "price": "3.99", "vat_rate": "0", "measure": "bag"},
            {"sku": "saw", "name": "Fret saw", "price": "7.01", "vat_rate": "5.5"},
        ],
        key="items",
    )
    for site in ("london", "leeds"):
        await stock.receive(site=site, lines=[("mug", 100), ("tea", 100), ("saw", 100)], key=f"po {site}")


async def test_a_receipt_tells_lines_vat_totals_and_number(stock: Stock, database: TestDatabase) -> None:
    """C6: a counter sale takes at once and answers with its receipt, which can be asked for ever after."""
    await stocked(stock)

    posting = await stock.sell_at_counter(
        site="london", lines=[("mug", 3), {"sku": "tea", "quantity": "1", "price": "3.50"}], key="till-1"
    )

    receipt = receipt_in(posting)
    assert await stock.get_receipt(receipt.number) == receipt
    assert [(line.sku, line.gross) for line in receipt.sold] == [("mug", Decimal("7.65")), ("tea", Decimal("3.5"))]
    assert (receipt.number, receipt.net, receipt.vat, receipt.gross) == (1, *map(Decimal, ("9.87", "1.28", "11.15")))
    assert (await stock.list_receipts()).rows == (receipt,)
    assert (await stock.verify()).ok
    assert flaws(database.admin_url) == []


async def test_the_same_key_gives_the_same_receipt(stock: Stock) -> None:
    """C6: a retry is answered with the receipt that was issued, and no number is given twice or left out."""
    await stocked(stock)
    first = await stock.sell_at_counter(site="london", lines=[("mug", 1)], key="till-1")
    again = await stock.sell_at_counter(site="london", lines=[("mug", 1)], key="till-1")
    with pytest.raises(Refused, match="Not enough stock"):
        await stock.sell_at_counter(site="london", lines=[("mug", 1000)], key="till-2")
    third = await stock.sell_at_counter(site="london", lines=[("tea", 1)], prices={"tea": "0"}, key="till-3")

    assert receipt_in(again) == receipt_in(first)
    assert again.replayed
    assert [receipt.number for receipt in await stock.list_receipts()] == [2, 1]
    assert receipt_in(third).gross == 0
    page = await stock.list_receipts("london", limit=1)
    assert [receipt.number for receipt in await stock.list_receipts("london", limit=1, after=page.after)] == [1]
    for number in (3, 10**9):
        with pytest.raises(Refused, match=f"There is no receipt {number}"):
            await stock.get_receipt(number)


async def test_a_vat_report_adds_up_to_the_last_cent(stock: Stock) -> None:
    """C14: per rate net, VAT and gross are the sums of the receipts, and add up; sites have reports of their own."""
    await stocked(stock)
    for number in range(40):
        site = ("london", "leeds")[number % 2]
        quantities: list[tuple[str, int | str]] = [("mug", number % 3 + 1), ("tea", 1), ("saw", f"0.{number + 1:02d}")]
        moment = datetime(2026, 1, 10, 12, number, tzinfo=UTC)
        await stock.sell_at_counter(site=site, lines=[*quantities], key=f"till-{number}", occurred_at=moment)
    day = date(2026, 1, 10)

    whole = await stock.reports.vat(day, day)
    parts = [await stock.reports.vat(day, day, site=site) for site in ("london", "leeds")]

    receipts = (await stock.list_receipts(limit=100)).rows
    assert whole.rates == summed(rate for receipt in receipts for rate in receipt.rates)
    assert whole.rates == summed(rate for part in parts for rate in part.rates)
    assert [whole.net, whole.vat, whole.gross] == [
        sum(getattr(receipt, name) for receipt in receipts) for name in ("net", "vat", "gross")
    ]
    assert whole.net + whole.vat == whole.gross
    assert [rate.vat_rate for rate in whole.rates] == [0, Decimal("5.5"), 20]
    assert (whole.time_zone, whole.currency) == ("Europe/London", "GBP")


async def test_what_was_voided_counts_on_its_own_day(stock: Stock) -> None:
    """C14: a report of days gone by stays as it was; a voided receipt counts against the day of the voiding."""
    await stocked(stock)
    monday, tuesday = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 6, 12, tzinfo=UTC)
    sale = await stock.sell_at_counter(site="london", lines=[("mug", 1)], key="1", occurred_at=monday)
    before = await stock.reports.vat(monday.date(), monday.date())
    void = await stock.revert(number=sale.number, reason="voided", key="2", occurred_at=tuesday)

    assert await stock.reports.vat(monday.date(), monday.date()) == before
    assert (await stock.reports.vat(tuesday.date(), tuesday.date())).gross == -before.gross
    assert (await stock.reports.vat(monday.date(), tuesday.date())).gross == 0
    await stock.revert(number=void.number, reason="not voided after all", key="3", occurred_at=tuesday)
    assert (await stock.reports.vat(monday.date(), tuesday.date())).gross == before.gross
    assert (await stock.verify()).ok


async def test_days_of_a_report_are_those_of_the_org(stock: Stock) -> None:
    """C14: a sale at 23:30 UTC in summer is of the next day in London, where it is 00:30."""
    await stocked(stock)
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    await stock.sell_at_counter(site="london", lines=[("mug", 1)], key="1", occurred_at=late)

    assert (await stock.reports.vat(date(2026, 7, 1), date(2026, 7, 1))).rates == ()
    assert (await stock.reports.vat(date(2026, 7, 2), date(2026, 7, 2))).gross == Decimal("2.55")
    with pytest.raises(Refused, match="since is later than until"):
        await stock.reports.vat(date(2026, 7, 2), date(2026, 7, 1))


_COPY = (
    "INSERT INTO receipt SELECT org_id, id + 1, version, {}, site_id, status, issued_at, sold, rates, {} FROM receipt"
)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE receipt SET gross = gross + 10000, vat = vat + 10000",
        "UPDATE receipt SET number = 7",
        "UPDATE receipt SET sold = '[]'",
        "UPDATE receipt SET status = 'lost'",
        _COPY.format("8", "1, 1, 2"),
        _COPY.format("8", "net, vat, vat"),
        _COPY.format("number", "net, vat, gross"),
    ],
)
async def test_the_database_keeps_receipts_as_they_are(stock: Stock, database: TestDatabase, edit: str) -> None:
    """C6, C14: whoever writes SQL can change nothing of a receipt, and add none that does not add up."""
    await stocked(stock)
    await stock.sell_at_counter(site="london", lines=[("mug", 1)], key="1")

    with pytest.raises(psycopg.Error):
        query(database.admin_url, edit)


async def test_variants_on_a_ledger(stock: Stock, database: TestDatabase) -> None:
    """C12: variants are generated, sold and reserved each for itself, and one with stock anywhere does not vanish."""
    await stocked(stock)
    options = {"size": ["S", "M"], "colour": ["red", "blue"]}
    await stock.catalog.define_variants(
        product="T", name="Shirt", options=options, price="9.99", vat_rate="20", key="1"
    )
    await stock.receive(site="leeds", lines=[("T-S-red", 2), ("T-M-red", 5)], key="2")
    await stock.sell_at_counter(site="leeds", lines=[("T-M-red", 5)], key="3")
    async with ledger(database) as another:  # which has never seen these holdings
        with pytest.raises(Refused) as caught:
            await another.catalog.define_variants(
                product="T", options={"size": ["M"], "colour": ["red", "green"]}, key="4"
            )
        await another.sell(site="leeds", lines=[("T-S-red", 2)], key="5")
        await another.catalog.define_variants(product="T", options={"size": ["M"], "colour": ["red", "green"]}, key="6")

    assert caught.value.facts == {"variants": [{"sku": "T-S-red", "site": "leeds", "left": "2"}]}
    found = {item.sku for item in await stock.catalog.find_items("shirt")}
    assert found == {"T-M-red", "T-M-green"}
    assert (await stock.verify()).ok


async def test_variants_have_recipes_of_their_own(stock: Stock) -> None:
    """C12: a large latte takes more milk than a small one, and a cup that is a variant too."""
    await stocked(stock)
    await stock.define(items=[{"sku": "MILK", "measure": "l"}], key="milk")
    for product in ("LATTE", "CUP"):
        await stock.catalog.define_variants(product=product, options={"size": ["S", "L"]}, key=product)
    for size, milk in (("S", "200"), ("L", "350")):
        parts = [("Milk", milk, "ml"), (f"Cup {size}", "1", "piece")]
        await stock.recipes.define(product=f"LATTE-{size}", ingredients=parts, key=f"recipe {size}")
        await stock.recipes.map_ingredients(
            site="london", mappings=[(f"Cup {size}", "piece", f"CUP-{size}")], key=f"map {size}"
        )
    await stock.recipes.map_ingredients(site="london", mappings=[("Milk", "ml", "MILK")], key="map")
    await stock.receive(site="london", lines=[("MILK", 1), ("CUP-S", 5), ("CUP-L", 5)], key="po")

    await stock.recipes.deduct(transaction="t", site="london", items=[("LATTE-S", 1), ("LATTE-L", 2)], key="t")

    left = await stock.recipes.available("london")
    assert (left["MILK"], left["CUP-S"], left["CUP-L"]) == (Decimal("0.1"), Decimal(4), Decimal(3))


async def test_items_are_found_by_sku_barcode_and_name(stock: Stock) -> None:
    """C6: a till finds an item by its sku, by a barcode, or by words of its name as far as they are typed."""
    await stocked(stock)

    found = {text: [(item.sku, item.found_by) for item in await stock.catalog.find_items(text)] for text in (
        "mug", "5010029", "blue MUG", "gr lo", "saw fret", "e", "nothing", "...",
    )}  # fmt: skip

    assert found == {
        "mug": [("mug", "sku")],
        "5010029": [("mug", "barcode")],
        "blue MUG": [("mug", "name")],
        "gr lo": [("tea", "name")],
        "saw fret": [("saw", "name")],
        "e": [],
        "nothing": [],
        "...": [],
    }


async def test_a_misread_barcode_is_told(stock: Stock) -> None:
    """T15: a scanned number that finds nothing and whose check digit is wrong is refused, not just not found."""
    await stock.define(
        items=[{"sku": "cal", "name": "Calendar 20270101", "barcode": "4006381333931"}, {"sku": "12345678"}],
        key="items",
    )
    with pytest.raises(Refused) as caught:
        await stock.catalog.find_items("4006381333930")

    assert (caught.value.code, caught.value.facts["check_digit"]) == ("CHECK_DIGIT_WRONG", "1")
    assert [item.sku for item in await stock.catalog.find_items("4006381333931")] == ["cal"]
    assert [item.sku for item in await stock.catalog.find_items("20270101")] == ["cal"], (
        "a word of a name is no barcode"
    )
    assert [item.sku for item in await stock.catalog.find_items("12345678")] == ["12345678"], "nor is a sku"
    assert await stock.catalog.find_items("5010029217711") == (), "well read, and not known"


async def test_a_new_name_is_found_and_the_old_one_is_not(stock: Stock) -> None:
    """C6: words that a name has lost find nothing any more."""
    await stocked(stock)
    await stock.define(items=[{"sku": "mug", "name": "Red mug"}], key="rename")

    assert [item.sku for item in await stock.catalog.find_items("red")] == ["mug"]
    assert await stock.catalog.find_items("blue") == ()


async def test_settings_have_defaults(stock: Stock) -> None:
    """S9: what nobody has chosen is told with its default."""
    assert await stock.catalog.settings() == {"time_zone": "UTC", "currency": "EUR"}
    await stock.catalog.configure(settings={"time_zone": "Europe/London"}, key="1")
    assert await stock.catalog.settings() == {"time_zone": "Europe/London", "currency": "EUR"}


def summed(rates: Iterable[RateAnswer]) -> tuple[RateAnswer, ...]:
    """Add the rates of many documents up, rate by rate in ascending order."""
    by_rate: dict[Decimal, list[RateAnswer]] = {}
    for rate in rates:
        by_rate.setdefault(rate.vat_rate, []).append(rate)
    return tuple(
        RateAnswer(rate, *(sum(column, Decimal(0)) for column in zip(*(one[1:] for one in of), strict=True)))
        for rate, of in sorted(by_rate.items())
    )
