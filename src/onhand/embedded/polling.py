"""Waiting for a fact with a deadline."""

import time
from collections.abc import Iterator

_PAUSE_SECONDS_FIRST = 0.002
_PAUSE_SECONDS_MAX = 0.25


def deadline_after(seconds: float) -> float:
    """The moment, on the monotonic clock, at which patience ends."""
    return time.monotonic() + seconds


def seconds_until(deadline: float) -> float:
    """How much patience is left; negative once it has ended."""
    return deadline - time.monotonic()


def tries(deadline: float) -> Iterator[None]:
    """
    Yield before each look at the fact, with growing pauses, until the deadline has passed.

    There is always a first look, and the last comes after the deadline, so a deadline of now means "only look".
    """
    pause = _PAUSE_SECONDS_FIRST
    while True:
        late = seconds_until(deadline) <= 0
        yield
        if late:
            return
        time.sleep(pause)
        pause = min(pause * 1.5, _PAUSE_SECONDS_MAX)
