"""Everything at once: batches decided ahead, dropped, replayed and overtaken, and a ledger that adds up in the end."""

import asyncio
import random
from collections import Counter

import pytest

from onhand import Posting, Refused
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws

ACTS = 40
CALLERS = 12


class Caller:
    """Acts at random on one connection, retries, tries without doing, and remembers what it was answered."""

    def __init__(self, name: str, stock: Stock, seed: int) -> None:
        self._name = name
        self._stock = stock
        self._chance = random.Random(f"{seed}/{name}")
        self.told: dict[str, int] = {}
        self.made = Counter[str]()

    async def act(self) -> None:
        """Do so many acts, one after the other; some callers go away in the middle of one."""
        for number in range(ACTS):
            key = f"{self._name}/{number}"
            if self._chance.random() < 0.05:
                gone = asyncio.ensure_future(self._one(key, number))
                await asyncio.sleep(0)
                gone.cancel()
                await asyncio.gather(gone, return_exceptions=True)
            posting = await self._one(key, number)
            if posting is None:
                continue
            self.told[key] = posting.number
            if self._chance.random() < 0.2:
                again = await self._one(key, number)
                assert again is not None
                assert (again.number, again.replayed) == (posting.number, True)

    async def _one(self, key: str, number: int) -> Posting | None:
        chance = random.Random(key)  # a retry asks for the same
        try:
            return await self._act(key, number, chance, dry_run=False)
        except Refused as refused:
            self.made[refused.code] += 1
            return None

    async def _act(self, key: str, number: int, chance: random.Random, *, dry_run: bool) -> Posting:
        stock = self._stock
        if chance.random() < 0.2 and not dry_run:
            try:
                await self._act(f"{key}/try", number, chance, dry_run=True)
            except Refused as refused:
                self.made[f"try {refused.code}"] += 1
        match chance.choice(("sell", "sell", "sell", "much", "new", "reserve", "revert", "move")):
            case "sell":
                return await stock.sell(site="london", lines=[("A", chance.randint(1, 3))], key=key, dry_run=dry_run)
            case "much":
                lines = [("A", 1), ("B", chance.randint(1, 50))]
                return await stock.sell(site="london", lines=lines, key=key, dry_run=dry_run)
            case "new":
                lots = [("B", chance.randint(1, 5), "new"), ("A", 1, "new")]
                return await stock.receive(site="london", lines=lots, key=key, dry_run=dry_run)
            case "reserve":
                lines = [("A", 1), ("B", chance.randint(1, 9))]
                return await stock.reserve(site="london", lines=lines, key=key, dry_run=dry_run)
            case "revert":
                head = 2 + 9 * number
                return await stock.revert(number=head, cascade=chance.random() < 0.3, key=key, dry_run=dry_run)
            case _:
                return await stock.move(
                    site="london", lines=[("B", 1)], target="hold", reason="r", key=key, dry_run=dry_run
                )


@pytest.mark.parametrize("seed", range(2))
async def test_a_crowd_of_two_processes_leaves_a_ledger_that_adds_up(database: TestDatabase, seed: int) -> None:
    """
    T5, L4: sales, refusals, dry runs, retries, reversals, cancelled callers and codes, at once on two connections.

    Each key is one posting, with the number that its caller was told; numbers and codes have no gap, and the journal
    and the balances are sound.
    """
    async with ledger(database) as one, ledger(database) as two:
        await furnish(one, ("A", 150), ("B", 20))
        callers = [Caller(f"c{n}", two if n % 4 == 3 else one, seed) for n in range(CALLERS)]
        await asyncio.gather(*(caller.act() for caller in callers))

    told = {key: number for caller in callers for key, number in caller.told.items()}
    kept = dict(query(database.admin_url, "SELECT key, number FROM posting WHERE key LIKE 'c%/%'"))
    numbers = [row[0] for row in query(database.admin_url, "SELECT number FROM posting ORDER BY number")]
    codes = [row[0] for row in query(database.admin_url, "SELECT code FROM lot WHERE code LIKE 'LOT-%' ORDER BY id")]
    refused = sum((caller.made for caller in callers), Counter[str]())

    assert told.items() <= kept.items()
    assert not [key for key in kept if key.endswith("/try")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(code.rpartition("-")[2]) for code in codes] == list(range(1, len(codes) + 1))
    assert {"INSUFFICIENT_INVENTORY", "ALREADY_REVERTED", "try INSUFFICIENT_INVENTORY"} <= refused.keys()
    assert flaws(database.admin_url) == []
