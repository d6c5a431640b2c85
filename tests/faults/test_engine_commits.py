"""The answer to a COMMIT is lost, so nobody knows whether it was done; the keys tell."""

import asyncio

import pytest

import onhand
from onhand import Posting
from tests.conftest import TestDatabase
from tests.faults.cutting_proxy import Cut, cutting
from tests.faults.servers import query
from tests.ledger.ledgers import available, furnish, postings, sell
from tests.ledger.soundness import flaws

CUTS: tuple[Cut, ...] = ("before the server hears it", "before the answer")


@pytest.mark.parametrize("cut", CUTS)
async def test_a_commit_that_got_lost_is_settled_by_its_keys(database: TestDatabase, cut: Cut) -> None:
    """
    T5: the connection is cut around the COMMIT of a batch, twice; each act is done once and each caller answered.

    Where the server had committed before the cut, the batch is not done again: its postings are found by their keys.
    """
    with cutting(database.engine_url, cut) as (proxy, url):
        async with onhand.connect(url, actor="test") as stock:
            await furnish(stock, ("A", 100))
            before = postings(database)
            proxy.cuts_due = 2

            outcomes = await stock.bulk([sell("A", 1, key=f"till/{n}") for n in range(20)])
            alone = await stock.sell(site="london", lines=[("A", 1)], key="till/20")

    done = [outcome for outcome in (*outcomes, alone) if isinstance(outcome, Posting)]
    assert proxy.cuts_done == 2
    assert [posting.number for posting in done] == list(range(before + 1, before + 22))
    assert any(posting.replayed for posting in done) == (cut == "before the answer")
    assert available(database, "A") == 79
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("cut", CUTS)
async def test_many_lost_commits_under_load(database: TestDatabase, cut: Cut) -> None:
    """T5: with every few commits cut while 16 callers sell and retry, each key is one posting with one answer."""
    numbers: dict[str, int] = {}
    with cutting(database.engine_url, cut) as (proxy, url):
        async with onhand.connect(url, actor="test") as stock:
            await furnish(stock, ("A", 10_000))

            async def caller(name: int) -> None:
                for number in range(12):
                    key = f"{name}/{number}"
                    if number % 4 == 1:
                        proxy.cuts_due = 1
                    first = await stock.sell(site="london", lines=[("A", 1)], key=key)
                    again = await stock.sell(site="london", lines=[("A", 1)], key=key)
                    assert first.number == again.number
                    numbers[key] = first.number

            await asyncio.gather(*(caller(name) for name in range(16)))
            proxy.cuts_due = 0

    assert proxy.cuts_done >= 3
    assert dict(query(database.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'")) == numbers
    assert len(numbers) == len(set(numbers.values())) == 16 * 12
    assert flaws(database.admin_url) == []
