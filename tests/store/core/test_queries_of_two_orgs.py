"""One org never sees another's rows, whatever it asks."""

from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

import onhand
from onhand.kernel.refusals import Refused
from onhand.ledger.core.answers import ChangeLine
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from onhand.store.engine.statements import load_statements
from tests.store.busy_week import a_busy_week


@pytest.fixture
async def other(stock: Stock, database_url: str) -> AsyncIterator[Stock]:
    """The ledger of a second org, beside a busy first one."""
    await a_busy_week(stock)
    await Database(database_url).create_org("other")
    async with onhand.connect(database_url, org="other") as opened:
        yield opened


def tables(connection: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    """Every table that belongs to orgs."""
    rows = connection.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'org_id' AND table_schema = 'public'"
    )
    return [str(row[0]) for row in rows]


async def test_an_org_sees_nothing_of_its_neighbour(stock: Stock, other: Stock) -> None:
    """T8: with the same codes and the same numbers, each org has answers of its own."""
    await other.define(sites=["london"], items=["tea"], key="define")
    await other.receive(site="london", lines=[("tea", 7)], key="po-1")

    lot = (await stock.trail(sku="tea", lot="T-1")).rows[0]
    assert isinstance(lot, ChangeLine)

    holdings = await other.list_holdings(empty=True)
    postings = await other.list_postings()

    assert [held.on_hand for held in holdings] == [7]
    assert [row.key for row in postings] == ["define", "po-1"]
    assert len(await other.list_movements()) == 1
    assert len((await other.difference(0)).holdings) == 1
    assert (await other.reservations.list()).rows == ()
    assert not (await other.trail("lot", lot.entity_id)).rows
    assert (await other.verify()).ok
    assert (await stock.verify()).ok
    for ask in (other.get_posting(3), other.list_holdings("paris"), other.list_holdings(lot="T-1")):
        with pytest.raises(Refused):
            await ask


def test_without_an_org_the_reader_sees_nothing(other: Stock, database_url: str) -> None:
    """T8: row security hides everything until a transaction names its org, and then shows that org alone."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SET LOCAL ROLE onhand_reader")
        names = tables(connection)
        unseen = {name: _count(connection, name) for name in names}
        connection.execute("SELECT set_config('onhand.org_id', %s, true)", [str(other.org_id)])
        seen = {name: _count(connection, name) for name in names}

    assert "posting" in names
    assert set(unseen.values()) == {0}
    assert {name: count for name, count in seen.items() if count} == {"org": 1, "journal": 1}


@pytest.mark.parametrize("statement", ["enter_reading", "enter_verifying"])
def test_a_read_cannot_write(stock: Stock, database_url: str, statement: str) -> None:
    """T6: a read runs under a role that may not write, in a transaction that cannot."""
    statements = load_statements()
    params = {"org_id": stock.org_id, "timeout_milliseconds": 1000}
    write = "INSERT INTO sequence (org_id, name, last) VALUES (1, 'x', 1)"
    with psycopg.connect(database_url) as connection:
        connection.execute(statements["begin_reading"].text)
        connection.execute(statements[statement].text, params)
        with pytest.raises(ReadOnlySqlTransaction):
            connection.execute(write)
        connection.rollback()
        connection.execute(statements[statement].text, params)
        with pytest.raises(InsufficientPrivilege):
            connection.execute(write)


def _count(connection: "psycopg.Connection[tuple[object, ...]]", table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(str(row[0]))
