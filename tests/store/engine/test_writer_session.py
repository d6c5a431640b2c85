"""A session on PostgreSQL: whose rows it sees, what it leaves behind on its connection, and what becomes of that."""

import asyncio
from datetime import date

import pytest
from psycopg import AsyncConnection

from onhand import Fault, Refused
from onhand.kernel.posting import Posting
from onhand.kernel.stock.sell import Sell
from onhand.ledger.engine.attempts import ATTEMPTS_MAX, Attempts
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.exchange import BoundStatement, Exchange
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import load_statements, statement_of
from onhand.store.engine.writer_session import PostgresSession
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for
from tests.ledger.ledgers import assembled, furnish, lines, sell, with_sql, write_side
from tests.ledger.soundness import flaws

ENDED = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{}' AND usename = 'onhand_engine'"
)
"""Ends the engine's connections to a database, whose name is filled in."""


def _batcher(session: PostgresSession) -> Batcher:
    return Batcher(Attempts(session, lambda: date(2026, 1, 31)))


def connections(database: TestDatabase) -> int:
    """How many connections of the engine a database has."""
    statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' AND usename = 'onhand_engine'"
    return int(query(database.admin_url, statement.format(database.name))[0][0])


async def stocked(verbs: Stock, quantity: int) -> dict[str, int]:
    """Put stock there and begin what has a number: a promise, a journey and a sale."""
    await furnish(verbs, ("A", quantity))
    await verbs.define(sites=["leeds"], key="leeds")
    promise = await verbs.reserve(site="london", lines=[("A", 1)], key="promise")
    lorry = await verbs.transfer(site="london", target="leeds", lines=[("A", 1)], in_transit=True, key="lorry")
    sale = await verbs.sell(site="london", lines=[("A", 1)], key="sale")
    return {
        "reservation": promise.made("reservation"),
        "transfer": lorry.made("transfer"),
        "number": sale.number,
    }


async def test_orgs_share_names_and_keys_and_nothing_else(database: TestDatabase) -> None:
    """R6, T8: two orgs use the same keys, codes and numbers on one database; neither touches the other."""
    async with assembled(database, org="one") as one, assembled(database, org="two", is_direct=True) as two:
        first, second = await asyncio.gather(stocked(one, 100), stocked(two, 200))
        sold = await asyncio.gather(
            *((one, two)[n % 2].sell(site="london", lines=[("A", 1)], key=f"till/{n // 2}") for n in range(100))
        )

    rows = query(
        database.admin_url,
        "SELECT code, sum(available), journal.number FROM org JOIN journal USING (org_id) JOIN holding USING (org_id) "
        "GROUP BY code, journal.number ORDER BY code",
    )
    assert first == second
    assert not any(sale.replayed for sale in sold)
    assert rows == [("one", 47_000_000, 56), ("two", 147_000_000, 56)]
    assert flaws(database.admin_url) == []


async def test_another_orgs_numbers_are_as_unknown_as_any(database: TestDatabase) -> None:
    """R6, T8: an id of another org is answered exactly as one that does not exist, and nothing of it is told."""
    async with assembled(database, org="rich") as rich, assembled(database, org="poor") as poor:
        await furnish(poor, ("B", 1))
        ids = await stocked(rich, 100)
        before = query(database.admin_url, "SELECT * FROM holding WHERE org_id = 1 ORDER BY id")

        async def refusals(number: int, reservation: int, transfer: int, sku: str) -> list[tuple[str, str]]:
            acts = [
                poor.revert(number=number, key=f"a{number}"),
                poor.reservations.commit(reservation=reservation, key=f"b{number}"),
                poor.reservations.release(reservation=reservation, key=f"c{number}"),
                poor.arrive(transfer=transfer, key=f"d{number}"),
                poor.sell(site="london", lines=[(sku, 1)], key=f"e{number}"),
                poor.sell(site="leeds" if sku == "A" else "nowhere", lines=[("B", 1)], key=f"f{number}"),
            ]
            answers = await asyncio.gather(*acts, return_exceptions=True)
            assert all(isinstance(answer, Refused) for answer in answers)
            return [(answer.code, ",".join(sorted(answer.facts))) for answer in answers if isinstance(answer, Refused)]

        foreign = await refusals(ids["number"], ids["reservation"], ids["transfer"], "A")
        absent = await refusals(999, 999, 999, "Z")

    assert foreign == absent
    assert query(database.admin_url, "SELECT * FROM holding WHERE org_id = 1 ORDER BY id") == before


async def test_an_org_that_is_not_there(database: TestDatabase) -> None:
    """T8: a session of an org that nobody made finds no journal, says so, and makes nothing."""
    store = Database(database.engine_url)
    await store.open()
    session = store.session(77)
    try:
        with pytest.raises(Fault) as fault:
            await write_side(_batcher(session)).define(sites=["london"], key="define")
        with pytest.raises(Fault) as unknown:
            await store.find_org("nobody")
    finally:
        await session.close()
        await store.close()

    assert (fault.value.code, fault.value.retryable) == ("ORG_UNKNOWN", False)
    assert unknown.value.code == "ORG_UNKNOWN"
    assert query(database.admin_url, "SELECT count(*) FROM site") == [(0,)]


async def test_many_who_make_one_org_make_it_once(database: TestDatabase) -> None:
    """T8: ten who open a new org at the same instant get the same one, with one journal."""
    stores = [Database(database.engine_url) for _ in range(10)]

    ids = await asyncio.gather(*(store.create_org("new") for store in stores))

    assert len(set(ids)) == 1
    assert query(database.admin_url, "SELECT code, number FROM org JOIN journal USING (org_id)") == [("new", 0)]


async def test_behind_a_pooler_nothing_is_left_on_the_connection(database: TestDatabase) -> None:
    """T8: role, org and timeout end with each transaction, so whoever gets the connection next sees nothing of them."""
    connection: AsyncConnection[DriverRow] = await AsyncConnection.connect(database.owner_url, prepare_threshold=None)
    store = Database(database.engine_url)
    org_id = await store.create_org("main")

    async def connect() -> AsyncConnection[DriverRow]:
        return connection

    session = PostgresSession(connect, load_statements(), CatalogCache(), org_id, is_direct=False)
    verbs = write_side(_batcher(session))
    ask = statement_of(
        "SELECT current_user::text, current_setting('onhand.org_id', true), "
        "current_setting('idle_in_transaction_session_timeout'), pg_current_xact_id_if_assigned()::text"
    )
    left = []
    for act in ("done", "refused", "dry"):
        await asyncio.gather(
            verbs.bulk([sell("A", 1, key=act)] if act == "refused" else []),
            verbs.define(sites=[f"site-{act}"], key=act, dry_run=act == "dry"),
        )
        left += (await Exchange(connection).run(BoundStatement(ask, {})))[0]
    await session.close()

    assert left == [("onhand_owner", "", "0", None)] * 3
    assert query(database.admin_url, "SELECT count(*) FROM outside_edit") == [(0,)]


@pytest.mark.parametrize("is_direct", [False, True])
async def test_connections_are_given_back(database: TestDatabase, *, is_direct: bool) -> None:
    """T14: a closed ledger holds no connection, whether it was used, failed, or never came to be entered."""
    async with assembled(database, is_direct=is_direct) as verbs:
        await furnish(verbs, ("A", 10))
        assert connections(database) == 1
    assert wait_for(lambda: connections(database) == 0)

    broken = with_sql(stay_in_org="SELECT 1 / 0", enter_org="SELECT 1 / 0")
    async with assembled(database, is_direct=is_direct, statements=broken) as verbs:
        with pytest.raises(Fault) as fault:
            await verbs.sell(site="london", lines=[("A", 1)], key="till/1")
        assert connections(database) <= 1

    assert fault.value.facts["sqlstate"] == "22012"
    assert wait_for(lambda: connections(database) == 0)


@pytest.mark.parametrize("is_direct", [False, True])
async def test_connections_that_end_while_they_are_entered_are_given_back(
    database: TestDatabase, *, is_direct: bool
) -> None:
    """T14: when each connection is ended by the server at its first statement, each is closed on this side as well."""
    ending = "SELECT pg_terminate_backend(pg_backend_pid())"
    opened: list[AsyncConnection[DriverRow]] = []

    async def connect() -> AsyncConnection[DriverRow]:
        opened.append(await AsyncConnection.connect(database.engine_url, prepare_threshold=None))
        return opened[-1]

    statements = with_sql(stay_in_org=ending, enter_org=ending)
    session = PostgresSession(connect, statements, CatalogCache(), 1, is_direct=is_direct)

    with pytest.raises(Fault) as fault:
        await write_side(_batcher(session)).define(sites=["london"], key="define")
    await session.close()

    assert fault.value.retryable
    assert len(opened) == ATTEMPTS_MAX
    assert all(connection.closed for connection in opened)


async def test_large_batches_do_not_block_the_connection(database: TestDatabase) -> None:
    """T14: a batch of 16 MB, and the answers to its retry, pass the socket though both sides have to send at once."""
    async with assembled(database) as verbs:
        await furnish(verbs, ("A", 10_000))
        note = {"note": "x" * 16_000}
        commands = [Sell(key=f"till/{n}", site="london", lines=lines(("A", 1)), data=note) for n in range(1_000)]

        first = await verbs.bulk(commands)
        again = await verbs.bulk(commands)

    assert all(isinstance(outcome, Posting) for outcome in first)
    assert [outcome.data for outcome in again if isinstance(outcome, Posting)] == [note] * 1_000
    assert flaws(database.admin_url) == []


async def test_a_server_that_only_reads_is_left(database: TestDatabase) -> None:
    """T4: an old leader that only reads is no end: the fault is retryable, and the next call connects anew."""
    setting = f"ALTER ROLE onhand_engine IN DATABASE {database.name} SET default_transaction_read_only = "
    async with assembled(database) as verbs:
        await furnish(verbs, ("A", 5))
        query(database.admin_url, f"{setting} on")
        query(database.admin_url, ENDED.format(database.name))
        with pytest.raises(Fault) as broken:
            await verbs.sell(site="london", lines=[("A", 1)], key="till/1")
        query(database.admin_url, f"{setting} off")
        sale = await verbs.sell(site="london", lines=[("A", 1)], key="till/1")

    assert broken.value.retryable
    assert (broken.value.facts["sqlstate"], sale.replayed) == ("25006", False)


@pytest.mark.parametrize("statement", ["stay_in_org", "enter_org"])
@pytest.mark.parametrize(("default", "kept"), [("off", "on"), ("on", "on"), ("local", "local")])
async def test_what_is_acknowledged_is_on_disk(database: TestDatabase, statement: str, default: str, kept: str) -> None:
    """T3: a server whose default is to acknowledge before writing is told otherwise; any other default stays."""
    query(database.admin_url, f"ALTER DATABASE {database.name} SET synchronous_commit = {default}")
    connection: AsyncConnection[DriverRow] = await AsyncConnection.connect(database.engine_url, prepare_threshold=None)
    async with connection:
        exchange = Exchange(connection)
        entering = BoundStatement(load_statements()[statement], {"org_id": 1})
        *_, shown = await exchange.run(
            BoundStatement(statement_of("BEGIN"), {}),
            entering,
            BoundStatement(statement_of("SHOW synchronous_commit"), {}),
        )
        await exchange.run(BoundStatement(statement_of("ROLLBACK"), {}))

    assert shown == [(kept,)]
