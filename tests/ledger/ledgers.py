"""Ledgers for the tests of the engine: opened with replaced SQL, another day or a shorter queue, and looked at."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime
from typing import cast

import psycopg

from onhand.bootstrap import open_stock
from onhand.config import Config
from onhand.kernel.command import Line
from onhand.kernel.quantity import SCALE
from onhand.kernel.stock.define import Define, ItemLine, SiteLine
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from onhand.ledger.core.port import Reading
from onhand.ledger.engine.attempts import Attempts
from onhand.ledger.engine.batcher import QUEUE_REQUESTS_MAX, Batcher
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from onhand.store.engine.clock import Clock
from onhand.store.engine.statements import Statements, load_statements, statement_of
from onhand.store.engine.writer_session import PostgresSession
from tests.conftest import TestDatabase
from tests.faults.servers import query


def config_of(database: TestDatabase, org: str = "main") -> Config:
    """The settings that open a test's database as a user of a server of his own would."""
    return Config(database_url=database.engine_url, owner_url=database.owner_url, org=org, actor="test")


@asynccontextmanager
async def ledger(
    database: TestDatabase, *, org: str = "main", statements: Statements | None = None
) -> AsyncIterator[Stock]:
    """A ledger on a connection of its own, as another process would have it."""
    stock = await open_stock(config_of(database, org), statements=statements)
    try:
        yield stock
    finally:
        await stock.close()


@asynccontextmanager
async def session_of(
    database: TestDatabase,
    *,
    org: str = "main",
    statements: Statements | None = None,
    is_direct: bool = False,
    clock: Clock | None = None,
) -> AsyncIterator[PostgresSession]:
    """The session of an org, which is made if it is not there."""
    store = Database(database.engine_url, is_direct=is_direct, statements=statements)
    await store.open()
    org_id = await Database(database.engine_url).create_org(org)  # with no statement replaced
    session = store.session(org_id, clock=clock)
    try:
        yield session
    finally:
        await session.close()
        await store.close()


@asynccontextmanager
async def assembled(
    database: TestDatabase,
    *,
    org: str = "main",
    statements: Statements | None = None,
    today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    queue_requests_max: int = QUEUE_REQUESTS_MAX,
    is_direct: bool = False,
    clock: Clock | None = None,
) -> AsyncIterator[Stock]:
    """The write side of a ledger put together by hand, for what the composition root leaves no choice about."""
    async with session_of(database, org=org, statements=statements, is_direct=is_direct, clock=clock) as session:
        batcher = Batcher(Attempts(session, today), queue_requests_max=queue_requests_max)
        try:
            yield write_side(batcher)
        finally:
            await batcher.close()


def write_side(batcher: Batcher) -> Stock:
    """A ledger on a batcher, which nobody asks anything."""
    return Stock(batcher, cast("Reading", None), org_id=0, actor="test")


def reading_of(stock: Stock) -> Reading:
    """The store as a ledger asks it."""
    return stock._asking.reading  # noqa: SLF001 - it is what the test looks at


def with_sql(**texts: str) -> Statements:
    """The store's statements, some of them replaced."""
    return {**load_statements(), **{name: statement_of(text) for name, text in texts.items()}}


def lines(*parts: tuple[str, int]) -> tuple[Line, ...]:
    """Lines from pairs of sku and whole units."""
    return tuple(Line(sku, quantity * SCALE) for sku, quantity in parts)


def define(*skus: str, sites: Iterable[str] = ("london",), key: str = "define") -> Define:
    """The command that makes items and sites known."""
    return Define(
        key=key, sites=tuple(SiteLine(site) for site in sites), items=tuple(ItemLine(sku=sku) for sku in skus)
    )


def receive(sku: str, quantity: int, *, key: str) -> Receive:
    """The command that takes whole units of an item in, in london."""
    return Receive(key=key, site="london", lines=lines((sku, quantity)))


def sell(sku: str, quantity: int, *, key: str) -> Sell:
    """The command that sells whole units of an item, in london."""
    return Sell(key=key, site="london", lines=lines((sku, quantity)))


async def furnish(stock: Stock, *parts: tuple[str, int]) -> None:
    """Make items known in london, and take in so much of each."""
    await stock.post(define(*(sku for sku, _ in parts)))
    for sku, quantity in parts:
        await stock.post(receive(sku, quantity, key=f"opening {sku}"))


def available(database: TestDatabase, sku: str) -> int:
    """What is available of an item in all places, in whole units."""
    rows = query(
        database.admin_url,
        f"SELECT coalesce(sum(available), 0) FROM holding JOIN item ON item.id = item_id WHERE sku = '{sku}'",
    )
    return int(rows[0][0]) // SCALE


def postings(database: TestDatabase) -> int:
    """How many postings there are, of all orgs."""
    return int(query(database.admin_url, "SELECT count(*) FROM posting")[0][0])


@contextmanager
def journal_held(database: TestDatabase) -> Iterator[psycopg.Connection]:
    """Hold the journals of all orgs, so that no batch goes on until the block ends or the connection is rolled back."""
    with psycopg.connect(database.admin_url) as connection:
        connection.execute("SELECT FROM journal FOR UPDATE")
        yield connection
        connection.rollback()
