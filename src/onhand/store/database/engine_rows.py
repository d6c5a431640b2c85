"""Statements that the engine's role runs beside the journal: for what stands in no posting, as hashes and sessions."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import namedtuple_row
from psycopg_pool import AsyncConnectionPool

from onhand.faults import Fault
from onhand.store.database.answering import NamedRow
from onhand.store.database.committing import commit
from onhand.store.database.faults import fault_of
from onhand.store.database.reader import RunQuery, rows_of
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements


@asynccontextmanager
async def writing(
    pool: AsyncConnectionPool[AsyncConnection[DriverRow]],
    statements: Statements,
    org_id: int,
    *,
    awaits_standby: bool = True,
) -> AsyncIterator[RunQuery]:
    """
    Run statements in one transaction as the engine, which is committed when this ends without a fault.

    Args:
        pool: Gives the connection.
        statements: By name.
        org_id: The org whose rows are seen.
        awaits_standby: As `commit` takes it.

    Raises:
        Fault: The database does not answer, something is taken, or the commit was not done for sure.
    """
    try:
        async with pool.connection() as connection:

            async def ask(name: str, **params: object) -> list[NamedRow]:
                cursor = connection.cursor(binary=True, row_factory=namedtuple_row)
                await cursor.execute(statements[name].text, {"org_id": org_id, **params})
                return await rows_of(cursor, statements[name])

            entering = statements["enter_org"]
            await rows_of(await connection.execute(entering.text, {"org_id": org_id}), entering)
            yield ask
            await commit(connection, awaits_standby=awaits_standby)
    except psycopg.Error as error:
        fault = fault_of(error)
        if isinstance(fault, Fault):
            raise fault from error
        raise Fault(code="DATABASE_REFUSED", message="A name is taken.", retryable=False) from error


async def run_as_engine(
    pool: AsyncConnectionPool[AsyncConnection[DriverRow]],
    statements: Statements,
    org_id: int,
    names: Sequence[str],
    params: Mapping[str, object],
    *,
    awaits_standby: bool = True,
) -> Sequence[NamedRow]:
    """
    Run statements in one transaction, one after the other until one gives rows; gives those.

    Raises:
        Fault: As `writing`.
    """
    rows: Sequence[NamedRow] = []
    async with writing(pool, statements, org_id, awaits_standby=awaits_standby) as ask:
        for name in names:
            rows = await ask(name, **params)
            if rows:
                break
    return rows
