"""Sessions: a user signs in with a password, and is known by a token until he signs out or it is over."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from onhand.credentials.keys import SESSION_PREFIX, make_key
from onhand.credentials.passwords import Vault, is_hash_of
from onhand.ledger.accounts.port import AccountsReading, Listening, SessionHolder


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """A session that was just opened, with its token, which is told here alone."""

    session: str
    token: str
    expires_at: datetime


class SessionStore(Protocol):
    """Keeps sessions by the hashes of their tokens; `onhand.store` has it for PostgreSQL."""

    async def find(self, token_hash: str) -> SessionHolder | None:
        """Find the session of a token that is good."""
        ...

    async def open(self, session: str, token_hash: str, user: str, credential: str) -> datetime:
        """Keep a new session; gives when it ends."""
        ...

    async def rotate(self, session: str, token_hash: str, before: str) -> bool:
        """Give a session another token; tells whether this was the one who did."""
        ...

    async def end(self, session: str) -> None:
        """End a session."""
        ...

    async def adopt(self, session: str, credential: str) -> None:
        """Let a session go on under the password that was changed in it."""
        ...

    async def ended(self, listening: Sequence[Listening]) -> frozenset[Listening]:
        """Tell which of some sessions are good no more, or are of a user who is limited to other sites now."""
        ...


async def sign_in(
    org_id: int, accounts: AccountsReading, vault: Vault, sessions: SessionStore, user: str, password: str
) -> OpenedSession | None:
    """Open a session; None where user or password is wrong, after the same work and so the same time."""
    credential = await accounts.credential(user)
    known = await vault.find(credential or "nobody")
    fits = await is_hash_of(password, known)
    if credential is None or not fits:
        return None
    made, session = make_key(org_id, SESSION_PREFIX), str(uuid4())
    expires_at = await sessions.open(session, made.key_hash, user, credential)
    return OpenedSession(session=session, token=made.text, expires_at=expires_at)


async def pretend_to_sign_in(password: str) -> None:
    """Do the work of a sign-in for an org that is not there."""
    await is_hash_of(password, None)


def csrf_token(secret: bytes, session: str) -> str:
    """Give what a page has to send along with each write of a session, so that no other page can write in its name."""
    return hmac.digest(secret, b"csrf\n" + session.encode(), "sha256").hex()
