"""The hashes of passwords: kept in a table of their own, which the reading role cannot see."""

import secrets
from collections.abc import Sequence

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.store.database.answering import NamedRow
from onhand.store.database.engine_rows import run_as_engine
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements


class Passwords:
    """The hashes of one org, by the names that accounts refer to."""

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[DriverRow]], statements: Statements, org_id: int
    ) -> None:
        """Work with connections of a pool."""
        self._pool = pool
        self._statements = statements
        self._org_id = org_id

    async def keep(self, credential: str, password_hash: str) -> bool:
        """Keep a hash under a name that no account refers to yet; tells whether it was kept, so was none there."""
        return bool(await self._run("keep_password", credential=credential, hash=password_hash))

    async def find(self, credential: str) -> str | None:
        """Find a hash; None where there is none, or not any more."""
        rows = await self._run("find_password", credential=credential)
        return str(rows[0].hash) or None if rows else None

    async def forget(self, credentials: Sequence[str]) -> None:
        """Empty hashes that no account refers to any more."""
        await self._run("forget_passwords", credentials=list(credentials))

    async def service_secret(self) -> bytes:
        """Give the secret of the org's services, made by whichever asks first; no role but the engine's sees it."""
        (row,) = await self._run("make_service_secret", hash=f"secret:{secrets.token_hex(32)}")
        return str(row.hash).encode()

    async def _run(self, name: str, **params: object) -> Sequence[NamedRow]:
        return await run_as_engine(self._pool, self._statements, self._org_id, [name], params)
