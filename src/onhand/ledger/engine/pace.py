"""
The pace of an org's batches: what deciding a line costs here, and what writing a batch does.

Many callers can be served in two ways. Half of them are written while the other half is decided: both processors are
at work, but each transaction is half as large. Or all of them are gathered into one batch: half as many transactions,
with nothing to do meanwhile. The second pays where the fixed cost of a transaction, such as waiting for a slow disk,
is more than deciding everybody takes. Both costs are measured, as exponential moving averages.
"""

_WEIGHT = 0.2
"""The weight of the last batch in a moving average."""
_CALLERS_SHARE = 2
"""Only deciding is measured. Callers in this process spend about as much on a line, so it costs this times as much."""
_WRITTEN_SHARE = 0.5
"""Writing a line takes the database about this part of what it costs here; the rest of a transaction is fixed cost."""


class Pace:
    """What was measured lately, in seconds."""

    __slots__ = ("_line_seconds", "_lines", "_write_seconds")

    def __init__(self) -> None:
        self._line_seconds = 0.0
        self._write_seconds = 0.0
        self._lines = 0.0

    def decided(self, lines: int, seconds: float) -> None:
        """Note how long some lines took to be decided."""
        cost = _CALLERS_SHARE * seconds / lines
        self._line_seconds += (cost - self._line_seconds) * (_WEIGHT if self._line_seconds else 1)

    def written(self, lines: int, seconds: float) -> None:
        """Note how long a batch was under way."""
        weight = _WEIGHT if self._write_seconds else 1
        self._write_seconds += (seconds - self._write_seconds) * weight
        self._lines += (lines - self._lines) * weight

    def gathers(self, lines: int) -> bool:
        """Tell whether so many lines are better written in one batch than in two, of which one is decided meanwhile."""
        fixed = self._write_seconds - self._lines * self._line_seconds * _WRITTEN_SHARE
        return 0 < lines * self._line_seconds < fixed
