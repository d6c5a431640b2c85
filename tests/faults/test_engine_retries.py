"""What passes is tried again, exactly once in effect and a bounded number of times."""

import asyncio
import time

import psycopg
import pytest

from onhand import Fault, Posting
from onhand.ledger.engine.attempts import ATTEMPTS_MAX
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.injections import Moment, end_connections, inject, let_in, lock_out, met, raising, withdraw
from tests.faults.servers import query, wait_for
from tests.ledger.ledgers import assembled, available, furnish, ledger, postings, sell
from tests.ledger.soundness import flaws

PASSING = ("40001", "40P01", "55P03", "57014", "53100", "53200", "25P03")
MOMENTS: tuple[Moment, ...] = ("while writing", "at commit")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("sqlstate", PASSING)
async def test_what_passes_is_tried_again(stock: Stock, database: TestDatabase, sqlstate: str, moment: Moment) -> None:
    """L2: deadlocks, serialization failures, timeouts, lack of memory or disk: retried, unseen."""
    await furnish(stock, ("A", 10))
    inject(database, moment, raising(sqlstate), times=3)

    sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert met(database) == 4
    assert not sale.replayed
    assert available(database, "A") == 6
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("moment", MOMENTS)
async def test_retries_are_bounded(stock: Stock, database: TestDatabase, moment: Moment) -> None:
    """
    L2: what does not pass ends in a fault that says that a retry can help; nothing was written, and it can.

    T4: where the COMMIT itself was answered with the error, whether it was done is said to be unknown.
    """
    await furnish(stock, ("A", 10))
    before = postings(database)
    inject(database, moment, raising("40001"), times=1_000)

    with pytest.raises(Fault) as fault:
        await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    code = "COMMIT_UNCERTAIN" if moment == "at commit" else "DATABASE_BUSY"
    assert (fault.value.code, fault.value.retryable) == (code, True)
    assert fault.value.facts["sqlstate"] == "40001"
    assert met(database) == ATTEMPTS_MAX
    assert (postings(database), available(database, "A")) == (before, 10)
    withdraw(database)
    assert not (await stock.sell(site="london", lines=[("A", 4)], key="till/1")).replayed


async def test_a_database_out_of_reach_is_told_soon(stock: Stock, database: TestDatabase) -> None:
    """C16: the first sale is told within two seconds, later ones at once; once it is back, the first is done."""
    await furnish(stock, ("A", 10))
    lock_out(database)
    end_connections(database)
    seconds = []
    for number in range(6):
        begun = time.monotonic()
        with pytest.raises(Fault) as fault:
            await stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}")
        assert (fault.value.code, fault.value.retryable) == ("DATABASE_UNREACHABLE", True)
        seconds.append(time.monotonic() - begun)
    let_in(database)
    sales = [await stock.sell(site="london", lines=[("A", 1)], key=f"till/{number}") for number in range(6)]

    assert seconds[0] < 2
    assert max(seconds[1:]) < 0.25
    assert not any(sale.replayed for sale in sales)
    assert flaws(database.admin_url) == []


async def test_a_deadlock_with_somebody_elses_sql_is_retried(database: TestDatabase) -> None:
    """L2: somebody locks a holding by hand, then the journal; the ledger's batch is ended and retried."""
    query(database.admin_url, f"ALTER DATABASE {database.name} SET deadlock_timeout = '100ms'")
    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))
        with psycopg.connect(database.admin_url) as other:
            other.execute("SET deadlock_timeout = '1min'")
            other.execute("SELECT FROM holding FOR UPDATE")
            selling = asyncio.create_task(stock.sell(site="london", lines=[("A", 4)], key="till/1"))
            assert await asyncio.to_thread(wait_for, lambda: waiting(database) == 1)
            await asyncio.to_thread(other.execute, "SELECT FROM journal FOR UPDATE")
            other.rollback()
        sale = await selling

    ((deadlocks,),) = query(
        database.admin_url, f"SELECT deadlocks FROM pg_stat_database WHERE datname = '{database.name}'"
    )
    assert not sale.replayed
    assert available(database, "A") == 6
    assert deadlocks == 1


def waiting(database: TestDatabase) -> int:
    """How many connections of the engine wait for a lock."""
    statement = f"""
        SELECT count(*) FROM pg_stat_activity
         WHERE datname = '{database.name}' AND usename = 'onhand_engine' AND wait_event_type = 'Lock'"""
    return int(query(database.admin_url, statement)[0][0])


async def test_a_table_that_somebody_changes_is_told_as_busy(database: TestDatabase) -> None:
    """
    T4: a process whose first sale meets a table locked by hand for longer than a lock may be waited for.

    The statement cannot even be prepared then. It was told as posting 3, which did not exist.
    """
    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))
    before = postings(database)
    query(
        database.admin_url,
        f"ALTER ROLE onhand_engine IN DATABASE {database.name} SET lock_timeout = '50ms'",
    )
    async with ledger(database) as stock:
        with psycopg.connect(database.admin_url) as other:
            other.execute("LOCK TABLE posting IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Fault) as fault:
                await stock.sell(site="london", lines=[("A", 4)], key="till/1")
            other.rollback()
        told = postings(database)
        sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert (fault.value.code, fault.value.retryable) == ("DATABASE_BUSY", True)
    assert fault.value.facts["sqlstate"] == "55P03"
    assert (told, sale.number, sale.replayed) == (before, before + 1, False)
    assert flaws(database.admin_url) == []


async def test_a_connection_ended_between_batches_is_opened_again(stock: Stock, database: TestDatabase) -> None:
    """T14: a connection that an administrator ended is replaced; the next callers notice nothing."""
    await furnish(stock, ("A", 10))
    assert end_connections(database) >= 1

    sales = await asyncio.gather(*(stock.sell(site="london", lines=[("A", 2)], key=f"till/{n}") for n in range(5)))

    assert not any(sale.replayed for sale in sales)
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_connection_ended_inside_a_batch_is_opened_again(
    stock: Stock, database: TestDatabase, moment: Moment
) -> None:
    """T14: a server process that is ended in mid-batch, twice, costs no answer and nothing is done twice."""
    await furnish(stock, ("A", 10))
    inject(database, moment, "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)", times=2)

    outcomes = await stock.bulk([sell("A", 2, key=f"till/{n}") for n in range(5)])

    assert all(isinstance(outcome, Posting) for outcome in outcomes)
    assert met(database) == 3
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []


async def test_uncertain_commits_are_said_to_be_so(stock: Stock, database: TestDatabase) -> None:
    """
    T4: a commit that succeeds with the warning that the standby does not have it is no success.

    The warning is brought about at commit with the server's own text. The batch is in the journal of this server, and
    the retry with the same key says so.
    """
    await furnish(stock, ("A", 10))
    inject(
        database, "at commit", "RAISE WARNING 'canceling wait for synchronous replication due to user request'", times=1
    )

    with pytest.raises(Fault) as fault:
        await stock.sell(site="london", lines=[("A", 4)], key="till/1")
    again = await stock.sell(site="london", lines=[("A", 4)], key="till/1")
    other = await stock.sell(site="london", lines=[("A", 4)], key="till/2")

    assert (fault.value.code, fault.value.retryable) == ("COMMIT_UNCERTAIN", True)
    assert (again.replayed, other.replayed) == (True, False)
    assert available(database, "A") == 2


async def test_another_warning_at_commit_is_none_of_ours(stock: Stock, database: TestDatabase) -> None:
    """Control: any other warning leaves the commit a success."""
    await furnish(stock, ("A", 10))
    inject(database, "at commit", "RAISE WARNING 'the moon is full'", times=1)

    sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert not sale.replayed


async def test_a_pooler_that_loses_plans_is_noticed(stock: Stock, database: TestDatabase) -> None:
    """
    T14: behind a pooler that gives each transaction another session of the server, kept plans are gone.

    Brought about by dropping all plans inside the transactions; the ledger goes on without keeping any.
    """
    await furnish(stock, ("A", 20))
    inject(database, "while writing", "EXECUTE 'DEALLOCATE ALL'", times=2)

    sales = [await stock.sell(site="london", lines=[("A", 2)], key=f"till/{n}") for n in range(6)]

    assert len({sale.number for sale in sales}) == 6
    assert available(database, "A") == 8
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("is_direct", [False, True])
async def test_a_database_with_another_isolation_level_is_used_rightly(
    database: TestDatabase, *, is_direct: bool
) -> None:
    """T1: where every transaction is serializable unless told otherwise, racing ledgers still sell each unit once."""
    query(database.admin_url, f"ALTER DATABASE {database.name} SET default_transaction_isolation = 'serializable'")
    async with assembled(database, is_direct=is_direct) as one, assembled(database, is_direct=is_direct) as two:
        await furnish(one, ("A", 40))

        sales = await asyncio.gather(
            *((one, two)[n % 2].sell(site="london", lines=[("A", 1)], key=f"till/{n}") for n in range(40))
        )

    assert len({sale.number for sale in sales}) == 40
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []
