"""Callers who ask again as soon as they are answered, and the clock that stops them."""

import asyncio
import gc
import math
import sys
from collections.abc import Awaitable, Callable, Coroutine
from time import perf_counter
from typing import Any, TypeVar

from bench.sample import Sample, sample_of

Result = TypeVar("Result")
Act = Callable[[int, int], Awaitable[int]]
"""Does the n-th act of a caller, both counted from 0, and says how many sales it was."""


def settle() -> None:
    """
    Let the collector leave alone what lives as long as the process, as a server would once it has started.

    Both Python contenders call it. Each of its full rounds otherwise looks at every holding that is kept, and holds up
    whoever is being served.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run on the event loop that onhand's own processes use."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 - it does not exist for Windows

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


class ClosedLoop:
    """
    A number of callers, each with one act under way at any time.

    Args:
        wal_position: Says how many bytes the server has written to its log.
    """

    def __init__(self, act: Act, callers: int, wal_position: Callable[[], int]) -> None:
        self._act = act
        self._callers = callers
        self._wal_position = wal_position
        self._begin = self._end = math.inf
        self._latencies: list[float] = []
        self._count = 0

    async def measure(self, warm_seconds: float, seconds: float) -> Sample:
        """Let the callers run, and count the acts that end within the seconds after the warm-up."""
        async with asyncio.TaskGroup() as group:
            for caller in range(self._callers):
                group.create_task(self._call(caller))
            await asyncio.sleep(warm_seconds)
            settle()
            wal_before = self._wal_position()
            self._begin = perf_counter()
            await asyncio.sleep(seconds)
            self._end = perf_counter()
            wal_after = self._wal_position()
        return sample_of(
            self._latencies, count=self._count, seconds=self._end - self._begin, wal_bytes=wal_after - wal_before
        )

    async def _call(self, caller: int) -> None:
        number = 0
        finish = 0.0
        while finish < self._end:
            start = perf_counter()
            count = await self._act(caller, number)
            finish = perf_counter()
            number += 1
            if self._begin <= finish < self._end:
                self._latencies.append(finish - start)
                self._count += count
