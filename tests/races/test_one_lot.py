"""
One lot, many clients at the same instant: in tasks, in threads and in processes of their own.

The control takes the lock of the journal out, and then the same race hands out goods of the lot twice.
"""

import asyncio

import pytest

from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import define, ledger
from tests.ledger.soundness import flaws
from tests.races.crowd import TAKEN, Crowd, Outcome, furnish_control, race_in_tasks, race_in_threads

ROUNDS_MAX = 60


async def take_in(database: TestDatabase, clients: int, *skus: str) -> None:
    """Put goods for so many clients into one lot of each item."""
    async with ledger(database) as stock:
        await stock.post(define(*skus))
        for sku in skus:
            await stock.receive(site="london", lines=[(sku, clients * TAKEN, "L")], key=f"po {sku}")


def statuses(database: TestDatabase) -> set[str]:
    """The statuses of all lots."""
    return {status for (status,) in query(database.admin_url, "SELECT status FROM lot")}


@pytest.mark.parametrize("clients", [10, 32, 200])
async def test_in_tasks_and_threads(database: TestDatabase, clients: int) -> None:
    """L3, L16: one client more than a lot has goods for: all others are served, 0 is left, and it is SOLD_OUT once."""
    await take_in(database, clients, "A", "B")

    in_tasks = await race_in_tasks(database, "A", clients + 1)
    in_threads = await asyncio.to_thread(race_in_threads, database, "B", clients + 1)

    assert in_tasks == in_threads == Outcome(clients, 1, (), 0)
    assert statuses(database) == {"SOLD_OUT"}
    assert query(database.admin_url, "SELECT count(*) FROM change WHERE action = 'sold_out'") == [(2,)]
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize(("clients", "processes"), [(10, 11), (32, 11), (200, 20)])
async def test_in_processes(database: TestDatabase, clients: int, processes: int) -> None:
    """L3, L16: the same in separate processes, each of which sees the lot through a connection of its own."""
    await take_in(database, clients, "A")

    with Crowd(database, processes) as crowd:
        outcome = crowd.race("A", clients + 1)

    assert outcome == Outcome(clients, 1, (), 0)
    assert statuses(database) == {"SOLD_OUT"}
    assert flaws(database.admin_url) == []


async def test_control_without_the_lock(database: TestDatabase) -> None:
    """L3, control: with the lock taken out, more of a lot is handed out than was there, or the table does not fit."""
    furnish_control(database)
    skus = [f"A-{number}" for number in range(ROUNDS_MAX)]
    await take_in(database, 10, *skus)

    wrong = False
    for sku in skus:
        outcome = await race_in_tasks(database, sku, 11, guard="none")
        wrong = outcome.served > 10 or outcome.left != (10 - outcome.served) * TAKEN
        if wrong:
            break

    assert wrong
