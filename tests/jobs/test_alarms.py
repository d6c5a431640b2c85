"""Alarms: the worker's check tells what is wrong with the ledger as a whole, as alerts and in the metrics."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from onhand import Refused
from onhand.jobs.plan import JobPlan
from onhand.kernel.lots.sound_alarm import SoundAlarm
from onhand.ledger.lots.alarms import CheckFindings
from onhand.ledger.recipes.health import Figures
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.jobs.working import work_until_idle
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.serials.test_consistency import damage

DAMAGE = "UPDATE holding SET available = available - 2000000, reserved = reserved + 2000000"
MENDING = "UPDATE holding SET available = available + 2000000, reserved = reserved - 2000000"


def found(*inconsistencies: str, deducted: int = 99, refused: int = 1) -> CheckFindings:
    """Give what a check found."""
    rate, _ = Figures(deducted=deducted, refused=refused, oldest_waiting=None).checks(now=None)  # type: ignore[arg-type]  # no queue
    return CheckFindings(inconsistencies=inconsistencies, success_rate=rate)


async def standing(stock: Stock) -> set[str]:
    """Tell which alerts stand."""
    return {alert.rule for alert in await stock.lots.list_alerts()}


async def checked(stock: Stock, database: TestDatabase, hour: int) -> None:
    """Let a worker do what is due in some hours."""
    later = datetime.now(UTC) + timedelta(hours=hour)
    await work_until_idle(stock, database, JobPlan(), lambda: later)


async def test_the_hourly_check_sounds_and_ends_an_alarm(stock: Stock, database: TestDatabase) -> None:
    """S14: damage is told as an alert by a posting and in the metrics, until it is mended."""
    await furnish(stock, ("A", 5))
    await checked(stock, database, 1)
    assert await standing(stock) == set()
    damage(database, DAMAGE)

    await checked(stock, database, 2)

    (alert,) = await stock.lots.list_alerts()
    assert (alert.rule, alert.severity, alert.sku) == ("inconsistency", "critical", None)
    assert alert.facts["found"] >= 1
    assert 'onhand_alerts{rule="inconsistency"} 1' in (await stock.recipes.metrics()).prometheus()
    assert [posting.kind for posting in await stock.list_postings(kind="alarm")] == ["alarm"]
    damage(database, MENDING)
    await checked(stock, database, 3)
    assert await standing(stock) == set()
    assert 'onhand_alerts{rule="inconsistency"} 0' in (await stock.recipes.metrics()).prometheus()


async def test_failures_and_slow_acts_are_told(stock: Stock) -> None:
    """S14: too few deductions succeed, or acts take too long: each is an alert while it is so; then it is over."""
    await stock.worker.sound_alarms(found(), slow_seconds=60)
    assert await standing(stock) == set()

    await stock.worker.sound_alarms(found(deducted=90, refused=10), slow_seconds=0)

    assert await standing(stock) == {"failure_rate", "slow_operations"}
    facts = {alert.rule: alert.facts for alert in await stock.lots.list_alerts()}
    assert facts["failure_rate"]["detail"] == "90 of 100 deductions of the last 24 hours succeeded"
    assert facts["slow_operations"]["limit"] == 0
    (slow,) = await stock.lots.list_alerts(rule="slow_operations")
    await stock.lots.acknowledge_alert(alert=slow.id, key="ack")
    assert await stock.worker.sound_alarms(found(deducted=90, refused=10), slow_seconds=0) == []
    await stock.worker.sound_alarms(found(), slow_seconds=60)
    assert await standing(stock) == set()
    assert (await stock.verify()).ok


async def test_many_workers_sound_one_alarm(stock: Stock, database: TestDatabase) -> None:
    """S14: whoever checks, and however many at once, an alert is raised once and resolved once."""
    async with ledger(database) as other:
        for what in (found("a", "b"), found()):
            await asyncio.gather(*(who.worker.sound_alarms(what, slow_seconds=60) for who in [stock, other] * 4))

    steps = query(database.admin_url, "SELECT action FROM change WHERE entity = 'alert' ORDER BY number")
    assert steps == [("created",), ("resolved",)]


async def test_an_alarm_is_of_no_item(stock: Stock, database: TestDatabase) -> None:
    """S14: an alarm is one of three, and the database holds none about an item."""
    with pytest.raises(Refused, match="an alarm is one of inconsistency, failure_rate, slow_operations"):
        await stock.post(SoundAlarm(key="x", rule="low_stock", stands=True))
    await stock.worker.sound_alarms(found("a"), slow_seconds=60)

    for edit in ("item_id = 1", "rule = 'low_stock'", "site_id = 1"):
        with pytest.raises(psycopg.errors.CheckViolation, match="alert_of_an_item_or_of_all"):
            query(database.admin_url, f"UPDATE alert SET {edit}")
