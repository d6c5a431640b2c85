"""
The feed: reads the journal of one org on, once for all its streams in this process, and keeps the last postings.

It asks where the journal ends, a few times a second, so it depends on no notification. A stream that is further behind
than what is kept reads slices by itself; how many do so at once is bounded. Nobody's slowness costs memory: what a
stream has not been told yet lies in the journal.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from weakref import WeakKeyDictionary

import msgspec

from onhand.api.http.problems import Problem
from onhand.api.routes.postings import write_posting
from onhand.credentials.sign_ins import SessionStore
from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.ledger.accounts.port import Listening
from onhand.ledger.stock import Stock

_POLL_SECONDS = 0.2
_SLICE = 50
_KEPT = 500
_KEPT_LINES = 5_000
_READERS = 4
_ENDED_SECONDS = 0.5
"""So often it is asked whose keys were revoked or have expired, and which sessions are over or have other rights."""


class Event:
    """A posting as a stream tells it, written once for all who hear it."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.lines = 1 + len(posting.movements) + len(posting.changes)

    @cached_property
    def text(self) -> bytes:
        """The lines of the event."""
        data = msgspec.json.encode(write_posting(self.posting))
        return b"id: %d\nevent: posting\ndata: %b\n\n" % (self.posting.number, data)


class Feed:
    """The end of the journal of one org, for as long as somebody listens."""

    def __init__(self, stock: Stock, sessions: SessionStore | None = None) -> None:
        """Read a ledger on as long as somebody listens; without sessions nobody listens in one."""
        self._stock = stock
        self._sessions = sessions
        self._number = -1
        self._kept: deque[Event] = deque()
        self._lines = 0
        self._moved = asyncio.Condition()
        self._readers = asyncio.Semaphore(_READERS)
        self._task: asyncio.Task[None] | None = None
        self._listeners = 0
        self._asked_at = 0.0
        self._ended: frozenset[int | Listening] = frozenset()
        self.open_by_key: dict[int, int] = {}
        self._open_by_session: dict[Listening, int] = {}

    def join(self, key: int, most: int, session: Listening | None = None) -> "Seat":
        """Begin to listen, in a session or not; raises Problem where the key has too many streams."""
        if self.open_by_key.get(key, 0) >= most:
            raise Problem("TOO_MANY_STREAMS", streams_per_key_max=most)
        self.open_by_key[key] = self.open_by_key.get(key, 0) + 1
        if session is not None:
            self._open_by_session[session] = self._open_by_session.get(session, 0) + 1
        self._listeners += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._read_on())
        return Seat(self, key, session)

    def leave(self, key: int, session: Listening | None = None) -> None:
        """Listen no more; with the last one the reading ends, and nothing is kept."""
        self.open_by_key[key] -= 1
        if not self.open_by_key[key]:
            del self.open_by_key[key]
        if session is not None:
            self._open_by_session[session] -= 1
            if not self._open_by_session[session]:
                del self._open_by_session[session]
        self._listeners -= 1
        if not self._listeners and self._task is not None:
            self._task.cancel()
            self._task = None
            self._number = -1
            self._kept.clear()
            self._lines = 0

    def is_ended(self, who: int | Listening) -> bool:
        """
        Tell whether a key was revoked or has expired, or a session is over or of other sites, while it listened.

        Where a defect has ended the reading, everybody's stream is over, since nobody would be told of anything more;
        whoever comes again has it begun anew.
        """
        return who in self._ended or (self._task is not None and self._task.done())

    async def beyond(self, number: int, who: int | Listening, seconds: float) -> int:
        """Wait until the journal is beyond a number, who listens has ended, or for so long; gives where it ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: self._number > number or who in self._ended)
        return self._number

    async def after(self, number: int) -> Sequence[Event]:
        """Give the next events after a number, a slice at most; raises Fault."""
        first = self._kept[0].posting.number if self._kept else self._number + 1
        if number + 1 >= first:
            begin = number + 1 - first
            return [self._kept[place] for place in range(begin, min(begin + _SLICE, len(self._kept)))]
        async with self._readers:
            last = min(self._number, number + _SLICE)
            return [Event(posting) for posting in await self._stock.worker.history.slice(number + 1, last)]

    async def _read_on(self) -> None:
        while True:
            with suppress(Fault):
                head = (await self._stock.head()).number
                if self._number < 0 or head - self._number > _KEPT:
                    # Whoever wants what came before reads it by himself.
                    self._kept.clear()
                    self._lines = 0
                    await self._move(head)
                while self._number < head:
                    last = min(head, self._number + _SLICE)
                    found = await self._stock.worker.history.slice(self._number + 1, last)
                    for posting in found:
                        self._keep(Event(posting))
                    await self._move(self._number + len(found))
                    if self._number < last:
                        break  # another server answered, which does not have them yet
                if time.monotonic() - self._asked_at > _ENDED_SECONDS:
                    await self._ask_whose_keys_ended()
            await asyncio.sleep(_POLL_SECONDS)

    def _keep(self, event: Event) -> None:
        self._kept.append(event)
        self._lines += event.lines
        while len(self._kept) > _KEPT or (self._lines > _KEPT_LINES and len(self._kept) > 1):
            self._lines -= self._kept.popleft().lines

    async def _ask_whose_keys_ended(self) -> None:
        """Ask once for all streams; those of a key that has ended are ended."""
        self._asked_at = time.monotonic()
        ended: frozenset[int | Listening] = frozenset(await self._stock.accounts.port.ended(tuple(self.open_by_key)))
        if self._sessions is not None and self._open_by_session:
            ended |= await self._sessions.ended(tuple(self._open_by_session))
        if ended != self._ended:
            async with self._moved:
                self._ended = ended
                self._moved.notify_all()

    async def _move(self, number: int) -> None:
        async with self._moved:
            self._number = number
            self._moved.notify_all()


class Seat:
    """The place of one stream; given back when it is left, or forgotten before it began."""

    def __init__(self, feed: Feed, key: int, session: Listening | None = None) -> None:
        self.feed = feed
        self.who = key if session is None else session
        self._key = key
        self._session = session
        self._is_taken = True

    def leave(self) -> None:
        """Give it back, once."""
        if self._is_taken:
            self._is_taken = False
            self.feed.leave(self._key, self._session)

    def __del__(self) -> None:
        # A stream whose reader went away before the first event is never begun, so it never ends either.
        self.leave()


_feeds: "WeakKeyDictionary[Stock, Feed]" = WeakKeyDictionary()


def feed_of(stock: Stock, sessions: SessionStore) -> Feed:
    """Give the one feed of a ledger."""
    return _feeds.setdefault(stock, Feed(stock, sessions))
