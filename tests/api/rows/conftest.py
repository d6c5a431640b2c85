"""One served application for all rows; each test has sites and items of its own in it."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

import onhand
from onhand.ledger.sync_stock import SyncStock
from tests.api.serving import Caller, Running, serving
from tests.conftest import Server, TestDatabase


@pytest.fixture(scope="session")
def rows_database(server: Server) -> Iterator[TestDatabase]:
    """A database of the rows."""
    name = f"onhand_rows_{os.getpid()}"
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER onhand_owner TEMPLATE {}")
        template = sql.Identifier(f"onhand_template_{os.getpid()}")
        connection.execute(create.format(sql.Identifier(name), template))
    yield server.database(name)
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def service(rows_database: TestDatabase) -> Iterator[Running]:
    """A server that runs."""
    with serving(rows_database) as running:
        yield running


@pytest.fixture(scope="session")
def boss(service: Running) -> Caller:
    """An admin of the org."""
    return service.caller(service.make_key("boss", "admin"))


@pytest.fixture
def worker(rows_database: TestDatabase) -> Iterator[SyncStock]:
    """The ledger as the worker has it, for what it does in the background."""
    with onhand.connect_sync(rows_database.engine_url) as stock:
        yield stock
