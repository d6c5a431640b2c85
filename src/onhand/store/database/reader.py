"""Read transactions: short, of one org, under the role that may only read."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.store.database.faults import fault_of
from onhand.store.engine.rows import Row
from onhand.store.engine.statements import Statements

Ask = Callable[..., Awaitable[list[Row]]]
"""Runs a named statement with parameters by name, and gives its rows."""


class Reader:
    """Opens read transactions of one org on connections of a pool."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Row]],
        statements: Statements,
        org_id: int,
        *,
        timeout_seconds: float,
        enter: str = "enter_reading",
    ) -> None:
        """Read one org; `enter` names the statement that sets a transaction up."""
        self._pool = pool
        self._statements = statements
        self._enter = enter
        self._timeout_milliseconds = max(1, round(timeout_seconds * 1000))
        self.org_id = org_id

    @asynccontextmanager
    async def moment(self) -> AsyncIterator[Ask]:
        """Let statements see one moment of the database; the first one travels with the setting up."""
        try:
            async with self._pool.connection() as connection, connection.pipeline(), connection.transaction():

                async def ask(name: str, **params: object) -> list[Row]:
                    cursor = connection.cursor(binary=True)
                    await cursor.execute(self._statements[name].text, {"org_id": self.org_id, **params})
                    return await cursor.fetchall()

                await connection.execute(self._statements["begin_reading"].text)
                await connection.execute(
                    self._statements[self._enter].text,
                    {"org_id": self.org_id, "timeout_milliseconds": self._timeout_milliseconds},
                )
                yield ask
        except psycopg.Error as error:
            raise fault_of(error) from error

    async def ask(self, name: str, **params: object) -> list[Row]:
        """Run one statement in a transaction of its own."""
        async with self.moment() as ask:
            return await ask(name, **params)
