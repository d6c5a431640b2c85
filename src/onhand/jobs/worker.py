"""
The worker of an org: plans its jobs, works them off under leases, and follows the journal.

Any number of workers may run: a moment is planned once, a job is worked on by one of them, what a dead one left is
taken over when its lease is over, and the journal is read on, into the totals and to each webhook, by whoever comes
first.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog

from onhand.delivery.deliverer import Deliverer
from onhand.faults import Fault
from onhand.jobs.plan import CHECK, CLEANUP, REPORT, TIDY, JobPlan
from onhand.jobs.port import Job, Jobs
from onhand.jobs.tasks import CheckFailedError, check, clean_up, report
from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.days import day_of
from onhand.ledger.stock import Stock

_TICK_SECONDS = 0.5
_PAUSE_SECONDS = 1.0
_TRIES_MAX = 3
"""What a breakdown stops is tried so often, each time after a longer wait; what a dead worker left, until it ends."""

log = structlog.get_logger("onhand.worker")


def _now() -> datetime:
    return datetime.now(UTC)


class OrgWorker:
    """Works for one org until it is stopped, or until nothing is left to do."""

    def __init__(
        self,
        jobs: Jobs,
        stock: Stock,
        plan: JobPlan,
        deliverer: Deliverer | None = None,
        *,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Work on an open ledger; the clock says what is due."""
        self._claim = uuid4().hex
        self._jobs = jobs
        self._stock = stock
        self._plan = plan
        self._deliverer = deliverer
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._zone: tuple[datetime, ZoneInfo] | None = None

    async def run(self, *, until_idle: bool = False) -> None:
        """
        Work until a signal comes; what is under way is finished first.

        Args:
            until_idle: Do what is due now, and return.
        """
        if until_idle:
            slots = await self._slots()
            await self._begin(slots)
            while self._under_way:
                await asyncio.wait(self._under_way.values())
                await self._begin(slots)
            await self._stock.worker.follow_totals()
            if self._deliverer is not None:
                await self._deliverer.deliver_all()
            return
        acts = [
            (self._begin_due, _TICK_SECONDS),
            (self._hold, self._plan.stalled_seconds / 3),
            (self._follow, self._plan.follow_seconds),
        ]
        if self._deliverer is not None:
            acts.append((self._deliver, self._plan.follow_seconds))
        loops = [asyncio.create_task(self._repeat(act, seconds)) for act, seconds in acts]
        try:
            await _stopped()
        finally:
            holding = loops.pop(1)
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, *self._under_way.values(), return_exceptions=True)
            if self._deliverer is not None:
                await self._deliverer.stop()
            holding.cancel()

    async def _repeat(self, act: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Do something again and again; a breakdown is told, and it is tried again."""
        while True:
            try:
                await act()
            except Fault as fault:
                log.warning("interrupted", what=str(fault))
                await asyncio.sleep(_PAUSE_SECONDS)
            await asyncio.sleep(seconds)

    async def _begin_due(self) -> None:
        await self._begin(await self._slots())

    async def _slots(self) -> dict[str, datetime]:
        """Give the moments that are due; other workers find the same."""
        now = self._clock()
        return self._plan.slots(now, await self._org_zone(now))

    async def _begin(self, slots: Mapping[str, datetime]) -> None:
        """Plan what is due, and begin what nobody is at."""
        self._under_way = {task: work for task, work in self._under_way.items() if not work.done()}
        await self._jobs.plan(slots)
        for job in await self._jobs.claim(self._claim, self._plan.stalled_seconds, self._under_way):
            if job.tries > 1:
                log.warning("begun again", task=job.task, tries=job.tries)
            self._under_way[job.task] = asyncio.create_task(self._work(job))

    async def _hold(self) -> None:
        if self._under_way:
            await self._jobs.hold(self._claim, self._plan.stalled_seconds, self._under_way)

    async def _work(self, job: Job) -> None:
        """Do a job, and note what became of it; where that cannot be noted, its lease will be over some time."""
        try:
            failure = await self._outcome(job)
            if isinstance(failure, Fault) and job.tries < _TRIES_MAX:
                await self._jobs.postpone(self._claim, job, 2.0**job.tries)
            else:
                await self._jobs.end(self._claim, job, None if failure is None else str(failure))
        except Fault as fault:
            log.warning("interrupted", what=str(fault), task=job.task)

    async def _outcome(self, job: Job) -> Exception | None:
        """Do a job; gives what went wrong, if anything."""
        try:
            await self._do(job)
        except Fault as fault:
            log.warning("interrupted", what=str(fault), task=job.task)
            return fault
        except CheckFailedError as error:
            log.error("failed", what=str(error), task=job.task)  # noqa: TRY400 - its findings are told, no place in the code
            return error
        except Exception as error:
            log.exception("broken", task=job.task)
            return error
        return None

    async def _do(self, job: Job) -> None:
        if job.task == CLEANUP:
            await clean_up(self._stock)
        elif job.task == CHECK:
            await check(self._stock)
        elif job.task == REPORT:
            zone = await self._org_zone(self._clock())
            await report(self._stock, day_of(job.slot, zone) - timedelta(days=1))
        elif job.task == TIDY:
            await self._jobs.delete_ended(self._plan.keep_hours)
        else:
            raise LookupError(f"this version knows no task {job.task}")

    async def _follow(self) -> None:
        await self._stock.worker.follow_totals()

    async def _deliver(self) -> None:
        if self._deliverer is not None:
            await self._deliverer.begin_due()

    async def _org_zone(self, now: datetime) -> ZoneInfo:
        """Give the zone of the org; it is read again after a minute."""
        if self._zone is None or now - self._zone[0] > timedelta(minutes=1):
            self._zone = now, zone_of((await self._stock.catalog.settings())["time_zone"])
        return self._zone[1]


async def _stopped() -> None:
    """Wait for a signal."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
