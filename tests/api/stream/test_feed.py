"""The feed of a process: one reader for all streams of an org, however many and however slow."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from onhand.api.http.limits import Limits
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.problems import Problem
from onhand.api.stream.events import stream_events
from onhand.api.stream.feed import Event, Feed, feed_of
from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock

MOST = 1000
NOON = datetime(2026, 1, 31, tzinfo=UTC)


class Part:
    """A part of a ledger of which there is one."""

    def __init__(self, **told: object) -> None:
        """Know what belongs to it."""
        self.__dict__.update(told)


class Journal:
    """A journal in memory that counts how often it is read, and how many read it at once."""

    def __init__(self, number: int = 0) -> None:
        """Begin with so many postings; where `number_read` is told, slices come from a server that has only those."""
        self.number = number
        self.number_read: int | None = None
        self.slices: list[tuple[int, int]] = []
        self.at_once_most = 0
        self.is_broken = False
        self.has_a_defect = False
        self.ended_keys: frozenset[int] = frozenset()
        self._at_once = 0

    @property
    def stock(self) -> Stock:
        """What a feed asks."""
        accounts, history = SimpleNamespace(port=SimpleNamespace(ended=self._ended)), SimpleNamespace(slice=self._slice)
        return cast("Stock", Part(head=self._head, accounts=accounts, worker=SimpleNamespace(history=history)))

    async def _head(self) -> Any:  # noqa: ANN401 - what has a number
        if self.has_a_defect:
            raise ValueError("nobody has thought of this")
        if self.is_broken:
            raise Fault(code="DATABASE_UNREACHABLE", message="", retryable=True)
        return SimpleNamespace(number=self.number)

    async def _ended(self, keys: tuple[int, ...]) -> frozenset[int]:
        return self.ended_keys & set(keys)

    async def _slice(self, first: int, last: int) -> Sequence[Posting]:
        self.slices.append((first, last))
        self._at_once += 1
        self.at_once_most = max(self.at_once_most, self._at_once)
        await asyncio.sleep(0)
        self._at_once -= 1
        last = last if self.number_read is None else min(last, self.number_read)
        return [posting(number) for number in range(first, last + 1)]


def posting(number: int) -> Posting:
    """A posting without lines."""
    return Posting(
        number=number,
        kind="sell",
        key=str(number),
        fingerprint=b"",
        actor="a",
        recorded_at=NOON,
        occurred_at=NOON,
        movements=(),
    )


async def heard(feed: Feed, start: int, end: int, key: int = 1) -> list[int]:
    """Listen from one number to another."""
    seat = feed.join(key, MOST)
    numbers: list[int] = []
    number = start
    while number < end:
        await feed.beyond(number, key, 5)
        for event in await feed.after(number):
            number = event.posting.number
            numbers.append(number)
    seat.leave()
    return numbers


async def test_many_streams_cost_one_reader() -> None:
    """S13: two hundred streams hear a hundred postings, each in order, and the journal is read as for one."""
    journal = Journal(10)
    feed = Feed(journal.stock)
    listening = [asyncio.create_task(heard(feed, 10, 110)) for _ in range(200)]
    await asyncio.sleep(0)  # each has taken its seat
    assert feed.open_by_key == {1: 200}
    assert await feed.beyond(9, 1, 5) == 10
    journal.number = 110
    found = await asyncio.gather(*listening)

    assert found == [list(range(11, 111))] * 200
    assert journal.slices == [(11, 60), (61, 110)]
    assert feed.open_by_key == {}


async def test_an_event_is_written_once() -> None:
    """S13: whoever hears an event hears the same bytes."""
    event = Event(posting(7))

    assert event.text is event.text
    assert event.text.startswith(b"id: 7\nevent: posting\ndata: {")
    assert event.text.endswith(b"}\n\n")


async def test_those_who_are_far_behind_read_by_themselves() -> None:
    """S13: streams from the first posting on get all of a long journal, in order, a few of them at a time."""
    journal = Journal(2000)
    feed = Feed(journal.stock)
    found = await asyncio.gather(*[heard(feed, 0, 2000) for _ in range(20)])

    assert found == [list(range(1, 2001))] * 20
    assert journal.at_once_most <= 5  # four who are behind, and the feed itself


async def test_a_leap_of_the_journal_is_not_read_for_nobody() -> None:
    """S13: after a leap too long to be kept those who want it read it, and all of it."""
    journal = Journal(1)
    feed = Feed(journal.stock)
    listening = asyncio.create_task(heard(feed, 1, 5000))
    await feed.beyond(0, 1, 5)
    journal.number = 5000

    assert await listening == list(range(2, 5001))


async def test_what_a_slice_lacks_is_told_when_it_is_there() -> None:
    """C7: postings that a server does not have, which took over after the head was read, are not passed over."""
    journal = Journal(10)
    feed = Feed(journal.stock)
    seat = feed.join(1, MOST)
    heads = [await feed.beyond(9, 1, 5)]
    journal.number_read = 12
    journal.number = 14
    heads.append(await feed.beyond(11, 1, 5))
    journal.number_read = None
    heads.append(await feed.beyond(13, 1, 5))
    told = [event.posting.number for event in await feed.after(10)]
    seat.leave()

    assert heads == [10, 12, 14]
    assert told == [11, 12, 13, 14]


async def test_what_is_kept_is_bounded() -> None:
    """T10: a feed keeps the last postings only, few where they have many lines."""
    journal = Journal(0)
    feed = Feed(journal.stock)
    seat = feed.join(1, MOST)
    await feed.beyond(-1, 1, 5)
    for number in range(400, 2001, 400):
        journal.number = number
        await feed.beyond(number - 1, 1, 5)
    journal.slices.clear()
    assert [event.posting.number for event in await feed.after(1950)] == list(range(1951, 2001))
    assert journal.slices == []
    assert [event.posting.number for event in await feed.after(1000)] == list(range(1001, 1051))
    assert journal.slices == [(1001, 1050)]
    seat.leave()


async def test_a_key_that_has_ended_is_told_at_once() -> None:
    """T8: whoever waits for news hears that his key was revoked, and nobody else does."""
    journal = Journal(5)
    feed = Feed(journal.stock)
    seats = [feed.join(key, MOST) for key in (1, 2)]
    waiting = asyncio.create_task(feed.beyond(5, 1, 60))
    await feed.beyond(4, 2, 5)
    journal.ended_keys = frozenset({1})
    await waiting

    assert (feed.is_ended(1), feed.is_ended(2)) == (True, False)
    for seat in seats:
        seat.leave()


async def test_a_slow_reader_hears_no_more_once_its_key_has_ended() -> None:
    """S12: who takes one event after the other gets no more of a slice that was read before the key was revoked."""
    journal = Journal(40)
    ledger = SimpleNamespace(org_id=1, stock=journal.stock, sessions=None)
    asked = {"session": None, "sites": None, "query": {"since": "0"}, "limits": Limits(), "metrics": ServiceMetrics()}
    incoming, holder = SimpleNamespace(headers={}), SimpleNamespace(id=1)
    call = SimpleNamespace(**asked, incoming=incoming, holder=holder, ledger=ledger, stock=ledger.stock)
    stream = (await stream_events(cast("Any", call))).iterator()
    told = [await anext(stream) for _ in range(3)]
    journal.ended_keys = frozenset({1})
    feed = feed_of(call.stock, cast("Any", None))
    await feed.beyond(40, 1, 5)

    rest = [event async for event in stream]

    assert [line.partition(b"\n")[0] for line in told] == [b"retry: 1000", b"id: 1", b"id: 2"]
    assert rest == []


async def test_a_feed_survives_a_database_that_is_away() -> None:
    """C16: while the database is away nobody is told anything, then all go on."""
    journal = Journal(5)
    feed = Feed(journal.stock)
    listening = asyncio.create_task(heard(feed, 5, 8))
    await feed.beyond(4, 1, 5)
    journal.is_broken = True
    assert await feed.beyond(5, 1, 0.5) == 5
    journal.number, journal.is_broken = 8, False

    assert await listening == [6, 7, 8]


async def test_a_seat_is_given_back_once_also_where_it_was_never_used() -> None:
    """S13: a stream whose reader went away before it began takes none of the key's places."""
    feed = Feed(Journal().stock)
    first, second = feed.join(1, 2), feed.join(1, 2)
    with pytest.raises(Problem):
        feed.join(1, 2)
    first.leave()
    first.leave()
    assert feed.open_by_key == {1: 1}
    del second
    assert feed.open_by_key == {}


async def test_a_defect_ends_the_streams_and_not_the_feed() -> None:
    """S12: where the reading breaks off for a defect, streams end instead of beating for ever, and come again."""
    journal = Journal(3)
    feed = Feed(journal.stock)
    seat = feed.join(1, MOST)
    journal.has_a_defect = True
    for _ in range(100):
        await asyncio.sleep(0)
    ended = feed.is_ended(1)
    journal.has_a_defect = False
    seat.leave()
    again = feed.join(1, MOST)

    assert ended
    assert await feed.beyond(2, 1, 10) == 3
    assert not feed.is_ended(1)
    again.leave()
