"""When the worker does what. Pure: times come as arguments."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from onhand.faults import Fault
from onhand.kernel.days import next_run

CLEANUP, CHECK, REPORT, TIDY = "cleanup", "check", "report", "tidy"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPlan:
    """
    How often the worker does what.

    `stalled_seconds` is how long a worker may be silent before its jobs are taken over; `keep_hours` how long finished
    jobs are kept; `follow_seconds` how long the totals may be behind when nothing goes wrong.
    """

    cleanup_seconds: int = 900
    check_seconds: int = 3600
    report_at: time = time(6)
    tidy_seconds: int = 3600
    keep_hours: int = 72
    stalled_seconds: float = 30.0
    follow_seconds: float = 0.3

    def __post_init__(self) -> None:
        """Refuse what would never run, or run all the time."""
        for name in ("cleanup_seconds", "check_seconds", "tidy_seconds"):
            if getattr(self, name) < 1:
                raise _invalid(f"{name} is at least 1")
        if self.stalled_seconds <= 0 or self.follow_seconds <= 0 or self.keep_hours < 0:
            raise _invalid("a worker's times are above zero")

    def slots(self, now: datetime, zone: tzinfo) -> dict[str, datetime]:
        """
        Give for each task the last moment at or before now at which it was due.

        All workers of an org find the same moments, so a task is done once for each, and what was missed while no
        worker ran is done when one comes.
        """
        return {
            CLEANUP: slot_every(now, self.cleanup_seconds),
            CHECK: slot_every(now, self.check_seconds),
            TIDY: slot_every(now, self.tidy_seconds),
            REPORT: slot_daily(now, self.report_at, zone),
        }


def slot_every(now: datetime, seconds: int) -> datetime:
    """Give the last whole multiple of some seconds, counted from 1970."""
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def slot_daily(now: datetime, clock: time, zone: tzinfo) -> datetime:
    """Give the last moment at or before now at which clocks in a zone showed a time."""
    found = next_run(now - timedelta(days=3), clock, zone)
    while (following := next_run(found, clock, zone)) <= now:
        found = following
    return found


def _invalid(message: str) -> Fault:
    return Fault(code="SETTING_INVALID", message=f"The worker cannot be planned so: {message}.", retryable=False)
