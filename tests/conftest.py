"""
A real PostgreSQL for every test that touches the store: one server for the run, one database for a test.

ONHAND_TEST_DATABASE_URL points to a server of your own (as superuser); without it the embedded one runs in a folder of
its own. ONHAND_POSTGRES chooses its version, 18 or 16.
"""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

import onhand
from onhand import embedded
from onhand.ledger.stock import Stock
from onhand.store.database.schema import upgrade_schema
from tests.faults.servers import homes_folder

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Real data that lies beside the checkout, where there is any."""

_TEMPLATE = f"onhand_template_{os.getpid()}"
_PASSWORD = "only-for-tests"
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server, once for each role that tests log in as."""

    admin_url: str
    owner_url: str
    engine_url: str

    def database(self, name: str) -> "TestDatabase":
        """Give the addresses of one of its databases."""
        return TestDatabase(
            name=name,
            admin_url=_with_database(self.admin_url, name),
            owner_url=_with_database(self.owner_url, name),
            engine_url=_with_database(self.engine_url, name),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TestDatabase:
    """A database of one test: as superuser, as owner, and as the engine."""

    __test__ = False

    name: str
    admin_url: str
    owner_url: str
    engine_url: str


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this run, with a template that has the schema."""
    given = os.environ.get("ONHAND_TEST_DATABASE_URL")
    if given:
        yield from _furnished(_given_server(given))
        return
    with homes_folder() as folder:
        home = folder / "home"
        addresses = embedded.up(home, version=int(os.environ.get("ONHAND_POSTGRES") or 18))
        _hurry(addresses.admin_url)
        yield from _furnished(
            Server(admin_url=addresses.admin_url, owner_url=addresses.owner_url, engine_url=addresses.engine_url)
        )
        embedded.down(home)


@pytest.fixture
def database(server: Server) -> Iterator[TestDatabase]:
    """A database of this test's own, with the schema and nothing in it."""
    name = f"onhand_test_{os.getpid()}_{next(_numbers)}"
    _make_database(server, name, _TEMPLATE)
    yield server.database(name)
    _drop_database(server, name)


@pytest.fixture
def empty_database(server: Server) -> Iterator[TestDatabase]:
    """A database of this test's own, without the schema."""
    name = f"onhand_test_{os.getpid()}_{next(_numbers)}"
    _make_database(server, name, "template1")
    yield server.database(name)
    _drop_database(server, name)


@pytest.fixture
def database_url(database: TestDatabase) -> str:
    """The address of this test's database as the engine logs in."""
    return database.engine_url


@pytest.fixture
async def stock(database_url: str) -> AsyncIterator[Stock]:
    """An open ledger on a database of this test's own."""
    async with onhand.connect(database_url, actor="test") as opened:
        yield opened


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real data is not beside this checkout")
    return SHARED


def _hurry(url: str) -> None:
    """Let a server that is thrown away wait for no disk; what a killed process had committed stays all the same."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def _furnished(server: Server) -> Iterator[Server]:
    _make_database(server, _TEMPLATE, "template1")
    upgrade_schema(server.database(_TEMPLATE).owner_url)
    yield server
    _drop_database(server, _TEMPLATE)


def _given_server(url: str) -> Server:
    """Make the roles on a server that was given; they stay, since other databases may use them."""
    with psycopg.connect(url, autocommit=True) as connection:
        for role in ("onhand_owner", "onhand_engine", "onhand_reader"):
            if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        for role in ("onhand_owner", "onhand_engine"):
            alter = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
            connection.execute(alter.format(sql.Identifier(role), sql.Literal(_PASSWORD)))
        connection.execute("GRANT onhand_engine, onhand_reader TO onhand_owner")
        connection.execute("GRANT onhand_reader TO onhand_engine")
    return Server(admin_url=url, owner_url=_as_role(url, "onhand_owner"), engine_url=_as_role(url, "onhand_engine"))


def _make_database(server: Server, name: str, template: str) -> None:
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER onhand_owner TEMPLATE {} STRATEGY FILE_COPY")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def _drop_database(server: Server, name: str) -> None:
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _with_database(url: str, name: str) -> str:
    return make_conninfo(url, dbname=name)


def _as_role(url: str, role: str) -> str:
    return make_conninfo(url, user=role, password=_PASSWORD)
