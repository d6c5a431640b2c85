"""When the worker does what."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from onhand import Fault
from onhand.jobs.plan import CHECK, CLEANUP, REPORT, TIDY, JobPlan

LONDON = ZoneInfo("Europe/London")


def utc(day: str, clock: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def test_the_usual_plan() -> None:
    """S9: cleanup every 15 minutes, check every hour, report at 06:00 in the org's zone."""
    slots = JobPlan().slots(utc("2026-07-01", "12:59:59"), LONDON)

    assert slots == {
        CLEANUP: utc("2026-07-01", "12:45"),
        CHECK: utc("2026-07-01", "12:00"),
        TIDY: utc("2026-07-01", "12:00"),
        REPORT: utc("2026-07-01", "05:00"),
    }


def test_a_plan_down_to_seconds() -> None:
    """S9: cleanup can be as often as every second."""
    plan = JobPlan(cleanup_seconds=1, check_seconds=7, report_at=time(23, 30))

    slots = plan.slots(utc("2026-01-01", "00:00:05.9"), LONDON)

    assert slots[CLEANUP] == utc("2026-01-01", "00:00:05")
    assert slots[CHECK] <= utc("2026-01-01", "00:00:05.9")
    assert int(slots[CHECK].timestamp()) % 7 == 0
    assert slots[REPORT] == utc("2025-12-31", "23:30")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (utc("2026-03-29", "04:59:59"), utc("2026-03-28", "06:00")),
        (utc("2026-03-29", "05:00"), utc("2026-03-29", "05:00")),
        (utc("2026-10-25", "05:59:59"), utc("2026-10-24", "05:00")),
        (utc("2026-10-25", "06:00"), utc("2026-10-25", "06:00")),
    ],
)
def test_the_report_on_the_days_on_which_clocks_change(now: datetime, due: datetime) -> None:
    """S9: at 06:00 on the clocks of London, on both days of daylight saving."""
    assert JobPlan().slots(now, LONDON)[REPORT] == due


@pytest.mark.parametrize("wrong", [{"cleanup_seconds": 0}, {"check_seconds": -1}, {"keep_hours": -1}])
def test_what_cannot_be_planned_is_refused(wrong: dict[str, int]) -> None:
    """S9: an interval is at least a second."""
    with pytest.raises(Fault, match="cannot be planned"):
        JobPlan(**wrong)  # type: ignore[arg-type]  # one of them is wrong, that is the point
