"""The row-lock service written leanly: psycopg without an ORM, a transaction and a connection for each request."""

import random
from collections.abc import Sequence

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from bench.baskets import basket
from bench.cases import Load, Workload
from bench.loop import ClosedLoop, run
from bench.sample import Sample
from bench.server import Server

_FIND_KEY = "SELECT count(*) FROM movement WHERE key = %s"
_LOCK = "SELECT item_id, available FROM stock WHERE site_id = 1 AND item_id = ANY(%s) ORDER BY item_id FOR UPDATE"
_TAKE = "UPDATE stock SET available = %s WHERE site_id = 1 AND item_id = %s"
_RECORD = """
    INSERT INTO movement (key, line, site_id, item_id, quantity, before, after, actor)
    VALUES (%s, %s, 1, %s, %s, %s, %s, 'till')
"""


class LeanRowLockService:
    """As many connections as callers, statements prepared, and everything in one event loop."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._runs = 0

    def run(self, load: Load, workload: Workload, seconds: int) -> Sample:
        """Warm up, then measure."""
        self._runs += 1
        return run(self._measure(load.callers, workload, seconds))

    async def _measure(self, callers: int, workload: Workload, seconds: int) -> Sample:
        chooser = random.Random(self._runs)
        async with AsyncConnectionPool(self._server.peers_url, min_size=callers, max_size=callers) as pool:
            await pool.wait()

            async def act(caller: int, number: int) -> int:
                items = basket(chooser, workload)
                async with pool.connection() as connection:
                    await sell(connection, f"service{self._runs}-{caller}/{number}", items)
                return 1

            loop = ClosedLoop(act, callers, self._server.wal_position)
            return await loop.measure(workload.warm_seconds, seconds)


async def sell(connection: AsyncConnection, key: str, items: Sequence[int]) -> None:
    """
    Sell one of each item: look for the key, lock, check, write.

    Raises:
        RuntimeError: The key came before, or too little is there; neither happens in the benchmark.
    """
    # The order of the locks keeps two sales from waiting for each other in a ring.
    cursor = connection.cursor()
    await cursor.execute(_FIND_KEY, [key])
    if await cursor.fetchone() != (0,):
        raise RuntimeError(f"{key} was sold before")
    await cursor.execute(_LOCK, [sorted(set(items))])
    available: dict[int, int] = dict(await cursor.fetchall())
    before = dict(available)
    records = []
    for line, item in enumerate(items, start=1):
        records.append([key, line, item, 1, available[item], available[item] - 1])
        available[item] -= 1
        if available[item] < 0:
            raise RuntimeError(f"too little of item {item}")
    for item in before:
        await cursor.execute(_TAKE, [available[item], item])
    if len(records) == 1:
        await cursor.execute(_RECORD, records[0])
    else:
        await cursor.executemany(_RECORD, records)
