"""The verb `worker`, and the question `report`."""

from datetime import time
from typing import Annotated

import typer

from onhand.cli.values import day_of, whole_number
from onhand.cli.verb import DATABASE, QUESTIONS, Answer, Desk, verb
from onhand.kernel.refusals import Refused
from onhand.pauses import shorten_pauses

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
WebhookWaits = Annotated[
    str | None,
    typer.Option(
        "--webhook-waits",
        metavar="SECONDS,...",
        help="How long to wait after each failure in a row; the last is repeated. 5,30,120,600,1800,... unless told.",
        rich_help_panel=_HOW_OFTEN,
    ),
]
WebhookGiveUp = Annotated[
    int,
    typer.Option(
        "--webhook-give-up",
        metavar="SECONDS",
        parser=whole_number,
        help="Disable a webhook that has failed for so long.",
        rich_help_panel=_HOW_OFTEN,
    ),
]
WebhookTimeout = Annotated[
    int,
    typer.Option(
        "--webhook-timeout",
        metavar="SECONDS",
        parser=whole_number,
        help="How long a receiver may take to answer.",
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
    webhook_waits: WebhookWaits = None,
    webhook_give_up: WebhookGiveUp = 5 * 86_400,
    webhook_timeout: WebhookTimeout = 20,
    until_idle: UntilIdle = False,
) -> Answer:
    """
    Work for an org until stopped: release what has expired, verify, report, follow the journal, tell webhooks.

    Any number of workers may run; each piece of work is done once, also when a worker dies over it.
    """
    from onhand.bootstrap import open_log, run_worker
    from onhand.delivery.schedule import Schedule
    from onhand.jobs.plan import JobPlan
    from onhand.logs import hear_everybody

    plan = JobPlan(
        cleanup_seconds=cleanup_every,
        check_seconds=check_every,
        report_at=_clock(report_at),
        keep_hours=keep_hours,
        stalled_seconds=stalled_after,
    )
    waits = Schedule().wait_seconds if webhook_waits is None else _waits(webhook_waits)
    schedule = Schedule(wait_seconds=waits, give_up_seconds=webhook_give_up, timeout_seconds=webhook_timeout)
    log = open_log(desk.config, "info")
    hear_everybody(None if log is None else log.logger)
    shorten_pauses()
    await run_worker(desk.config, plan, schedule, until_idle=until_idle)
    return Answer(plain={"stopped": True}, shown=lambda: ["Stopped; what was under way is done."])


async def report(desk: Desk, day: Day = None) -> Answer:
    """Show the daily report of a day; it is made if that has not happened yet."""
    from onhand.cli.running.worker_shown import report_shown

    async with desk.ledger() as stock:
        wanted = day_of(day, "day") or await stock.reports.yesterday()
        posting = await stock.reports.make(wanted)
    data = dict(posting.data or {})
    return Answer(plain=data, shown=lambda: report_shown(data))


def _waits(text: str) -> tuple[float, ...]:
    return tuple(float(whole_number(part)) for part in text.split(","))


def _clock(text: str) -> time:
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        clock = None
    if clock is None or clock.tzinfo is not None:
        raise Refused("INVALID_COMMAND", detail=f"{ascii(text)[:40]} is no time of day like 06:00")
    return clock
