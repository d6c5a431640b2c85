"""
The live stream: each posting as a server-sent event, in the order of the journal, none lost and none invented.

The id of an event is the number of its posting, so a reader goes on where it was by Last-Event-ID. What is sent is read
from the database after it was committed there, by whichever server.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from litestar.response import Stream

from onhand.api.calls import Call
from onhand.api.postings import write_posting
from onhand.api.problems import Problem
from onhand.api.wire import wrong
from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.within import touches_only
from onhand.ledger.stock import Stock

_POLL_SECONDS = 0.2
_SLICE = 50
_FILTERS = frozenset({"kind", "site", "sku"})


class Follower:
    """Watches where the journal of one org ends, once for all its streams."""

    def __init__(self, stock: Stock) -> None:
        """Watch a ledger as long as somebody listens."""
        self._stock = stock
        self._number = -1
        self._moved = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._listeners = 0
        self.open_by_key: dict[int, int] = {}

    def join(self, key: int, most: int) -> None:
        """Begin to listen; raises Problem where the key has too many streams."""
        if self.open_by_key.get(key, 0) >= most:
            raise Problem("TOO_MANY_STREAMS", streams_per_key_max=most)
        self.open_by_key[key] = self.open_by_key.get(key, 0) + 1
        self._listeners += 1
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._watch())

    def leave(self, key: int) -> None:
        """Listen no more; the last one stops the watch."""
        self.open_by_key[key] -= 1
        if not self.open_by_key[key]:
            del self.open_by_key[key]
        self._listeners -= 1
        if not self._listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    async def beyond(self, number: int, seconds: float) -> int:
        """Wait until the journal has gone beyond a number, or for so long; gives where it ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: self._number > number)
        return self._number

    async def _watch(self) -> None:
        while True:
            with suppress(Fault):
                head = await self._stock.head()
                if head.number > self._number:
                    async with self._moved:
                        self._number = head.number
                        self._moved.notify_all()
            await asyncio.sleep(_POLL_SECONDS)


_followers: "WeakKeyDictionary[Stock, Follower]" = WeakKeyDictionary()


def follower_of(stock: Stock) -> Follower:
    """Give the one follower of a ledger."""
    return _followers.setdefault(stock, Follower(stock))


async def stream_events(call: Call) -> Any:  # noqa: ANN401 - a response of the framework
    """Open a stream from Last-Event-ID on, or from `since`, or from now."""
    unknown = call.query.keys() - _FILTERS - {"since"}
    if unknown:
        raise wrong("the query", f"has no parameter {ascii(min(unknown))[:40]}")
    if call.sites is not None and call.query.get("site", next(iter(call.sites))) not in call.sites:
        raise Refused("UNKNOWN_SITE", site=call.query["site"])
    told = call.request.headers.get("last-event-id") or call.query.get("since")
    if told is not None and not (told.isascii() and told.isdecimal() and len(told) < 19):  # noqa: PLR2004 - 64 bits
        raise wrong("Last-Event-ID", "is not the number of a posting")
    head = await call.stock.head()
    follower = follower_of(call.stock)
    follower.join(call.holder.id, call.limits.streams_per_key)
    start = head.number if told is None else int(told)
    return Stream(
        lambda: _events(call, follower, start),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(call: Call, follower: Follower, number: int) -> AsyncIterator[bytes]:
    call.metrics.streams.inc()
    lag = call.metrics.lag.labels(str(call.ledger.org_id))
    try:
        yield b"retry: 1000\n\n"
        while True:
            head = await follower.beyond(number, call.limits.heartbeat_seconds)
            if head <= number:
                if await _is_ended(call):
                    return
                yield b": heartbeat\n\n"
                continue
            lag.set(head - number)
            try:
                for posting in await _slice(call.stock, number, min(head, number + _SLICE)):
                    number = posting.number
                    seen = _seen(call, posting)
                    if seen is not None:
                        yield b"id: %d\nevent: posting\ndata: %b\n\n" % (number, msgspec.json.encode(seen))
            except Fault:
                yield b": the database does not answer\n\n"
                await asyncio.sleep(1)
            lag.set(max(head - number, 0))
    finally:
        call.metrics.streams.dec()
        follower.leave(call.holder.id)


async def _is_ended(call: Call) -> bool:
    """Tell whether the key of a stream was revoked meanwhile."""
    with suppress(Fault):
        keys = await call.stock.keys(limit=1, after=f"keys-{call.holder.id - 1}")
        return not keys.rows or keys.rows[0].id != call.holder.id or keys.rows[0].revoked
    return False


async def _slice(stock: Stock, low: int, high: int) -> list[Posting]:
    """Read the postings above one number up to another, in order."""
    return list(await asyncio.gather(*[stock.posting(number) for number in range(low + 1, high + 1)]))


def _seen(call: Call, posting: Posting) -> dict[str, Any] | None:
    """Give what the caller sees of a posting; None where nothing."""
    query = call.query
    if call.sites is not None and not touches_only(posting, call.sites):
        return None
    places = [movement.place for movement in posting.movements]
    if query.get("kind") not in {None, posting.kind}:
        return None
    for name in ("site", "sku"):
        if name in query and not any(getattr(place, name) == query[name] for place in places):
            return None
    return write_posting(posting)
