"""The worker on a real database: each job once, also when its worker dies."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from onhand import Refused
from onhand.jobs.plan import JobPlan
from onhand.kernel.promises.reserve import Reserve
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.injections import end_connections
from tests.faults.servers import query, wait_for
from tests.jobs.working import work_until_idle
from tests.ledger.ledgers import furnish, journal_held, ledger, lines
from tests.ledger.soundness import flaws

OFTEN = JobPlan(cleanup_seconds=1, check_seconds=1, stalled_seconds=2)

_STATUS = "CASE WHEN leased_by IS NOT NULL THEN 'doing' WHEN ended_at IS NULL THEN 'waiting' \
WHEN failure IS NULL THEN 'succeeded' ELSE 'failed' END"
_JOBS = f"SELECT task, {_STATUS}, tries FROM job ORDER BY slot, task"


def jobs(database: TestDatabase) -> list[tuple[str, str, int]]:
    """Each job with its status and how often it was begun."""
    return [(task, status, attempts) for task, status, attempts in query(database.admin_url, _JOBS)]


def utc(text: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def expired(stock: Stock, count: int) -> None:
    """Leave so many promises whose time has passed."""
    await furnish(stock, ("A", count))
    soon = datetime.now(UTC) + timedelta(milliseconds=300)
    await stock.bulk(
        Reserve(key=f"r-{number}", site="london", lines=lines(("A", 1)), expires_at=soon) for number in range(count)
    )
    assert await asyncio.to_thread(wait_for, lambda: datetime.now(UTC) > soon)


@contextmanager
def worker_process(database: TestDatabase, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A worker of its own process, as a user starts it; it is ended with the block."""
    program = "from onhand.cli.main import run; run()"
    settings = {"ONHAND_DATABASE_URL": database.engine_url, "ONHAND_OWNER_URL": database.owner_url}
    process = subprocess.Popen(
        [sys.executable, "-c", program, "worker", "--cleanup-every", "1", "--stalled-after", "1", *arguments],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.communicate()


async def test_a_worker_does_what_is_due(stock: Stock, database: TestDatabase) -> None:
    """S9: expired reservations are released, the ledger is checked, the day reported, the totals read on."""
    await expired(stock, 3)

    await work_until_idle(stock, database, OFTEN)

    assert sorted(jobs(database)) == [(task, "succeeded", 1) for task in ("check", "cleanup", "report", "tidy")]
    assert [line.status for line in await stock.reservations.list()] == ["expired"] * 3
    assert (await stock.reports.item_totals(["A"]))[0].balances.available == 3
    yesterday = await stock.reports.yesterday()  # before the report is due, the last one is of the day before
    assert [day for day in (yesterday, yesterday - timedelta(days=1)) if await stock.reports.get(day) is not None]
    assert flaws(database.admin_url) == []


async def test_what_a_worker_logs_is_json(stock: Stock, database: TestDatabase) -> None:
    """L7: each line of a worker is JSON with level, message, timestamp and context."""
    await expired(stock, 1)

    with worker_process(database, "--until-idle") as process:
        written, _ = await asyncio.to_thread(process.communicate, timeout=60)

    *lines, last = written.splitlines()
    assert last == "Stopped; what was under way is done."
    told = [json.loads(line) for line in lines]
    assert told
    assert all(line.keys() == {"level", "message", "timestamp", "context"} for line in told)


async def test_workers_queue_each_moment_once(stock: Stock, database: TestDatabase) -> None:
    """C13: three workers that find the same moment queue and do its jobs once."""
    rare = JobPlan(cleanup_seconds=10**8, check_seconds=10**8, tidy_seconds=10**8)

    await asyncio.gather(*[work_until_idle(stock, database, rare) for _ in range(3)])
    await work_until_idle(stock, database, rare)

    assert sorted(jobs(database)) == [(task, "succeeded", 1) for task in ("check", "cleanup", "report", "tidy")]


async def test_the_job_of_a_killed_worker_is_taken_over(stock: Stock, database: TestDatabase) -> None:
    """
    C13: a worker is killed in the midst of a cleanup; another finds its job, and does it; each release is one.

    Without the taking over the job stays as it was for ever; this was tried by claiming only what nobody has leased.
    """
    await expired(stock, 20)
    doing = "SELECT count(*) FROM job WHERE task = 'cleanup' AND leased_by IS NOT NULL"
    with journal_held(database), worker_process(database) as first:  # so that the cleanup cannot go on
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, doing) == [(1,)])
        first.send_signal(signal.SIGKILL)
        await asyncio.to_thread(first.communicate)
    assert query(database.admin_url, doing) == [(1,)]

    with worker_process(database):
        done = "SELECT count(*) FROM reservation WHERE status = 'expired'"
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, done) == [(20,)])
        again = "SELECT count(*) FROM job WHERE ended_at IS NOT NULL AND failure IS NULL AND tries > 1"
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, again)[0][0] > 0)

    assert query(database.admin_url, "SELECT count(*) FROM posting WHERE kind = 'expire'") == [(20,)]
    assert flaws(database.admin_url) == []


async def test_a_worker_finishes_what_it_began(database: TestDatabase) -> None:
    """C13: at SIGTERM a worker does what is under way to its end, and stops with exit code 0."""
    async with ledger(database) as stock:
        await expired(stock, 2)
    with worker_process(database) as process:
        released = "SELECT count(*) FROM reservation WHERE status = 'expired'"
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, released) == [(2,)])
        process.terminate()
        said, _ = await asyncio.to_thread(process.communicate)

    assert process.returncode == 0
    assert "Stopped" in said
    assert "Traceback" not in said
    assert [status for _, status, _ in jobs(database) if status == "doing"] == []


def test_what_a_failover_lost_is_planned_again(database: TestDatabase) -> None:
    """
    C13: a job that was planned, and is not there after another server has taken over, is planned again and done.

    It fails where a worker goes on by what it remembers of having planned: tried.
    """
    with worker_process(database):
        assert wait_for(lambda: ("report", "succeeded", 1) in jobs(database))

        query(database.admin_url, "DELETE FROM job")
        assert end_connections(database) > 0

        assert wait_for(lambda: ("report", "succeeded", 1) in jobs(database))


async def test_finished_jobs_are_cleaned_up_after_a_time(stock: Stock, database: TestDatabase) -> None:
    """C13: jobs that ended longer ago than told are deleted, but the last of a task; younger ones stay."""
    for minute in range(3):
        await work_until_idle(stock, database, OFTEN, lambda at=minute: utc(f"2026-01-01T12:0{at}:00"))  # type: ignore[misc]  # each its own
    early = "slot < '2026-01-01T12:02:00Z'"
    query(database.admin_url, f"UPDATE job SET ended_at = ended_at - interval '73 hours' WHERE {early}")
    old = set(query(database.admin_url, f"SELECT task, slot FROM job WHERE {early}"))

    plan = JobPlan(cleanup_seconds=60, check_seconds=60, tidy_seconds=60)
    await work_until_idle(stock, database, plan, lambda: utc("2026-01-01T12:03:00"))

    left = set(query(database.admin_url, "SELECT task, slot FROM job"))
    assert {task for task, _ in old} == {"check", "cleanup", "report", "tidy"}
    assert {task for task, _ in old & left} == {"report"}
    assert {task for task, _ in left - old} == {"check", "cleanup", "tidy"}


async def test_a_ledger_that_is_not_sound_fails_its_check(stock: Stock, database: TestDatabase) -> None:
    """S9: what somebody changed with plain SQL fails the hourly check, and its job says so."""
    await furnish(stock, ("A", 5))
    query(database.admin_url, "UPDATE holding SET available = 4000000")

    await work_until_idle(stock, database, OFTEN)

    assert ("check", "failed", 1) in jobs(database)


async def test_a_report_is_made_once(stock: Stock, database: TestDatabase) -> None:
    """S9: whoever makes the report of a day, and how often, it stands in the journal once, as it was first."""
    day = await stock.reports.yesterday()
    async with ledger(database) as another:
        made = await asyncio.gather(stock.reports.make(day), another.reports.make(day))
    await furnish(stock, ("A", 5))

    assert len({posting.number for posting in [*made, await stock.reports.make(day)]}) == 1
    assert await stock.reports.get(day) == made[0].data
    assert await stock.reports.get(day - timedelta(days=1)) is None
    assert (await stock.verify()).ok


@pytest.mark.parametrize(
    ("early", "due", "day"),
    [
        ("2025-03-30T04:59:59", "2025-03-30T05:00:00", date(2025, 3, 29)),
        ("2025-10-26T05:59:59", "2025-10-26T06:00:00", date(2025, 10, 25)),
    ],
)
async def test_a_worker_reports_at_six_when_clocks_change(
    stock: Stock, database: TestDatabase, early: str, due: str, day: date
) -> None:
    """S9: on both days of daylight saving the report of the day before is made at 06:00 in London, and not earlier."""
    await stock.catalog.configure(settings={"time_zone": "Europe/London"}, key="zone")

    await work_until_idle(stock, database, JobPlan(), clock=lambda: utc(early))
    before = await stock.reports.get(day)
    await work_until_idle(stock, database, JobPlan(), clock=lambda: utc(due))
    made = await stock.reports.get(day)

    assert before is None
    assert made is not None
    assert (made["day"], made["time_zone"]) == (day.isoformat(), "Europe/London")
    reports = [posting.document_id for posting in await stock.list_postings(kind="report")]
    assert reports == [(day - timedelta(days=1)).isoformat(), day.isoformat()]


async def test_a_day_that_is_not_over_has_no_report(stock: Stock) -> None:
    """S9: a report stays as it was first, so none is made of today or of a day to come."""
    today = await stock.reports.yesterday() + timedelta(days=1)
    for day in (today, today + timedelta(days=365)):
        with pytest.raises(Refused, match="is not over in UTC"):
            await stock.reports.make(day)

    assert await stock.reports.get(today) is None


async def test_a_report_that_comes_late_tells_the_end_of_its_day(stock: Stock, database: TestDatabase) -> None:
    """S9: what is reserved and released after the day is over is not in its report, however late it is made."""
    await furnish(stock, ("A", 9))
    kept, released = [
        (await stock.reserve(site="london", lines=[("A", 1)], key=f"r-{number}")).made("reservation")
        for number in range(2)
    ]
    # The clocks of a database cannot be moved, so its journal is: these postings are of the day before yesterday.
    query(database.admin_url, "ALTER TABLE posting DISABLE TRIGGER USER")
    query(database.admin_url, "UPDATE posting SET recorded_at = recorded_at - interval '2 days'")
    await stock.reservations.release(reservation=released, key="release")
    for number in range(3):
        await stock.reserve(site="london", lines=[("A", 1)], key=f"later-{number}")
    await stock.reservations.release(reservation=kept, key="release too")

    data = (await stock.reports.make(await stock.reports.yesterday())).data

    assert data is not None
    assert data["open_reservations"] == 2
    assert data["postings"] == {}


@pytest.mark.parametrize("role", ["onhand_reader", "onhand_engine"])
async def test_jobs_give_nobody_more_rights(stock: Stock, database: TestDatabase, role: str) -> None:
    """C13: the reader sees no jobs, the engine those of the org that is named, and neither can empty the table."""
    await work_until_idle(stock, database, JobPlan())
    with psycopg.connect(database.admin_url, autocommit=True) as connection:
        connection.execute(f"SET ROLE {role}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE job")
        if role == "onhand_reader":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT FROM job")
            return
        assert connection.execute("SELECT task FROM job").fetchall() == []
        connection.execute("SELECT set_config('onhand.org_id', %s, false)", (str(stock.org_id),))
        assert len(connection.execute("SELECT task FROM job").fetchall()) == 4
