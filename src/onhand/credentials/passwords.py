"""Passwords: hashed with argon2id; an unknown user takes as long as a wrong password."""

import asyncio
import hmac
from functools import cache
from typing import Protocol
from uuid import uuid4

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.accounts.port import AccountsReading
from onhand.ledger.stock import Stock

LENGTH_MIN, LENGTH_MAX = 12, 1000


class Vault(Protocol):
    """Keeps hashes by name; `onhand.store` has it for PostgreSQL."""

    async def keep(self, credential: str, password_hash: str) -> bool:
        """Keep a hash under a name that no account refers to yet; one that is there already stays, and it is False."""
        ...

    async def find(self, credential: str) -> str | None:
        """Find a hash."""
        ...

    async def forget(self, credentials: list[str]) -> None:
        """Empty hashes that no account refers to any more."""
        ...


@cache
def hasher() -> PasswordHash:
    """Make the hasher once; argon2id with the library's cost."""
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    """Give the hash that stands for an unknown user."""
    return hasher().hash(str(uuid4()))


async def define_user_with_password(
    stock: Stock, vault: Vault, *, user: str, role: str, sites: tuple[str, ...], password: str, key: str, actor: str
) -> Posting:
    """
    Make a user known, or change one, with a password.

    The hash is kept under a new name first; the posting then makes the account refer to it. Whatever breaks between,
    the account has its old password or its new one.
    """
    check_password(password)
    accounts, earlier = stock.accounts.port, await stock.accounts.port.credential(user)
    credential = str(uuid4())
    await keep_password(vault, credential, password)
    try:
        posting = await stock.accounts.define_user(
            user=user, role=role, sites=sites, credential=credential, key=key, actor=actor
        )
    except Refused:
        await forget_unused(accounts, vault, user, earlier, credential)
        raise
    await forget_unused(accounts, vault, user, earlier, credential)
    return posting


def check_password(password: str) -> None:
    """Refuse a password that is too short or too long."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        detail = f"it has {len(password)} characters, {LENGTH_MIN} to {LENGTH_MAX} are allowed"
        raise Refused("INVALID_TEXT", field="password", detail=detail)


def credential_of(secret: bytes, user: str, key: str) -> str:
    """Name a password by the key of the act that sets it, so that a retry is the same act; the name tells nothing."""
    return hmac.digest(secret, f"credential\n{user}\n{key}".encode(), "sha256").hex()


async def keep_password(vault: Vault, credential: str, password: str) -> bool:
    """Keep the hash of a password under its name; tells False where another password has that name."""
    known = await vault.find(credential)
    if known is None:
        if await vault.keep(credential, await asyncio.to_thread(hasher().hash, password)):
            return True
        known = await vault.find(credential)  # somebody was faster, maybe with another password
    return await is_hash_of(password, known)


async def forget_unused(accounts: AccountsReading, vault: Vault, user: str, *credentials: str | None) -> None:
    """
    Empty those of some hashes that a user's account does not refer to.

    Not to be called after a fault, since what was posted then may come true later.
    """
    used = await accounts.credential(user)
    if unused := [credential for credential in credentials if credential not in {None, used}]:
        await vault.forget([str(credential) for credential in unused])


async def is_password_of(stock: Stock, vault: Vault, user: str, password: str) -> bool:
    """Tell whether a password is that of a user who may work; an unknown user costs the same time."""
    credential = await stock.accounts.port.credential(user)
    known = await vault.find(credential or "nobody")
    return await is_hash_of(password, known) and credential is not None


async def is_hash_of(password: str, known: str | None) -> bool:
    """Tell whether a hash is that of a password; without a hash it takes the same time, and is not."""
    fits = await asyncio.to_thread(hasher().verify, password[:LENGTH_MAX], known or _nobody())
    return fits and known is not None
