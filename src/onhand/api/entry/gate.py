"""The gate: authentication (whose call it is), authorisation (what the role allows), and rates (is it too fast)."""

import asyncio
import hmac
import time
from collections import OrderedDict
from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from onhand.api.entry.calls import ServedLedger, ServedLedgers
from onhand.api.entry.sign_ins import SAFE, check_origin, token_in
from onhand.api.http.limits import Limits, Rate
from onhand.api.http.problems import Problem
from onhand.api.routes.routes import Route
from onhand.credentials.keys import PREFIX, SESSION_PREFIX, ReadKey, hash_of, make_key, read_key
from onhand.credentials.sign_ins import csrf_token
from onhand.faults import Fault
from onhand.ledger.accounts.port import KeyHolder, SessionHolder

_REMEMBERED_SECONDS = 0.5
"""So long a key is not asked for again; a revoked one is refused within a second."""
_REMEMBERED_MAX = 10_000
_BEARER = "Bearer "


class KnownCaller(NamedTuple):
    """Whose call it is, and the ledger of the org; for a session whose token was just replaced, the new one."""

    holder: KeyHolder
    ledger: ServedLedger
    session: SessionHolder | None = None
    token: str | None = None


class Presented(NamedTuple):
    """What a request shows: the text of a key, or of the session in its cookie."""

    text: str
    is_session: bool


class KeyLookup(NamedTuple):
    """A key that is being looked up: since when, and what will be found."""

    since: float
    found: asyncio.Future[KnownCaller | None]


class Gate:
    """Lets calls in."""

    def __init__(self, ledgers: ServedLedgers, limits: Limits) -> None:
        """Look keys up in the ledgers of their orgs."""
        self._ledgers = ledgers
        self._seconds = limits.question_seconds
        self._remembered: OrderedDict[tuple[str, bool], tuple[float, KnownCaller]] = OrderedDict()
        self._asking: dict[str, KeyLookup] = {}
        self._keys = Rate(limits.key_per_second)
        self._orgs = Rate(limits.org_per_second)
        self._failures = Rate.per_minute(limits.address_failures_per_minute)
        self._good: OrderedDict[str, None] = OrderedDict()

    async def enter(self, method: str, headers: Mapping[str, str], address: str) -> KnownCaller:
        """
        Tell whose call it is, and take from the rates of the key and the org.

        Whoever guesses keys is slowed down by his address; a key that was good before is not.

        Raises:
            Problem: UNAUTHENTICATED, the same for a key that is unknown, revoked, expired or misspelt; RATE_LIMITED;
                for a write of a session that another page may have sent, ORIGIN_REFUSED or CSRF_TOKEN_WRONG.
            Fault: The database does not answer.
            TimeoutError: It does not answer in time.
        """
        presented = _presented(headers)
        if presented is None:
            raise Problem("UNAUTHENTICATED")
        known = self._remembers(presented)
        if known is None:
            async with asyncio.timeout(self._seconds):
                known = await self._find(presented, address)
        if known.session is not None and method not in SAFE:
            check_origin(headers, needed=True)
            expected = csrf_token(known.ledger.secret, known.session.session)
            if not hmac.compare_digest(headers.get("x-csrf-token", "").encode(), expected.encode()):
                raise Problem("CSRF_TOKEN_WRONG")
        wait = self._keys.take((known.ledger.org_id, known.holder.id)) or self._orgs.take(known.ledger.org_id)
        if wait:
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
        return known

    def _remembers(self, presented: Presented) -> KnownCaller | None:
        """Give whose key it is where that was asked a moment ago."""
        remembered = self._remembered.get((hash_of(presented.text), presented.is_session))
        return None if remembered is None or time.monotonic() >= remembered[0] else remembered[1]

    async def _find(self, presented: Presented, address: str) -> KnownCaller:
        """Find whose key it is, and remember it for a moment."""
        read = read_key(presented.text, SESSION_PREFIX if presented.is_session else PREFIX)
        if read is None:
            raise self._failed(address)
        place = (read.key_hash, read.is_session)
        self._remembered.pop(place, None)
        now = time.monotonic()
        if read.key_hash not in self._good and (wait := self._failures.wait(address)):
            raise Problem("RATE_LIMITED", retry_after=ceil(wait))
        known = await self._look_up_once(read)
        if known is None:
            self._good.pop(read.key_hash, None)
            raise self._failed(address)
        for kept in (self._remembered, self._good):
            while len(kept) >= _REMEMBERED_MAX:
                kept.popitem(last=False)
        self._remembered[place] = (now + _REMEMBERED_SECONDS, known._replace(token=None))
        self._good[read.key_hash] = None
        return known

    async def _look_up_once(self, read: ReadKey) -> KnownCaller | None:
        """
        Look a key up; all who ask meanwhile share the answer (single flight), since they come together when it expires.

        An answer that was asked for too long ago is not shared: it may be of before the key was revoked.
        """
        asking, now = self._asking.get(read.key_hash), time.monotonic()
        if asking is None or now - asking.since > _REMEMBERED_SECONDS:
            mine = self._asking[read.key_hash] = KeyLookup(now, asyncio.ensure_future(self._look_up(read)))
            mine.found.add_done_callback(lambda _: self._asked(read, mine))
            asking = mine
        return await asyncio.shield(asking.found)

    def _asked(self, read: ReadKey, asking: KeyLookup) -> None:
        """Share an answer with nobody who comes later."""
        if self._asking.get(read.key_hash) is asking:
            del self._asking[read.key_hash]

    async def _look_up(self, read: ReadKey) -> KnownCaller | None:
        """Ask the ledger of its org for a key; None for one that is unknown, revoked or expired."""
        try:
            ledger = await self._ledgers.get(read.org_id)
        except Fault as fault:
            if fault.code == "ORG_UNKNOWN":
                return None
            raise
        if read.is_session:
            found = await ledger.sessions.find(read.key_hash)
            return None if found is None else await self._signed_in(ledger, read, found)
        holder = await ledger.stock.accounts.port.holder(read.key_hash)
        return None if holder is None or holder.ended else KnownCaller(holder, ledger)

    async def _signed_in(self, ledger: ServedLedger, read: ReadKey, found: SessionHolder) -> KnownCaller:
        """Let a user in by his session, and replace its token where it is due."""
        holder = KeyHolder(id=found.user_id, name=found.user, role=found.role, sites=found.sites, ended=False)
        token = None
        if found.is_due:
            made = make_key(ledger.org_id, SESSION_PREFIX)
            if await ledger.sessions.rotate(found.session, made.key_hash, read.key_hash):
                token = made.text
        return KnownCaller(holder, ledger, found, token)

    def _failed(self, address: str) -> Problem:
        """Count a failure of an address, and tell what to answer."""
        wait = self._failures.take(address)
        return Problem("RATE_LIMITED", retry_after=ceil(wait)) if wait else Problem("UNAUTHENTICATED")


def _presented(headers: Mapping[str, str]) -> Presented | None:
    """Find the key that is presented, or the session of the cookie; None where there is neither."""
    authorization = headers.get("authorization")
    if authorization is not None:
        return Presented(authorization[len(_BEARER) :] if authorization.startswith(_BEARER) else "", is_session=False)
    token = token_in(headers.get("cookie"))
    return None if token is None else Presented(token, is_session=True)


def check_right(route: Route, holder: KeyHolder) -> None:
    """Refuse what the role of a key does not allow; raises Problem."""
    if holder.role not in route.roles:
        raise Problem("FORBIDDEN", role=holder.role)
    if route.whole_org and holder.sites:
        raise Problem("LIMITED_TO_SITES")
