"""Sessions over HTTP: signing in with a password, the cookie, and what a write of a page has to bring."""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from onhand.api.entry.calls import ServedLedgers
from onhand.api.entry.guessing import Guesses
from onhand.api.http.problems import Problem
from onhand.api.routes.commands import is_whole, wrong
from onhand.credentials.keys import SESSION_PREFIX, read_key
from onhand.credentials.sign_ins import csrf_token, pretend_to_sign_in, sign_in
from onhand.kernel.entity import time_text
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code

COOKIE = "__Host-onhand"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"
_PASSWORD_MAX = 1000


def cookie_of(token: str) -> str:
    """Write the cookie of a session: of this host alone, not for scripts, over TLS only."""
    return f"{COOKIE}={token}; {_ATTRIBUTES}"


def no_cookie() -> str:
    """Write what takes the cookie away."""
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"


def token_in(cookies: str | None) -> str | None:
    """Find the token in the header of cookies."""
    if cookies is None or COOKIE not in cookies:
        return None
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value


def check_origin(headers: Mapping[str, str], *, needed: bool) -> None:
    """Refuse a write that comes from a page of another host; raises Problem."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Problem("ORIGIN_REFUSED")
    origin = headers.get("origin")
    if origin is None:
        if needed:
            raise Problem("ORIGIN_REFUSED")
        return
    try:
        parts = urlsplit(origin)
        is_ours = parts.netloc != "" and parts.netloc.lower() == headers.get("host", "").lower()
        is_secret = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    except ValueError:
        is_ours = is_secret = False
    if not (is_ours and is_secret):
        raise Problem("ORIGIN_REFUSED")


class SignedIn:
    """What became of signing in: the token, and what the caller is told."""

    def __init__(self, token: str, told: dict[str, Any], org_id: int) -> None:
        self.token = token
        self.told = told
        self.org_id = org_id


class SignInDesk:
    """Where users sign in: within rates, and with the same answer and the same time for everybody who may not."""

    def __init__(self, ledgers: ServedLedgers, guesses: Guesses) -> None:
        """Sign users of all orgs in."""
        self._ledgers = ledgers
        self._guesses = guesses

    async def sign_in(self, body: object, address: str) -> SignedIn:
        """Sign in; raises Problem LOGIN_FAILED or RATE_LIMITED."""
        org, user, password = _read(body)
        self._guesses.take((org, user), address)
        ledger = await self._ledgers.find(org)
        if ledger is None:
            async with self._guesses.hashing:
                await pretend_to_sign_in(password)
            raise Problem("LOGIN_FAILED")
        accounts = ledger.stock.accounts.port
        async with self._guesses.hashing:
            opened = await sign_in(ledger.org_id, accounts, ledger.passwords, ledger.sessions, user, password)
        if opened is None:
            raise Problem("LOGIN_FAILED")
        (known,) = await accounts.users(user, 0, 1)
        told = {
            "org": org,
            "user": user,
            "role": known.role,
            "sites": list(known.sites),
            "expires_at": time_text(opened.expires_at),
            "csrf_token": csrf_token(ledger.secret, opened.session),
        }
        return SignedIn(opened.token, told, ledger.org_id)

    async def end_earlier(self, cookies: str | None) -> None:
        """End the session that somebody had who signs in anew."""
        token = token_in(cookies)
        read = None if token is None else read_key(token, SESSION_PREFIX)
        if read is None:
            return
        ledger = self._ledgers.opened().get(read.org_id)
        found = None if ledger is None else await ledger.sessions.find(read.key_hash)
        if ledger is not None and found is not None:
            await ledger.sessions.end(found.session)


def _read(body: object) -> tuple[str, str, str]:
    if type(body) is not dict or body.keys() != {"org", "user", "password"}:
        raise wrong("the body", "holds org, user and password, and nothing else")
    told = (body["org"], body["user"], body["password"])
    if not all(type(part) is str for part in told):
        raise wrong("the body", "holds text")
    org, user, password = told
    if not 1 <= len(password) <= _PASSWORD_MAX:
        raise wrong("password", f"has 1 to {_PASSWORD_MAX} characters")
    if not is_whole(password):
        raise wrong("password", "holds what is no character")
    try:
        return check_code(org, "org"), check_code(user, "user"), password
    except Refused:
        raise Problem("LOGIN_FAILED") from None
