"""When all who wait are gathered into one batch, and when half of them are written while the other half is decided."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from onhand.kernel.book import Book
from onhand.kernel.command import Line
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.sell import Sell
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.execute import Batch
from onhand.ledger.engine.pace import Pace
from onhand.ledger.engine.ports import Head
from onhand.ledger.engine.request import Outcome, Request


def paced(*, line: float, fixed: float, lines: int) -> Pace:
    """Make a pace by batches of so many lines; in seconds, what a line costs here and what a transaction costs."""
    pace = Pace()
    for _ in range(20):
        pace.decided(lines, lines * line / 2)
        pace.written(lines, fixed + lines * line / 2)
    return pace


@pytest.mark.parametrize(
    ("fixed", "lines", "gathers"),
    [
        (0.0005, 32, False),  # a quick disk, and a crowd
        (0.0016, 32, True),  # a disk that needs a millisecond more
        (0.0016, 256, False),  # a crowd that keeps Python busy meanwhile
        (0.0005, 8, True),  # a few, who would only wait for two transactions
    ],
)
def test_all_are_gathered_where_a_transaction_costs_more_than_deciding(fixed: float, lines: int, gathers: bool) -> None:  # noqa: FBT001 - a case
    """What is compared is the fixed cost of a transaction with what it takes to decide everybody."""
    assert paced(line=40e-6, fixed=fixed, lines=lines // 2).gathers(lines) is gathers
    assert paced(line=40e-6, fixed=fixed, lines=lines).gathers(lines) is gathers


def test_nothing_is_gathered_before_anything_is_known() -> None:
    """A batcher that has measured nothing splits, as ever."""
    assert not Pace().gathers(32)


class SlowDisk:
    """An executor whose transactions take long however small they are; it remembers how large they were."""

    def __init__(self) -> None:
        """Nothing was executed yet."""
        self.sizes: list[int] = []

    def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
        """Decide at once; nobody looks at the batch."""
        del requests, ahead
        return Batch(Head(1, 0, bytes(32), datetime(2026, 1, 31, tzinfo=UTC), 0, 0), Book(), {})

    def forget(self) -> None:
        """Nothing is remembered."""

    async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
        """Take as long as a slow commit."""
        del foreseen
        self.sizes.append(len(requests))
        await asyncio.sleep(0.005)
        return [Refused("UNKNOWN_SITE", site=request.command.key) for request in requests]


async def test_a_crowd_on_a_slow_disk_shares_its_commits() -> None:
    """Callers who ask again at once come to stand in one batch; without gathering half of them go on alone: tried."""
    disk = SlowDisk()
    batcher = Batcher(disk)

    async def caller(name: int) -> None:
        for number in range(10):
            sale = Sell(key=f"{name}/{number}", site="london", lines=(Line("A", 1),))
            (outcome,) = await batcher.submit([Request(sale)])
            assert isinstance(outcome, Refused)
            assert outcome.facts["site"] == sale.key  # each gets the answer to what it asked

    await asyncio.gather(*(caller(name) for name in range(64)))

    assert sum(disk.sizes) == 640
    assert disk.sizes.count(64) >= 6
