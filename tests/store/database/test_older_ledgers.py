"""A ledger that version 0.1.0 wrote is read, proved and continued by this one."""

import re
from pathlib import Path

import psycopg
import pytest

import onhand
from onhand.store.database.schema import downgrade_schema, upgrade_schema
from tests.conftest import TestDatabase
from tests.ledger.soundness import flaws

WRITTEN = Path(__file__).with_name("written_by_0_1_0.sql")
"""What the story of the service's examples and the demo left in a database of 0.1.0, table by table, as COPY."""

REVISION = "0024"
"""The schema of 0.1.0."""

HEADS = {
    "demo-1": (82, "3fbbc94c1c550931cb07f31308dc1254efe77cb952a943b678716198b5a55aa1"),
    "main": (114, "cde7883b001285570c13ab44f7c1b18c068d5e9b6b1a5f7ebc8a15182efa90b1"),
}
"""Where the journals of that database ended, and how they were sealed."""

_COPY = re.compile(r"^(COPY [^;]+);\n(.*?)^\\\.\n", re.DOTALL | re.MULTILINE)
_SETTING = re.compile(r"^SELECT pg_catalog\.setval\([^;]+;", re.MULTILINE)


@pytest.fixture
def written(empty_database: TestDatabase) -> TestDatabase:
    """The database as 0.1.0 left it, with the schema of today."""
    upgrade_schema(empty_database.owner_url)
    downgrade_schema(empty_database.owner_url, REVISION)
    text = WRITTEN.read_text(encoding="utf-8")
    with psycopg.connect(empty_database.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement, rows in _COPY.findall(text):
            with connection.cursor().copy(statement) as copy:
                copy.write(rows)
        for statement in _SETTING.findall(text):
            connection.execute(statement)
    upgrade_schema(empty_database.owner_url)
    return empty_database


@pytest.mark.parametrize("org", HEADS)
async def test_a_ledger_of_the_version_before_is_read_and_proved(written: TestDatabase, org: str) -> None:
    """L20, T3: its postings read to the bytes that were sealed, its journal ends where it ended, balances follow."""
    async with onhand.connect(written.engine_url, org=org, actor="test") as stock:
        proof = await stock.verify()

    assert proof.ok, proof.findings
    assert (proof.head.number, proof.head.hash.hex()) == HEADS[org]


async def test_it_goes_on(written: TestDatabase) -> None:
    """L20, R3: a retry of what was done before is answered from it, an old act is undone, and new ones follow."""
    async with onhand.connect(written.engine_url, org="demo-1", actor="test") as stock:
        retried = await stock.sell(
            site="cafe-north",
            lines=[("BEANS", "0.018"), ("OAT-MILK", "0.15")],
            key="demo-1/till/1",
            document=("receipt", "1"),
        )
        sold = await stock.sell(site="cafe-north", lines=[("MUG", 1)], key="after/1")
        undone = await stock.revert(number=sold.number, reason="a slip", key="after/2")
        proof = await stock.verify()

    assert (retried.number, retried.replayed) == (36, True)
    assert (sold.number, undone.number, proof.ok) == (83, 84, True)
    assert flaws(written.admin_url) == []
