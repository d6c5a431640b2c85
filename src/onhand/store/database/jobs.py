"""The worker's jobs on PostgreSQL: a row for each moment, with the lease under which one worker is at it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.jobs.port import Job
from onhand.store.database.engine_rows import run_as_engine
from onhand.store.engine.rows import DriverRow, utc
from onhand.store.engine.statements import Statements


class PostgresJobs:
    """
    The jobs of one org.

    No standby is waited for: what is lost with the server is planned or begun anew, and each task does what is done
    already not again.
    """

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[DriverRow]], statements: Statements, org_id: int
    ) -> None:
        self._pool = pool
        self._statements = statements
        self._org_id = org_id

    async def plan(self, slots: Mapping[str, datetime]) -> None:
        """Plan each task at its moment, unless that was planned before or an earlier job of the task is open."""
        await self._run("open_jobs", tasks=list(slots), slots=list(slots.values()))

    async def claim(self, claim: str, lease_seconds: float, busy: Collection[str]) -> tuple[Job, ...]:
        """Take the leases of all jobs that can be begun now."""
        rows = await self._run("claim_jobs", claim=claim, lease_seconds=lease_seconds, busy=list(busy))
        return tuple(Job(task=row[0], slot=utc(row[1]), tries=row[2]) for row in rows)

    async def hold(self, claim: str, lease_seconds: float, busy: Collection[str]) -> None:
        """Hold the leases of jobs longer."""
        await self._run("hold_jobs", claim=claim, lease_seconds=lease_seconds, busy=list(busy))

    async def postpone(self, claim: str, job: Job, wait_seconds: float) -> None:
        """Give the lease of a job up, and let it wait."""
        await self._run("postpone_job", claim=claim, task=job.task, slot=job.slot, wait_seconds=wait_seconds)

    async def end(self, claim: str, job: Job, failure: str | None) -> None:
        """Note that a job is done; with a failure, that it has failed for good."""
        await self._run("end_job", claim=claim, task=job.task, slot=job.slot, failure=failure)

    async def delete_ended(self, keep_hours: int) -> None:
        """Delete jobs that ended so long ago, but the last of each task."""
        await self._run("delete_ended_jobs", keep_hours=keep_hours)

    async def _run(self, name: str, **params: object) -> Sequence[DriverRow]:
        return await run_as_engine(self._pool, self._statements, self._org_id, [name], params, awaits_standby=False)
