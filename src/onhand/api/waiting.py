"""Waiting: for work that may take too long, no longer than is promised."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from onhand.faults import Fault

Result = TypeVar("Result")


async def within(seconds: float, work: Awaitable[Result]) -> Result:
    """
    Give the result of work that is done in time.

    Work that is not is cancelled, and not waited for: to stop what a database does that does not answer takes seconds.

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


def _forget(task: "asyncio.Future[Result]") -> None:
    """Take what comes of work that nobody waits for, so that nobody is told that it was lost."""
    if not task.cancelled():
        task.exception()
