"""Retries of what may pass, and what becomes of an operation of several steps when one of them fails for good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onhand import Fault
from onhand.ledger.engine.attempts import ATTEMPTS_MAX
from onhand.ledger.engine.faults_retried import retried
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.injections import inject, met, raising, withdraw
from tests.faults.servers import query
from tests.ledger.ledgers import furnish
from tests.ledger.soundness import flaws

BUSY = Fault(code="DATABASE_BUSY", message="busy", retryable=True)
BROKEN = Fault(code="DATABASE_REFUSED", message="broken", retryable=False)


class Act:
    """Fails so many times, and counts; its pauses are written down instead of waited for."""

    def __init__(self, fault: Fault, times: int) -> None:
        self.fault, self.times, self.tried = fault, times, 0
        self.pauses: list[float] = []

    async def __call__(self) -> str:
        """Fail, or be done."""
        self.tried += 1
        if self.tried <= self.times:
            raise self.fault
        return "done"

    async def pause(self, seconds: float) -> None:
        """Write a pause down."""
        self.pauses.append(seconds)


@pytest.mark.parametrize(("times", "pauses"), [(0, []), (1, [0.1]), (3, [0.1, 0.2, 0.4])])
async def test_what_passes_is_retried(times: int, pauses: list[float]) -> None:
    """S10: a fault that may pass is retried after a pause that doubles, three times at most."""
    act = Act(BUSY, times)

    assert await retried(act, pause=act.pause) == "done"

    assert act.tried == times + 1
    assert act.pauses == pytest.approx(pauses)


async def test_what_does_not_pass_in_three_retries_is_raised() -> None:
    """S10: after the third retry the fault is the answer."""
    act = Act(BUSY, 99)

    with pytest.raises(Fault):
        await retried(act, pause=act.pause)

    assert act.tried == 4


async def test_what_cannot_pass_is_not_retried() -> None:
    """S10: a fault that no retry can mend is raised at once."""
    act = Act(BROKEN, 99)

    with pytest.raises(Fault):
        await retried(act, pause=act.pause)

    assert (act.tried, act.pauses) == (1, [])


def told() -> dict[str, Any]:
    """What a checkout is told."""
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    return {"key": "c", "sites": ["london"], "lines": [("A", 2, 1)], "number": "O-1", "expires_at": expires_at}


async def test_a_checkout_outlives_a_database_that_is_busy(stock: Stock, database: TestDatabase) -> None:
    """S10: the database fails for longer than a batch is tried; the checkout goes on, and each step is done once."""
    await furnish(stock, ("A", 5))
    inject(database, "while writing", raising("40001"), times=ATTEMPTS_MAX + 1)

    await stock.orders.checkout(**told())

    assert met(database) >= ATTEMPTS_MAX + 2
    assert query(
        database.admin_url, "SELECT kind, count(*) FROM posting WHERE key LIKE 'c/%' GROUP BY 1 ORDER BY 1"
    ) == [
        ("order", 1),
        ("reserve_across", 1),
    ]
    assert flaws(database.admin_url) == []


async def test_a_checkout_that_breaks_down_is_completed_later(stock: Stock, database: TestDatabase) -> None:
    """S10, C5: a database that stays away ends the call with a fault; the same call afterwards completes it."""
    await furnish(stock, ("A", 5))
    order = told()
    inject(database, "while writing", raising("40001"), times=10_000)
    with pytest.raises(Fault) as caught:
        await stock.orders.checkout(**order)
    assert caught.value.retryable
    withdraw(database)

    await stock.orders.checkout(**order)

    assert query(database.admin_url, "SELECT status FROM sales_order") == [("placed",)]
    assert flaws(database.admin_url) == []
