"""The gate: whose call it is, whether the role allows it, and whether it comes too fast."""

import asyncio
import time
from collections import OrderedDict
from math import ceil
from typing import NamedTuple

from onhand.api.calls import Ledger, Ledgers
from onhand.api.limits import Limits, Rate
from onhand.api.problems import Problem
from onhand.api.routes import Route
from onhand.catalog.keys import ReadKey, read_key
from onhand.faults import Fault
from onhand.ledger.accounts_reading import KeyHolder

_REMEMBERED_SECONDS = 0.5
"""So long a key is not asked for again; a revoked one is refused within a second."""
_REMEMBERED_MAX = 10_000
_BEARER = "Bearer "


class Known(NamedTuple):
    """Whose call it is, and the ledger of the org."""

    holder: KeyHolder
    ledger: Ledger


class Gate:
    """Lets calls in."""

    def __init__(self, ledgers: Ledgers, limits: Limits) -> None:
        """Look keys up in the ledgers of their orgs."""
        self._ledgers = ledgers
        self._remembered: OrderedDict[str, tuple[float, Known]] = OrderedDict()
        self._asking: dict[str, asyncio.Future[Known | None]] = {}
        self._keys = Rate(limits.key_per_second)
        self._orgs = Rate(limits.org_per_second)
        self._failures = Rate.per_minute(limits.address_failures_per_minute)
        self._good: OrderedDict[str, None] = OrderedDict()

    async def enter(self, authorization: str | None, address: str) -> Known:
        """
        Tell whose call it is, and take from the rates of the key and the org.

        Whoever guesses keys is slowed down by his address; a key that was good before is not.

        Raises:
            Problem: UNAUTHENTICATED, the same for a key that is unknown, revoked, expired or misspelt; RATE_LIMITED.
            Fault: The database does not answer.
        """
        known = await self._known(authorization, address)
        wait = self._keys.take((known.ledger.org_id, known.holder.id)) or self._orgs.take(known.ledger.org_id)
        if wait:
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
        return known

    async def _known(self, authorization: str | None, address: str) -> Known:
        if authorization is None:
            raise Problem("UNAUTHENTICATED")
        read = read_key(authorization[len(_BEARER) :]) if authorization.startswith(_BEARER) else None
        if read is None:
            raise self._failed(address)
        now = time.monotonic()
        remembered = self._remembered.get(read.key_hash)
        if remembered is not None and now < remembered[0]:
            return remembered[1]
        self._remembered.pop(read.key_hash, None)
        if read.key_hash not in self._good and (wait := self._failures.wait(address)):
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
        known = await self._look_up_once(read)
        if known is None:
            self._good.pop(read.key_hash, None)
            raise self._failed(address)
        for kept in (self._remembered, self._good):
            while len(kept) >= _REMEMBERED_MAX:
                kept.popitem(last=False)
        self._remembered[read.key_hash] = (now + _REMEMBERED_SECONDS, known)
        self._good[read.key_hash] = None
        return known

    async def _look_up_once(self, read: ReadKey) -> Known | None:
        """Look a key up; all who ask meanwhile share the answer, since they come together when it is forgotten."""
        asking = self._asking.get(read.key_hash)
        if asking is None:
            asking = self._asking[read.key_hash] = asyncio.ensure_future(self._look_up(read))
            asking.add_done_callback(lambda _: self._asking.pop(read.key_hash, None))
        return await asyncio.shield(asking)

    async def _look_up(self, read: ReadKey) -> Known | None:
        """Ask the ledger of its org for a key; None for one that is unknown, revoked or expired."""
        try:
            ledger = await self._ledgers.get(read.org_id)
        except Fault as fault:
            if fault.code == "ORG_UNKNOWN":
                return None
            raise
        holder = await ledger.stock.reading.accounts.holder(read.key_hash)
        return None if holder is None or holder.ended else Known(holder, ledger)

    def _failed(self, address: str) -> Problem:
        """Count a failure of an address, and tell what to answer."""
        wait = self._failures.take(address)
        return Problem("RATE_LIMITED", retry_after=ceil(wait)) if wait else Problem("UNAUTHENTICATED")


def check_right(route: Route, holder: KeyHolder) -> None:
    """Refuse what the role of a key does not allow; raises Problem."""
    if holder.role not in route.roles:
        raise Problem("FORBIDDEN", role=holder.role)
    if route.whole_org and holder.sites:
        raise Problem("LIMITED_TO_SITES")
