"""The limits of the service: sizes, rates and how much at once; each is published."""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from onhand.faults import Fault

PAGE_MAX = 100
PREFIX = "ONHAND_LIMIT_"
_KEPT_MAX = 100_000
_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one server; ONHAND_LIMIT_<NAME> sets each. What they mean stands in `MEANINGS`."""

    body_bytes: int = 4 * 1024 * 1024
    header_bytes: int = 16 * 1024
    url_bytes: int = 8 * 1024
    header_seconds: int = 10
    body_seconds: int = 10
    question_seconds: int = 10
    write_seconds: int = 30
    reader_seconds: int = 30
    connections: int = 10_000
    in_flight: int = 2_000
    wait_milliseconds: int = 200
    key_in_flight: int = 1_000
    queue_commands: int = 20_000
    key_per_second: int = 2_000
    org_per_second: int = 10_000
    address_per_second: int = 20_000
    address_failures_per_minute: int = 120
    login_name_per_minute: int = 10
    login_address_per_minute: int = 60
    bulk_commands: int = 1_000
    streams_per_key: int = 10
    heartbeat_seconds: int = 15

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Read the limits that are set; raises Fault SETTING_INVALID."""
        told: dict[str, int] = {}
        for field in fields(cls):
            text = environment.get(PREFIX + field.name.upper())
            if text is None:
                continue
            if not (text.isascii() and text.isdecimal() and 0 < int(text[:10]) < 2**31):
                raise Fault(
                    code="SETTING_INVALID",
                    message=f"{PREFIX}{field.name.upper()} is not a whole number from 1.",
                    retryable=False,
                )
            told[field.name] = int(text)
        return cls(**told)


class Meaning(NamedTuple):
    """What a limit bounds, and the code with which what goes beyond is refused; None where it is no refusal."""

    what: str
    code: str | None


MEANINGS: Mapping[str, Meaning] = {
    "body_bytes": Meaning("The bytes of a body.", "BODY_TOO_LARGE"),
    "header_bytes": Meaning("The bytes of all headers of a request.", "HEADERS_TOO_LARGE"),
    "url_bytes": Meaning("The bytes of the path and the query of a request.", "URL_TOO_LONG"),
    "header_seconds": Meaning("Until the headers of a request are there; then the connection is closed.", None),
    "body_seconds": Meaning("Until the body of a request is there.", "BODY_TIMEOUT"),
    "question_seconds": Meaning("Until a question is answered, or the key of a request is known.", "DATABASE_BUSY"),
    "write_seconds": Meaning(
        "Until a write is answered; then whether it was done is unknown, and its key tells.", "DATABASE_UNREACHABLE"
    ),
    "reader_seconds": Meaning("Until a reader takes of what was sent; then the connection is closed.", None),
    "connections": Meaning("Connections that are open; one more is closed at once.", None),
    "in_flight": Meaning(
        "Requests that wait for their answer; of questions four fifths of that, so that writes are shed last.",
        "OVERLOADED",
    ),
    "wait_milliseconds": Meaning(
        "For which requests are let in when more come than are served; beyond that they are shed, but never below 64 at"
        " once.",
        "OVERLOADED",
    ),
    "key_in_flight": Meaning("Requests under way of one key.", "RATE_LIMITED"),
    "queue_commands": Meaning("Commands that wait for an org's next transactions.", "OVERLOADED"),
    "key_per_second": Meaning("Requests a second of one key or session, with bursts of two seconds.", "RATE_LIMITED"),
    "org_per_second": Meaning("Requests a second of one org, with bursts of two seconds.", "RATE_LIMITED"),
    "address_per_second": Meaning(
        "Requests a second from one address, of IPv6 one /64, with bursts of two seconds.", "RATE_LIMITED"
    ),
    "address_failures_per_minute": Meaning(
        "Requests a minute from one address, of IPv6 one /64, without a valid key.", "RATE_LIMITED"
    ),
    "login_name_per_minute": Meaning("Logins a minute under one name.", "RATE_LIMITED"),
    "login_address_per_minute": Meaning("Logins a minute from one address, of IPv6 one /64.", "RATE_LIMITED"),
    "bulk_commands": Meaning("Commands in one call of /api/bulk.", "TOO_MANY_LINES"),
    "streams_per_key": Meaning("Live streams of one key.", "TOO_MANY_STREAMS"),
    "heartbeat_seconds": Meaning("Between the heartbeats of a stream that has nothing to tell.", None),
}
"""What each limit means."""

FIXED: Mapping[str, tuple[int, Meaning]] = {
    "page_rows": (PAGE_MAX, Meaning("Rows of a page.", "INVALID_COMMAND")),
    "query_parameters": (50, Meaning("Parameters of a query.", "INVALID_COMMAND")),
    "plans_at_once": (4, Meaning("Plans of cuts and orders of one org that are made or wait.", "RATE_LIMITED")),
    "integer_digits": (19, Meaning("Digits of a whole number in a body.", "MALFORMED_JSON")),
}
"""Limits that cannot be set; those of the ledger itself stand in docs/explanation/limits.md."""


class Rate:
    """Token buckets, one for each name: so many in a time, with a burst of so many times as many."""

    def __init__(
        self,
        most: int,
        *,
        seconds: float = 1.0,
        burst: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow so many in so many seconds."""
        self._per_second = most / seconds
        self._most = burst * most
        self._clock = clock
        self._buckets: OrderedDict[object, tuple[float, float]] = OrderedDict()

    @classmethod
    def per_minute(cls, most: int, *, clock: Callable[[], float] = time.monotonic) -> "Rate":
        """Allow so many a minute, and no more than that at once."""
        return cls(most, seconds=_MINUTE, burst=1.0, clock=clock)

    def wait(self, name: object) -> float:
        """Tell the seconds to wait until one is allowed, zero where it is now; takes nothing."""
        left, _ = self._left(name)
        return 0.0 if left >= 1 else (1 - left) / self._per_second

    def take(self, name: object, cost: int = 1) -> float:
        """Take from a bucket; gives the seconds to wait, zero where it is allowed now."""
        left, now = self._left(name)
        if left < 1:
            self._buckets[name] = (left, now)
            return (1 - left) / self._per_second
        self._buckets[name] = (left - cost, now)
        self._buckets.move_to_end(name)
        if len(self._buckets) > _KEPT_MAX:
            self._buckets.popitem(last=False)
        return 0.0

    def _left(self, name: object) -> tuple[float, float]:
        now = self._clock()
        bucket = self._buckets.get(name)
        if bucket is None:
            return self._most, now
        left = bucket[0] + (now - bucket[1]) * self._per_second
        return min(self._most, left), now


class AtOnce:
    """Counts what is under way under each name, and bounds it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[object, int] = {}

    def enter(self, name: object) -> bool:
        """Take a place; gives whether there was one. Whoever got one leaves it."""
        count = self._counts.get(name, 0)
        if count >= self._most:
            return False
        self._counts[name] = count + 1
        return True

    def leave(self, name: object) -> None:
        """Give a place back."""
        left = self._counts[name] - 1
        if left:
            self._counts[name] = left
        else:
            del self._counts[name]
