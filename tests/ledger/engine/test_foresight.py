"""Batches that are decided ahead: one round trip, and never a decision that the journal does not bear out."""

import asyncio

import pytest

from onhand import Posting, Refused
from onhand.ledger.stock import Stock
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.injections import inject, met, raising
from tests.faults.servers import query
from tests.ledger.ledgers import assembled, available, furnish, ledger, sell, with_sql
from tests.ledger.soundness import flaws

_COUNTED = """
    SELECT number, hash, now(), catalog_number, id_last + 0 * nextval('locked')
      FROM journal
     WHERE org_id = %(org_id)s
       FOR UPDATE"""
_UNCHECKED = load_statements()["advance_journal_from"].text.replace(
    "journal.number = %(expected)s", "%(expected)s::bigint IS NOT NULL"
)


async def test_a_known_sale_asks_the_database_once(database: TestDatabase) -> None:
    """A writer that is alone and knows what it needs begins no transaction but the one that it commits."""
    query(database.admin_url, "CREATE SEQUENCE locked")
    query(database.admin_url, "GRANT USAGE ON SEQUENCE locked TO onhand_engine")
    async with assembled(database, statements=with_sql(lock_journal=_COUNTED)) as verbs:
        await furnish(verbs, ("A", 10))
        await verbs.sell(site="london", lines=[("A", 1)], key="till/1")
        before = query(database.admin_url, "SELECT last_value FROM locked")
        for number in range(2, 7):
            await verbs.sell(site="london", lines=[("A", 1)], key=f"till/{number}")

    assert query(database.admin_url, "SELECT last_value FROM locked") == before
    assert available(database, "A") == 4
    assert flaws(database.admin_url) == []


async def test_what_comes_while_a_batch_is_written_is_decided_ahead_too(database: TestDatabase) -> None:
    """A request that comes when the next batch was still empty begins no other transaction either."""
    query(database.admin_url, "CREATE SEQUENCE locked")
    query(database.admin_url, "GRANT USAGE ON SEQUENCE locked TO onhand_engine")
    async with assembled(database, statements=with_sql(lock_journal=_COUNTED)) as verbs:
        await furnish(verbs, ("A", 10))
        await verbs.sell(site="london", lines=[("A", 1)], key="till/1")
        before = query(database.admin_url, "SELECT last_value FROM locked")
        first = asyncio.ensure_future(verbs.sell(site="london", lines=[("A", 1)], key="till/2"))
        for _ in range(5):
            await asyncio.sleep(0)
        second = await verbs.sell(site="london", lines=[("A", 1)], key="till/3")

    assert (await first).number == second.number - 1
    assert query(database.admin_url, "SELECT last_value FROM locked") == before


async def test_a_crowd_comes_to_be_decided_ahead(database: TestDatabase) -> None:
    """Callers who never leave the batcher alone are soon decided ahead too, though their first batch asks first."""
    query(database.admin_url, "CREATE SEQUENCE locked")
    query(database.admin_url, "GRANT USAGE ON SEQUENCE locked TO onhand_engine")
    async with assembled(database) as verbs:
        await furnish(verbs, ("A", 1_000))
    async with assembled(database, statements=with_sql(lock_journal=_COUNTED)) as verbs:

        async def caller(name: int) -> None:
            for number in range(20):
                await verbs.sell(site="london", lines=[("A", 1)], key=f"{name}/{number}")

        await asyncio.gather(*(caller(name) for name in range(32)))

    assert query(database.admin_url, "SELECT last_value FROM locked")[0][0] <= 5
    assert available(database, "A") == 1_000 - 32 * 20


async def test_what_another_has_written_is_seen(database: TestDatabase) -> None:
    """T1: a sale decided ahead on stock that another process has just sold is decided again, and refused."""
    async with ledger(database) as one, ledger(database) as two:
        await furnish(one, ("A", 5))
        for number in range(3):
            await one.sell(site="london", lines=[("A", 1)], key=f"one/{number}")
        await two.sell(site="london", lines=[("A", 2)], key="two/1")

        with pytest.raises(Refused) as refused:
            await one.sell(site="london", lines=[("A", 1)], key="one/last")

    assert refused.value.code == "INSUFFICIENT_INVENTORY"
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []


async def test_without_the_check_the_journal_still_holds(database: TestDatabase) -> None:
    """T1: control: with the check of the number taken out, the key of the posting's number stops the second writer."""
    unchecked = with_sql(advance_journal_from=_UNCHECKED)
    async with ledger(database, statements=unchecked) as one, ledger(database) as two:
        await furnish(one, ("A", 5))
        for number in range(3):
            await one.sell(site="london", lines=[("A", 1)], key=f"one/{number}")
        await two.sell(site="london", lines=[("A", 2)], key="two/1")

        with pytest.raises(Refused):
            await one.sell(site="london", lines=[("A", 1)], key="one/last")

    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []


async def test_what_stood_on_a_batch_that_failed_is_decided_again(stock: Stock, database: TestDatabase) -> None:
    """T1: batches decided ahead of one that fails at its commit are decided anew; all are done once."""
    await furnish(stock, ("A", 200))
    for number in range(3):
        await stock.sell(site="london", lines=[("A", 1)], key=f"warm/{number}")
    inject(database, "at commit", raising("40001"), times=2)

    sales = await asyncio.gather(
        *(stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}") for number in range(100))
    )

    assert met(database) > 3
    assert len({sale.number for sale in sales}) == 100
    assert available(database, "A") == 97
    assert flaws(database.admin_url) == []


async def test_a_refusal_ahead_takes_nothing_with_it(stock: Stock, database: TestDatabase) -> None:
    """R3: where one request of a batch decided ahead is refused, its neighbours are sold and the book is right."""
    await furnish(stock, ("A", 50), ("B", 1))
    for number in range(3):
        await stock.sell(site="london", lines=[("A", 1), ("B", "0.1")], key=f"warm/{number}")

    outcomes = await stock.bulk(
        [sell("B" if number % 5 == 4 else "A", 1, key=f"till/{number}") for number in range(40)]
    )

    refused = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Refused)]
    assert refused == list(range(4, 40, 5))
    assert all(isinstance(outcome, Posting) for number, outcome in enumerate(outcomes) if number not in refused)
    assert available(database, "A") == 15
    assert flaws(database.admin_url) == []


async def test_what_was_not_there_is_found_when_it_is(stock: Stock) -> None:
    """P7: a posting that was asked for before it was made can be undone once it is."""
    await furnish(stock, ("A", 5))
    head = (await stock.head()).number
    with pytest.raises(Refused) as refused:
        await stock.revert(number=head + 1, key="early")

    sale = await stock.sell(site="london", lines=[("A", 1)], key="till/1")
    undone = await stock.revert(number=sale.number, key="late")

    assert refused.value.code == "POSTING_NOT_FOUND"
    assert sale.number == head + 1
    assert undone.reverts == (sale.number,)


async def test_what_stands_beside_is_known_too(database: TestDatabase) -> None:
    """The first sale of an item needs no question of its own where one beside it was sold, unless it lies in a lot."""
    query(database.admin_url, "CREATE SEQUENCE locked")
    query(database.admin_url, "GRANT USAGE ON SEQUENCE locked TO onhand_engine")
    async with assembled(database) as verbs:
        await furnish(verbs, *((sku, 10) for sku in "ABCDL"))
        await verbs.receive(site="london", lines=[("L", 5, "L-1")], key="lot")
    async with assembled(database, statements=with_sql(lock_journal=_COUNTED)) as verbs:
        for number in (1, 2):  # from the second on it knows that it is alone
            await verbs.sell(site="london", lines=[("A", 1)], key=f"till/{number}")
        before = query(database.admin_url, "SELECT last_value FROM locked")
        for number, sku in enumerate("BCD", start=3):
            await verbs.sell(site="london", lines=[(sku, 1)], key=f"till/{number}")
        beside = query(database.admin_url, "SELECT last_value FROM locked")
        await verbs.sell(site="london", lines=[("L", 12)], key="till/6")

    assert beside == before
    assert query(database.admin_url, "SELECT last_value FROM locked") > beside
    assert [available(database, sku) for sku in "ABCDL"] == [8, 9, 9, 9, 3]
    assert flaws(database.admin_url) == []


async def test_what_was_read_ahead_is_never_stale(database: TestDatabase) -> None:
    """T1: stock that was read beside another item, and that somebody has sold since, is not sold again."""
    async with ledger(database) as one, ledger(database) as two:
        await furnish(one, ("A", 5), ("B", 5))
    async with ledger(database) as one, ledger(database) as two:
        await one.sell(site="london", lines=[("A", 1)], key="one/1")
        await two.sell(site="london", lines=[("B", 5)], key="two/1")

        with pytest.raises(Refused) as refused:
            await one.sell(site="london", lines=[("B", 1)], key="one/2")

    assert refused.value.code == "INSUFFICIENT_INVENTORY"
    assert flaws(database.admin_url) == []
