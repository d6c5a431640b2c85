"""The limits of the service: sizes, rates and how much at once; each is published."""

import os
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from onhand.faults import Fault

PAGE_MAX = 100
_PREFIX = "ONHAND_LIMIT_"
_KEPT_MAX = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    The limits of one server; ONHAND_LIMIT_<NAME> sets each.

    body_bytes: of one request. header_bytes: of all headers of one request. body_seconds: until a body is there.
    key_per_second and org_per_second: requests, with bursts of two seconds. in_flight: requests at once; more are
    answered 503. streams_per_key: live streams at once. bulk_commands: commands in one call. question_seconds:
    until a question is answered. heartbeat_seconds: between the heartbeats of a stream that has nothing to tell.
    """

    body_bytes: int = 4 * 1024 * 1024
    header_bytes: int = 16 * 1024
    body_seconds: int = 10
    key_per_second: int = 2_000
    org_per_second: int = 10_000
    in_flight: int = 2_000
    streams_per_key: int = 10
    bulk_commands: int = 1_000
    question_seconds: int = 10
    heartbeat_seconds: int = 15

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Read the limits that are set; raises Fault SETTING_INVALID."""
        told: dict[str, int] = {}
        for field in fields(cls):
            text = environment.get(_PREFIX + field.name.upper())
            if text is None:
                continue
            if not (text.isascii() and text.isdecimal() and 0 < int(text[:10]) < 2**31):
                raise Fault(
                    code="SETTING_INVALID",
                    message=f"{_PREFIX}{field.name.upper()} is not a whole number from 1.",
                    retryable=False,
                )
            told[field.name] = int(text)
        return cls(**told)


class Rate:
    """Token buckets, one for each name: so many a second, with a burst of two seconds."""

    def __init__(self, per_second: int) -> None:
        """Allow so many a second."""
        self._per_second = per_second
        self._most = 2.0 * per_second
        self._buckets: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def take(self, name: object, cost: int = 1) -> float:
        """Take from a bucket; gives the seconds to wait, zero where it is allowed now."""
        now = time.monotonic()
        left, last = self._buckets.get(name, (self._most, now))
        left = min(self._most, left + (now - last) * self._per_second)
        if left < 1:
            self._buckets[name] = (left, now)
            return (1 - left) / self._per_second
        self._buckets[name] = (left - cost, now)
        self._buckets.move_to_end(name)
        while len(self._buckets) > _KEPT_MAX:
            self._buckets.popitem(last=False)
        return 0.0
