"""Totals for catalogue pages: a projection that reads the journal on."""

import asyncio
import time
from decimal import Decimal

import pytest

from onhand import Refused
from onhand.ledger.core.answers import Balances
from onhand.ledger.stock import Stock
from onhand.ledger.worth.totals_port import ItemTotal
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish, ledger, sell, with_sql

_HELD = """
    SELECT item.sku, sum(available)::bigint, sum(reserved)::bigint, sum(sold)::bigint, sum(quarantine)::bigint,
           sum(hold)::bigint, sum(incoming)::bigint, sum(defective)::bigint, sum(sample)::bigint
      FROM holding JOIN item ON item.id = item_id GROUP BY item.sku ORDER BY item.sku
"""


def held(database: TestDatabase) -> tuple[ItemTotal, ...]:
    """What the holdings add up to, item by item."""
    return tuple(
        ItemTotal(sku, Balances(*(Decimal(millionths).scaleb(-6) for millionths in rest)))
        for sku, *rest in query(database.admin_url, _HELD)
    )


async def busy(stock: Stock) -> None:
    """Do a little of everything with three items, two of them variants of one product, at two sites."""
    await stock.catalog.define_variants(product="T", options={"size": ["S", "M"]}, key="variants")
    await furnish(stock, ("A", 100))
    await stock.define(sites=["leeds"], key="leeds")
    await stock.receive(site="london", lines=[("T-S", 10), ("T-M", 20)], key="po")
    await stock.reserve(site="london", lines=[("T-S", 3)], key="cart")
    await stock.transfer(site="london", target="leeds", lines=[("T-M", 5)], in_transit=True, key="van")
    await stock.move(site="london", lines=[("A", 7)], target="quarantine", reason="cracked", key="cracked")
    sale = await stock.sell(site="london", lines=[("A", 5)], key="sale")
    await stock.revert(number=sale.number, key="void")


async def test_totals_are_those_of_the_holdings(stock: Stock, database: TestDatabase) -> None:
    """C10: read on to the end of the journal, the totals of items and products are what the holdings add up to."""
    await busy(stock)

    followed = await stock.worker.follow_totals()

    assert await stock.reports.item_totals(["A", "T-M", "T-S"]) == held(database)
    totals = await stock.reports.product_totals("T")
    (product,) = totals.products
    assert (totals.number, followed.number) == ((await stock.head()).number,) * 2
    assert (product.code, product.variants) == ("T", 2)
    assert product.balances == Balances(available=Decimal(22), reserved=Decimal(3), incoming=Decimal(5))


async def test_a_projection_follows_within_a_second(stock: Stock) -> None:
    """C10: what was posted stands in the totals within a second, without being made anew."""
    await busy(stock)
    await stock.worker.follow_totals()

    began = time.perf_counter()
    await stock.sell(site="london", lines=[("A", 1)], key="till-1")
    await stock.worker.follow_totals()
    seconds = time.perf_counter() - began

    ((_, balances),) = await stock.reports.item_totals(["A"])
    assert balances.available == 92
    assert seconds < 1


async def test_a_projection_is_rebuilt_from_the_journal(stock: Stock, database: TestDatabase) -> None:
    """C10: totals that somebody has damaged are made anew, the same as before."""
    await busy(stock)
    await stock.worker.follow_totals()
    right = await stock.reports.item_totals(["A", "T-M", "T-S"])
    query(database.admin_url, "UPDATE item_total SET available = 4711; UPDATE projection SET number = 3")

    rebuilt = await stock.worker.rebuild_totals()

    assert await stock.reports.item_totals(["A", "T-M", "T-S"]) == right == held(database)
    assert rebuilt.number == (await stock.head()).number


async def test_many_readers_count_each_posting_once(stock: Stock, database: TestDatabase) -> None:
    """
    C10: however many processes read on while others post, each posting is counted once.

    Without the lock of the projection's row this fails, as the next test shows.
    """
    await furnish(stock, ("A", 1000))
    async with ledger(database) as second, ledger(database) as third:
        sales = [stock.post(sell("A", 1, key=f"s-{number}")) for number in range(200)]
        readers = [reader.worker.follow_totals() for reader in (stock, second, third) for _ in range(20)]
        await asyncio.gather(*sales, *readers)
        await stock.worker.follow_totals()

    assert await stock.reports.item_totals(["A"]) == held(database)


async def test_the_lock_is_what_counts_once(stock: Stock, database: TestDatabase) -> None:
    """Control: where the row is only read and not locked, two who read at once count twice."""
    unlocked = """
        SELECT coalesce((SELECT number FROM projection WHERE org_id = %(org_id)s AND name = %(projection)s::text), 0)
               AS number
    """
    await furnish(stock, ("A", 1000))
    await stock.worker.follow_totals()
    for number in range(100):
        await stock.post(sell("A", 1, key=f"s-{number}"))
    slow = "SELECT journal.number, pg_sleep(0.3) FROM journal WHERE journal.org_id = %(org_id)s"
    statements = with_sql(lock_projection=unlocked, read_head=slow)
    async with ledger(database, statements=statements) as first, ledger(database, statements=statements) as second:
        await asyncio.gather(first.worker.follow_totals(), second.worker.follow_totals())

    assert await stock.reports.item_totals(["A"]) != held(database)


async def test_live_numbers_of_a_hundred_items_in_one_call(stock: Stock, database: TestDatabase) -> None:
    """C10: what is held of 100 items at this moment is one call and one statement, at all sites or at one."""
    skus = [f"I-{number:03d}" for number in range(100)]
    await stock.define(sites=["london", "leeds"], items=skus, key="items")
    for site in ("london", "leeds"):
        await stock.receive(site=site, lines=[(sku, 5) for sku in skus], key=f"po {site}")
    await stock.sell(site="leeds", lines=[("I-042", 2)], key="sale")

    everywhere = await stock.reports.live_totals(skus)
    leeds = await stock.reports.live_totals(reversed(skus), site="leeds")

    assert everywhere == held(database)
    assert [total.sku for total in leeds] == skus[::-1]
    assert sum(total.balances.available for total in leeds) == 498
    with pytest.raises(Refused, match="There is no item X"):
        await stock.reports.live_totals(["I-000", "X"])
    with pytest.raises(Refused, match="1 to 1000 items"):
        await stock.reports.live_totals([])
