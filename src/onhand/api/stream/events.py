"""
The live stream: each posting as a server-sent event, in the order of the journal, none lost and none invented.

The id of an event is the number of its posting, so a reader goes on where it was by Last-Event-ID. What is sent is read
from the database after it was committed there, by whichever server. Whoever reads slowly is told later, and holds up
nobody: an event is made when the one before was taken.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from litestar.response import Stream

from onhand.api.entry.calls import Call
from onhand.api.routes.commands import wrong
from onhand.api.stream.feed import Seat, feed_of
from onhand.faults import Fault
from onhand.kernel.filters import Filter
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.within import touches_only
from onhand.ledger.accounts.port import Listening

_FILTERS = frozenset({"kind", "site", "sku"})
_DIGITS_MAX = 18
_TOLD_EVERY = 100
"""After so many postings that a reader does not see, it is told how far it is."""


async def stream_events(call: Call) -> Any:  # noqa: ANN401 - a response of the framework
    """Open a stream from Last-Event-ID on, or from `since`, or from now."""
    unknown = call.query.keys() - _FILTERS - {"since"}
    if unknown:
        raise wrong("the query", f"has no parameter {ascii(min(unknown))[:40]}")
    if call.sites is not None and call.query.get("site", next(iter(call.sites))) not in call.sites:
        raise Refused("UNKNOWN_SITE", site=call.query["site"])
    told = call.incoming.headers.get("last-event-id") or call.query.get("since")
    if told is not None and not (told.isascii() and told.isdecimal() and len(told) <= _DIGITS_MAX):
        raise wrong("Last-Event-ID", "is not the number of a posting")
    head = await call.stock.head()
    session = None if call.session is None else Listening(call.session.session, call.session.sites)
    feed = feed_of(call.stock, call.ledger.sessions)
    seat = feed.join(call.holder.id, call.limits.streams_per_key, session)
    start = head.number if told is None else int(told)
    return Stream(
        lambda: _events(call, seat, start),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(call: Call, seat: Seat, number: int) -> AsyncIterator[bytes]:
    call.metrics.streams.inc()
    lag = call.metrics.lag.labels(str(call.ledger.org_id))
    feed, who, wanted = seat.feed, seat.who, _filter(call)
    try:
        yield b"retry: 1000\n\n"
        passed_over = 0
        while True:
            head = await feed.beyond(number, who, call.limits.heartbeat_seconds)
            if feed.is_ended(who):
                return
            if head <= number:
                yield b": heartbeat\n\n"
                continue
            lag.set(head - number)
            try:
                events = await feed.after(number)
            except Fault:
                yield b": the database does not answer\n\n"
                await asyncio.sleep(1)
                continue
            for event in events:
                if feed.is_ended(who):  # a slow reader takes long to be told of all of them
                    return
                number = event.posting.number
                if _sees(call, wanted, event.posting):
                    passed_over = 0
                    yield event.text
                else:
                    passed_over += 1
            if passed_over >= _TOLD_EVERY:
                # A reader that is told nothing for long still learns how far it is, so that it need not begin anew.
                passed_over = 0
                yield b"id: %d\n\n" % number
            lag.set(max(head - number, 0))
    finally:
        call.metrics.streams.dec()
        seat.leave()


def _filter(call: Call) -> Filter:
    kinds, sites, skus = (
        frozenset({call.query[name]} if name in call.query else ()) for name in ("kind", "site", "sku")
    )
    return Filter(kinds, sites, skus)


def _sees(call: Call, wanted: Filter, posting: Posting) -> bool:
    """Tell whether a caller sees a posting, and wants to."""
    return (call.sites is None or touches_only(posting, call.sites)) and wanted.lets_through(posting)
