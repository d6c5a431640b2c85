"""Days of an org in its time zone, and the moment of the next daily run."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from onhand.kernel.days import begin_of, day_of, moment_in, next_run

LONDON, SANTIAGO, HOWE = ZoneInfo("Europe/London"), ZoneInfo("America/Santiago"), ZoneInfo("Australia/Lord_Howe")
SIX = time(6)


def utc(day: str, clock: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "zone", "moment"),
    [
        (utc("2026-01-10", "05:59"), LONDON, utc("2026-01-10", "06:00")),
        (utc("2026-01-10", "06:00"), LONDON, utc("2026-01-11", "06:00")),
        # Clocks go forward at 01:00 UTC on 29 March, back at 01:00 UTC on 25 October.
        (utc("2026-03-28", "06:00"), LONDON, utc("2026-03-29", "05:00")),
        (utc("2026-03-29", "00:30"), LONDON, utc("2026-03-29", "05:00")),
        (utc("2026-03-29", "05:00"), LONDON, utc("2026-03-30", "05:00")),
        (utc("2026-10-24", "05:00"), LONDON, utc("2026-10-25", "06:00")),
        (utc("2026-10-25", "01:30"), LONDON, utc("2026-10-25", "06:00")),
        (utc("2026-10-25", "06:00"), LONDON, utc("2026-10-26", "06:00")),
        (utc("2026-01-10", "20:00"), ZoneInfo("Pacific/Kiritimati"), utc("2026-01-11", "16:00")),
        (utc("2026-01-10", "17:30"), ZoneInfo("Pacific/Pago_Pago"), utc("2026-01-11", "17:00")),
    ],
)
def test_the_daily_run_is_at_six_on_the_clocks_of_the_org(after: datetime, zone: ZoneInfo, moment: datetime) -> None:
    """S9: at 06:00 in the org's zone, one run a day, also on both days on which clocks change."""
    assert next_run(after, SIX, zone) == moment


@pytest.mark.parametrize("zone", [LONDON, SANTIAGO, HOWE, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia")], ids=str)
@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(2, 15), SIX, time(23, 59)], ids=str)
def test_each_day_has_one_run(zone: ZoneInfo, clock: time) -> None:
    """S9: over two years each day of the zone has exactly one run, whatever the hour and whatever clocks do."""
    moment, days = utc("2025-01-01", "00:00"), []
    while moment < utc("2027-01-01", "00:00"):
        following = next_run(moment, clock, zone)
        assert following > moment
        moment = following
        days.append(day_of(moment, zone))

    assert len(days) == len(set(days))
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


def test_a_time_that_clocks_skip_is_when_they_skip_it() -> None:
    """S9: 01:30 does not exist in London on 29 March; it is taken for the moment at which clocks skip it."""
    assert moment_in(date(2026, 3, 29), time(1, 30), LONDON) == utc("2026-03-29", "01:00")


def test_a_time_that_clocks_show_twice_is_the_first() -> None:
    """S9: 01:30 comes twice in London on 25 October; the first one counts."""
    assert moment_in(date(2026, 10, 25), time(1, 30), LONDON) == utc("2026-10-25", "00:30")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 1), 24)])
def test_days_of_daylight_saving_are_shorter_or_longer(day: date, hours: int) -> None:
    """C14: the days of a report are those of the org's clocks."""
    begin, end = begin_of(day, LONDON), begin_of(day + timedelta(days=1), LONDON)

    assert end - begin == timedelta(hours=hours)
    assert day_of(begin, LONDON) == day
    assert day_of(begin - timedelta(microseconds=1), LONDON) == day - timedelta(days=1)


def test_midnight_that_is_skipped_begins_the_day_late() -> None:
    """In Santiago clocks go forward at midnight; the day begins when they do."""
    begin = begin_of(date(2026, 9, 6), SANTIAGO)

    assert begin.astimezone(SANTIAGO).time() == time(1)
    assert day_of(begin - timedelta(microseconds=1), SANTIAGO) == date(2026, 9, 5)
