"""Turns at planning: a few at once, and of each org no more than it may."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from onhand.api.entry.turns import PLANS_AT_ONCE, Turns
from onhand.api.http.limits import FIXED
from onhand.api.http.problems import Problem
from tests.api.conftest import Shop

MOST = FIXED["plans_at_once"][0]


class Planner:
    """Plans until it is let go, and knows how many plans were made at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.turns = Turns()
        self.going = asyncio.Event()
        self.at_once = self.at_once_most = 0

    async def plan(self, org_id: int) -> int:
        """Plan for an org."""
        async with self.turns.of(org_id):
            self.at_once += 1
            self.at_once_most = max(self.at_once_most, self.at_once)
            await self.going.wait()
            self.at_once -= 1
        return org_id


async def test_a_few_plans_are_made_at_once() -> None:
    """T10: of one org so many are made or wait, one more is refused at once; another org waits for its turn."""
    planner = Planner()
    planning = [asyncio.ensure_future(planner.plan(1)) for _ in range(MOST)]
    other = asyncio.ensure_future(planner.plan(2))
    await asyncio.sleep(0)

    with pytest.raises(Problem):
        await asyncio.wait_for(planner.plan(1), 5)
    planning[-1].cancel()
    planner.going.set()

    assert await asyncio.gather(*planning[:-1], other) == [1] * (MOST - 1) + [2]
    assert planner.at_once_most == PLANS_AT_ONCE
    assert await planner.plan(1) == 1


def test_an_org_that_plans_much_leaves_the_others_their_turns(shop: Shop) -> None:
    """T10: of many plans that a key asks for at once some are refused with 429, and all others are made."""
    path = "/api/reorder-proposals"
    with ThreadPoolExecutor(16) as threads:
        asked = [*threads.map(lambda _: shop.boss.get(path, site="london"), range(64))]
    made = [answered.status for answered in asked].count(200)
    refused = {(answered.code, answered.headers["retry-after"]) for answered in asked if answered.status != 200}

    assert made >= MOST
    assert refused == {("RATE_LIMITED", "1")}
    assert shop.stranger.get(path, site="london").status == 200
