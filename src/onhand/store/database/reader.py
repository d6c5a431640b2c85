"""Read transactions: short, of one org, under the role that may only read."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import namedtuple_row
from psycopg_pool import AsyncConnectionPool

from onhand.store.database.answering import NamedRow
from onhand.store.database.faults import fault_of, fault_out_of_step
from onhand.store.engine.expecting import expected_of
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statement, Statements

RunQuery = Callable[..., Awaitable[list[NamedRow]]]
"""Runs a named statement with parameters by name, and gives its rows, whose columns have names."""


async def rows_of(cursor: AsyncCursor[NamedRow], statement: Statement) -> list[NamedRow]:
    """
    Take the rows of a statement that was sent.

    Raises:
        Fault: DATABASE_UNREACHABLE where the answer is not that of the statement, as where rows were counted that are
            not there. None would mean that there is no such thing; so the connection is given up.
    """
    expected = expected_of(statement.sql)
    rows = await cursor.fetchall() if expected.has_rows else []
    flaw = "no answer" if cursor.pgresult is None else expected.flaw_of(cursor.pgresult, None)
    if flaw is not None:
        cursor.connection.pgconn.finish()
        raise fault_out_of_step(flaw)
    return rows


class Reader:
    """Opens read transactions of one org on connections of a pool."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[DriverRow]],
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
    async def moment(self) -> AsyncIterator[RunQuery]:
        """Let statements see one moment of the database; the first one travels with the setting up."""
        try:
            async with self._pool.connection() as connection, connection.pipeline(), connection.transaction():

                async def ask(name: str, **params: object) -> list[NamedRow]:
                    cursor = connection.cursor(binary=True, row_factory=namedtuple_row)
                    await cursor.execute(self._statements[name].text, {"org_id": self.org_id, **params})
                    return await rows_of(cursor, self._statements[name])

                await connection.execute(self._statements["begin_reading"].text)
                await connection.execute(
                    self._statements[self._enter].text,
                    {"org_id": self.org_id, "timeout_milliseconds": self._timeout_milliseconds},
                )
                yield ask
        except psycopg.Error as error:
            raise fault_of(error) from error

    async def ask(self, name: str, **params: object) -> list[NamedRow]:
        """Run one statement in a transaction of its own."""
        async with self.moment() as ask:
            return await ask(name, **params)
