"""The connections that read: a small pool, which tells soon that the database is away, and goes on by itself."""

import asyncio

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from onhand.store.database.connecting import CONNECT_SECONDS_MAX, KEPT_ALIVE
from onhand.store.engine.rows import DriverRow

_TRIED_AGAIN_SECONDS = 0.5
"""After so long a connection that could not be made is tried once more; then the database is away."""
_AWAY_SECONDS = 0.2
"""While the database is away, a reader waits no longer than it takes to connect; his asking tries again."""


class Readers(AsyncConnectionPool[AsyncConnection[DriverRow]]):
    """
    Connections for reading.

    The database is away where connections cannot be made and none is at work; not where all of them are at work,
    however long. Then those who wait are told so, and who comes later is told almost at once, until a connection is
    made again.
    """

    def __init__(self, url: str, *, readers_max: int) -> None:
        """Connect to a database when connections are asked for."""
        super().__init__(
            url,
            min_size=0,
            max_size=readers_max,
            open=False,
            timeout=CONNECT_SECONDS_MAX,
            reconnect_timeout=_TRIED_AGAIN_SECONDS,
            reconnect_failed=lambda _: self._could_not_connect(),
            kwargs={
                "autocommit": False,
                "prepare_threshold": None,
                "connect_timeout": CONNECT_SECONDS_MAX,
                **KEPT_ALIVE,
            },
        )
        self._is_away = False
        self._at_work = 0
        self._waits: set[asyncio.Timeout] = set()

    async def getconn(self, timeout: float | None = None) -> AsyncConnection[DriverRow]:  # noqa: ASYNC109 - the pool's
        """
        Give a connection, which is to be given back.

        Raises:
            PoolTimeout: All connections are at work for too long.
            OperationalError: The database is away.
        """
        was_away = self._is_away
        try:
            async with asyncio.timeout(None) as wait:
                self._waits.add(wait)
                try:
                    connection = await super().getconn(_AWAY_SECONDS if was_away else timeout)
                finally:
                    self._waits.discard(wait)
        except TimeoutError as error:
            raise psycopg.OperationalError("the database is away") from error
        except PoolTimeout as error:
            if was_away:
                raise psycopg.OperationalError("the database is away") from error
            raise
        self._is_away = False
        self._at_work += 1
        return connection

    async def putconn(self, conn: AsyncConnection[DriverRow]) -> None:
        """Take a connection back."""
        self._at_work -= 1
        await super().putconn(conn)

    async def _could_not_connect(self) -> None:
        """Tell those who wait that the database is away, unless somebody else will give a connection back."""
        if self._at_work:
            return
        self._is_away = True
        for wait in self._waits:
            wait.reschedule(0)
