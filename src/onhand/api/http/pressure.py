"""
Load shedding: how many requests may be worked at, so that whoever is let in is answered soon, and the others at once.

What can be served in a second is measured while there is more to do than that. By Little's law so many may be under way
as are served in a second, times the seconds that one may wait. A service that has room for all lets all of them in.
"""

import time
from collections.abc import Callable

_WINDOW_SECONDS = 0.1
_BUSY_MIN = 16
"""A window in which there were always so many shows what can be served; another one does not."""
_LET_IN_MIN = 64
"""So many are let in however long they take; a database gathers them into one transaction."""
_UNMEASURED_MAX = 400
"""So many are let in at once before it was measured how many are served, or when that is long ago."""
_SMOOTHED = 0.5
_RELAXED = 1.5


class Pressure:
    """Counts what is worked at, and bounds it by how long it takes."""

    def __init__(self, most: int, wait_seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Let in so many at most, and of more than that as many as are served in so many seconds."""
        self._most = most
        self._wait_seconds = wait_seconds
        self._clock = clock
        self._rate_unmeasured = self._rate = min(most, _UNMEASURED_MAX) / wait_seconds
        self._begun_at = clock()
        self._done = 0
        self._at_work = self._least = 0

    @property
    def bound(self) -> int:
        """How many may be worked at now."""
        return min(self._most, max(_LET_IN_MIN, int(self._rate * self._wait_seconds)))

    def is_full(self, *, is_question: bool) -> bool:
        """Tell whether one more is to be shed; questions are before writes."""
        self._look()
        most = self.bound
        return self._at_work >= (most * 4 // 5 if is_question else most)

    def admit(self) -> "Admission":
        """Let one in."""
        self._at_work += 1
        return Admission(self)

    def leave(self, *, is_done: bool) -> None:
        """Note that one is worked at no more."""
        self._at_work -= 1
        self._least = min(self._least, self._at_work)
        if is_done:
            self._done += 1

    def come_back(self) -> None:
        """Note that one is worked at again."""
        self._at_work += 1

    def _look(self) -> None:
        """
        Where a window of time is over, correct the measured rate, and begin the next.

        Only a window that was busy throughout shows what can be served (a moving average follows it); after any other
        the rate is raised step by step, up to the one that holds while nothing is measured.
        """
        seconds = self._clock() - self._begun_at
        if seconds < _WINDOW_SECONDS:
            return
        if self._least >= _BUSY_MIN:
            self._rate += _SMOOTHED * (self._done / seconds - self._rate)
        else:
            self._rate = min(self._rate_unmeasured, self._rate * _RELAXED + 1)
        self._begun_at += seconds
        self._done, self._least = 0, self._at_work


class Admission:
    """A place among the requests at work, kept until the answer begins, but not while the body is awaited."""

    __slots__ = ("_is_counted", "_is_over", "_pressure")

    def __init__(self, pressure: Pressure) -> None:
        self._pressure = pressure
        self._is_counted = True
        self._is_over = False

    def rest(self) -> None:
        """Count it no more until it comes back."""
        if self._is_counted:
            self._is_counted = False
            self._pressure.leave(is_done=False)

    def come_back(self) -> None:
        """Count it again."""
        if not self._is_counted and not self._is_over:
            self._is_counted = True
            self._pressure.come_back()

    def end(self) -> None:
        """Count it no more; it was served."""
        self._is_over = True
        if self._is_counted:
            self._is_counted = False
            self._pressure.leave(is_done=True)
