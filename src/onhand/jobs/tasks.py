"""The tasks of the worker, and the queue that they stand in."""

import os
from collections.abc import Sequence
from datetime import date
from socket import gethostname

import structlog
from procrastinate import App, PsycopgConnector, RetryStrategy

from onhand.faults import Fault
from onhand.jobs.plan import CHECK, CLEANUP, REPORT, TIDY
from onhand.ledger.core.answers import Verification
from onhand.ledger.lots.alarms import Found
from onhand.ledger.recipes.health import Check, Status
from onhand.ledger.serials.consistency import Inconsistency
from onhand.ledger.stock import Stock

_SCHEMA = "onhand_jobs"
_RETRIES = RetryStrategy(max_attempts=3, exponential_wait=2, retry_exceptions=[Fault])
"""What passes is tried again, three times at most, each time after a longer wait."""

log = structlog.get_logger("onhand.worker")


class CheckFailedError(Exception):
    """The ledger is not what it was written as; the job fails, and its queue shows it."""


def queue_of(org_id: int) -> str:
    """Give the queue of an org's jobs."""
    return f"org-{org_id}"


def make_app(url: str, stock: Stock, *, keep_hours: int) -> App:
    """
    Make the queue of an org's jobs, with its tasks.

    Args:
        url: A server itself, not a pooler, which does not take the options of a connection.
        stock: What the tasks work on.
        keep_hours: How long finished jobs are kept.
    """
    # Jobs lie in a schema of their own, and the worker has the rights of the engine, whoever logs in.
    options = f"-c search_path={_SCHEMA} -c role=onhand_engine"
    connector = PsycopgConnector(conninfo=url, kwargs={"options": options}, min_size=1, max_size=4)
    app = App(connector=connector)
    worker = f"worker-{gethostname()[:40]}-{os.getpid()}"

    @app.task(name=CLEANUP, retry=_RETRIES)
    async def cleanup(*, timestamp: int) -> None:
        del timestamp
        done = await stock.release_expired(worker=worker)
        if done.released or done.offered:
            log.info("cleanup", released=len(done.released), offered=len(done.offered))
        await stock.refresh_pieces()

    @app.task(name=CHECK, retry=_RETRIES)
    async def check(*, timestamp: int) -> None:
        del timestamp
        verification = await stock.verify()
        astray = await stock.check()
        for finding in verification.findings:
            log.error("check", number=finding.number, entity=finding.entity, detail=finding.detail)
        for found in astray:
            log.error("inconsistent", kind=found.kind, subject=found.subject, detail=found.detail, remedy=found.remedy)
        await _sound_alarms(stock, verification, astray)
        await stock.check_alerts()
        if not verification.ok:
            raise CheckFailedError(f"{len(verification.findings)} findings")
        log.info("check", postings=verification.postings, inconsistent=len(astray))

    @app.task(name=REPORT, retry=_RETRIES)
    async def report(*, timestamp: int, day: str) -> None:
        del timestamp
        posting = await stock.make_report(date.fromisoformat(day))
        log.info("report", day=day, posting=posting.number)

    @app.task(name=TIDY, retry=_RETRIES)
    async def tidy(*, timestamp: int) -> None:
        del timestamp
        await app.job_manager.delete_old_jobs(
            keep_hours,
            queue=queue_of(stock.org_id),
            include_failed=True,
            include_cancelled=True,
            include_aborted=True,
        )

    return app


async def _sound_alarms(stock: Stock, verification: Verification, astray: Sequence[Inconsistency]) -> None:
    """Tell what a check found as alerts; what is critical about the guards and deductions is no less wrong."""
    health = await stock.health()
    told = [f"{finding.entity}: {finding.detail}" for finding in verification.findings]
    told += [f"{found.subject}: {found.detail}" for found in astray]
    told += [f"{check.name}: {check.detail}" for check in health.checks if check.name not in _RATES and _is_bad(check)]
    (rate,) = [check for check in health.checks if check.name == "success rate"]
    await stock.sound_alarms(Found(inconsistencies=told, success_rate=rate))


_RATES = frozenset({"success rate", "queue age"})


def _is_bad(check: Check) -> bool:
    return check.status == Status.CRITICAL
