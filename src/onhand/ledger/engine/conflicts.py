"""Retries of an optimistic lock: what was decided on an old version is decided anew on the fresh one, a few times."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from onhand.kernel.refusals import Refused

RETRIES_MAX = 3
PAUSE_SECONDS = 0.02

Result = TypeVar("Result")


async def _wait(seconds: float) -> None:
    await asyncio.sleep(random.uniform(seconds / 2, seconds))  # noqa: S311 - spreads load, keeps no secret


async def again(act: Callable[[], Awaitable[Result]], *, wait: Callable[[float], Awaitable[None]] = _wait) -> Result:
    """
    Do something that reads versions and then acts on them; a version conflict lets it read and act anew.

    At most three times more, after exponential backoff with jitter; `wait` makes the pause. The same
    key may be used each time, since a refusal leaves nothing under it.

    Raises:
        Refused: VERSION_CONFLICT where somebody else was faster each time; any other refusal at once.
    """
    pause = PAUSE_SECONDS
    for _ in range(RETRIES_MAX):
        try:
            return await act()
        except Refused as refused:
            if refused.code != "VERSION_CONFLICT":
                raise
        await wait(pause)
        pause *= 2
    return await act()
