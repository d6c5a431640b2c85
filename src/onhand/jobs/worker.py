"""
The worker of an org: plans its tasks, works them off, takes over what a dead worker left, and follows the journal.

Any number of workers may run: a task of a moment is queued once, a job is worked on by one of them, and the journal is
read on, into the totals and to each webhook, by whoever comes first.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from procrastinate.exceptions import ConnectorException

from onhand.delivery.deliverer import Deliverer
from onhand.faults import Fault
from onhand.jobs.plan import REPORT, Plan
from onhand.jobs.tasks import make_app, queue_of
from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.days import day_of
from onhand.ledger.stock import Stock

_TICK_SECONDS = 0.5
_PAUSE_SECONDS = 1.0
_CONCURRENCY = 4

log = structlog.get_logger("onhand.worker")


def _now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Works for one org until it is stopped, or until nothing is left to do."""

    def __init__(
        self,
        url: str,
        stock: Stock,
        plan: Plan,
        deliverer: Deliverer | None = None,
        *,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Work on an open ledger; the URL leads to the server itself, not to a pooler. The clock says what is due."""
        self._clock = clock
        self._stock = stock
        self._deliverer = deliverer
        self._plan = plan
        self._app = make_app(url, stock, keep_hours=plan.keep_hours)
        self._name = queue_of(stock.org_id)
        self._queued: dict[str, datetime] = {}
        self._zone: tuple[datetime, ZoneInfo] | None = None

    async def run(self, *, until_idle: bool = False) -> None:
        """
        Work until a signal comes; what is under way is finished first.

        Args:
            until_idle: Do what is due now, and return.
        """
        async with self._app.open_async():
            if until_idle:
                await self._take_over()
                await self._queue_due()
                await self._work(wait=False)
                await self._stock.follow_totals()
                if self._deliverer is not None:
                    await self._deliverer.deliver_all()
                return
            loops = [
                asyncio.create_task(self._repeat(self._queue_due, _TICK_SECONDS)),
                asyncio.create_task(self._repeat(self._take_over, self._plan.stalled_seconds / 2)),
                asyncio.create_task(self._repeat(self._follow, self._plan.follow_seconds)),
            ]
            if self._deliverer is not None:
                loops.append(asyncio.create_task(self._repeat(self._deliverer.begin_due, self._plan.follow_seconds)))
            try:
                await self._until_stopped()
            finally:
                for loop in loops:
                    loop.cancel()
                await asyncio.gather(*loops, return_exceptions=True)
                if self._deliverer is not None:
                    await self._deliverer.stop()

    async def _until_stopped(self) -> None:
        """Work until a signal comes; where the work ends otherwise, the database was away, and it begins anew."""
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        stopped = asyncio.create_task(stop.wait())
        while not stop.is_set():
            work = asyncio.create_task(self._work(wait=True))
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            work.cancel()
            (ended,) = await asyncio.gather(work, return_exceptions=True)
            if not stop.is_set():
                log.warning("interrupted", what=str(ended))
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _work(self, *, wait: bool) -> None:
        await self._app.run_worker_async(
            queues=[self._name],
            concurrency=_CONCURRENCY,
            wait=wait,
            listen_notify=False,
            install_signal_handlers=False,
            update_heartbeat_interval=self._plan.stalled_seconds / 3,
            stalled_worker_timeout=self._plan.stalled_seconds,
            fetch_job_polling_interval=_TICK_SECONDS,
        )

    async def _repeat(self, act: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Do something again and again; a breakdown is told, and it is tried again."""
        while True:
            try:
                await act()
            except (Fault, ConnectorException) as error:
                log.warning("interrupted", what=str(error))
                self._queued.clear()  # another server may have taken over that lost what was queued last
                await asyncio.sleep(_PAUSE_SECONDS)
            await asyncio.sleep(seconds)

    async def _queue_due(self) -> None:
        """Queue what has become due since; other workers that find the same moment queue nothing more."""
        now = self._clock()
        zone = await self._org_zone(now)
        for name, slot in self._plan.slots(now, zone).items():
            if self._queued.get(name) == slot:
                continue
            if name == REPORT or not await self._waits(name):
                await self._queue(name, slot, day_of(slot, zone) - timedelta(days=1))
            self._queued[name] = slot

    async def _queue(self, name: str, slot: datetime, day: date) -> None:
        """Queue the job of a moment; the database lets one of all workers do so."""
        timestamp = int(slot.timestamp())
        told = {"day": day.isoformat()} if name == REPORT else {}
        deferrer = self._app.tasks[name].configure(
            queue=self._name, lock=f"{self._name}/{name}", task_kwargs={"timestamp": timestamp, **told}
        )
        await self._app.job_manager.defer_periodic_job(deferrer.job, self._name, timestamp)

    async def _waits(self, name: str) -> bool:
        """
        Tell whether such a job waits already; then another would find nothing to do.

        A lock on queueing would do the same, but it would also keep a job from being queued again when its worker dies.
        """
        return bool(await self._app.job_manager.list_jobs_async(queue=self._name, task=name, status="todo"))

    async def _take_over(self) -> None:
        """Queue the jobs of silent workers again."""
        manager = self._app.job_manager
        stalled = await manager.get_stalled_jobs(queue=self._name, seconds_since_heartbeat=self._plan.stalled_seconds)
        for job in stalled:
            log.warning("taken over", task=job.task_name, job=job.id)
            await manager.retry_job(job)

    async def _follow(self) -> None:
        await self._stock.follow_totals()

    async def _org_zone(self, now: datetime) -> ZoneInfo:
        """Give the zone of the org; it is read again after a minute."""
        if self._zone is None or now - self._zone[0] > timedelta(minutes=1):
            self._zone = now, zone_of((await self._stock.settings())["time_zone"])
        return self._zone[1]
