"""
What is told of accounts, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.accounts import KeyAnswer, UserAnswer
from onhand.client.shapes.shared import Posted
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Speaker, Versioned, Write


class DefineUserTold(About, Versioned, total=False):
    """What `define_user` is told."""

    user: Required[str]  # The name of a user.
    role: Required[str]  # viewer, clerk, manager, auditor or admin.
    sites: Sequence[str]  # Sites, by their codes.
    retired: bool  # Whether it is out of use.


class GetUserTold(TypedDict, total=False):
    """What `get_user` is told."""

    user: Required[str]  # The name of a user.


class SetPasswordTold(Write, total=False):
    """What `set_password` is told."""

    user: Required[str]  # The name of a user.
    password: Required[str]  # The new password.


class ListUsersTold(TypedDict, total=False):
    """What `list_users` is told."""

    name: str  # The name.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class CreateKeyTold(About, total=False):
    """What `create_key` is told."""

    name: Required[str]  # The name.
    role: Required[str]  # viewer, clerk, manager, auditor or admin.
    sites: Sequence[str]  # Sites, by their codes.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.


class ListKeysTold(TypedDict, total=False):
    """What `list_keys` is told."""

    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetKeyTold(TypedDict, total=False):
    """What `get_key` is told."""

    api_key: Required[int]  # The number of an API key.


class RevokeKeyTold(About, total=False):
    """What `revoke_key` is told."""

    api_key: Required[int]  # The number of an API key.


class AccountsVerbs(Speaker):
    """The verbs."""

    def define_user(self, **told: Unpack[DefineUserTold]) -> Posted:
        """
        Make a user known, or change what is known of one; what is told alike stays untouched.

        `sites` are those that the user is limited to; none is all. The password stays as it is. A retired user may do
        nothing; defined again without `retired`, he is back.

        PUT /api/users/{user}, for admin.
        """
        return self._write("PUT", "/api/users/{user}", told)

    def get_user(self, **told: Unpack[GetUserTold]) -> UserAnswer:
        """
        Give a user by name; raises Refused USER_NOT_FOUND.

        GET /api/users/{user}, for admin, auditor.
        """
        return self._ask("/api/users/{user}", told)

    def set_password(self, **told: Unpack[SetPasswordTold]) -> Posted:
        """
        Set the password of a user, the first one or another; his sessions end within a second.

        Rates are those of signing in. The password stands in no posting and no log.

        PUT /api/users/{user}/password, for admin.
        """
        return self._write("PUT", "/api/users/{user}/password", told)

    def list_users(self, **told: Unpack[ListUsersTold]) -> Page[UserAnswer]:
        """
        List the users, the retired ones too.

        GET /api/users, for admin, auditor.
        """
        return self._ask("/api/users", told)

    def create_key(self, **told: Unpack[CreateKeyTold]) -> Posted:
        """
        Make an API key known by its hash; the key itself is shown once, by whoever made it, and stored nowhere.

        `name` says whose it is; `sites` are those that it is limited to, none is all.

        POST /api/keys, for admin.
        """
        return self._write("POST", "/api/keys", told)

    def list_keys(self, **told: Unpack[ListKeysTold]) -> Page[KeyAnswer]:
        """
        List the API keys, the revoked ones too.

        GET /api/keys, for admin, auditor.
        """
        return self._ask("/api/keys", told)

    def get_key(self, **told: Unpack[GetKeyTold]) -> KeyAnswer:
        """
        Give an API key by its number; raises Refused KEY_NOT_FOUND.

        GET /api/keys/{api_key}, for admin, auditor.
        """
        return self._ask("/api/keys/{api_key}", told)

    def revoke_key(self, **told: Unpack[RevokeKeyTold]) -> Posted:
        """
        End an API key, for ever; revoking it once more changes nothing.

        POST /api/keys/{api_key}/revocation, for admin.
        """
        return self._write("POST", "/api/keys/{api_key}/revocation", told)


class AsyncAccountsVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def define_user(self, **told: Unpack[DefineUserTold]) -> Posted:
        """
        Make a user known, or change what is known of one; what is told alike stays untouched.

        `sites` are those that the user is limited to; none is all. The password stays as it is. A retired user may do
        nothing; defined again without `retired`, he is back.

        PUT /api/users/{user}, for admin.
        """
        return await self._write("PUT", "/api/users/{user}", told)

    async def get_user(self, **told: Unpack[GetUserTold]) -> UserAnswer:
        """
        Give a user by name; raises Refused USER_NOT_FOUND.

        GET /api/users/{user}, for admin, auditor.
        """
        return await self._ask("/api/users/{user}", told)

    async def set_password(self, **told: Unpack[SetPasswordTold]) -> Posted:
        """
        Set the password of a user, the first one or another; his sessions end within a second.

        Rates are those of signing in. The password stands in no posting and no log.

        PUT /api/users/{user}/password, for admin.
        """
        return await self._write("PUT", "/api/users/{user}/password", told)

    async def list_users(self, **told: Unpack[ListUsersTold]) -> Page[UserAnswer]:
        """
        List the users, the retired ones too.

        GET /api/users, for admin, auditor.
        """
        return await self._ask("/api/users", told)

    async def create_key(self, **told: Unpack[CreateKeyTold]) -> Posted:
        """
        Make an API key known by its hash; the key itself is shown once, by whoever made it, and stored nowhere.

        `name` says whose it is; `sites` are those that it is limited to, none is all.

        POST /api/keys, for admin.
        """
        return await self._write("POST", "/api/keys", told)

    async def list_keys(self, **told: Unpack[ListKeysTold]) -> Page[KeyAnswer]:
        """
        List the API keys, the revoked ones too.

        GET /api/keys, for admin, auditor.
        """
        return await self._ask("/api/keys", told)

    async def get_key(self, **told: Unpack[GetKeyTold]) -> KeyAnswer:
        """
        Give an API key by its number; raises Refused KEY_NOT_FOUND.

        GET /api/keys/{api_key}, for admin, auditor.
        """
        return await self._ask("/api/keys/{api_key}", told)

    async def revoke_key(self, **told: Unpack[RevokeKeyTold]) -> Posted:
        """
        End an API key, for ever; revoking it once more changes nothing.

        POST /api/keys/{api_key}/revocation, for admin.
        """
        return await self._write("POST", "/api/keys/{api_key}/revocation", told)
