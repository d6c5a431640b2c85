"""Turns (a semaphore): planning takes a processor for seconds, so few plans are made at once, and fewer of one org."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from onhand.api.http.limits import FIXED, AtOnce
from onhand.api.http.problems import Problem

PLANS_AT_ONCE = 2
"""So many plans are made at once, in threads that hash passwords as well; some must be left for that."""


class Turns:
    """The turns at planning of one server."""

    def __init__(self) -> None:
        self._orgs = AtOnce(FIXED["plans_at_once"][0])
        self._free = asyncio.Semaphore(PLANS_AT_ONCE)

    @asynccontextmanager
    async def of(self, org_id: int) -> AsyncIterator[None]:
        """Wait for a turn, and have it; raises Problem RATE_LIMITED where too many of the org wait already."""
        if not self._orgs.enter(org_id):
            raise Problem("RATE_LIMITED", retry_after=1)
        try:
            async with self._free:
                yield
        finally:
            self._orgs.leave(org_id)
