"""Time-outs, and single flight: work that many ask for at once is done once, and all of them share the result."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from onhand.faults import Fault

Result = TypeVar("Result")


async def within(seconds: float, work: Awaitable[Result]) -> Result:
    """
    Give the result of work that is done in time.

    Work that is late is cancelled, but its end is not awaited: where the database does not answer, that takes seconds.

    Raises:
        TimeoutError: It was not done in time.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not done:
        task.add_done_callback(_forget)
        task.cancel()
        raise TimeoutError
    return task.result()


async def told_within(seconds: float, work: Awaitable[Result]) -> Result:
    """
    Give the result of a write, or say in time that it is unknown what became of it.

    Raises:
        Fault: DATABASE_UNREACHABLE; a retry under the same key is answered with what became of the first.
    """
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        message = "The database does not answer; whether the request was done is unknown."
        raise Fault(code="DATABASE_UNREACHABLE", message=message, retryable=True) from None


class Shared(Generic[Result]):
    """Work that is done once for all who ask for it while it is under way (single flight)."""

    def __init__(self, work: Callable[[], Awaitable[Result]]) -> None:
        self._work = work
        self._under_way: asyncio.Future[Result] | None = None

    async def result(self) -> Result:
        """Give what comes of the work; who gives up waiting stops nobody else."""
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.ensure_future(self._work())
            self._under_way.add_done_callback(_forget)
        return await asyncio.shield(self._under_way)


def _forget(task: "asyncio.Future[Result]") -> None:
    """Read the task's exception, so that asyncio does not log "exception was never retrieved"."""
    if not task.cancelled():
        task.exception()
