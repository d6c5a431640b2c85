"""The ledger without `await`, from many threads at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import onhand
from onhand import Fault, Refused
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for
from tests.faults.test_engine_retries import waiting
from tests.ledger.ledgers import available, journal_held, sell
from tests.ledger.soundness import flaws

THREADS = 32


def test_many_threads_share_one_ledger(database: TestDatabase) -> None:
    """
    L3: 32 threads sell, reserve, release and retry on one facade; each gets its own answers, and nothing is lost.

    Their requests share transactions: there are fewer moments than postings.
    """
    barrier = threading.Barrier(THREADS)

    with onhand.connect_sync(database.engine_url, actor="test") as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", THREADS * 10)], key="po")

        def work(name: int) -> list[int]:
            barrier.wait()
            numbers = []
            for step in range(5):
                promise = stock.reserve(site="london", lines=[("A", 1)], key=f"{name}/{step}/promise")
                stock.reservations.release(reservation=promise.made("reservation"), key=f"{name}/{step}/release")
                sale = stock.sell(site="london", lines=[("A", 2)], key=f"{name}/{step}/sale", actor=f"thread-{name}")
                again = stock.sell(site="london", lines=[("A", 2)], key=f"{name}/{step}/sale")
                assert (again.number, again.actor, again.replayed) == (sale.number, f"thread-{name}", True)
                numbers += [promise.number, sale.number]
            return numbers

        with ThreadPoolExecutor(THREADS) as pool:
            numbers = [number for part in pool.map(work, range(THREADS)) for number in part]

    ((moments, rows),) = query(database.admin_url, "SELECT count(DISTINCT recorded_at), count(*) FROM posting")
    assert len(numbers) == len(set(numbers)) == THREADS * 10
    assert rows == 2 + THREADS * 15
    assert moments < rows
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []


def test_refusals_and_faults_reach_the_thread_that_asked(database: TestDatabase) -> None:
    """A refusal is raised in the thread whose act it is; the others are served."""
    with onhand.connect_sync(database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 16)], key="po")

        def want(name: int) -> str:
            try:
                stock.sell(site="london", lines=[("A", 1)], key=f"sale/{name}")
            except Refused as refused:
                return refused.code
            return "served"

        with ThreadPoolExecutor(THREADS) as pool:
            answers = sorted(pool.map(want, range(THREADS)))

    assert answers == ["INSUFFICIENT_INVENTORY"] * 16 + ["served"] * 16


def test_bulk_and_questions_without_await(database: TestDatabase) -> None:
    """What is no verb is there as well: many commands in one call, plain attributes, closing twice."""
    stock = onhand.connect_sync(database.engine_url)
    stock.define(sites=["london"], items=["A"], key="define")
    stock.receive(site="london", lines=[("A", 10)], key="po")

    outcomes = stock.bulk([sell("A", 4, key="1"), sell("A", 7, key="2"), sell("A", 6, key="3")])
    org_id = stock.org_id
    stock.close()
    stock.close()

    assert [type(outcome).__name__ for outcome in outcomes] == ["Posting", "Refused", "Posting"]
    assert query(database.admin_url, "SELECT org_id FROM org") == [(org_id,)]


def test_after_closing_callers_are_told_so(database: TestDatabase) -> None:
    """T14: a thread that comes after the closing gets a fault, one that waits gets its answer; nobody hangs."""
    stock = onhand.connect_sync(database.engine_url)
    stock.define(sites=["london"], items=["A"], key="define")
    stock.receive(site="london", lines=[("A", 10)], key="po")

    with ThreadPoolExecutor(2) as pool:
        with journal_held(database):
            selling = pool.submit(stock.sell, site="london", lines=[("A", 1)], key="early")
            assert wait_for(lambda: waiting(database) == 1)
            closing = pool.submit(stock.close)
        sale = selling.result(20)
        closing.result(20)
    with pytest.raises(Fault) as fault:
        stock.sell(site="london", lines=[("A", 1)], key="late")

    assert sale.movements[0].balances[0] == 9_000_000
    assert (fault.value.code, fault.value.retryable) == ("CLOSED", False)


def test_what_cannot_be_opened_leaves_no_thread(database: TestDatabase) -> None:
    """A failed opening raises its fault in the caller, and ends the thread that it had started."""
    before = threading.active_count()

    with pytest.raises(Fault) as fault:
        onhand.connect_sync(database.engine_url, org="nobody")

    assert fault.value.code == "ORG_UNKNOWN"
    assert threading.active_count() == before
