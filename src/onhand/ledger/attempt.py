"""
Attempts: a batch is tried again after what passes, and split after what does not.

What passes is a lost connection, a deadlock, a serialization failure, a server that restarts. Whether the batch was
committed may be unknown then; its keys are looked up at the next attempt, so nothing is done twice. What does not
pass is a row that the database refuses: the batch is halved until the culprit stands alone.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import date

from onhand.faults import Fault
from onhand.ledger.execute import Meanwhile, execute
from onhand.ledger.ports import KeyTaken, Session
from onhand.ledger.request import Outcome, Request

ATTEMPTS_MAX = 6
_BACKOFF_SECONDS = 0.02
_BACKOFF_SECONDS_MAX = 2.0
_LOOK_UP_BATCHES = 100

_MOVED = Fault(code="JOURNAL_MOVED", message="Another writer was faster each time.", retryable=True)

Today = Callable[[], date]


def _nothing() -> None:
    """Do nothing while the database is at work."""


class Attempts:
    """Executes batches on one session until they have an outcome; never raises for what the database does."""

    def __init__(self, session: Session, today: Today) -> None:
        """Execute on this session."""
        self._session = session
        self._today = today
        self._look_up_batches = 0

    async def execute(self, requests: Sequence[Request], meanwhile: Meanwhile = _nothing) -> list[Outcome]:
        """Execute a batch and give the outcome of each request, in order."""
        look_up = self._look_up_batches > 0
        self._look_up_batches = max(self._look_up_batches - 1, 0)
        fault = _MOVED
        for attempt in range(ATTEMPTS_MAX):
            try:
                return await execute(self._session, requests, self._today(), look_up=look_up, meanwhile=meanwhile)
            except KeyTaken:
                self._look_up_batches = _LOOK_UP_BATCHES  # where one retry comes, others follow
                look_up = True
                fault = _MOVED
                await self._session.reset()
            except Fault as caught:
                fault = caught
                await self._session.reset()
                if not fault.retryable:
                    return await self._isolate(requests, fault)
                if fault.code == "COMMIT_UNCERTAIN":
                    break
                look_up = True
                meanwhile()
                await asyncio.sleep(_backoff_seconds(attempt))
            except Exception as error:  # noqa: BLE001 - a defect of ours, in one command, must not fail the neighbours
                await self._session.close()
                return await self._isolate(requests, _defect(error))
            except BaseException:
                await self._session.close()  # cancelled in mid-transaction: the connection's state is unknown
                raise
        return [fault for _ in requests]

    async def _isolate(self, requests: Sequence[Request], fault: Fault) -> list[Outcome]:
        """Find the request that the database refuses; its neighbours must not suffer."""
        if len(requests) == 1:
            return [fault]
        middle = len(requests) // 2
        return [*await self.execute(requests[:middle]), *await self.execute(requests[middle:])]

    @property
    def is_alone(self) -> bool:
        """Whether nobody else has written between the last two batches."""
        return self._session.is_alone


def _defect(error: Exception) -> Fault:
    fault = Fault(code="INTERNAL", message=f"A defect of onhand: {error!r}", retryable=False)
    fault.__cause__ = error
    return fault


def _backoff_seconds(attempt: int) -> float:
    """Wait longer after each attempt, by chance, so that those who collided do not collide again."""
    longest: float = min(_BACKOFF_SECONDS * 2**attempt, _BACKOFF_SECONDS_MAX)
    return random.uniform(longest / 2, longest)  # noqa: S311 - spreads load, keeps no secret
