"""The product through PgBouncer in transaction mode: nothing faults, and nothing that was acknowledged is missing."""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import onhand
from onhand import Fault
from tests.api.serving import PROGRAM, Answered, serving
from tests.conftest import TestDatabase
from tests.faults.poolers import pgbouncer, pooled
from tests.faults.servers import homes_folder, query, wait_for
from tests.ledger.ledgers import furnish
from tests.ledger.soundness import flaws

pytestmark = pgbouncer

SOON = timedelta(milliseconds=300)
SERVERS = 3
"""Connections that the pooler has to the server; fewer than clients, so that each transaction may get another."""


@pytest.fixture
def behind(database: TestDatabase) -> Iterator[TestDatabase]:
    """The database of a test, whose engine goes through the pooler."""
    with homes_folder() as folder, pooled(Path(folder), database.engine_url, servers=SERVERS) as url:
        yield replace(database, engine_url=url)


def run(database: TestDatabase, *arguments: str) -> Any:  # noqa: ANN401 - each verb has a document of its own
    """Run a command line in a process of its own; give its JSON document."""
    environment = {**os.environ, "ONHAND_DATABASE_URL": database.engine_url, "ONHAND_OWNER_URL": database.owner_url}
    environment.pop("ONHAND_HOME", None)
    done = subprocess.run(
        [PROGRAM, *arguments, "--json"], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_race_through_a_pooler(behind: TestDatabase) -> None:
    """T14, B1: four processes race through it for the last units; each unit is sold once, and nobody meets a fault."""
    result = run(behind, "race", "--clients", "32", "--processes", "4", "--units", "50", "--rounds", "2")

    assert (result["sold"], result["left"], result["drift"]) == (100, "0", "0")
    assert flaws(behind.admin_url) == []


def test_the_demo_through_a_pooler(behind: TestDatabase) -> None:
    """T14: all that the demo shows works through it, and what it wrote verifies."""
    shown = run(behind, "demo")

    assert shown["verification"]["ok"]
    assert run(behind, "verify", "--org", shown["org"])["ok"]


def test_the_service_through_a_pooler(behind: TestDatabase) -> None:
    """T14, T4: of 300 sales over HTTP by 12 at once none meets a fault, and each is in the journal as it was told."""
    with serving(behind) as running:
        boss = running.caller(running.make_key("boss", "admin"))
        boss.done("/api/definitions", {"sites": [{"code": "london"}], "items": [{"sku": "A"}]})
        boss.done("/api/receipts-of-goods", {"site": "london", "lines": [{"sku": "A", "quantity": "1000"}]})

        def sell(number: int) -> Answered:
            body = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
            return boss.post("/api/sales", body, key=f"till/{number}")

        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(sell, range(300)))

    present = dict(query(behind.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'"))
    assert {answer.status for answer in answers} == {201}
    assert {f"till/{number}": answer.body["number"] for number, answer in enumerate(answers)} == present
    assert flaws(behind.admin_url) == []


async def test_the_worker_through_a_pooler(behind: TestDatabase) -> None:
    """T14, S9: a worker does through it all that is due: releases, checks and reports; each job once."""
    async with onhand.connect(behind.engine_url, actor="test") as stock:
        await furnish(stock, ("A", 3))
        await stock.reserve(site="london", lines=[("A", 1)], expires_at=datetime.now(UTC) + SOON, key="promise")
        late = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
        assert await asyncio.to_thread(wait_for, lambda: query(behind.admin_url, late) == [(1,)])
    assert run(behind, "worker", "--until-idle") == {"stopped": True}

    done = query(behind.admin_url, "SELECT task, tries, failure FROM job ORDER BY task")
    assert done == [(task, 1, None) for task in ("check", "cleanup", "report", "tidy")]
    assert query(behind.admin_url, "SELECT status FROM reservation") == [("expired",)]
    assert query(behind.admin_url, "SELECT count(*) FROM posting WHERE kind IN ('expire', 'report')") == [(2,)]
    assert flaws(behind.admin_url) == []


async def test_ledgers_in_turn_through_a_pooler(behind: TestDatabase) -> None:
    """T14, T4: four ledgers whose transactions meet each other's plans sell 400 times without a fault."""
    ledgers = [await onhand.connect(behind.engine_url, actor="test") for _ in range(4)]
    try:
        await furnish(ledgers[0], ("A", 1_000))
        outcomes = await asyncio.gather(
            *(ledgers[number % 4].sell(site="london", lines=[("A", 1)], key=f"till/{number}") for number in range(400)),
            return_exceptions=True,
        )
    finally:
        for ledger in ledgers:
            await ledger.close()

    assert [outcome for outcome in outcomes if isinstance(outcome, Fault)] == []
    present = dict(query(behind.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'"))
    assert {
        f"till/{number}": outcome.number
        for number, outcome in enumerate(outcomes)
        if not isinstance(outcome, BaseException)
    } == present
    assert len(present) == 400
