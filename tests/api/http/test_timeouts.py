"""Waiting: what many ask for at once is done once."""

import asyncio

from onhand.api.http.timeouts import Shared
from onhand.faults import Fault


class Work:
    """Work that takes until it is let go, and counts how often it was begun; the first may break down."""

    def __init__(self, failures: int = 0) -> None:
        """Fail so often first."""
        self.begun = 0
        self.going = asyncio.Event()
        self._failures = failures

    async def done(self) -> int:
        """Give which one it was."""
        self.begun += 1
        which = self.begun
        await self.going.wait()
        if which <= self._failures:
            raise Fault(code="DATABASE_UNREACHABLE", message="It is away.", retryable=True)
        return which


async def test_a_crowd_is_answered_by_one_question() -> None:
    """T10: a thousand who ask at once cost the database one question, and who comes afterwards has one of his own."""
    work = Work()
    shared = Shared(work.done)
    crowd = [asyncio.ensure_future(shared.result()) for _ in range(1000)]
    await asyncio.sleep(0)
    crowd[0].cancel()
    work.going.set()

    assert await asyncio.gather(*crowd[1:]) == [1] * 999
    assert await shared.result() == 2


async def test_a_breakdown_is_told_to_all_and_not_kept() -> None:
    """C16: all who wait hear of a breakdown; the next question is asked anew."""
    work = Work(failures=1)
    work.going.set()
    shared = Shared(work.done)

    told = await asyncio.gather(*(shared.result() for _ in range(3)), return_exceptions=True)

    assert [type(one) for one in told] == [Fault] * 3
    assert await shared.result() == 2
