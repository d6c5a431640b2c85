"""
The pace of an org's batches: what deciding a line costs here, and what writing a batch does.

Many callers can be served in two ways. Half of them are written while the other half is decided: both processors are
at work, but each transaction is half as large. Or all of them are gathered into one batch: half as many transactions,
with nothing to do meanwhile. The second pays where the fixed cost of a transaction, such as waiting for a slow disk,
is more than deciding everybody takes.
"""

_WEIGHT = 0.2
"""How much the last batch counts; what was before fades."""
_CALLERS_SHARE = 2
"""A line costs the callers about as much as it costs to be decided."""
_WRITTEN_SHARE = 0.5
"""Of what a line costs here, about so much it costs the database."""


class Pace:
    """What was measured lately, in seconds."""

    __slots__ = ("_line_seconds", "_lines", "_write_seconds")

    def __init__(self) -> None:
        """Know nothing yet."""
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
