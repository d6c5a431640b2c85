"""Databases in which a busy week has passed already."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from itertools import count

import psycopg
import pytest
from psycopg import sql

import onhand
from onhand.ledger.stock import Stock
from onhand.store.database.schema import upgrade_schema
from tests.conftest import Server, TestDatabase
from tests.store.busy_week import a_busy_week
from tests.store.of_everything import something_of_everything

_numbers = count(1)


@pytest.fixture(scope="session")
def week_template(server: Server) -> Iterator[TestDatabase]:
    """A database with a busy week in it, to be copied; nobody stays connected to it."""
    made = _make(server, "week", "template1")
    upgrade_schema(made.owner_url)

    async def fill() -> None:
        async with onhand.connect(made.engine_url, actor="test") as stock:
            await a_busy_week(stock)

    asyncio.run(fill())
    yield made
    _drop(server, made)


@pytest.fixture(scope="session")
def week_to_read(server: Server, week_template: TestDatabase) -> Iterator[TestDatabase]:
    """One copy of the week for all tests that only ask."""
    made = _make(server, "asked", week_template.name)
    yield made
    _drop(server, made)


@pytest.fixture
async def week(week_to_read: TestDatabase) -> AsyncIterator[Stock]:
    """A ledger after a busy week, to be asked only."""
    async with onhand.connect(week_to_read.engine_url, actor="test") as opened:
        yield opened


@pytest.fixture
def week_database(server: Server, week_template: TestDatabase) -> Iterator[TestDatabase]:
    """A copy of the week of this test's own."""
    made = _make(server, f"tampered_{next(_numbers)}", week_template.name)
    yield made
    _drop(server, made)


@pytest.fixture
async def own_week(week_database: TestDatabase) -> AsyncIterator[Stock]:
    """A ledger after a busy week, in this test's own copy."""
    async with onhand.connect(week_database.engine_url, actor="test") as opened:
        yield opened


@pytest.fixture(scope="session")
def full_template(server: Server) -> Iterator[TestDatabase]:
    """A database with something in every list, to be copied; nobody stays connected to it."""
    made = _make(server, "full", "template1")
    upgrade_schema(made.owner_url)

    async def fill() -> None:
        async with onhand.connect(made.engine_url, actor="test") as stock:
            await something_of_everything(stock)

    asyncio.run(fill())
    yield made
    _drop(server, made)


@pytest.fixture
def full_database(server: Server, full_template: TestDatabase) -> Iterator[TestDatabase]:
    """A copy of that, of this test's own."""
    made = _make(server, f"full_{next(_numbers)}", full_template.name)
    yield made
    _drop(server, made)


@pytest.fixture
async def full(full_database: TestDatabase) -> AsyncIterator[Stock]:
    """A ledger with something in every list."""
    async with onhand.connect(full_database.engine_url, actor="test") as opened:
        yield opened


def _make(server: Server, word: str, template: str) -> TestDatabase:
    name = f"onhand_week_{os.getpid()}_{word}"
    create = sql.SQL("CREATE DATABASE {} OWNER onhand_owner TEMPLATE {}")
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return server.database(name)


def _drop(server: Server, database: TestDatabase) -> None:
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database.name)))
