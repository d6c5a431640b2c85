"""What one process saw of its deductions: refusals that it has not told yet, and how long the last ones took."""

from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from math import ceil
from uuid import uuid4

from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.tally_refusals import TallyLine, TallyRefusals
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.acting import Acting, Submitted

COUNTED = frozenset(
    {"INSUFFICIENT_INGREDIENTS", "MAPPING_MISSING", "RECIPE_MISSING", "UNKNOWN_PRODUCT", "UNIT_NOT_CONVERTIBLE"}
)
"""The refusals that say that a sale could not be deducted; others say that the request was odd or came twice."""

UNTOLD_MAX = 100
"""So many refusals are lost at most where a process is killed."""

_SAMPLES = 1_000
_MILLISECONDS = 1_000


class DeductionMeter:
    """Watches the commands that are handed in, and counts and times the deductions among them."""

    def __init__(self, acting: Acting) -> None:
        """Start with nothing seen, under a name of its own; what is counted is told through the gate it watches."""
        self.process = uuid4().hex[:16]
        self._acting = acting
        self._told = 0
        self._refused: dict[tuple[str, str], int] = {}
        self._seconds: deque[float] = deque(maxlen=_SAMPLES)

    async def observe(self, done: Submitted) -> None:
        """Note what became of deductions; where many were refused since it was last told, tell it."""
        has_deductions = False
        for request, outcome in zip(done.requests, done.outcomes, strict=True):
            command = request.command
            if command.kind != Deduct.kind or request.dry_run:
                continue
            has_deductions = True
            if isinstance(outcome, Posting):
                self.done(done.seconds)
            elif isinstance(outcome, Refused) and outcome.code in COUNTED:
                self.refused(command.site)  # type: ignore[attr-defined]  # whoever is limited to sites hands in a stand-in
        if has_deductions and self.is_due:
            with suppress(Fault):  # what could not be told is told later; nobody loses his answer for it
                await self.tell()

    async def tell(self) -> None:
        """Tell the ledger what was refused since it was last told; raises Fault, and no count is lost."""
        counts = self.take()
        if not counts:
            return
        key = f"tally/{self.process}/{self.next_number()}"
        tally = TallyRefusals(key=key, actor=self._acting.actor, process=self.process, counts=counts)
        (outcome,) = await self._acting.submit((tally,))
        if isinstance(outcome, Fault):
            self.put_back(counts)
        if not isinstance(outcome, Posting):
            raise outcome

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
