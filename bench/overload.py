"""
The service under more than it can do: an open loop of one-line sales at one, three and five times its peak.

    python -m bench.overload

Callers come at their times whether or not those before were answered. It prints, for each load, what was offered and
accepted a second, the share of the peak, the 99th percentile of what was accepted, how soon the rest was shed, and
whether everything is as before ten seconds later. What was shed must have left no trace.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple, cast

import uvloop

import onhand
from bench.rest import CONNECTIONS, request_of, started
from onhand import embedded
from onhand.credentials.keys import make_key

FACTORS = (1, 3, 5)
SECONDS = 8.0
KEYS = 8
CONNECTIONS_MAX = 3_000
"""So many calls are under way at most; beyond that a caller finds no line free, and counts as unanswered."""
SHARE, P99_MS, SHED_MS = 0.8, 500.0, 20.0
"""The goals at three times the peak."""
_PROGRAM = str(Path(sys.executable).with_name("onhand"))
_TICK = 0.002


class Answer(NamedTuple):
    """What one call came to, and after how many seconds; whether it says when to come again."""

    key: bytes
    status: int
    seconds: float
    says_when: bool


class Figures(NamedTuple):
    """What a load came to: calls a second, milliseconds, and how many were never answered."""

    offered: float
    accepted: float
    p50: float
    p99: float
    shed: float
    shed_p50: float
    shed_p99: float
    unanswered: int
    without_retry_after: int


class Line(asyncio.Protocol):
    """A connection, on which one call is under way at a time."""

    def __init__(self, loop: "Load") -> None:
        """Belong to a load."""
        self._load = loop
        self._received = b""
        self._key = b""
        self._begun = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be ready."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    @property
    def is_closed(self) -> bool:
        """Whether the server has closed it, as it does with one that is not used."""
        return self.transport is None or self.transport.is_closing()

    def call(self, request: bytes, key: bytes) -> None:
        """Send a call."""
        self._key, self._begun = key, time.perf_counter()
        if self.transport is not None:
            self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Take an answer."""
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        if len(rest) < length:
            return
        self._received = b""
        taken = time.perf_counter() - self._begun
        self._load.answered(self, Answer(self._key, int(head[9:12]), taken, b"retry-after" in head))

    def connection_lost(self, exc: Exception | None) -> None:
        """Be no more."""
        del exc
        self._load.lost(self)


class Load:
    """Callers who come at their times."""

    def __init__(self, port: int, requests: list[bytes], prefix: str) -> None:
        """Call a port."""
        self._port = port
        self._requests = requests
        self._prefix = prefix
        self._free: deque[Line] = deque()
        self._lines = 0
        self._count = 0
        self.answers: list[Answer] = []
        self.offered = 0

    def answered(self, line: Line, answer: Answer) -> None:
        """Note an answer; the line is free again."""
        self.answers.append(answer)
        self._free.append(line)

    def lost(self, line: Line) -> None:
        """Forget a line."""
        self._lines -= 1
        if line in self._free:
            self._free.remove(line)

    async def open_lines(self, count: int) -> None:
        """Open so many lines."""
        loop = asyncio.get_running_loop()
        for _ in range(count):
            _, line = await loop.create_connection(lambda: Line(self), "127.0.0.1", self._port)
            self._lines += 1
            self._free.append(line)

    def call(self) -> None:
        """Call on a free line, if there is one."""
        self.offered += 1
        while self._free and self._free[0].is_closed:
            self._free.popleft()
        if not self._free:
            return
        self._count += 1
        key = f"{self._prefix}-{self._count}".encode()
        request = self._requests[self._count % len(self._requests)]
        self._free.popleft().call(request.replace(b"@KEY@", key), key)

    async def at_rate(self, rate: float, seconds: float) -> None:
        """Call so often a second, whatever is answered meanwhile; then wait a while for the last answers."""
        begun = time.perf_counter()
        while (now := time.perf_counter() - begun) < seconds:
            for _ in range(int(now * rate) - self.offered):
                self.call()
            await asyncio.sleep(_TICK)
        end = time.perf_counter() + 10
        while len(self._free) < self._lines and time.perf_counter() < end:  # noqa: ASYNC110 - it is to end, too
            await asyncio.sleep(0.01)

    async def closed(self, callers: int, seconds: float) -> None:
        """Let so many call, each as soon as he was answered."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            while self._free and self._lines - len(self._free) < callers:
                self.call()
            await asyncio.sleep(0)

    def figures(self, seconds: float) -> Figures:
        """Give what it came to."""
        accepted = sorted(answer.seconds for answer in self.answers if answer.status in {200, 201})
        shed = [answer for answer in self.answers if answer.status not in {200, 201}]
        waited = sorted(answer.seconds for answer in shed)
        return Figures(
            offered=self.offered / seconds,
            accepted=len(accepted) / seconds,
            p50=_percentile(accepted, 50),
            p99=_percentile(accepted, 99),
            shed=len(shed) / seconds,
            shed_p50=_percentile(waited, 50),
            shed_p99=_percentile(waited, 99),
            unanswered=self.offered - len(self.answers),
            without_retry_after=sum(not answer.says_when for answer in shed),
        )

    @property
    def keys_shed(self) -> set[bytes]:
        """The keys of what was not accepted."""
        return {answer.key for answer in self.answers if answer.status not in {200, 201}}


def _percentile(ordered: list[float], percent: int) -> float:
    """Give a percentile in milliseconds."""
    return 1000 * ordered[len(ordered) * percent // 100] if ordered else 0.0


async def measure(port: int, requests: list[bytes]) -> tuple[Figures, list[tuple[int, Figures]], Figures, set[bytes]]:
    """Measure the peak, each load, and how it is ten seconds after; gives the keys of what was shed, too."""
    shed: set[bytes] = set()
    peak = Load(port, requests, "peak")
    await peak.open_lines(CONNECTIONS)
    await peak.closed(CONNECTIONS, SECONDS)
    top = peak.figures(SECONDS)
    print(f"peak            {_text(top)}")
    loads = []
    for factor in FACTORS:
        load = Load(port, requests, f"x{factor}")
        await load.open_lines(CONNECTIONS_MAX)
        await load.at_rate(factor * top.accepted, SECONDS)
        loads.append((factor, load.figures(SECONDS)))
        shed |= load.keys_shed
        print(f"{factor} x the peak    {_text(loads[-1][1])}, {loads[-1][1].accepted / top.accepted:.0%} of the peak")
        await asyncio.sleep(10)
    after = Load(port, requests, "after")
    await after.open_lines(CONNECTIONS)
    await after.closed(CONNECTIONS, SECONDS / 2)
    normal = after.figures(SECONDS / 2)
    print(f"10 s later      {_text(normal)}, {normal.accepted / top.accepted:.0%} of the peak")
    return top, loads, normal, shed


def _text(figures: Figures) -> str:
    return (
        f"offered {figures.offered:6.0f}/s, accepted {figures.accepted:6.0f}/s in {figures.p50:.0f} ms, p99 "
        f"{figures.p99:.0f} ms; shed {figures.shed:6.0f}/s in {figures.shed_p50:.1f} ms, p99 {figures.shed_p99:.0f} ms"
        f"; {figures.unanswered} found no line, {figures.without_retry_after} without Retry-After"
    )


def main() -> None:
    """Measure and print; fails where something that was shed was done."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        keys = []
        with onhand.connect_sync(home=home) as stock:
            stock.define(sites=["london"], items=["A"], key="define")
            stock.receive(site="london", lines=[("A", 1_000_000_000)], key="po")
            for number in range(KEYS):
                keys.append(make_key(stock.org_id))
                stock.accounts.create_key(
                    name=f"bench-{number}",
                    role="clerk",
                    key_hash=keys[-1].key_hash,
                    key=f"key-{number}",
                )
        limits = {"ONHAND_LIMIT_KEY_PER_SECOND": "1000000", "ONHAND_LIMIT_ORG_PER_SECOND": "1000000"}
        limits["ONHAND_LIMIT_ADDRESS_PER_SECOND"] = "1000000"
        environment = {**os.environ, "ONHAND_HOME": str(home), "ONHAND_LOG": "error", **limits}
        sale = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
        requests = [request_of(key.text, sale, "/api/sales") for key in keys]
        try:
            with started([_PROGRAM, "serve", "--port", "0"], environment) as port:
                _, _, _, shed = uvloop.run(measure(port, requests))
            with onhand.connect_sync(home=home) as stock:
                done = {posting.key.encode() for posting in stock.every(stock.list_postings, kind="sell")}
        finally:
            embedded.down(home)
    print(f"shed and yet done: {len(shed & done)} of {len(shed)}")
    if shed & done:
        raise SystemExit("what was shed was done")


if __name__ == "__main__":
    main()
