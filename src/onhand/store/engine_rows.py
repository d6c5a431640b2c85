"""Statements that the engine's role runs beside the journal: for what stands in no posting, as hashes and sessions."""

from collections.abc import Mapping, Sequence

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.faults import Fault
from onhand.store.faults import fault_of
from onhand.store.rows import Row
from onhand.store.statements import Statements


async def run_as_engine(
    pool: AsyncConnectionPool[AsyncConnection[Row]],
    statements: Statements,
    org_id: int,
    names: Sequence[str],
    params: Mapping[str, object],
) -> Sequence[Row]:
    """
    Run statements in one transaction, one after the other until one gives rows; gives those.

    Raises:
        Fault: The database does not answer, or something is taken.
    """
    told = {"org_id": org_id, **params}
    rows: Sequence[Row] = []
    try:
        async with pool.connection() as connection, connection.transaction():
            await connection.execute(statements["enter_org"].text, {"org_id": org_id})
            for name in names:
                cursor = await connection.execute(statements[name].text, told)
                rows = [] if cursor.description is None else await cursor.fetchall()
                if rows:
                    break
    except psycopg.Error as error:
        fault = fault_of(error)
        if isinstance(fault, Fault):
            raise fault from error
        raise Fault(code="DATABASE_REFUSED", message="A credential is taken.", retryable=False) from error
    return rows
