"""Retries with exponential backoff: what breaks down and may pass is tried again a few times."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from onhand.faults import Fault

RETRIES_MAX = 3
_PAUSE_SECONDS = 0.1

Result = TypeVar("Result")
Pause = Callable[[float], Awaitable[None]]


async def retried(act: Callable[[], Awaitable[Result]], *, pause: Pause = asyncio.sleep) -> Result:
    """
    Do an act, and again after a fault that a retry can mend, three times at most: after 0.1, 0.2 and 0.4 seconds.

    The act has to be keyed, since whether it was done before the fault may be unknown. The batches beneath have tried
    several times already; this is for a database that is away for longer.

    Raises:
        Fault: The last one, or the first that no retry can mend.
    """
    for retry in range(RETRIES_MAX):
        try:
            return await act()
        except Fault as fault:
            if not fault.retryable:
                raise
            await pause(_PAUSE_SECONDS * 2**retry)
    return await act()
