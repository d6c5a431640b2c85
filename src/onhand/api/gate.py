"""The gate: whose call it is, whether the role allows it, and whether it comes too fast."""

import time
from collections import OrderedDict
from math import ceil
from typing import NamedTuple

from onhand.api.calls import Ledger, Ledgers
from onhand.api.limits import Limits, Rate
from onhand.api.problems import Problem
from onhand.api.routes import Route
from onhand.catalog.keys import read_key
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
        self._keys = Rate(limits.key_per_second)
        self._orgs = Rate(limits.org_per_second)

    async def enter(self, authorization: str | None) -> Known:
        """
        Tell whose call it is, and take from the rates of the key and the org.

        Raises:
            Problem: UNAUTHENTICATED, the same for a key that is unknown, revoked, expired or misspelt; RATE_LIMITED.
            Fault: The database does not answer.
        """
        known = await self._known(authorization)
        wait = self._keys.take((known.ledger.org_id, known.holder.id)) or self._orgs.take(known.ledger.org_id)
        if wait:
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
        return known

    async def _known(self, authorization: str | None) -> Known:
        if authorization is None or not authorization.startswith(_BEARER):
            raise Problem("UNAUTHENTICATED")
        read = read_key(authorization[len(_BEARER) :])
        if read is None:
            raise Problem("UNAUTHENTICATED")
        now = time.monotonic()
        remembered = self._remembered.get(read.key_hash)
        if remembered is not None and now < remembered[0]:
            return remembered[1]
        self._remembered.pop(read.key_hash, None)
        try:
            ledger = await self._ledgers.get(read.org_id)
        except Fault as fault:
            if fault.code == "ORG_UNKNOWN":
                raise Problem("UNAUTHENTICATED") from None
            raise
        holder = await ledger.stock.reading.accounts.holder(read.key_hash)
        if holder is None or holder.ended:
            raise Problem("UNAUTHENTICATED")
        known = Known(holder, ledger)
        self._remembered[read.key_hash] = (now + _REMEMBERED_SECONDS, known)
        while len(self._remembered) > _REMEMBERED_MAX:
            self._remembered.popitem(last=False)
        return known


def check_right(route: Route, holder: KeyHolder) -> None:
    """Refuse what the role of a key does not allow; raises Problem."""
    if holder.role not in route.roles:
        raise Problem("FORBIDDEN", role=holder.role)
    if route.whole_org and holder.sites:
        raise Problem("LIMITED_TO_SITES")
