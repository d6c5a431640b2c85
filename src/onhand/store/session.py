"""
A session: one connection on which the batches of one org are read, written and committed.

The book is kept from one batch to the next. It is right as long as the journal, whose row each batch locks, still ends
with the posting that this session wrote last; otherwise somebody else has written, and the book begins anew.
"""

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

import psycopg
from psycopg import AsyncConnection

from onhand.faults import Fault
from onhand.kernel.book import Book
from onhand.kernel.wants import Wants
from onhand.ledger.ports import Head, KnownKey, Record
from onhand.store.arrays import Uuids
from onhand.store.catalog_cache import CatalogCache
from onhand.store.exchange import Call, Exchange
from onhand.store.loader import Loader
from onhand.store.rows import Row, utc
from onhand.store.statements import Statements, statement_of
from onhand.store.writer import writes_of

_BEGIN, _COMMIT, _ROLLBACK = statement_of("BEGIN"), statement_of("COMMIT"), statement_of("ROLLBACK")
_KEPT_MAX = 200_000
"""A book of more entities and holdings than this is not kept."""

_UNREPLICATED = "canceling wait for synchronous replication"


class PostgresSession:
    """The ledger's session on PostgreSQL; opens its connection when it is first needed."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection[Row]]],
        statements: Statements,
        cache: CatalogCache,
        org_id: int,
        *,
        is_direct: bool,
    ) -> None:
        """Prepare a session for one org; `is_direct` says that no pooler can stand between it and the server."""
        self._connect = connect
        self._statements = statements
        self._cache = cache
        self._org_id = org_id
        self._is_direct = is_direct
        self._connection: AsyncConnection[Row] | None = None
        self._exchange: Exchange | None = None
        self._loader: Loader | None = None
        self._book = Book()
        self._found = 0
        """The number of the journal's last posting when the transaction began."""
        self._written: int | None = None
        """The number up to which the book is right; None while that is not sure."""
        self._unreplicated = False
        self._is_alone = False

    @property
    def book(self) -> Book:
        """The book as far as this session knows it."""
        return self._book

    @property
    def is_alone(self) -> bool:
        """Whether nobody else has written between this session's last two batches."""
        return self._is_alone

    async def begin(self, wants: Wants) -> Head:
        """Start a transaction, lock the org's journal row, then load what is wanted into the book."""
        exchange = await self._opened()
        org = {"org_id": self._org_id}
        loader = self._loader = self._loader or Loader(exchange, self._statements, self._cache, self._org_id)
        entering = [] if self._is_direct else [self._call("enter_org", org)]
        calls = [Call(_BEGIN, {}), *entering, self._call("lock_journal", org), *loader.known_places(self._book, wants)]
        locked, *places = (await exchange.run(*calls))[1 + len(entering) :]
        if not locked:
            raise Fault(code="ORG_UNKNOWN", message="The org is not there any more.", retryable=False)
        number, sealed, now, catalog_number, id_last = locked[0]
        self._cache.keep_up(catalog_number)
        self._is_alone = number == self._written
        if not self._is_alone:
            self._book = Book()
            loader = self._loader = Loader(exchange, self._statements, self._cache, self._org_id)
        for rows in places:
            loader.take(rows)
        exchange.size = id_last
        self._found, self._written = number, None
        self._book.id_last = id_last
        await self.load(wants)
        return Head(self._org_id, number, sealed, utc(now), catalog_number, id_last)

    async def load(self, wants: Wants) -> None:
        """Load what is wanted and not yet in the book."""
        await self._running().load(self._book, wants)

    async def find_keys(self, key_hashes: Sequence[bytes]) -> Mapping[bytes, KnownKey]:
        """Find the postings that keys stand for."""
        rows = await self._running().rows("find_keys", key_hashes=Uuids(list(key_hashes)))
        return {row[1]: KnownKey(row[0], row[2]) for row in rows}

    async def commit(self, record: Record) -> None:
        """Write a batch and commit it, in one round trip."""
        exchange = await self._opened()
        org = {"org_id": self._org_id}
        self._unreplicated = False
        calls = [self._call(name, {**org, **params}) for name, params in writes_of(record)]
        await exchange.run(*calls, Call(_COMMIT, {}))
        self._keep(record.postings[-1].number)
        if self._unreplicated:
            raise Fault(
                code="COMMIT_UNCERTAIN",
                message="The commit is not on the standby yet; ask again with the same key.",
                retryable=True,
            )

    async def rollback(self) -> None:
        """End the transaction without a trace."""
        await (await self._opened()).run(Call(_ROLLBACK, {}))
        self._keep(self._found)

    async def reset(self) -> None:
        """Make the session usable again, on a new connection if the old one is gone."""
        self._forget()
        exchange = self._exchange
        if exchange is None:
            return
        try:
            await exchange.run(Call(_ROLLBACK, {}))
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

    async def _opened(self) -> Exchange:
        if self._exchange is None:
            self._connection = await self._connect()
            self._connection.add_notice_handler(self._notice)
            exchange = Exchange(self._connection)
            if self._is_direct:
                await exchange.run(self._call("stay_in_org", {"org_id": self._org_id}))
            self._exchange = exchange
        return self._exchange

    def _call(self, name: str, params: Mapping[str, object]) -> Call:
        return Call(self._statements[name], params)

    def _keep(self, number: int) -> None:
        """Keep the book for the next batch, unless it has grown too large or holds what later postings change."""
        book = self._book
        book.codes_given.clear()
        if book.postings or book.takers or book.chains or len(book.entities) + len(book.holdings) > _KEPT_MAX:
            self._forget()
        else:
            self._written = number

    def _forget(self) -> None:
        """Begin the next batch with an empty book."""
        self._book, self._loader, self._written = Book(), None, None

    def _running(self) -> Loader:
        if self._loader is None:
            raise RuntimeError("nothing was begun")
        return self._loader

    def _notice(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.sqlstate == "01000" and _UNREPLICATED in (diagnostic.message_primary or ""):
            self._unreplicated = True
