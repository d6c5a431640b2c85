"""Sessions of users who signed in: kept in a table of their own, which the reading role cannot see."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.ledger.accounts.port import Listening, SessionHolder
from onhand.store.database.answering import NamedRow, answers_of
from onhand.store.database.engine_rows import run_as_engine
from onhand.store.engine.rows import DriverRow, utc
from onhand.store.engine.statements import Statements

ROTATE_SECONDS = 15 * 60
IDLE_SECONDS = 2 * 3600
LASTS_SECONDS = 12 * 3600
GRACE_SECONDS = 60


class SignInTimes(NamedTuple):
    """After how many seconds a token is replaced, an unused session ends, any session ends, a replaced token ends."""

    rotate: int = ROTATE_SECONDS
    idle: int = IDLE_SECONDS
    lasts: int = LASTS_SECONDS
    grace: int = GRACE_SECONDS


class Sessions:
    """The sessions of one org, by the hashes of their tokens."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[DriverRow]],
        statements: Statements,
        org_id: int,
        times: SignInTimes,
    ) -> None:
        """Work with connections of a pool."""
        self._pool = pool
        self._statements = statements
        self._org_id = org_id
        self._times = times

    async def find(self, token_hash: str) -> SessionHolder | None:
        """Find the session of a token that is good."""
        rows = await self._run(
            ["find_session"],
            token_hash=token_hash,
            idle_seconds=self._times.idle,
            rotate_seconds=self._times.rotate,
        )
        return next(iter(answers_of(SessionHolder, rows)), None)

    async def open(self, session: str, token_hash: str, user: str, credential: str) -> datetime:
        """Keep a new session; gives when it ends."""
        rows = await self._run(
            ["reuse_session", "open_session"],
            session=session,
            token_hash=token_hash,
            user_name=user,
            credential=credential,
            lasts_seconds=self._times.lasts,
        )
        return utc(rows[0].expires_at)

    async def rotate(self, session: str, token_hash: str, before: str) -> bool:
        """
        Give a session another token; tells whether this was the one who did.

        No standby is waited for: who is not given the token that replaced his is signed out for sure, and who is given
        one that is lost with the server is signed out only then.
        """
        rows = await self._run(
            ["rotate_session"],
            awaits_standby=False,
            session=session,
            token_hash=token_hash,
            before=before,
            grace_seconds=self._times.grace,
        )
        return bool(rows)

    async def end(self, session: str) -> None:
        """End a session."""
        await self._run(["end_session"], session=session)

    async def adopt(self, session: str, credential: str) -> None:
        """Let a session go on under the password that was changed in it."""
        await self._run(["adopt_password"], session=session, credential=credential)

    async def ended(self, listening: Sequence[Listening]) -> frozenset[Listening]:
        """Tell which of some sessions are good no more, or are of a user who is limited to other sites now."""
        rows = await self._run(
            ["read_ended_sessions"],
            sessions=[one.session for one in listening],
            sites=[json.dumps(one.sites) for one in listening],
            idle_seconds=self._times.idle,
        )
        return frozenset(listening[row.place - 1] for row in rows)

    async def _run(self, names: Sequence[str], *, awaits_standby: bool = True, **params: object) -> Sequence[NamedRow]:
        return await run_as_engine(
            self._pool, self._statements, self._org_id, names, params, awaits_standby=awaits_standby
        )
