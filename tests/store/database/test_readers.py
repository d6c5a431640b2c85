"""The connections that read tell soon that the database is away, and never that a busy one is."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from onhand.faults import Fault
from onhand.store.database.faults import fault_of
from onhand.store.database.readers import Readers
from tests.conftest import TestDatabase
from tests.faults.injections import end_connections, let_in, lock_out
from tests.faults.servers import wait_for


@asynccontextmanager
async def readers_of(database: TestDatabase, most: int) -> AsyncIterator[Readers]:
    """So many connections at most, opened as they are asked for."""
    readers = Readers(database.engine_url, readers_max=most)
    await readers.open()
    try:
        yield readers
    finally:
        await readers.close()


async def _told_after(readers: Readers) -> float:
    begun = time.monotonic()
    with pytest.raises(psycopg.OperationalError) as caught:
        await readers.getconn()
    assert not isinstance(caught.value, PoolTimeout)
    return time.monotonic() - begun


async def test_a_database_that_is_away_is_told_soon(database: TestDatabase) -> None:
    """C16: who waits when connections cannot be made is told within a second, and who comes later almost at once."""
    async with readers_of(database, 4) as readers:
        await readers.putconn(await readers.getconn())
        lock_out(database)
        end_connections(database)
        assert not await _reads(readers)  # the one that is there is dead, and is to be replaced
        together = await asyncio.gather(*(_told_after(readers) for _ in range(20)))
        later = [await _told_after(readers) for _ in range(5)]
        let_in(database)
        begun = time.monotonic()
        while not await _reads(readers):
            assert time.monotonic() - begun < 5
        seconds = time.monotonic() - begun

    assert max(together) < 2
    assert max(later) < 1
    assert seconds < 2


async def _reads(readers: Readers) -> bool:
    try:
        async with readers.connection() as connection:
            await connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


async def test_a_busy_database_is_not_away(database: TestDatabase) -> None:
    """C16: where no more connections can be made, but one is at work, who waits for it is served when it comes back."""
    async with readers_of(database, 2) as readers:
        at_work = await readers.getconn()
        lock_out(database)
        waiting = asyncio.create_task(readers.getconn())
        assert await asyncio.to_thread(wait_for, lambda: readers.get_stats().get("connections_errors", 0) >= 2)
        is_told_nothing = not waiting.done()
        await readers.putconn(at_work)
        served = await waiting
        await readers.putconn(served)
        let_in(database)

    assert is_told_nothing
    assert served is at_work


async def test_all_at_work_is_told_as_busy(database: TestDatabase) -> None:
    """C16: who waits too long for connections that are all at work is told that the database is busy, not away."""
    async with readers_of(database, 1) as readers:
        at_work = await readers.getconn()
        with pytest.raises(PoolTimeout) as caught:
            await readers.getconn(0.05)
        await readers.putconn(at_work)
    fault = fault_of(caught.value)

    assert isinstance(fault, Fault)
    assert (fault.code, fault.retryable) == ("DATABASE_BUSY", True)
