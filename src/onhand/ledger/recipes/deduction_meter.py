"""What one process saw of its deductions: refusals that it has not told yet, and how long the last ones took."""

from collections import deque
from datetime import UTC, datetime
from math import ceil
from uuid import uuid4

from onhand.kernel.recipes.tally_refusals import TallyLine

COUNTED = frozenset(
    {"INSUFFICIENT_INGREDIENTS", "MAPPING_MISSING", "RECIPE_MISSING", "UNKNOWN_PRODUCT", "UNIT_NOT_CONVERTIBLE"}
)
"""The refusals that say that a sale could not be deducted; others say that the request was odd or came twice."""

UNTOLD_MAX = 100
"""So many refusals are lost at most where a process is killed."""

_SAMPLES = 1_000
_MILLISECONDS = 1_000


class Watch:
    """Counts; the ledger is told by the verbs."""

    def __init__(self) -> None:
        """Start with nothing seen, under a name of its own."""
        self.process = uuid4().hex[:16]
        self._told = 0
        self._refused: dict[tuple[str, str], int] = {}
        self._seconds: deque[float] = deque(maxlen=_SAMPLES)

    @property
    def is_due(self) -> bool:
        """Whether so much was refused that it should be told."""
        return sum(self._refused.values()) >= UNTOLD_MAX

    def refused(self, site: str) -> None:
        """Count a refusal."""
        place = site, hour_of(datetime.now(UTC))
        self._refused[place] = self._refused.get(place, 0) + 1

    def done(self, seconds: float) -> None:
        """Note how long a deduction took."""
        self._seconds.append(seconds)

    def take(self) -> tuple[TallyLine, ...]:
        """Take what was counted and not told."""
        counted, self._refused = self._refused, {}
        return tuple(TallyLine(site, hour, count) for (site, hour), count in counted.items())

    def untold(self) -> dict[str, int]:
        """Give by site what was counted and not told."""
        sums: dict[str, int] = {}
        for (site, _), count in self._refused.items():
            sums[site] = sums.get(site, 0) + count
        return sums

    def put_back(self, counts: tuple[TallyLine, ...]) -> None:
        """Count again what could not be told."""
        for site, hour, count in counts:
            self._refused[site, hour] = self._refused.get((site, hour), 0) + count

    def next_number(self) -> int:
        """Number what is told."""
        self._told += 1
        return self._told

    def latency_ms(self, part: float) -> float | None:
        """Give the time within which so much of the last thousand deductions was done; None without any."""
        if not self._seconds:
            return None
        ordered = sorted(self._seconds)
        return round(ordered[max(ceil(part * len(ordered)) - 1, 0)] * _MILLISECONDS, 3)


def hour_of(moment: datetime) -> str:
    """Write the hour of a time in UTC as tallies name it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H}"
