"""What accounts ask of a store."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """Whom a key stands for; `ended` says that it was revoked or has expired."""

    id: int
    name: str
    role: str
    sites: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHolder:
    """A session that is good, and whose it is; `is_due` says that its token should be replaced."""

    session: str
    user_id: int
    user: str
    role: str
    sites: tuple[str, ...]
    expires_at: datetime
    is_due: bool


class Listening(NamedTuple):
    """A session that listens to a stream, with the sites that its user was limited to when it began; none is all."""

    session: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAnswer:
    """An API key as it is; the key itself is known to nobody here."""

    id: int
    version: int
    name: str
    role: str
    sites: tuple[str, ...]
    expires_at: datetime | None
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAnswer:
    """A user as it is; no site is all of them."""

    id: int
    version: int
    name: str
    role: str
    sites: tuple[str, ...]
    retired: bool


class AccountsReading(Protocol):
    """Users and keys, as they stand."""

    async def holder(self, key_hash: str) -> KeyHolder | None:
        """Whom a key stands for, if it is one of this org."""
        ...

    async def ended(self, keys: tuple[int, ...]) -> frozenset[int]:
        """Which of some keys were revoked or have expired."""
        ...

    async def keys(self, after: int, limit: int) -> tuple[KeyAnswer, ...]:
        """Keys in the order of their numbers."""
        ...

    async def users(self, name: str | None, after: int, limit: int) -> tuple[UserAnswer, ...]:
        """Users in the order of their numbers; with a name, that one."""
        ...

    async def credential(self, name: str) -> str | None:
        """What names the hash of a user's password; None where there is no such user, or none who may work."""
        ...

    async def ping(self) -> None:
        """Raise Fault where the database does not answer."""
        ...
