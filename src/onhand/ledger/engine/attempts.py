"""
Attempts: a batch is tried again after what passes, and split after what does not.

What passes is a lost connection, a deadlock, a serialization failure, a server that restarts. Whether the batch was
committed may be unknown then; its keys are looked up at the next attempt, so nothing is done twice. What does not
pass is a row that the database refuses: the batch is halved until the culprit stands alone. So it is where a COMMIT is
answered with an error once more, since a rule that is checked at the end may be what one of the batch breaks.

A database that stays out of reach is given up after a second, and tried once for each batch from then on: so whoever
comes while it is away is told at once, and its return is noticed by the first who comes then.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import date
from time import monotonic

from onhand.faults import Fault
from onhand.ledger.engine.execute import Batch, execute, foresee
from onhand.ledger.engine.ports import KeyTaken, Session, Unreplicated
from onhand.ledger.engine.request import Outcome, Request

ATTEMPTS_MAX = 6
_BACKOFF_SECONDS = 0.02
_BACKOFF_SECONDS_MAX = 2.0
_AWAY_SECONDS = 1.0
"""So long a database that cannot be reached is tried again."""
_LOOK_UP_BATCHES = 100

_UNREACHABLE = "DATABASE_UNREACHABLE"
_UNCERTAIN = "COMMIT_UNCERTAIN"
_UNKNOWN = frozenset({_UNREACHABLE, _UNCERTAIN})
"""The faults after which a batch may have been committed or not; its keys tell."""
_MOVED = Fault(code="JOURNAL_MOVED", message="Another writer was faster each time.", retryable=True)

Today = Callable[[], date]


class Attempts:
    """Executes batches on one session until they have an outcome; never raises for what the database does."""

    def __init__(self, session: Session, today: Today) -> None:
        """Execute on this session."""
        self._session = session
        self._today = today
        self._look_up_batches = 0
        self._is_away = False
        """Whether the last batch found the database out of reach, as often as it tried."""

    def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
        """Decide a batch ahead, or add to one; None where the database has to be asked first."""
        if not self._look_up_batches:
            return foresee(self._session, requests, self._today(), ahead)
        if ahead is not None:
            ahead.drop()
        return None

    async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
        """Execute a batch, which may have been decided ahead, and give the outcome of each request, in order."""
        look_up = self._look_up_batches > 0
        self._look_up_batches = max(self._look_up_batches - 1, 0)
        return await self._execute(requests, foreseen, look_up=look_up)

    def forget(self) -> None:
        """Remember nothing of what the tables held."""
        self._session.forget()

    async def _execute(
        self,
        requests: Sequence[Request],
        foreseen: Batch | None,
        *,
        look_up: bool,
        uncertain: Fault | None = None,
        attempts_max: int = ATTEMPTS_MAX,
    ) -> list[Outcome]:
        """Execute a batch; `uncertain` is the fault of an attempt before that may have been committed all the same."""
        fault = _MOVED
        begun = monotonic()
        for attempt in range(attempts_max):
            try:
                return await self._attempt(requests, foreseen if attempt == 0 else None, look_up=look_up)
            except KeyTaken:
                self._look_up_batches = _LOOK_UP_BATCHES  # where one retry comes, others follow
                look_up = True
                fault = _MOVED
                await self._session.reset()
            except Fault as caught:
                fault = caught
                await self._session.reset()
                if not fault.retryable or (fault.code == _UNCERTAIN and uncertain is not None and len(requests) > 1):
                    return await self._isolate(requests, fault, look_up=look_up, uncertain=uncertain)
                if attempt + 1 == attempts_max or self._gives_up(fault, monotonic() - begun):
                    break
                uncertain = fault if fault.code in _UNKNOWN else uncertain
                if not (fault.code == "JOURNAL_MOVED" and foreseen is not None and attempt == 0):
                    look_up = True
                    await asyncio.sleep(_backoff_seconds(attempt))
            except Exception as error:  # noqa: BLE001 - a defect of ours, in one command, must not fail the neighbours
                await self._session.close()
                return await self._isolate(requests, _defect(error), look_up=look_up, uncertain=uncertain)
            except BaseException:
                await self._session.close()  # cancelled in mid-transaction: the connection's state is unknown
                raise
        self._is_away = fault.code == _UNREACHABLE
        return [fault for _ in requests]

    async def _attempt(self, requests: Sequence[Request], foreseen: Batch | None, *, look_up: bool) -> list[Outcome]:
        """Write a batch that was decided ahead where it still holds, or execute it."""
        if foreseen is not None and self._session.follows(foreseen.head, foreseen.book):
            await self._session.commit(foreseen.prepared)
            outcomes = foreseen.outcomes
        else:
            outcomes = await execute(self._session, requests, self._today(), look_up=look_up)
        self._is_away = False
        return outcomes

    def _gives_up(self, fault: Fault, seconds: float) -> bool:
        """Tell whether a batch is not tried again after a fault that may pass."""
        if fault.code == _UNREACHABLE and (self._is_away or seconds > _AWAY_SECONDS):
            return True
        return isinstance(fault, Unreplicated)

    async def _isolate(
        self, requests: Sequence[Request], fault: Fault, *, look_up: bool, uncertain: Fault | None
    ) -> list[Outcome]:
        """
        Find the request that the database refuses; its neighbours must not suffer.

        Where commits are answered with errors each part is tried once: if all fail, all are to be told soon.
        """
        if len(requests) == 1:
            return [uncertain or fault]
        attempts_max = 1 if fault.code == _UNCERTAIN else ATTEMPTS_MAX
        middle = len(requests) // 2
        halves = requests[:middle], requests[middle:]
        return [
            outcome
            for half in halves
            for outcome in await self._execute(
                half, None, look_up=look_up, uncertain=uncertain, attempts_max=attempts_max
            )
        ]


def _defect(error: Exception) -> Fault:
    fault = Fault(code="INTERNAL", message=f"A defect of onhand: {error!r}", retryable=False)
    fault.__cause__ = error
    return fault


def _backoff_seconds(attempt: int) -> float:
    """Wait longer after each attempt, by chance, so that those who collided do not collide again."""
    longest: float = min(_BACKOFF_SECONDS * 2**attempt, _BACKOFF_SECONDS_MAX)
    return random.uniform(longest / 2, longest)  # noqa: S311 - spreads load, keeps no secret
