"""
One round trip: some statements sent together, their answers taken together.

A batch needs two of these. The driver's own pipeline waits on the socket once for each statement, which costs a lone
caller more than the server's work; this sends everything, then waits once. It stands on the driver's documented
wrapper of libpq, `psycopg.pq`.

Nothing but the expected answer to each message counts as success (`expecting.py`). An error ends the exchange with a
fault; any other answer means that the two sides are out of step, and then the connection is given up.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from onhand.kernel.canonical import microseconds
from onhand.store.database.faults import fault_at_commit, fault_of, fault_of_silence, fault_out_of_step
from onhand.store.engine.arrays import EPOCH_2000, Bigints, Column, Texts
from onhand.store.engine.expecting import Expected, expected_of
from onhand.store.engine.patience import Patience
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statement

_BIGINT, _BYTEA, _TIMESTAMPTZ = 20, 17, 1184
_TEXT, _BINARY = 0, 1
_PLAN_LOST = frozenset({"26000", "42P05"})
"""The SQLSTATEs of a plan that is not there, or there already."""

_READ_ONLY = "25006"

ANSWER_SECONDS_MAX = 60.0
"""A server that is silent for longer than this is given up; longer than any lock that a batch should wait for."""

_PASSED_OVER = frozenset({ExecStatus.PIPELINE_ABORTED, ExecStatus.FATAL_ERROR})
"""The answers after an error: from a server that passes over what was sent, or from none any more."""

_PREPARED = Expected(tag=b"", has_rows=False)


class BoundStatement(NamedTuple):
    """A statement with its parameters by name; `rows`, where it is known how many it returns or writes."""

    statement: Statement
    params: Mapping[str, object]
    rows: int | None = None


class OutOfStep(Exception):  # noqa: N818 - becomes a fault before anybody else sees it
    """The server gave an answer that does not belong to what was asked."""


_STATUS_AFTER = {
    b"BEGIN": TransactionStatus.INTRANS,
    b"COMMIT": TransactionStatus.IDLE,
    b"ROLLBACK": TransactionStatus.IDLE,
}


class Exchange:
    """Runs statements on one connection, which nobody else uses."""

    def __init__(
        self, connection: AsyncConnection[DriverRow], *, answer_seconds_max: float = ANSWER_SECONDS_MAX
    ) -> None:
        """Take a connection over; it is in pipeline mode from now on."""
        self._connection = connection
        self._pgconn: PGconn = connection.pgconn
        self._transformer = Transformer(connection)
        self._patience = Patience(answer_seconds_max)
        self._kept: set[bytes] = set()
        self._status = TransactionStatus.IDLE
        """What the server is to say of the transaction after the calls that were sent."""
        self.keeps_plans = True
        """Whether the server may keep plans; behind a pooler that mixes sessions it may not."""
        self.is_astray = False
        """Whether the server turned out to be one that only reads, such as an old leader; another connection may do."""
        self.size = 0
        """How large the org is; a plan that is renewed is made anew when this has doubled."""
        self._pgconn.enter_pipeline_mode()

    async def run(self, *calls: BoundStatement) -> list[list[DriverRow]]:
        """
        Run statements in one round trip.

        Returns:
            The rows of each statement, in order.

        Raises:
            Fault: The first error; the statements after it were not run. COMMIT_UNCERTAIN where it was the answer to a
                COMMIT. DATABASE_UNREACHABLE where the answers are not those of what was asked, or none came in time;
                then whether a COMMIT among the calls was done is unknown, and the connection is closed.
            KeyTaken: The first error was an idempotency key that is taken.
        """
        try:
            answers, failed, error = await self._run(calls)
        except TimeoutError as silence:
            self._pgconn.finish()
            raise fault_of_silence(self._patience.seconds_max) from silence
        except OutOfStep as confusion:
            self._pgconn.finish()
            raise fault_out_of_step(str(confusion)) from confusion
        except psycopg.Error as lost:
            self._pgconn.finish()
            raise fault_of(lost) from lost
        if error is None:
            return answers
        self.is_astray = self.is_astray or error.sqlstate == _READ_ONLY
        if error.sqlstate in _PLAN_LOST:
            self.keeps_plans = False  # a pooler gave us another session of the server
        is_commit = calls[failed].statement.sql == b"COMMIT"
        raise (fault_at_commit(error) if is_commit else fault_of(error)) from error

    async def _run(self, calls: Sequence[BoundStatement]) -> tuple[list[list[DriverRow]], int, psycopg.Error | None]:
        """
        Send calls, and take every answer.

        Returns:
            The rows of each call up to the first error, the position of the call that failed, and the error, if any.
        """
        self._patience.begin()
        plans = [self._send(call) for call in calls]
        self._pgconn.pipeline_sync()
        await self._flush()
        answers: list[list[DriverRow]] = []
        error: psycopg.Error | None = None
        for call, plan in zip(calls, plans, strict=True):
            if plan is not None:
                _, error = await self._answer(_PREPARED, None, error)
                if error is None:
                    self._kept.add(plan)
            expected = expected_of(call.statement.sql)
            result, error = await self._answer(expected, call.rows, error)
            if error is None:
                answers.append(self._rows(result))
                self._status = _STATUS_AFTER.get(expected.tag, self._status)
        await self._synchronised(has_failed=error is not None)
        return answers, len(answers), error

    async def _answer(
        self, expected: Expected, rows: int | None, error: psycopg.Error | None
    ) -> tuple[PGresult, psycopg.Error | None]:
        """
        Take one answer and the empty one that ends it.

        Returns:
            The answer, and the first error of this round trip so far; once there is one, the server passes over all
            that follows.

        Raises:
            OutOfStep: It is neither what was expected nor an error.
        """
        result = await self._result()
        if result is None:
            raise OutOfStep("no answer")
        if error is not None:
            if result.status not in _PASSED_OVER:
                raise OutOfStep(f"{ExecStatus(result.status).name} after an error")
        elif result.status == ExecStatus.FATAL_ERROR:
            error = errors.error_from_result(result)
        else:
            flaw = expected.flaw_of(result, rows)
            if flaw is not None:
                raise OutOfStep(flaw)
        if await self._result() is not None:
            raise OutOfStep("a second answer")
        return result, error

    async def _synchronised(self, *, has_failed: bool) -> None:
        """Take the mark of the synchronisation, and see that the server means the same transaction as this side."""
        mark = await self._result()
        is_in_step = mark is not None and mark.status == ExecStatus.PIPELINE_SYNC
        if has_failed:
            if not is_in_step:
                self._pgconn.finish()  # the error stands; the server has gone with it
            return
        if not is_in_step:
            raise OutOfStep("no mark of the synchronisation")
        status = self._pgconn.transaction_status
        if status != self._status:
            raise OutOfStep(f"the transaction is {TransactionStatus(status).name}, not {self._status.name}")

    def _send(self, call: BoundStatement) -> bytes | None:
        """Send a call; give the name of the plan that is made on the way, if one is."""
        values: list[bytes | None] = []
        types: list[int] = []
        formats: list[int] = []
        for parameter in call.statement.names:
            value, oid, form = _encoded(call.params[parameter])
            values.append(value)
            types.append(oid)
            formats.append(form)
        plan = self._plan_name(call.statement)
        if plan is None:
            self._pgconn.send_query_params(call.statement.sql, values, types, formats, Format.BINARY)
            return None
        is_new = plan not in self._kept
        if is_new:
            self._pgconn.send_prepare(plan, call.statement.sql, types)
        self._pgconn.send_query_prepared(plan, values, formats, Format.BINARY)
        return plan if is_new else None

    def _plan_name(self, statement: Statement) -> bytes | None:
        """Name the plan that a statement keeps, if it keeps one."""
        if not self.keeps_plans or not (statement.keeps_plan or statement.renews_plan):
            return None
        size = self.size.bit_length() if statement.renews_plan else 0
        return b"onhand_%x_%d" % (zlib.crc32(statement.sql), size)

    def _rows(self, result: PGresult) -> list[DriverRow]:
        if not result.ntuples:
            return []
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    async def _flush(self) -> None:
        """Send everything; take answers meanwhile, so that neither side waits for the other."""
        while self._pgconn.flush():
            await self._patience.ready(self._pgconn.socket, writing=True)
            self._pgconn.consume_input()

    async def _result(self) -> PGresult | None:
        while self._pgconn.is_busy():
            await self._patience.ready(self._pgconn.socket)
            self._pgconn.consume_input()
        return self._pgconn.get_result()


def _encoded(value: object) -> tuple[bytes | None, int, int]:
    """Encode a parameter: bytes, type and format."""
    match value:
        case Column():
            return value.encoded, value.oid, _BINARY
        case int():
            return value.to_bytes(8, "big", signed=True), _BIGINT, _BINARY
        case str():
            return value.encode(), 0, _TEXT
        case bytes():
            return value, _BYTEA, _BINARY
        case datetime():
            return (microseconds(value) - EPOCH_2000).to_bytes(8, "big", signed=True), _TIMESTAMPTZ, _BINARY
        case list():
            return _encoded(_column(value))
        case None:
            return None, 0, _TEXT
        case _:
            raise TypeError(f"no parameter can be {type(value).__name__}")


def _column(values: Sequence[object]) -> Column:
    numbers = [value for value in values if isinstance(value, int)]
    if len(numbers) == len(values):
        return Bigints(numbers)
    return Texts([str(value) for value in values])
