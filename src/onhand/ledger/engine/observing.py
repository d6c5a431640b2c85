"""Observing: what batches do is told to whoever measures; nothing else is different."""

from collections.abc import Callable, Sequence
from time import time_ns
from typing import Any, NamedTuple, cast

from onhand.ledger.engine.attempts import Attempts, Today
from onhand.ledger.engine.execute import Batch
from onhand.ledger.engine.ports import Session
from onhand.ledger.engine.request import Outcome, Request

_BILLION = 1_000_000_000


class Span(NamedTuple):
    """From one moment to another, in nanoseconds since 1970."""

    begun: int
    ended: int

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.ended - self.begun) / _BILLION


class Executed(NamedTuple):
    """A batch that was executed: what was asked, what became of it, how long it took, and each of its commits."""

    requests: Sequence[Request]
    outcomes: Sequence[Outcome]
    span: Span
    commits: Sequence[Span]


BatchObserver = Callable[[Executed], None]
"""Told of each batch."""


class Observed:
    """Executes batches as `Attempts` does, and tells of each."""

    def __init__(self, session: Session, today: Today, observer: BatchObserver) -> None:
        self._commits: list[Span] = []
        self._attempts = Attempts(cast("Session", _TimedSession(session, self._commits)), today)
        self._observer = observer

    def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
        """Decide a batch ahead, or add to one."""
        return self._attempts.foresee(requests, ahead)

    async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
        """Execute a batch, and tell how long it took."""
        begun = time_ns()
        outcomes = await self._attempts.execute(requests, foreseen)
        commits = tuple(self._commits)
        self._commits.clear()
        self._observer(Executed(requests, outcomes, Span(begun, time_ns()), commits))
        return outcomes

    def forget(self) -> None:
        """Remember nothing of what the tables held."""
        self._attempts.forget()


class _TimedSession:
    """Stands for a session, and notes how long each commit takes."""

    def __init__(self, session: Session, commits: list[Span]) -> None:
        self._session = session
        self._commits = commits

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the session has
        return getattr(self._session, name)

    async def commit(self, prepared: object) -> None:
        """Write and commit."""
        begun = time_ns()
        try:
            await self._session.commit(prepared)
        finally:
            self._commits.append(Span(begun, time_ns()))
