"""
The last units: as many clients as there are goods for, and one more, at the same instant.

The controls take the lock of the journal out. Without it and without the numbers that it guards, the same race sells
what is not there; with the numbers alone, the primary key of the journal catches it.
"""

import asyncio

import pytest

from tests.conftest import TestDatabase
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws
from tests.races.crowd import TAKEN, Crowd, Outcome, furnish_control, race_in_tasks, race_in_threads

CLIENTS = (10, 32, 200)
CONTROL_ROUNDS_MAX = 60


async def stocked(database: TestDatabase, *parts: tuple[str, int]) -> None:
    """Put so much of each item there."""
    async with ledger(database) as stock:
        await furnish(stock, *parts)


@pytest.fixture(params=[0, 1], ids=["as many as there are goods for", "one more"])
def more(request: pytest.FixtureRequest) -> int:
    """How many clients come in vain."""
    return int(request.param)


@pytest.mark.parametrize("clients", CLIENTS)
async def test_in_tasks(database: TestDatabase, clients: int, more: int) -> None:
    """L3: with goods for so many clients, in tasks over four connections, exactly so many are served and 0 is left."""
    await stocked(database, ("A", clients * TAKEN))

    outcome = await race_in_tasks(database, "A", clients + more)

    assert outcome == Outcome(clients, more, (), 0)
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("clients", CLIENTS)
async def test_in_threads(database: TestDatabase, clients: int, more: int) -> None:
    """L3: the same in threads that call the synchronous facade."""
    await stocked(database, ("A", clients * TAKEN))

    outcome = await asyncio.to_thread(race_in_threads, database, "A", clients + more)

    assert outcome == Outcome(clients, more, (), 0)
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize(("clients", "processes"), [(10, 11), (32, 33), (200, 25)])
async def test_in_processes(database: TestDatabase, clients: int, processes: int) -> None:
    """L3: the same in separate processes, each with a connection of its own; 200 clients are spread over 25."""
    await stocked(database, ("A", clients * TAKEN), ("B", clients * TAKEN))

    with Crowd(database, processes) as crowd:
        enough = crowd.race("A", clients)
        one_more = crowd.race("B", clients + 1)

    assert enough == Outcome(clients, 0, (), 0)
    assert one_more == Outcome(clients, 1, (), 0)
    assert flaws(database.admin_url) == []


async def test_control_tasks_oversell_without_the_lock(database: TestDatabase) -> None:
    """
    T1, control: the race in tasks with the journal read, not locked, and numbers of its own: goods are sold twice.

    The same race is run until it shows; it did so in the first rounds whenever it was tried.
    """
    furnish_control(database)
    skus = [f"A-{number}" for number in range(CONTROL_ROUNDS_MAX)]
    await stocked(database, *((sku, 10 * TAKEN) for sku in skus))

    outcomes = [await race_in_tasks(database, sku, 11, guard="none") for sku in skus[:3]]
    for sku in skus[3:]:
        if any(oversold(outcome) for outcome in outcomes):
            break
        outcomes.append(await race_in_tasks(database, sku, 11, guard="none"))

    assert any(oversold(outcome) for outcome in outcomes), outcomes
    assert any("fold" in flaw for flaw in flaws(database.admin_url))


async def test_control_processes_oversell_without_the_lock(database: TestDatabase) -> None:
    """T1, control: the race in processes with the lock taken out oversells too, so the race above can fail."""
    furnish_control(database)
    skus = [f"A-{number}" for number in range(CONTROL_ROUNDS_MAX)]
    await stocked(database, *((sku, 10 * TAKEN) for sku in skus))
    outcomes = []

    with Crowd(database, 11, guard="none") as crowd:
        for sku in skus:
            outcomes.append(crowd.race(sku, 11))
            if oversold(outcomes[-1]):
                break

    assert oversold(outcomes[-1]), outcomes
    assert any("fold" in flaw for flaw in flaws(database.admin_url))


async def test_without_the_row_lock_the_primary_key_catches_it(database: TestDatabase) -> None:
    """
    R5: with only FOR UPDATE taken out, two batches want the same number; one is decided again with fresh rows.

    So nothing is oversold; those who lost too often are told to try again, and are served then.
    """
    clients = 12
    await stocked(database, ("A", clients * TAKEN), ("B", clients * TAKEN))

    in_tasks = await race_in_tasks(database, "A", clients + 1, guard="unlocked")
    with Crowd(database, clients + 1, guard="unlocked") as crowd:
        in_processes = crowd.race("B", clients + 1)

    assert in_tasks == Outcome(clients, 1, (), 0)
    assert in_processes == Outcome(clients, 1, (), 0)
    assert flaws(database.admin_url) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_a_thousand_rounds(database: TestDatabase) -> None:
    """T1: 64 clients in eight processes race for the last units, 1,000 rounds: never one too many or too few."""
    skus = [f"A-{number}" for number in range(1_000)]
    await stocked(database, *((sku, (1 + number % 63) * TAKEN) for number, sku in enumerate(skus)))

    with Crowd(database, 8) as crowd:
        outcomes = [crowd.race(sku, 64) for sku in skus]

    assert outcomes == [Outcome(1 + number % 63, 63 - number % 63, (), 0) for number in range(1_000)]
    assert flaws(database.admin_url) == []


def oversold(outcome: Outcome) -> bool:
    """Whether more was handed out than was there, or what is left does not fit what was handed out."""
    return outcome.served > 10 or outcome.left != (10 - outcome.served) * TAKEN
