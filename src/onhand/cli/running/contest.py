"""
A contest for the last units: real processes, each with many clients, all released at the same moment.

Each client sells one unit after the other until it is refused.
"""

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from time import perf_counter
from typing import TYPE_CHECKING

from onhand.config import Config
from onhand.faults import Fault
from onhand.pauses import shorten_pauses

if TYPE_CHECKING:
    from onhand.ledger.stock import Stock

_GATE_SECONDS_MAX = 120
_RETRIES_MAX = 20
_RETRY_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """One round: what all clients want, and how their keys begin."""

    site: str
    sku: str
    stem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What clients came to: units sold, refusals, attempts that broke down and were repeated."""

    sold: int = 0
    refused: int = 0
    retried: int = 0
    seconds: float = 0.0

    def plus(self, other: "Score") -> "Score":
        """Add what others came to at the same time."""
        return Score(
            sold=self.sold + other.sold,
            refused=self.refused + other.refused,
            retried=self.retried + other.retried,
            seconds=max(self.seconds, other.seconds),
        )


class Contest:
    """The processes of a contest, each at its end of a pipe."""

    def __init__(self, pipes: list[Connection]) -> None:
        """Take over processes that were started."""
        self._pipes = pipes

    async def ready(self) -> None:
        """Wait until every process has opened the ledger."""
        for pipe in self._pipes:
            await _received(pipe)

    async def run(self, heat: Heat) -> Score:
        """Let all clients go at once, and wait for the last one."""
        for pipe in self._pipes:
            pipe.send(heat)
        total = Score()
        for pipe in self._pipes:
            total = total.plus(await _received(pipe))
        return total


@contextmanager
def contest(config: Config, *, clients: int, processes: int) -> Iterator[Contest]:
    """Start the processes; they end with the contest, whatever happens."""
    # Spawned, not forked: a fork would share the parent's threads and connections.
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(processes)
    started, pipes = [], []
    try:
        for number in range(processes):
            share = clients // processes + (number < clients % processes)
            ours, theirs = context.Pipe()
            process = context.Process(target=_compete, args=(config, number, share, gate, theirs), daemon=True)
            with _deaf():
                process.start()
            theirs.close()
            started.append(process)
            pipes.append(ours)
        yield Contest(pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in started:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()
                process.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C; a process that is started meanwhile does so for its whole life, since its parent ends it."""
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


async def _received(pipe: Connection) -> Score:
    """Wait for the word of a process; raises the fault that it met."""
    try:
        word = await asyncio.to_thread(pipe.recv)
    except EOFError:
        raise Fault(
            code="RACE_BROKEN", message="A process of the race ended before it was done.", retryable=False
        ) from None
    if isinstance(word, Score):
        return word
    code, message, retryable = word
    raise Fault(code=code, message=message, retryable=retryable)


def _compete(config: Config, number: int, clients: int, gate: Barrier, pipe: Connection) -> None:
    """Run the clients of one process until the pipe is closed."""
    shorten_pauses()
    try:
        asyncio.run(_rounds(config, number, clients, gate, pipe))
    except (EOFError, ConnectionError, BrokenBarrierError):
        return  # the contest is over, or another process is gone, which the parent sees
    except Fault as fault:
        pipe.send((fault.code, fault.message, fault.retryable))


async def _rounds(config: Config, number: int, clients: int, gate: Barrier, pipe: Connection) -> None:
    from onhand.bootstrap import open_stock

    async with await open_stock(config) as stock:
        pipe.send(Score())
        while True:
            heat: Heat = await asyncio.to_thread(pipe.recv)
            await asyncio.to_thread(gate.wait, _GATE_SECONDS_MAX)
            began = perf_counter()
            scores = await asyncio.gather(
                *(_client(stock, heat, f"{heat.stem}/{number}/{client}") for client in range(clients))
            )
            total = Score(seconds=perf_counter() - began)
            for score in scores:
                total = total.plus(score)
            pipe.send(total)


async def _client(stock: "Stock", heat: Heat, stem: str) -> Score:
    """Sell one unit after the other until the ledger says no."""
    from onhand.kernel.refusals import Refused

    sold = retried = 0
    while True:
        try:
            await stock.sell(site=heat.site, lines=[(heat.sku, 1)], key=f"{stem}/{sold}")
        except Refused as refusal:
            if refusal.code != "INSUFFICIENT_INVENTORY":
                raise Fault(code="RACE_BROKEN", message=str(refusal), retryable=False) from refusal
            return Score(sold=sold, refused=1, retried=retried)
        except Fault as fault:
            # The same key again: whether the first attempt was written or not, the unit is sold once.
            if not fault.retryable or retried >= _RETRIES_MAX:
                raise
            retried += 1
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            sold += 1
