"""The verb `worker`, and the question `report`."""

import sys
from datetime import time
from typing import Annotated

import typer

from onhand.cli.values import day_of, whole_number
from onhand.cli.verb import DATABASE, QUESTIONS, Answer, Desk, verb
from onhand.kernel.refusals import Refused

_HOW_OFTEN = "How often"

Cleanup = Annotated[
    int,
    typer.Option(
        "--cleanup-every",
        metavar="SECONDS",
        parser=whole_number,
        help="Release expired reservations.",
        rich_help_panel=_HOW_OFTEN,
    ),
]
Check = Annotated[
    int,
    typer.Option(
        "--check-every", metavar="SECONDS", parser=whole_number, help="Verify the ledger.", rich_help_panel=_HOW_OFTEN
    ),
]
ReportAt = Annotated[
    str,
    typer.Option(
        "--report-at", metavar="HH:MM", help="The daily report, in the org's time zone.", rich_help_panel=_HOW_OFTEN
    ),
]
KeepHours = Annotated[
    int,
    typer.Option(
        "--keep-hours", metavar="HOURS", parser=whole_number, help="Keep finished jobs.", rich_help_panel=_HOW_OFTEN
    ),
]
Stalled = Annotated[
    int,
    typer.Option(
        "--stalled-after",
        metavar="SECONDS",
        parser=whole_number,
        help="Take over the jobs of a worker that is silent so long.",
        rich_help_panel=_HOW_OFTEN,
    ),
]
UntilIdle = Annotated[bool, typer.Option("--until-idle", help="Do what is due now, and stop.")]
Day = Annotated[str | None, typer.Option("--day", metavar="DAY", help="As 2026-01-31; yesterday unless told.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "worker", panel=DATABASE, asks=True)(worker)
    verb(app, "report", panel=QUESTIONS, asks=True)(report)


async def worker(
    desk: Desk,
    cleanup_every: Cleanup = 900,
    check_every: Check = 3600,
    report_at: ReportAt = "06:00",
    keep_hours: KeepHours = 72,
    stalled_after: Stalled = 30,
    until_idle: UntilIdle = False,
) -> Answer:
    """
    Work for an org until stopped: release what has expired, verify, report, follow the journal.

    Any number of workers may run; each piece of work is done once, also when a worker dies over it.
    """
    import structlog

    from onhand.bootstrap import run_worker
    from onhand.jobs.plan import Plan

    plan = Plan(
        cleanup_seconds=cleanup_every,
        check_seconds=check_every,
        report_at=_clock(report_at),
        keep_hours=keep_hours,
        stalled_seconds=stalled_after,
    )
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    await run_worker(desk.config, plan, until_idle=until_idle)
    return Answer(plain={"stopped": True}, shown=lambda: ["Stopped; what was under way is done."])


async def report(desk: Desk, day: Day = None) -> Answer:
    """Show the daily report of a day; it is made if that has not happened yet."""
    from onhand.cli.worker_shown import report_shown

    async with desk.ledger() as stock:
        wanted = day_of(day, "day") or await stock.yesterday()
        posting = await stock.make_report(wanted)
    data = dict(posting.data or {})
    return Answer(plain=data, shown=lambda: report_shown(data))


def _clock(text: str) -> time:
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        clock = None
    if clock is None or clock.tzinfo is not None:
        raise Refused("INVALID_COMMAND", detail=f"{ascii(text)[:40]} is no time of day like 06:00")
    return clock
