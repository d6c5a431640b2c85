"""Commits off the engine's path: whatever the server answers but that it is done, nobody is told that it is."""

from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
import pytest
from psycopg import AsyncConnection

import onhand
from onhand import Fault
from onhand.store.accounts.passwords import Passwords
from onhand.store.accounts.sign_ins import SignInTimes
from onhand.store.database.committing import commit, commit_now
from onhand.store.database.database import Database
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import DriverRow
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.faults.wire import Injection, Label, through_proxy

_HASH = "$argon2id$anything"


@pytest.fixture
async def connection(database: TestDatabase) -> AsyncIterator[AsyncConnection[DriverRow]]:
    """A connection with a transaction under way, which has written a row."""
    query(database.admin_url, "CREATE TABLE written (line text); GRANT ALL ON written TO onhand_engine")
    connection: AsyncConnection[DriverRow] = await AsyncConnection.connect(database.engine_url)
    async with connection:
        await connection.execute("INSERT INTO written VALUES ('it')")
        yield connection


@pytest.fixture
async def store(database: TestDatabase) -> AsyncIterator[Database]:
    """A database as it is open for work beside the journal."""
    store = Database(database.engine_url)
    await store.open()
    yield store
    await store.close()


def written(database: TestDatabase) -> int:
    """How many rows are committed."""
    return int(query(database.admin_url, "SELECT count(*) FROM written")[0][0])


def at_commit_of_passwords(database: TestDatabase, action: str) -> None:
    """Let the database do something, a line of PL/pgSQL, when a transaction commits that wrote a password."""
    query(
        database.admin_url,
        f"""CREATE FUNCTION met() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action}; RETURN NULL; END; $$;
            CREATE CONSTRAINT TRIGGER met AFTER INSERT OR UPDATE ON password DEFERRABLE INITIALLY DEFERRED
               FOR EACH ROW EXECUTE FUNCTION met()""",
    )


async def passwords_of(store: Database) -> Passwords:
    """The passwords of an org."""
    return store.passwords(await store.create_org("main"))


async def test_a_commit_that_is_answered_rollback_is_none(
    database: TestDatabase, connection: AsyncConnection[DriverRow]
) -> None:
    """T4: a transaction that failed unseen is rolled back by its COMMIT, without an error; the driver calls it done."""
    with suppress(psycopg.Error):
        await connection.execute("SELECT 1 / 0")

    with pytest.raises(Fault) as fault:
        await commit(connection)

    assert (fault.value.code, fault.value.retryable) == ("DATABASE_UNREACHABLE", True)
    assert connection.closed
    assert written(database) == 0


async def test_a_commit_of_nothing_is_none(database: TestDatabase, connection: AsyncConnection[DriverRow]) -> None:
    """T4: a transaction that is over already has no commit; the driver would begin another and commit that."""
    await connection.execute("ROLLBACK")

    with pytest.raises(Fault) as fault:
        await commit(connection)

    assert fault.value.code == "DATABASE_UNREACHABLE"
    assert written(database) == 0


async def test_a_commit_that_is_done_is_done(database: TestDatabase, connection: AsyncConnection[DriverRow]) -> None:
    """T4: a warning before the commit is none of it, and the connection goes on."""
    await connection.execute("DO $$ BEGIN RAISE WARNING 'about something else'; END $$")

    await commit(connection)
    rows = await (await connection.execute("SELECT line FROM written")).fetchall()

    assert rows == [("it",)]
    assert written(database) == 1


def test_one_that_blocks_is_judged_the_same(database: TestDatabase) -> None:
    """T4: the commit of a schema is no commit either where it is answered ROLLBACK."""
    with psycopg.connect(database.engine_url) as connection:
        with suppress(psycopg.Error):
            connection.execute("SELECT 1 / 0")
        with pytest.raises(Fault) as fault:
            commit_now(connection)

    assert fault.value.code == "DATABASE_UNREACHABLE"


@pytest.mark.parametrize("sqlstate", ["XX000", "23514", "57014"])
async def test_nobody_knows_what_became_of_a_commit_with_an_error(
    database: TestDatabase, store: Database, sqlstate: str
) -> None:
    """T4: whatever error answers a COMMIT, it is to be done again; a server of many machines may have done it."""
    passwords = await passwords_of(store)
    at_commit_of_passwords(database, f"RAISE EXCEPTION 'injected' USING ERRCODE = '{sqlstate}'")

    with pytest.raises(Fault) as fault:
        await passwords.keep("one", _HASH)

    assert (fault.value.code, fault.value.retryable) == ("COMMIT_UNCERTAIN", True)
    assert fault.value.facts == {"sqlstate": sqlstate}


async def test_a_warning_at_the_commit_is_told_in_any_language(database: TestDatabase, store: Database) -> None:
    """T4: that a standby does not have it is known by the code of the warning; its words are the server's."""
    passwords = await passwords_of(store)
    at_commit_of_passwords(database, "RAISE WARNING 'storniere Warten auf synchrone Replikation'")

    with pytest.raises(Fault) as fault:
        await passwords.keep("one", _HASH)
    found = await passwords.find("one")

    assert (fault.value.code, fault.value.retryable) == ("COMMIT_UNCERTAIN", True)
    assert found == _HASH


async def test_what_is_kept_already_is_not_kept_again(store: Database) -> None:
    """T8: whoever comes second under a name is told that his hash was not kept."""
    passwords = await passwords_of(store)

    kept = [await passwords.keep("one", f"{_HASH}{number}") for number in range(2)]
    await passwords.forget(["one"])
    kept.append(await passwords.keep("one", _HASH))

    assert kept == [True, False, True]


async def test_one_secret_is_given_to_all(store: Database) -> None:
    """T8: the secret of an org's services is made once, whoever asks."""
    passwords = await passwords_of(store)

    secrets = {await passwords.service_secret() for _ in range(3)}
    other = await store.passwords(await store.create_org("other")).service_secret()

    assert len(secrets) == 1
    assert other not in secrets


async def test_what_the_database_says_of_an_org_is_a_fault(database: TestDatabase, store: Database) -> None:
    """T4: a database that takes no writes is a fault that may pass, and no error of the driver's."""
    query(database.admin_url, f"ALTER DATABASE {database.name} SET default_transaction_read_only = on")

    with pytest.raises(Fault) as fault:
        await store.create_org("main")

    assert (fault.value.code, fault.value.retryable) == ("DATABASE_BUSY", True)


async def test_a_session_that_nobody_has_ends_without_a_fault(store: Database) -> None:
    """T8: to sign out of a session that is over is done already."""
    sessions = store.sessions(await store.create_org("main"), SignInTimes())

    await sessions.end("nobody's")

    assert await sessions.find("nobody's") is None


async def test_rows_that_do_not_come_are_not_taken_for_none(database: TestDatabase) -> None:
    """
    T4: a hash that was found and is not sent is no hash that is not there, and so for what any reader asks.

    It fails where the rows are taken as they come: tried.
    """
    async with onhand.connect(database.engine_url, actor="test") as stock:
        await stock.define(sites=["london"], key="define")
        org_id = stock.org_id
    with through_proxy(database.engine_url) as (proxy, url):
        store = Database(url)
        await store.open()
        passwords, reader = store.passwords(org_id), Reader(store.readers, store.statements, org_id, timeout_seconds=5)
        await passwords.keep("one", _HASH)
        asked = {"SELECT password": passwords.find("one"), "SELECT journal": reader.ask("read_head")}
        told: list[tuple[str, int]] = []
        for statement, answer in asked.items():
            proxy.tell(Injection(kind="rows lost", label=Label("E", statement)))
            with pytest.raises(Fault) as fault:
                await answer
            told.append((fault.value.code, proxy.done))
        proxy.tell(None)
        found = await passwords.find("one"), len(await reader.ask("read_head"))
        await store.close()

    assert told == [("DATABASE_UNREACHABLE", 1)] * 2
    assert found == (_HASH, 1)
