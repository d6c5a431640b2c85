"""Costs on the ledger: moving average, the value of every movement, what stock is worth at any moment, and why."""

from decimal import Decimal

import pytest

from onhand.kernel.refusals import Refused
from onhand.ledger.stock import Stock
from onhand.ledger.worth.port import CostReport
from tests.conftest import TestDatabase
from tests.store.trust.test_verify import tamper


@pytest.fixture
async def shop(stock: Stock) -> Stock:
    """A ledger with two sites, and ten of A that cost 1 and ten that cost 3."""
    await stock.define(sites=["london", "leeds"], items=["A", "B"], key="define")
    await stock.receive(site="london", lines=[{"sku": "A", "quantity": 10, "unit_cost": "1"}], key="po-1")
    await stock.receive(site="london", lines=[{"sku": "A", "quantity": 10, "unit_cost": 3}], key="po-2")
    return stock


def added_up(report: CostReport) -> Decimal:
    """Give the closing that opening, in and out lead to."""
    return report.opening + sum(line.value_in - line.value_out for line in report.lines)


async def worth(stock: Stock, site: str, sku: str = "A") -> tuple[Decimal, Decimal]:
    """Give the value and the cost of one of an item at a site, as its one holding has them."""
    (holding,) = await stock.list_holdings(site, sku, empty=True)
    return holding.value, holding.unit_cost


async def test_goods_go_at_the_moving_average(shop: Stock) -> None:
    """B30, C14: what came at 1 and at 3 goes at 2; the movement says what went, and the holding what is left."""
    sale = await shop.sell(site="london", lines=[("A", 5)], key="sale")

    (movement,) = sale.movements
    assert (movement.value, movement.value_held, movement.unit_cost) == (10_000_000, 30_000_000, 2_000_000)
    assert await worth(shop, "london") == (Decimal(30), Decimal(2))
    (read,) = await shop.list_movements(number=sale.number)
    assert (read.value, read.value_held, read.unit_cost) == (Decimal(10), Decimal(30), Decimal(2))
    assert (await shop.get_posting(sale.number)).movements == sale.movements
    assert (await shop.verify()).ok


async def test_what_comes_untold_comes_at_the_average(shop: Stock) -> None:
    """B30: a return, a find and a receipt without a cost bring the moving average; a cost that is told wins."""
    await shop.sell(site="london", lines=[("A", 20)], key="all")
    assert await worth(shop, "london") == (Decimal(0), Decimal(2))

    await shop.take_back(site="london", lines=[("A", 1)], key="back")
    await shop.adjust(site="london", lines=[("A", 1)], reason="found", key="found")
    await shop.receive(site="london", lines=[("A", 1)], key="po-3")
    await shop.take_back(site="london", lines=[{"sku": "A", "quantity": 1, "unit_cost": "6"}], key="dear")

    assert await worth(shop, "london") == (Decimal(12), Decimal(3))


async def test_thirds_are_lost_nowhere(shop: Stock) -> None:
    """B30, C14: three that cost 1 together go one by one for a third each, and all of it is gone with the last."""
    await shop.receive(site="leeds", lines=[{"sku": "B", "quantity": 3, "unit_cost": "0.333333"}], key="b")
    await shop.receive(site="leeds", lines=[{"sku": "B", "quantity": "0.000001", "unit_cost": "1"}], key="b-2")

    sales = [await shop.sell(site="leeds", lines=[("B", 1)], key=f"s-{number}") for number in range(3)]
    last = await shop.sell(site="leeds", lines=[("B", "0.000001")], key="rest")

    taken = [sale.movements[0].value for sale in [*sales, last]]
    assert taken == [333_333, 333_333, 333_334, 0]
    assert sum(taken) == 1_000_000
    assert (await worth(shop, "leeds", "B"))[0] == 0


async def test_value_travels_with_the_goods(shop: Stock) -> None:
    """B30, L19: a transfer takes its value along; in transit it is nowhere's, and what is lost on the way is a loss."""
    await shop.transfer(site="london", target="leeds", lines=[("A", 4)], key="van")
    sent = await shop.transfer(site="london", target="leeds", lines=[("A", 6)], in_transit=True, key="lorry")
    start = sent.number
    assert await worth(shop, "leeds") == (Decimal(8), Decimal(2))

    number = sent.made("transfer")
    await shop.arrive(transfer=number, lines=[("A", 1)], key="first")
    ended = await shop.arrive(transfer=number, lines=[("A", 3)], close=True, reason="fell off", key="rest")

    assert await worth(shop, "leeds") == (Decimal(16), Decimal(2))
    assert await worth(shop, "london") == (Decimal(20), Decimal(2))
    assert [movement.value for movement in ended.movements] == [6_000_000, 4_000_000]
    report = await shop.reports.costs(start, site="leeds")
    assert [(line.kind, line.end, line.value_in, line.value_out) for line in report.lines] == [
        ("arrive", "incoming", Decimal(8), Decimal(0))
    ]
    await shop.revert(number=ended.number, reason="found it", key="undo")
    assert await worth(shop, "leeds") == (Decimal(10), Decimal(2))
    assert (await shop.verify()).ok


async def test_undoing_is_exact_in_value(shop: Stock) -> None:
    """B30, T7: what is undone takes exactly the value that it moved, whatever the average has become since."""
    sale = await shop.sell(site="london", lines=[("A", 10)], key="sale")
    await shop.receive(site="london", lines=[{"sku": "A", "quantity": 10, "unit_cost": "7"}], key="po-3")

    await shop.revert(number=sale.number, reason="voided", key="undo")

    assert await worth(shop, "london") == (Decimal(110), Decimal("3.666667"))
    assert (await shop.verify()).ok


async def test_lots_are_worth_what_they_cost(stock: Stock) -> None:
    """L9, B30: goods of a lot come at its cost, RANGE counts as its middle, a corrected cost revalues what is there."""
    await stock.define(sites=["london"], items=["A"], key="define")
    told = {"vendor": "V", "brand": "B", "product": "P", "category": "C", "site": "london", "sku": "A", "lot": "L"}
    await stock.lots.take_in(**told, quantity=10, cost_mode="RANGE", cost_min="1", cost_max="2", key="in")  # type: ignore[arg-type]  # all are text
    assert await worth(stock, "london") == (Decimal(15), Decimal("1.5"))
    await stock.move(site="london", lines=[("A", 4)], target="quarantine", reason="damp", key="damp")

    mended = await stock.lots.set_costs(
        sku="A", lot="L", cost_mode="FIXED", unit_cost="2.25", reason="invoice came", key="cost"
    )

    assert await worth(stock, "london") == (Decimal("22.5"), Decimal("2.25"))
    (holding,) = await stock.list_holdings("london", "A")
    assert (holding.balances.available, holding.balances.quarantine) == (Decimal(6), Decimal(4))
    report = await stock.reports.costs(mended.number - 1)
    assert [(line.end, line.value_in, line.value_out) for line in report.lines] == [
        ("elsewhere", Decimal("22.5"), Decimal(15))
    ]
    await stock.revert(number=mended.number, reason="the invoice was another's", key="undo")
    assert await worth(stock, "london") == (Decimal(15), Decimal("1.5"))
    assert (await stock.verify()).ok


async def test_pieces_share_the_value_of_what_was_cut(stock: Stock) -> None:
    """B30, P3: the pieces of a roll are worth the roll, by their lengths; waste and kerf fall on them."""
    await stock.define(sites=["works"], items=[{"sku": "PIPE", "measure": "m"}], key="define")
    await stock.receive(site="works", lines=[{"sku": "PIPE", "quantity": 100, "unit_cost": "1"}], key="in")
    made = await stock.pieces.create_cut(site="works", sku="PIPE", lengths=[100], key="name")
    (code,) = [movement.place.unit for movement in made.movements if movement.place.unit]

    cut = await stock.pieces.cut_roll(code, ["30", "60"], kerf="1", waste="5", key="cut")

    values = [movement.value for movement in cut.movements]
    assert values[0] == sum(values[1:]) == 100_000_000
    assert (await stock.reports.valuation()).value == 100
    assert (await stock.verify()).ok


async def test_stock_is_worth_something_at_any_moment(shop: Stock) -> None:
    """B30: the valuation at a posting is what it was then, and lists each item and site on pages."""
    await shop.transfer(site="london", target="leeds", lines=[("A", 5)], key="van")
    await shop.receive(site="leeds", lines=[{"sku": "B", "quantity": 2, "unit_cost": "0.25"}], key="b")

    now = await shop.reports.valuation()
    pages = [await shop.reports.valuation(limit=2)]
    pages.append(await shop.reports.valuation(limit=2, after=pages[0].items.after))
    then = await shop.reports.valuation(number=2)

    assert now.value == Decimal("40.5")
    assert [(item.site, item.sku, item.quantity, item.value, item.unit_cost) for item in now.items] == [
        ("london", "A", Decimal(15), Decimal(30), Decimal(2)),
        ("leeds", "A", Decimal(5), Decimal(10), Decimal(2)),
        ("leeds", "B", Decimal(2), Decimal("0.5"), Decimal("0.25")),
    ]
    assert [item for page in pages for item in page.items] == list(now.items)
    assert [page.value for page in pages] == [Decimal("40.5"), Decimal("40.5")]
    assert (then.number, then.value) == (2, Decimal(10))
    assert [item.value for item in (await shop.reports.valuation("leeds", "A")).items] == [10]


async def test_the_report_adds_up(shop: Stock) -> None:
    """C14, B30: opening, what came and what went make the closing, to the last millionth, for all sites and for one."""
    start = (await shop.head()).number
    await shop.sell(site="london", lines=[("A", "3.333333")], key="s-1")
    await shop.adjust(site="london", lines=[("A", "-0.7")], reason="broken", key="a")
    await shop.transfer(site="london", target="leeds", lines=[("A", 2)], key="van")
    await shop.take_back(site="leeds", lines=[("A", 1)], key="back")

    whole = await shop.reports.costs(start)
    london = await shop.reports.costs(start, site="london")

    assert (whole.opening, whole.closing) == (Decimal(40), (await shop.reports.valuation()).value)
    assert added_up(whole) == whole.closing
    assert added_up(london) == london.closing == (await shop.reports.valuation("london")).value
    told = {(line.kind, line.end): (line.value_in, line.value_out) for line in whole.lines}
    assert told == {
        ("sell", "customer"): (Decimal(0), Decimal("6.666666")),
        ("adjust", "loss"): (Decimal(0), Decimal("1.4")),
        ("transfer", "elsewhere"): (Decimal(4), Decimal(4)),
        ("return", "customer"): (Decimal(2), Decimal(0)),
    }


async def test_owed_goods_go_at_the_last_cost(shop: Stock) -> None:
    """B28, B30: what is sold before it is there goes at the last cost known, and the next receipt sets it right."""
    await shop.allow_negative(site="london", lines=[("A", 10)], key="allow")

    await shop.sell(site="london", lines=[("A", 25)], key="sale")
    assert await worth(shop, "london") == (-Decimal(10), Decimal(2))
    await shop.receive(site="london", lines=[{"sku": "A", "quantity": 10, "unit_cost": "4"}], key="po-3")

    assert await worth(shop, "london") == (Decimal(30), Decimal(6))
    assert (await shop.verify()).ok


@pytest.mark.parametrize(
    ("unit_cost", "code"),
    [
        ("-1", "INVALID_COST"),
        ("1.0000001", "INVALID_COMMAND"),
        (1.5, "INVALID_COMMAND"),
        ("9000000000000", "VALUE_TOO_LARGE"),
    ],
)
async def test_a_wrong_cost_is_refused(shop: Stock, unit_cost: object, code: str) -> None:
    """C14, T15: what is no amount from zero on, or comes to too much, is refused and changes nothing."""
    head = await shop.head()

    with pytest.raises(Refused) as refused:
        await shop.receive(site="london", lines=[{"sku": "A", "quantity": 2, "unit_cost": unit_cost}], key="odd")

    assert refused.value.code == code
    assert await shop.head() == head


async def test_only_what_comes_in_is_told_a_cost(shop: Stock) -> None:
    """C14: a cost on a line that takes goods would be lost without a word, so it is refused."""
    with pytest.raises(Refused, match="only goods that come in"):
        await shop.sell(site="london", lines=[{"sku": "A", "quantity": 1, "unit_cost": "1"}], key="odd")


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE movement SET value = value + 1 WHERE number = 3", "POSTING_CHANGED"),
        ("UPDATE movement SET value_held = value_held + 1 WHERE number = 3", "BALANCE_WRONG"),
        ("UPDATE movement SET unit_cost = unit_cost + 1 WHERE number = 3", "BALANCE_WRONG"),
        ("UPDATE holding SET value = value + 1", "ROW_WRONG"),
        ("UPDATE holding SET unit_cost = unit_cost + 1", "ROW_WRONG"),
    ],
)
async def test_an_edited_value_is_found(shop: Stock, database: TestDatabase, statement: str, code: str) -> None:
    """B8, B30: the verifier, which computes values with SQL of its own, finds what somebody wrote into the rows."""
    assert (await shop.verify()).ok

    tamper(database, statement)

    assert code in {finding.code for finding in (await shop.verify()).findings}
