"""
Committing off the engine's path: done only where the server says that it is.

The driver takes a COMMIT for done that is answered ROLLBACK, that ends no transaction, or that no standby has.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import AsyncConnection, Connection
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus

from onhand.faults import Fault
from onhand.store.database.faults import fault_of, fault_out_of_step
from onhand.store.engine.rows import DriverRow

_WARNING = "01000"
"""Of a wait for a standby that was cancelled. The words are in the server's language, so they are not looked at."""


async def commit(connection: AsyncConnection[DriverRow], *, awaits_standby: bool = True) -> None:
    """
    Commit the transaction of a connection.

    Args:
        connection: Not in autocommit; where this raises, whoever has it gives it up or rolls it back.
        awaits_standby: Whether a standby has to have it, where there is one. Not so for what is done anew when it is
            lost, such as a lease.

    Raises:
        Fault: DATABASE_UNREACHABLE or COMMIT_UNCERTAIN: it was not committed, or nobody knows, or no standby has it.
    """
    with _judged(connection, awaits_standby=awaits_standby) as answers:
        cursor = await connection.execute("COMMIT")
        answers.append(cursor.statusmessage)


def commit_now(connection: Connection) -> None:
    """Commit as `commit` does, on a connection that blocks."""
    with _judged(connection, awaits_standby=True) as answers:
        answers.append(connection.execute("COMMIT").statusmessage)


@contextmanager
def _judged(connection: AsyncConnection[DriverRow] | Connection, *, awaits_standby: bool) -> Iterator[list[str | None]]:
    """Let a COMMIT be run whose answer is put into a list, and raise a fault unless all says that it is done."""
    if connection.info.transaction_status == TransactionStatus.IDLE:
        raise _given_up(connection, "no transaction was under way")
    answers: list[str | None] = []
    warnings: list[str | None] = []

    def note(diagnostic: Diagnostic) -> None:
        if diagnostic.sqlstate == _WARNING:
            warnings.append(diagnostic.message_primary)

    connection.add_notice_handler(note)
    try:
        yield answers
    except psycopg.Error as error:
        raise _failed(error) from error
    finally:
        connection.remove_notice_handler(note)
    if answers != ["COMMIT"]:
        raise _given_up(connection, f"a commit was answered {answers[0]}")
    if warnings and awaits_standby:
        raise Fault(
            code="COMMIT_UNCERTAIN",
            message=f"It is committed, and a standby may not have it yet ({warnings[0]}); do it again.",
            retryable=True,
        )


def _failed(error: psycopg.Error) -> BaseException:
    """Make the fault of a COMMIT that was answered with an error; whether it was done may be unknown."""
    if error.sqlstate is None:
        return fault_of(error)
    return Fault(
        code="COMMIT_UNCERTAIN",
        message=f"The commit was answered with an error ({error.sqlstate}); do it again.",
        retryable=True,
        facts={"sqlstate": error.sqlstate},
    )


def _given_up(connection: AsyncConnection[DriverRow] | Connection, why: str) -> Fault:
    """Close a connection whose server means another transaction than this side, and make the fault of it."""
    connection.pgconn.finish()
    return fault_out_of_step(why)
