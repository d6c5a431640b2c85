"""
Group commit: what waits for an org is executed in one transaction.

There is no timer. A lone request is executed at once; while a transaction is under way the next batch gathers. So
latency at low load is one transaction, and at high load the batch grows. When many ask again as soon as they are
answered, a batch takes half of them, and they hear of it when the next batch is on its way: so callers get ready
while the database is at work, and neither waits for the other.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from onhand.faults import Fault
from onhand.ledger.request import Outcome, Request

BATCH_REQUESTS_MAX = 2_000
BATCH_LINES_MAX = 20_000
QUEUE_REQUESTS_MAX = 20_000
_PATIENCE_SECONDS = 0.02
"""How long answers wait at most for the next batch to be on its way; another process may hold the journal."""
_SPLIT_LINES_MIN = 64
"""Fewer lines than this are not split, since a transaction has a cost of its own."""


class Executor(Protocol):
    """Executes a batch; `Attempts` is one."""

    async def execute(self, requests: Sequence[Request], meanwhile: Callable[[], None]) -> list[Outcome]:
        """Give the outcome of each request, in order; call `meanwhile` while the database is at work."""
        ...

    @property
    def is_alone(self) -> bool:
        """Whether nobody else has written between the last two batches, so that the next one will not have to wait."""
        ...


class _Waiting:
    """Requests that were handed in together, and who waits for their outcomes."""

    __slots__ = ("future", "outcomes", "requests")

    def __init__(self, requests: Sequence[Request], future: "asyncio.Future[list[Outcome]]") -> None:
        self.requests = requests
        self.future = future
        self.outcomes: list[Outcome] = []


class Batcher:
    """Collects requests and has them executed, one batch after the other."""

    def __init__(self, executor: Executor, *, queue_requests_max: int = QUEUE_REQUESTS_MAX) -> None:
        """Hand batches to an executor."""
        self._executor = executor
        self._queue_requests_max = queue_requests_max
        self._queue: deque[tuple[_Waiting, Request]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._answered = 0
        """The lines of the batch that was answered last; who asked for them may ask again at once."""
        self._lines = 0
        """The lines that wait."""
        self._unanswered: tuple[Sequence[tuple[_Waiting, Request]], Sequence[Outcome]] = ((), ())
        """A batch that is done, and that is told of it when the next one is on its way."""

    async def submit(self, requests: Sequence[Request]) -> list[Outcome]:
        """
        Wait for the outcomes of some requests, which are executed in order.

        Raises:
            Fault: OVERLOADED when too many wait already; nothing of these was executed. CLOSED after `close`.
        """
        if self._closed:
            raise Fault(code="CLOSED", message="The connection to the ledger is closed.", retryable=False)
        if len(self._queue) + len(requests) > self._queue_requests_max and self._queue:
            raise Fault(
                code="OVERLOADED",
                message="Too many requests wait already; this one was not executed.",
                retryable=True,
                facts={"waiting": len(self._queue), "waiting_max": self._queue_requests_max},
            )
        if not requests:
            return []
        loop = asyncio.get_running_loop()
        waiting = _Waiting(requests, loop.create_future())
        self._queue.extend([(waiting, request) for request in requests])
        self._lines += sum([_lines(request) for request in requests])
        if self._task is None:
            self._task = loop.create_task(self._drain())
        return await waiting.future

    async def close(self) -> None:
        """Let what waits be executed, then take no more; who gives up waiting for this stops nothing."""
        self._closed = True
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _drain(self) -> None:
        """Execute batch after batch until nothing waits."""
        batch: list[tuple[_Waiting, Request]] = []
        try:
            while self._queue:
                batch = self._next_batch()
                patience = asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, self._answer)
                try:
                    outcomes = await self._executor.execute([request for _, request in batch], self._answer)
                except Exception as error:  # noqa: BLE001 - a defect of ours must answer those who wait
                    fault = Fault(code="INTERNAL", message=f"A defect of onhand: {error!r}", retryable=False)
                    fault.__cause__ = error
                    outcomes = [fault for _ in batch]
                finally:
                    patience.cancel()
                self._answer()
                self._unanswered = batch, outcomes
                if not (self._queue and self._executor.is_alone):
                    self._answer()
                self._answered = sum([_lines(request) for _, request in batch])
        finally:
            self._answer()
            self._task = None
            self._answered = self._lines = 0
            for waiting, _ in (*batch, *self._queue):  # there are any only where this task was cancelled
                waiting.future.cancel()
            self._queue.clear()

    def _answer(self) -> None:
        """Tell those whose batch is done."""
        (batch, outcomes), self._unanswered = self._unanswered, ((), ())
        for (waiting, _), outcome in zip(batch, outcomes, strict=True):
            waiting.outcomes.append(outcome)
            if len(waiting.outcomes) == len(waiting.requests) and not waiting.future.done():
                waiting.future.set_result(waiting.outcomes)

    def _next_batch(self) -> list[tuple[_Waiting, Request]]:
        """Take what waits, up to the bounds; a request that must be alone is a batch of its own."""
        queue = self._queue
        most = min(max((self._lines + self._answered + 1) // 2, _SPLIT_LINES_MIN), BATCH_LINES_MAX)
        batch = [queue.popleft()]
        lines = _lines(batch[0][1])
        while queue and len(batch) < BATCH_REQUESTS_MAX and not batch[0][1].command.alone:
            request = queue[0][1]
            if request.command.alone or lines + _lines(request) > most:
                break
            lines += _lines(request)
            batch.append(queue.popleft())
        self._lines -= lines
        return batch


def _lines(request: Request) -> int:
    return len(getattr(request.command, "lines", ())) or 1
