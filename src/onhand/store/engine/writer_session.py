"""
A session: one connection on which the batches of one org are read, written and committed.

The book is kept from one batch to the next. It is right as long as the journal, whose row each batch locks, still ends
with the posting that this session wrote last; otherwise somebody else has written, and the book begins anew. While that
is likely not so, batches may be decided ahead: their transaction begins with the commit, and fails if it was so.
"""

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

import psycopg
from psycopg import AsyncConnection

from onhand.faults import Fault
from onhand.kernel.book import Book
from onhand.kernel.wants import Wants
from onhand.ledger.engine.ports import Head, KnownKey, Record, Unreplicated
from onhand.store.engine.arrays import Uuids
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.clock import Clock
from onhand.store.engine.exchange import ANSWER_SECONDS_MAX, BoundStatement, Exchange
from onhand.store.engine.loader import Loader
from onhand.store.engine.rows import DriverRow, utc
from onhand.store.engine.statements import Statement, Statements, statement_of
from onhand.store.engine.writer import advance_to, head_after, writes_of

_BEGIN, _COMMIT, _ROLLBACK = statement_of("BEGIN"), statement_of("COMMIT"), statement_of("ROLLBACK")
_KEPT_MAX = 200_000
"""A book of more entities and holdings than this is not kept."""

_DIVISION_BY_ZERO = "22012"
"""How `advance_journal_from` ends a transaction."""

_UNREPLICATED = "canceling wait for synchronous replication"
_WAITS_FOR_STANDBY = "SyncRepWaitForLSN"
"""Where in the server that warning arises, whatever the language of its messages."""


class PreparedBatch(NamedTuple):
    """An encoded batch, with the heads of the journal before and after it."""

    source: Head
    target: Head
    writes: Sequence[BoundStatement]


class PostgresSession:
    """The ledger's session on PostgreSQL; opens its connection when it is first needed."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection[DriverRow]]],
        statements: Statements,
        cache: CatalogCache,
        org_id: int,
        *,
        is_direct: bool,
        clock: Clock | None = None,
        answer_seconds_max: float = ANSWER_SECONDS_MAX,
    ) -> None:
        """Prepare a session for one org; `is_direct` says that no pooler can stand between it and the server."""
        self._connect = connect
        self._statements = statements
        self._cache = cache
        self._org_id = org_id
        self._is_direct = is_direct
        self._answer_seconds_max = answer_seconds_max
        self._connection: AsyncConnection[DriverRow] | None = None
        self._exchange: Exchange | None = None
        self._loader: Loader | None = None
        self._book = Book()
        self._clock = clock or Clock()
        self._found: Head | None = None
        """The head that the transaction found; None where none is under way."""
        self._next: Head | None = None
        """The head that the journal has when the batch under way is committed; None while that is not sure."""
        self._written: int | None = None
        """The number up to which the book is right; None while that is not sure."""
        self._unreplicated = False
        self._is_alone = False
        self._is_stale = False
        """Whether the next batch is to begin with an empty book, whoever wrote last."""

    @property
    def book(self) -> Book:
        """The book as far as this session knows it."""
        return self._book

    def foresee(self) -> Head | None:
        """Give the head that the batch under way leads to, if nobody else seems to write."""
        head = self._next if self._is_alone and not self._is_stale else None
        return None if head is None else head._replace(now=max(self._clock.now(), head.now))

    def lacks(self, wants: Wants) -> bool:
        """Tell whether something that is wanted has to be loaded first."""
        return self._loader is None or self._loader.lacks(wants)

    def follows(self, head: Head, book: Book) -> bool:
        """Tell whether the journal, as far as this session knows, ends at a head to which a book belongs."""
        return not self._is_stale and self._book is book and self._written == head.number

    def forget(self) -> None:
        """Begin the next batch with an empty book, since somebody may have edited the tables beside the journal."""
        self._is_stale = True

    async def begin(self, wants: Wants) -> Head:
        """Start a transaction, lock the org's journal row, then load what is wanted into the book."""
        self._next = None
        exchange = await self._opened()
        org = {"org_id": self._org_id}
        loader = self._loader = self._loader or Loader(exchange, self._statements, self._cache, self._org_id)
        entering = [] if self._is_direct else [self._call("enter_org", org)]
        calls = [
            BoundStatement(_BEGIN, {}),
            *entering,
            self._call("lock_journal", org),
            *loader.known_places(self._book, wants),
        ]
        locked, *places = (await exchange.run(*calls))[1 + len(entering) :]
        if not locked:
            raise Fault(code="ORG_UNKNOWN", message="The org is not there any more.", retryable=False)
        number, sealed, now, catalog_number, id_last = locked[0]
        self._clock.set(utc(now))
        self._cache.keep_up(catalog_number)
        self._is_alone = number == self._written and not self._is_stale
        self._is_stale = False
        if not self._is_alone:
            self._book = Book()
            loader = self._loader = Loader(exchange, self._statements, self._cache, self._org_id)
        for rows in places:
            loader.take(rows)
        exchange.size = id_last
        self._written = None
        self._book.id_last = id_last
        self._found = Head(self._org_id, number, sealed, utc(now), catalog_number, id_last)
        await self.load(wants)
        return self._found

    async def load(self, wants: Wants) -> None:
        """Load what is wanted and not yet in the book."""
        await self._running().load(self._book, wants)

    async def find_keys(self, key_hashes: Sequence[bytes]) -> Mapping[bytes, KnownKey]:
        """Find the postings that keys stand for."""
        rows = await self._running().rows("find_keys", key_hashes=Uuids(list(key_hashes)))
        return {row[1]: KnownKey(row[0], row[2]) for row in rows}

    def prepare(self, record: Record) -> PreparedBatch:
        """Encode a batch; the book may go on from there."""
        org = {"org_id": self._org_id}
        writes = [self._call(name, {**org, **params}) for name, params in writes_of(record)]
        return PreparedBatch(record.head, head_after(record), writes)

    async def commit(self, prepared: object) -> None:
        """Write a batch and commit it, in one round trip."""
        if not isinstance(prepared, PreparedBatch):
            raise TypeError("it was not prepared here")
        begins = self._found is None
        self._next = prepared.target
        self._found = self._written = None
        exchange = await self._opened()
        self._unreplicated = False
        if begins:
            await self._run_foreseen(exchange, prepared)
        else:
            advancing = self._call("advance_journal", advance_to(prepared.target))._replace(rows=1)
            await exchange.run(*prepared.writes, advancing, BoundStatement(_COMMIT, {}))
        self._keep(prepared.target.number)
        self._check_replicated()

    async def confirm(self) -> None:
        """
        End the transaction without a trace, once all that it found is as lasting as what is committed now.

        The lock on the journal's row is in the server's log, after all that it found; so the commit waits for both.
        """
        self._unreplicated = False
        await self._end(_COMMIT)
        self._check_replicated()

    async def rollback(self) -> None:
        """End the transaction without a trace."""
        await self._end(_ROLLBACK)

    async def reset(self) -> None:
        """Make the session usable again, on a new connection if the old one is gone."""
        self._forget()
        exchange = self._exchange
        if exchange is None:
            return
        try:
            await exchange.run(BoundStatement(_ROLLBACK, {}))
        except Fault:
            await self.close()
        else:
            if exchange.is_astray:
                await self.close()

    async def close(self) -> None:
        """Close the connection."""
        self._forget()
        connection, self._connection, self._exchange = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                await connection.close()

    async def _end(self, how: Statement) -> None:
        found, self._found = self._found, None
        await (await self._opened()).run(BoundStatement(how, {}))
        self._next = found
        self._keep(0 if found is None else found.number)

    def _check_replicated(self) -> None:
        if self._unreplicated:
            raise Unreplicated

    async def _run_foreseen(self, exchange: Exchange, prepared: PreparedBatch) -> None:
        """Run the whole transaction of a batch that was decided ahead, if the journal still ends where it began."""
        entering = [] if self._is_direct else [self._call("enter_org", {"org_id": self._org_id})]
        advancing = self._call(
            "advance_journal_from", {**advance_to(prepared.target), "expected": prepared.source.number}
        )
        try:
            answers = await exchange.run(
                BoundStatement(_BEGIN, {}), *entering, advancing, *prepared.writes, BoundStatement(_COMMIT, {})
            )
        except Fault as fault:
            if fault.code == "COMMIT_UNCERTAIN" or fault.facts.get("sqlstate") != _DIVISION_BY_ZERO:
                raise
            self._is_alone = False
            message = "Another writer was faster; decided again."
            raise Fault(code="JOURNAL_MOVED", message=message, retryable=True) from fault
        self._clock.set(utc(answers[1 + len(entering)][0][0]))

    async def _opened(self) -> Exchange:
        if self._exchange is None:
            connection = await self._connect()
            try:
                self._exchange = await self._entered(connection)
            except BaseException:
                await connection.close()
                raise
            self._connection = connection
        return self._exchange

    async def _entered(self, connection: AsyncConnection[DriverRow]) -> Exchange:
        """Take a connection over, and say once who it is, where nobody else can get it."""
        connection.add_notice_handler(self._notice)
        exchange = Exchange(connection, answer_seconds_max=self._answer_seconds_max)
        if self._is_direct:
            await exchange.run(self._call("stay_in_org", {"org_id": self._org_id}))
        return exchange

    def _call(self, name: str, params: Mapping[str, object]) -> BoundStatement:
        return BoundStatement(self._statements[name], params)

    def _keep(self, number: int) -> None:
        """Keep the book for the next batch, unless it has grown too large or holds what later postings change."""
        book, loader = self._book, self._loader
        if loader is None or loader.has_read_history or len(book.entities) + len(book.holdings) > _KEPT_MAX:
            self._forget()
        else:
            self._written = number

    def _forget(self) -> None:
        """Begin the next batch with an empty book."""
        self._book, self._loader, self._written, self._found, self._next = Book(), None, None, None, None

    def _running(self) -> Loader:
        if self._loader is None:
            raise RuntimeError("nothing was begun")
        return self._loader

    def _notice(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        told = _UNREPLICATED in (diagnostic.message_primary or "")
        if diagnostic.sqlstate == "01000" and (told or diagnostic.source_function == _WAITS_FOR_STANDBY):
            self._unreplicated = True
