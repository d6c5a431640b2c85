"""
Group commit: what waits for an org is executed in one transaction.

There is no timer. A lone request is executed at once; while a transaction is under way the next batch gathers, and is
decided ahead where that is possible. So latency at low load is one transaction, and at high load the batch grows.

Batches are pipelined two deep (double buffering): where many callers ask again as soon as they are answered, a batch
takes half of them, and they are answered when the next batch is on its way. So this processor decides one half, and the
callers prepare it, while the database writes the other. Where a transaction takes long however small it is, as on a
slow disk, all of them are gathered into one batch instead (`pace.py`).
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from onhand.faults import Fault
from onhand.ledger.engine.execute import Batch
from onhand.ledger.engine.pace import Pace
from onhand.ledger.engine.request import Outcome, Request

BATCH_LINES_MAX = 512
"""More than this gains little by being written together, and the next batch could not be decided meanwhile."""
QUEUE_REQUESTS_MAX = 20_000
_SPLIT_LINES_MIN = 16
"""Fewer lines than this are not split, since a transaction has a cost of its own."""
_FIRST_LINES_MAX = 64
"""A batch of more lines has at most twice those of the one before (slow start), so the database is soon at work."""


class Executor(Protocol):
    """Executes batches, one after the other; `Attempts` is one."""

    def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
        """Decide a batch while the one before it is under way, or add to it; None where that cannot be done."""
        ...

    async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
        """Give the outcome of each request of a batch, in order."""
        ...

    def forget(self) -> None:
        """Remember nothing of what the tables held."""
        ...


class _Waiting:
    """Requests that were handed in together, and who waits for their outcomes."""

    __slots__ = ("future", "outcomes", "requests")

    def __init__(self, requests: Sequence[Request], future: "asyncio.Future[list[Outcome]]") -> None:
        self.requests = requests
        self.future = future
        self.outcomes: list[Outcome] = []


class _Flight:
    """A batch under way: who waits for what, and the task that executes it."""

    __slots__ = ("_began", "entries", "task", "was_foreseen")

    def __init__(
        self,
        entries: Sequence[tuple[_Waiting, Request]],
        task: "asyncio.Task[list[Outcome]]",
        *,
        was_foreseen: bool,
    ) -> None:
        self.entries = entries
        self.task = task
        self.was_foreseen = was_foreseen
        self._began = perf_counter()

    @property
    def seconds(self) -> float:
        """How long it is under way, until it has landed."""
        return perf_counter() - self._began

    async def land(self) -> list[Outcome]:
        """Wait for the outcomes; a defect of ours must answer those who wait, too."""
        try:
            return await self.task
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            fault = Fault(code="INTERNAL", message=f"A defect of onhand: {error!r}", retryable=False)
            fault.__cause__ = error
            return [fault for _ in self.entries]

    def answer(self, outcomes: Sequence[Outcome]) -> None:
        """Tell those who wait."""
        for (waiting, _), outcome in zip(self.entries, outcomes, strict=True):
            waiting.outcomes.append(outcome)
            if len(waiting.outcomes) == len(waiting.requests) and not waiting.future.done():
                waiting.future.set_result(waiting.outcomes)


class Batcher:
    """Collects requests and has them executed, one batch after the other."""

    def __init__(self, executor: Executor, *, queue_requests_max: int = QUEUE_REQUESTS_MAX) -> None:
        self._executor = executor
        self._queue_requests_max = queue_requests_max
        self._queue: deque[tuple[_Waiting, Request]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._lines = 0
        """The lines that wait."""
        self._flying = 0
        """The lines of the batch under way; their callers count as waiting, since they may ask again at once."""
        self._pace = Pace()

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
            self._task.add_done_callback(self._give_up)
        return await waiting.future

    def afresh(self) -> None:
        """Decide the batches from now on by what the tables hold then, whatever is remembered of them."""
        self._executor.forget()

    async def close(self) -> None:
        """Let what waits be executed, then take no more; who gives up waiting for this stops nothing."""
        self._closed = True
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _drain(self) -> None:
        """
        Execute batch after batch until nothing waits; one is under way while the next is decided.

        Each turn: take a batch and decide it ahead; let the one in flight land; add whoever came meanwhile; launch it;
        and only then answer the callers of the landed one, so that this is done while the database works.
        """
        flight: _Flight | None = None
        landed: _Flight | None = None
        outcomes: Sequence[Outcome] = ()
        batch: list[tuple[_Waiting, Request]] = []
        try:
            while self._queue or flight is not None:
                most = self._most()
                batch = self._take([], most)
                ahead = self._foresee(batch) if batch else None
                landed = flight
                if landed is not None:
                    anew = not landed.was_foreseen
                    outcomes = await landed.land()
                    self._pace.written(self._flying, landed.seconds)
                    if self._pace.gathers(most + self._flying):
                        landed.answer(outcomes)
                        most = min(most + self._flying, BATCH_LINES_MAX)
                        flight = landed = None
                        await asyncio.sleep(0)  # whoever was answered asks again now, and comes along
                    ahead = self._fill(batch, most, ahead, anew=anew)
                flight = self._launch(batch, ahead)
                if flight is not None:
                    await asyncio.sleep(0)  # it is sent now
                if landed is not None:
                    landed.answer(outcomes)
                    landed = None
                    await asyncio.sleep(0)  # whoever was answered asks again now
        finally:
            self._task = None
            self._flying = self._lines = 0
            if landed is not None and landed is not flight:
                landed.answer(outcomes)  # it was not told yet
            if flight is not None:
                flight.task.cancel()
            # There are any left only where this task was cancelled.
            self._cancel([*(() if flight is None else flight.entries), *batch, *self._queue])

    def _give_up(self, task: "asyncio.Task[None]") -> None:
        """Cancel those who wait where the task that was to serve them was cancelled before it began."""
        if self._task is task:
            self._task = None
            self._lines = 0
            self._cancel([*self._queue])

    def _cancel(self, left: Sequence[tuple[_Waiting, Request]]) -> None:
        for waiting, _ in left:
            waiting.future.cancel()
        self._queue.clear()

    def _launch(self, batch: list[tuple[_Waiting, Request]], ahead: Batch | None) -> _Flight | None:
        """Send a batch on its way, if there is one."""
        self._flying = sum([_lines(request) for _, request in batch])
        if not batch:
            return None
        requests = [request for _, request in batch]
        loop = asyncio.get_running_loop()
        return _Flight(batch, loop.create_task(self._executor.execute(requests, ahead)), was_foreseen=ahead is not None)

    def _foresee(self, batch: Sequence[tuple[_Waiting, Request]], ahead: Batch | None = None) -> Batch | None:
        """Decide requests ahead, or add them to a batch; None where that cannot be done."""
        began = perf_counter()
        foreseen = self._executor.foresee([request for _, request in batch], ahead)
        if foreseen is not None:
            self._pace.decided(sum([_lines(request) for _, request in batch]), perf_counter() - began)
        return foreseen

    def _most(self) -> int:
        """Tell how many lines the next batch takes: half of those that wait or may come back at once."""
        half = max((self._lines + self._flying + 1) // 2, _SPLIT_LINES_MIN)
        return min(half, max(2 * self._flying, _FIRST_LINES_MAX), BATCH_LINES_MAX)

    def _fill(
        self, batch: list[tuple[_Waiting, Request]], most: int, ahead: Batch | None, *, anew: bool
    ) -> Batch | None:
        """
        Add to a batch what came since it was taken, and decide that ahead as well; gives what is decided ahead of all.

        With `anew` nothing could be decided while the flight before was under way, as it asked the database first; now
        that it has landed, the whole batch is tried. None means that the batch is decided in its own transaction.
        """
        had = len(batch)
        self._take(batch, most)
        if ahead is None and anew:
            had = 0
        if len(batch) == had or (had and ahead is None):
            return ahead
        return self._foresee(batch[had:], ahead)

    def _take(self, batch: list[tuple[_Waiting, Request]], most: int) -> list[tuple[_Waiting, Request]]:
        """Take what waits into a batch, up to the bounds; a request that must be alone is a batch of its own."""
        queue = self._queue
        lines = sum([_lines(request) for _, request in batch])
        taken = 0
        while queue:
            request = queue[0][1]
            more = _lines(request)
            if batch and (batch[0][1].command.alone or request.command.alone or lines + taken + more > most):
                break
            taken += more
            batch.append(queue.popleft())
        self._lines -= taken
        return batch


def _lines(request: Request) -> int:
    return len(getattr(request.command, "lines", ())) or 1
