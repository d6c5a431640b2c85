"""Workers of a test, on the database of the test."""

from collections.abc import Callable
from datetime import UTC, datetime

from onhand.jobs.plan import JobPlan
from onhand.jobs.worker import OrgWorker
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from tests.conftest import TestDatabase


def _now() -> datetime:
    return datetime.now(UTC)


async def work_until_idle(
    stock: Stock, database: TestDatabase, plan: JobPlan, clock: Callable[[], datetime] = _now
) -> None:
    """Let a worker do what is due, and stop."""
    opened = Database(database.engine_url)
    await opened.open()
    try:
        await OrgWorker(opened.jobs(stock.org_id), stock, plan, clock=clock).run(until_idle=True)
    finally:
        await opened.close()
