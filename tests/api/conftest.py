"""A server on a database with two orgs, for the whole module that asks for it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import psycopg
import pytest
from psycopg import sql

import onhand
from tests.api.serving import Caller, Running, serving
from tests.conftest import Server, TestDatabase

_numbers = count(1)
ROLES = ("viewer", "clerk", "manager", "auditor", "admin")


@pytest.fixture(scope="module")
def module_database(server: Server) -> Iterator[TestDatabase]:
    """A database of this module's own."""
    name = f"onhand_api_{os.getpid()}_{next(_numbers)}"
    template = f"onhand_template_{os.getpid()}"
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER onhand_owner TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    yield server.database(name)
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A running server with an org `main` that has stock, and an org `other` that has its own."""

    admin_url: str
    running: Running
    boss: Caller
    stranger: Caller
    by_role: dict[str, Caller]
    london_clerk: Caller


@pytest.fixture(scope="module")
def shop(module_database: TestDatabase) -> Iterator[Shop]:
    """A server with callers of each role."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london", "paris"], items=["A", "B"], products=["P"], key="define")
        stock.receive(site="london", lines=[("A", 1000)], key="po-1")
        stock.receive(site="paris", lines=[("A", 1000)], key="po-2")
    with serving(module_database) as running:
        import asyncio  # noqa: PLC0415 - used here alone
        from dataclasses import replace  # noqa: PLC0415 - used here alone

        from onhand.bootstrap import create_org  # noqa: PLC0415 - used here alone
        from onhand.config import Config  # noqa: PLC0415 - used here alone

        asyncio.run(create_org(replace(Config(database_url=module_database.engine_url), org="other")))
        with onhand.connect_sync(module_database.engine_url, org="other") as stock:
            stock.define(sites=["london"], items=["A"], key="define")
            stock.receive(site="london", lines=[("A", 10)], key="po-1")
        by_role = {role: running.caller(running.make_key(role, role)) for role in ROLES}
        yield Shop(
            admin_url=module_database.admin_url,
            running=running,
            boss=by_role["admin"],
            stranger=running.caller(running.make_key("stranger", "admin", org="other")),
            by_role=by_role,
            london_clerk=running.caller(running.make_key("till", "clerk", "london")),
        )
