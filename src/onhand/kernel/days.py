"""Days of an org: when they begin in its time zone, on the days of daylight saving too."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def moment_in(day: date, clock: time, zone: tzinfo) -> datetime:
    """
    Give the moment in UTC at which clocks in a zone show a time on a day.

    A time that clocks show twice is the first of both. One that they skip is the moment at which they skip it, so that
    it is neither missed nor early.
    """
    wall = datetime.combine(day, clock)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return first
    # Clocks skip this time: read by the offset before, it lies after the skip, and by the one after, before it.
    return _skip_between(second, first, zone)


def begin_of(day: date, zone: tzinfo) -> datetime:
    """Give the moment in UTC at which a day begins in a zone."""
    return moment_in(day, time(), zone)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Give the day that it is in a zone at a moment."""
    return moment.astimezone(zone).date()


def next_run(after: datetime, clock: time, zone: tzinfo) -> datetime:
    """Give the first moment later than `after` at which clocks in a zone show a time; one run a day, each day."""
    day = day_of(after, zone) - timedelta(days=1)
    while (moment := moment_in(day, clock, zone)) <= after:
        day += timedelta(days=1)
    return moment


def _skip_between(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Find the moment at which clocks skip, to the second."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
