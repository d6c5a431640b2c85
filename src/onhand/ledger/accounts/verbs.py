"""Users and API keys: who may work with the ledger, in which role, at which sites."""

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from onhand.kernel.accounts.create_key import CreateKey
from onhand.kernel.accounts.define_user import DefineUser
from onhand.kernel.accounts.revoke_key import RevokeKey
from onhand.kernel.accounts.set_password import SetPassword
from onhand.kernel.command import check_number
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.accounts.port import AccountsReading, KeyAnswer, UserAnswer
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, question, verb


class Accounts(Namespace):
    """Changes of accounts are postings like any other, so the journal tells who gave whom which right, and when."""

    _name = "accounts"

    @property
    def port(self) -> AccountsReading:
        """What whoever lets users and keys in asks of the store."""
        return self._reading.accounts

    @verb
    async def define_user(
        self,
        *,
        user: str,
        role: str,
        sites: Iterable[str] = (),
        credential: str | None = None,
        retired: bool = False,
        **about: Unpack[About],
    ) -> Posting:
        """Make a user known, or change what is known; no site named is all of them."""
        return await self._do(
            DefineUser(
                user=user, role=role, sites=tuple(sites), credential=credential, retired=retired, **self._told(about)
            ),
            about,
        )

    @verb
    async def set_password(self, *, user: str, credential: str, **about: Unpack[About]) -> Posting:
        """Let a user's account refer to another password by the name of its hash; nothing else of it changes."""
        return await self._do(SetPassword(user=user, credential=credential, **self._told(about)), about)

    @verb
    async def create_key(
        self,
        *,
        name: str,
        role: str,
        key_hash: str,
        sites: Iterable[str] = (),
        expires_at: datetime | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make an API key known by its hash; `posting.made("api_key")` is its number."""
        return await self._do(
            CreateKey(
                name=name, role=role, key_hash=key_hash, sites=tuple(sites), expires_at=expires_at, **self._told(about)
            ),
            about,
        )

    @verb
    async def revoke_key(self, *, api_key: int, **about: Unpack[About]) -> Posting:
        """End an API key, for ever."""
        return await self._do(RevokeKey(api_key=api_key, **self._told(about)), about)

    @question
    async def list_keys(self, *, after: str | None = None, limit: int = 50) -> Page[KeyAnswer]:
        """List the API keys, the revoked ones too."""
        check_page(limit)
        cursor = await self._cursor("keys")
        (go_on,) = cursor.read(after, int) or (0,)
        rows = await self._reading.accounts.keys(go_on, limit + 1)
        return cursor.page(rows, limit, lambda row: (row.id,))

    @question
    async def get_key(self, api_key: int) -> KeyAnswer:
        """Give an API key by its number; raises Refused KEY_NOT_FOUND."""
        check_number(api_key, "api_key")
        rows = await self._reading.accounts.keys(api_key - 1, 1)
        if not rows or rows[0].id != api_key:
            raise Refused("KEY_NOT_FOUND", api_key=api_key)
        return rows[0]

    @question
    async def list_users(
        self, *, name: str | None = None, after: str | None = None, limit: int = 50
    ) -> Page[UserAnswer]:
        """List the users, the retired ones too."""
        check_page(limit)
        check_codes(name=name)
        cursor = await self._cursor("users", name)
        (go_on,) = cursor.read(after, int) or (0,)
        rows = await self._reading.accounts.users(name, go_on, limit + 1)
        return cursor.page(rows, limit, lambda row: (row.id,))

    @question
    async def get_user(self, user: str) -> UserAnswer:
        """Give a user by name; raises Refused USER_NOT_FOUND."""
        check_codes(user=user)
        rows = await self._reading.accounts.users(user, 0, 1)
        if not rows:
            raise Refused("USER_NOT_FOUND", user=user)
        return rows[0]
