"""Too many callers, callers who go away, and others who hold the journal and do not let go."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Sequence

import pytest

from onhand import Fault, Posting, Refused
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.execute import Batch
from onhand.ledger.engine.request import Outcome, Request
from onhand.ledger.stock import Stock
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.injections import end_connections
from tests.faults.servers import python, query, wait_for
from tests.faults.test_engine_retries import waiting
from tests.ledger.ledgers import assembled, available, furnish, journal_held, ledger, postings, sell
from tests.ledger.soundness import flaws


async def held_up(database: TestDatabase) -> None:
    """Wait until a batch waits for the journal."""
    assert await asyncio.to_thread(wait_for, lambda: waiting(database) == 1)


async def within(seconds: float, done: Awaitable[object]) -> object:
    """Wait for an answer, whatever it is; raises TimeoutError where none comes."""
    try:
        return await asyncio.wait_for(asyncio.shield(done), seconds)
    except (Fault, asyncio.CancelledError) as answer:
        return answer


async def test_beyond_the_queue_callers_are_shed(database: TestDatabase) -> None:
    """
    T10: when as many wait as may wait, the next gets a fault at once, was not executed, and may try again.

    Those who waited are all served once the way is free.
    """
    async with assembled(database, queue_requests_max=5) as stock:
        await furnish(stock, ("A", 100))
        before = postings(database)

        def sale(number: int) -> "asyncio.Task[Posting]":
            return asyncio.create_task(stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}"))

        with journal_held(database):
            tasks = [sale(0)]
            await held_up(database)
            tasks += [sale(number) for number in range(1, 6)]
            with pytest.raises(Fault) as fault:
                await asyncio.wait_for(stock.sell(site="london", lines=[("A", 1)], key="till/6"), 1)
            assert postings(database) == before
        sales = await asyncio.gather(*tasks)
        shed = await stock.sell(site="london", lines=[("A", 1)], key="till/6")

    assert (fault.value.code, fault.value.retryable) == ("OVERLOADED", True)
    assert fault.value.facts == {"waiting": 5, "waiting_max": 5}
    assert [sale.number for sale in sales] == list(range(before + 1, before + 7))
    assert (shed.number, shed.replayed) == (before + 7, False)
    assert flaws(database.admin_url) == []


async def test_a_caller_who_goes_away_harms_nobody(stock: Stock, database: TestDatabase) -> None:
    """T14: a cancelled caller's act is done or not done, once, as its key tells; those beside it are answered."""
    await furnish(stock, ("A", 10))
    with journal_held(database):
        first = asyncio.create_task(stock.sell(site="london", lines=[("A", 1)], key="till/0"))
        await held_up(database)
        away, beside = (
            asyncio.create_task(stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}")) for number in (1, 2)
        )
        await asyncio.sleep(0)
        first.cancel()
        away.cancel()

    sale = await beside
    again = [await stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}") for number in (0, 1)]

    assert first.cancelled()
    assert away.cancelled()
    assert not sale.replayed
    assert len({sale.number, *(posting.number for posting in again)}) == 3
    assert available(database, "A") == 7
    assert flaws(database.admin_url) == []


async def test_closing_serves_those_who_wait(database: TestDatabase) -> None:
    """T14: closing waits for what was handed in before, and takes no more."""
    async with assembled(database) as stock:
        await furnish(stock, ("A", 10))
        selling = [
            asyncio.create_task(stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}"))
            for number in range(5)
        ]
        await asyncio.sleep(0)

    with pytest.raises(Fault) as fault:
        await stock.sell(site="london", lines=[("A", 1)], key="till/9")

    assert all(isinstance(sale, Posting) for sale in await asyncio.gather(*selling))
    assert (fault.value.code, fault.value.retryable) == ("CLOSED", False)
    assert available(database, "A") == 5


async def test_closing_in_a_hurry_leaves_nobody_without_an_answer(database: TestDatabase) -> None:
    """T14: when whoever closes does not wait long enough, those who wait for the journal still get their answers."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))
        with journal_held(database):
            selling = asyncio.create_task(stock.sell(site="london", lines=[("A", 1)], key="till/1"))
            await held_up(database)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(stock.close(), 0.1)
        answer = await within(10, selling)

    assert answer is not None
    async with ledger(database) as other:
        again = await other.sell(site="london", lines=[("A", 1)], key="till/1")
    assert available(database, "A") == 9
    assert not isinstance(answer, Posting) or again.replayed


async def test_a_loop_that_ends_in_mid_batch_cancels_those_who_wait() -> None:
    """T14: when the batch itself is cancelled, as a loop that ends does, those who wait for it are cancelled too."""

    class Stuck:
        def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
            del requests, ahead
            return None

        def forget(self) -> None:
            """Nothing is remembered."""

        async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
            del foreseen
            assert requests
            await asyncio.get_running_loop().create_future()
            raise AssertionError

    batcher = Batcher(Stuck())
    before = asyncio.all_tasks()
    waiting_for = [asyncio.create_task(batcher.submit([Request(sell("A", 1, key=f"{n}"))])) for n in range(2)]
    await asyncio.sleep(0)
    (draining,) = asyncio.all_tasks() - before - {*waiting_for}
    await asyncio.sleep(0)
    draining.cancel()

    answers = await asyncio.wait_for(asyncio.gather(*waiting_for, return_exceptions=True), 5)

    assert [type(answer) for answer in answers] == [asyncio.CancelledError] * 2


@pytest.mark.parametrize("steps", range(1, 8))
async def test_whenever_batches_are_cancelled_nobody_waits_for_ever(steps: int) -> None:
    """
    T14: at whatever step the batches are cancelled, each caller is answered or cancelled, those just served among them.

    It fails, at some steps, where those are forgotten whose batch has landed and who were not told yet: tried.
    """

    class Quick:
        def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
            del requests, ahead
            return None

        def forget(self) -> None:
            """Nothing is remembered."""

        async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
            del foreseen
            await asyncio.sleep(0)
            return [Refused("UNKNOWN_SITE", site=request.command.key) for request in requests]

    batcher = Batcher(Quick())
    before = asyncio.all_tasks()
    callers: list[asyncio.Task[list[Outcome]]] = []
    draining: set[asyncio.Task[object]] = set()
    for step in range(8):
        if step < 4:
            callers.append(asyncio.create_task(batcher.submit([Request(sell("A", 1, key=f"{step}"))])))
        if step == steps:
            draining = {task for task in asyncio.all_tasks() if "_drain" in repr(task.get_coro())}
            for task in draining:
                task.cancel()
        await asyncio.sleep(0)

    done, waiting_still = await asyncio.wait(callers, timeout=1)

    assert waiting_still == set()
    assert len(done) == 4
    assert len(draining) == 1
    assert asyncio.all_tasks() == before


FREEZE = """
import asyncio, os, signal, sys
from onhand.bootstrap import open_stock
from onhand.config import Config
from onhand.kernel.command import Line
from onhand.kernel.stock.sell import Sell
from tests.ledger.ledgers import with_sql
from onhand.store.engine.statements import load_statements

class Frozen(Sell):
    kind = "sell"
    def decide(self, draft):
        if os.environ.pop("FREEZES", None):
            print("frozen", flush=True)
            os.kill(os.getpid(), signal.SIGSTOP)
        Sell.decide(self, draft)

async def main():
    shorter = {
        name: load_statements()[name].text.replace("'10000'", "'500'") for name in ("enter_org", "stay_in_org")
    }
    stock = await open_stock(Config(database_url=sys.argv[1]), statements=with_sql(**shorter))
    sale = await stock.post(Frozen(key="frozen", site="london", lines=(Line("A", 3_000_000),)))
    print(sale.number, sale.replayed, flush=True)
    await stock.close()

asyncio.run(main())
"""


async def test_a_frozen_holder_of_the_journal_is_put_out(database: TestDatabase) -> None:
    """
    T14: a process that stops while it holds the journal is put out by the server's own timeout, and the others go on.

    Ten seconds, here shortened to half of one. When it wakes, its act is done once, after theirs.
    """
    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))
        frozen = python(FREEZE, database.engine_url, environment={"FREEZES": "1", "PYTHONPATH": os.getcwd()})  # type: ignore[arg-type]  # noqa: PTH109 - an address is text
        assert frozen.stdout is not None
        assert await asyncio.to_thread(frozen.stdout.readline) == "frozen\n"

        sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")
        os.kill(frozen.pid, signal.SIGCONT)
        said, _ = await asyncio.to_thread(frozen.communicate)

    assert said.split() == [str(sale.number + 1), "False"]
    assert available(database, "A") == 3
    assert flaws(database.admin_url) == []


def test_no_transaction_may_idle_for_long() -> None:
    """T14: both ways of entering an org tell the server after how many milliseconds an idle transaction is ended."""
    for name in ("enter_org", "stay_in_org"):
        assert "set_config('idle_in_transaction_session_timeout', '10000', " in load_statements()[name].text


async def test_without_connections_the_fault_says_to_try_again(stock: Stock, database: TestDatabase) -> None:
    """T14: while the database takes no more connections, callers get a retryable fault; after it, all is well."""
    await furnish(stock, ("A", 10))
    query(database.admin_url, f"ALTER DATABASE {database.name} CONNECTION LIMIT 0")
    end_connections(database)

    with pytest.raises(Fault) as fault:
        await stock.sell(site="london", lines=[("A", 4)], key="till/1")
    query(database.admin_url, f"ALTER DATABASE {database.name} CONNECTION LIMIT -1")
    sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert fault.value.retryable
    assert not sale.replayed
    assert available(database, "A") == 6
