"""The tasks of the worker: each does what is due, and again what is done already does nothing."""

import os
from collections.abc import Sequence
from datetime import date
from socket import gethostname

import structlog

from onhand.ledger.core.answers import Verification
from onhand.ledger.lots.alarms import CheckFindings
from onhand.ledger.recipes.health import Check, HealthStatus
from onhand.ledger.serials.consistency import Inconsistency
from onhand.ledger.stock import Stock

_RATES = frozenset({"success rate", "queue age"})

log = structlog.get_logger("onhand.worker")


class CheckFailedError(Exception):
    """The ledger is not what it was written as; the job fails, and its row says so."""


async def clean_up(stock: Stock) -> None:
    """Release what has expired, and offer what came free to who waits."""
    done = await stock.reservations.release_expired(worker=f"worker-{gethostname()[:40]}-{os.getpid()}")
    if done.released or done.offered:
        log.info("cleanup", released=len(done.released), offered=len(done.offered))
    await stock.worker.refresh_pieces()


async def check(stock: Stock) -> None:
    """Verify the ledger, and raise alerts; raises CheckFailedError where it is not what was written."""
    verification = await stock.verify()
    astray = await stock.find_inconsistencies()
    for finding in verification.findings:
        log.error("check", number=finding.number, entity=finding.entity, detail=finding.detail)
    for found in astray:
        log.error("inconsistent", kind=found.kind, subject=found.subject, detail=found.detail, remedy=found.remedy)
    await _sound_alarms(stock, verification, astray)
    await stock.lots.check_alerts()
    if not verification.ok:
        raise CheckFailedError(f"{len(verification.findings)} findings")
    log.info("check", postings=verification.postings, inconsistent=len(astray))


async def report(stock: Stock, day: date) -> None:
    """Make the report of a day, which stands in the journal once."""
    posting = await stock.reports.make(day)
    log.info("report", day=day.isoformat(), posting=posting.number)


async def _sound_alarms(stock: Stock, verification: Verification, astray: Sequence[Inconsistency]) -> None:
    """Tell what a check found as alerts; what is critical about the guards and deductions is no less wrong."""
    health = await stock.recipes.health()
    told = [f"{finding.entity}: {finding.detail}" for finding in verification.findings]
    told += [f"{found.subject}: {found.detail}" for found in astray]
    told += [f"{check.name}: {check.detail}" for check in health.checks if check.name not in _RATES and _is_bad(check)]
    (rate,) = [check for check in health.checks if check.name == "success rate"]
    await stock.worker.sound_alarms(CheckFindings(inconsistencies=told, success_rate=rate))


def _is_bad(check: Check) -> bool:
    return check.status == HealthStatus.CRITICAL
