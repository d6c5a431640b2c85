"""Observing: what batches do is told to whoever measures; nothing else is different."""

from collections.abc import Callable, Sequence
from time import perf_counter

from onhand.ledger.attempt import Attempts
from onhand.ledger.execute import Batch
from onhand.ledger.request import Outcome, Request

Observer = Callable[[int, float, Sequence[Outcome]], None]
"""Told of each batch: how many requests, how many seconds, and the outcomes."""


class Observed:
    """Executes batches as `Attempts` does, and tells of each."""

    def __init__(self, attempts: Attempts, observer: Observer) -> None:
        """Tell an observer."""
        self._attempts = attempts
        self._observer = observer

    def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
        """Decide a batch ahead, or add to one."""
        return self._attempts.foresee(requests, ahead)

    async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
        """Execute a batch, and tell how long it took."""
        begun = perf_counter()
        outcomes = await self._attempts.execute(requests, foreseen)
        self._observer(len(requests), perf_counter() - begun, outcomes)
        return outcomes
