"""
One round trip: some statements sent together, their answers taken together.

A batch needs two of these. The driver's own pipeline waits on the socket once for each statement, which costs a lone
caller more than the server's work; this sends everything, then waits once. It stands on the driver's documented
wrapper of libpq, `psycopg.pq`.
"""

import asyncio
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from onhand.kernel.canonical import microseconds
from onhand.store.arrays import EPOCH_2000, Bigints, Column, Texts
from onhand.store.faults import fault_of
from onhand.store.rows import Row
from onhand.store.statements import Statement

_BIGINT, _BYTEA, _TIMESTAMPTZ = 20, 17, 1184
_TEXT, _BINARY = 0, 1
_PLAN_LOST = frozenset({"26000", "42P05"})
"""The SQLSTATEs of a plan that is not there, or there already."""

_READ_ONLY = "25006"

_BROKEN = frozenset({ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE})


class Call(NamedTuple):
    """A statement with its parameters by name."""

    statement: Statement
    params: Mapping[str, object]


class Exchange:
    """Runs statements on one connection, which nobody else uses."""

    def __init__(self, connection: AsyncConnection[Row]) -> None:
        """Take a connection over; it is in pipeline mode from now on."""
        self._connection = connection
        self._pgconn: PGconn = connection.pgconn
        self._transformer = Transformer(connection)
        self._kept: set[bytes] = set()
        self.keeps_plans = True
        """Whether the server may keep plans; behind a pooler that mixes sessions it may not."""
        self.is_astray = False
        """Whether the server turned out to be one that only reads, such as an old leader; another connection may do."""
        self.size = 0
        """How large the org is; a plan that is renewed is made anew when this has doubled."""
        self._pgconn.enter_pipeline_mode()

    async def run(self, *calls: Call) -> list[list[Row]]:
        """
        Run statements in one round trip.

        Returns:
            The rows of each statement, in order.

        Raises:
            Fault: The first error; the statements after it were not run.
            KeyTaken: The first error was an idempotency key that is taken.
        """
        try:
            return await self._run(calls)
        except psycopg.Error as error:
            self.is_astray = self.is_astray or error.sqlstate == _READ_ONLY
            if error.sqlstate in _PLAN_LOST:
                self.keeps_plans = False  # a pooler gave us another session of the server
            raise fault_of(error) from error

    async def _run(self, calls: Sequence[Call]) -> list[list[Row]]:
        plans = [self._send(call) for call in calls]
        self._pgconn.pipeline_sync()
        await self._flush()
        answers: list[list[Row]] = []
        error: psycopg.Error | None = None
        for plan in plans:
            if plan is not None and (await self._answer()).status == ExecStatus.COMMAND_OK:
                self._kept.add(plan)
            result = await self._answer()
            if result.status in _BROKEN:
                error = error or errors.error_from_result(result)
            answers.append(self._rows(result) if result.status == ExecStatus.TUPLES_OK else [])
        await self._result()  # the mark of the synchronisation
        if error is not None:
            raise error
        return answers

    def _send(self, call: Call) -> bytes | None:
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

    def _rows(self, result: PGresult) -> list[Row]:
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    async def _flush(self) -> None:
        """Send everything; take answers meanwhile, so that neither side waits for the other."""
        while self._pgconn.flush():
            await _ready(self._pgconn.socket, writing=True)
            self._pgconn.consume_input()

    async def _answer(self) -> PGresult:
        """Take the answer of a statement, and the empty one that ends it."""
        result = await self._result()
        if result is None:
            raise psycopg.OperationalError("the server gave no answer")
        await self._result()
        return result

    async def _result(self) -> PGresult | None:
        while self._pgconn.is_busy():
            await _ready(self._pgconn.socket)
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


async def _ready(socket: int, *, writing: bool = False) -> None:
    """Wait until the socket can be read, or also until it can be written."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()

    def tell() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(socket, tell)
    if writing:
        loop.add_writer(socket, tell)
    try:
        await ready
    finally:
        loop.remove_reader(socket)
        if writing:
            loop.remove_writer(socket)
