"""A database: its connections, the check of its role, and its orgs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection

from onhand.faults import Fault
from onhand.kernel.text import check_code
from onhand.store.accounts.passwords import Passwords
from onhand.store.accounts.sign_ins import Sessions, SignInTimes
from onhand.store.database.committing import commit
from onhand.store.database.connecting import CONNECT_SECONDS_MAX, KEPT_ALIVE, check_url, connecting_fault
from onhand.store.database.faults import fault_of
from onhand.store.database.jobs import PostgresJobs
from onhand.store.database.readers import Readers
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.clock import Clock
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements, load_statements
from onhand.store.engine.writer_session import PostgresSession

_VERSION_MIN = 150_000


class Database:
    """
    Opens sessions for writing and a small pool for reading.

    Nothing is prepared on the server, so that poolers in transaction mode work; plans are made for the tables as they
    are now.
    """

    def __init__(
        self, url: str, *, readers_max: int = 4, is_direct: bool = False, statements: Statements | None = None
    ) -> None:
        """
        Prepare to connect.

        Args:
            url: A libpq URL.
            readers_max: How many connections read at once.
            is_direct: Whether the URL leads to the server itself, and not maybe to a pooler.
            statements: Replaces the SQL, for tests that take a protection out.
        """
        self._url = url
        self._is_direct = is_direct
        self.statements = statements or load_statements()
        self.readers = Readers(url, readers_max=readers_max)

    async def open(self) -> None:
        """Connect once, and refuse a role that could go round the ledger's guards."""
        async with self._connected() as connection:
            cursor = await connection.execute(self.statements["describe_session"].text)
            row = await cursor.fetchone()
        if row is None or row[1] or row[2]:
            role = "unknown" if row is None else row[0]
            raise Fault(
                code="ROLE_TOO_STRONG",
                message=f"The database role {role} is a superuser or bypasses row security, so nothing would guard the "
                "journal. Use a role without these rights.",
                retryable=False,
            )
        if row[3] < _VERSION_MIN:
            raise Fault(code="SERVER_TOO_OLD", message="PostgreSQL 15 or newer is needed.", retryable=False)
        # The pool logs the driver's words when it cannot connect; a URL that has just worked puts no secret into them.
        await self.readers.open()

    async def close(self) -> None:
        """Close the readers."""
        await self.readers.close()

    async def find_org(self, code: str) -> int:
        """Find the id of an org; raises Fault ORG_UNKNOWN."""
        async with self._connected() as connection:
            await connection.execute(self.statements["name_org"].text, {"code": code})
            row = await (await connection.execute(self.statements["find_org"].text, {"code": code})).fetchone()
        if row is None:
            raise _unknown(code)
        return int(row[0])

    async def create_org(self, code: str) -> int:
        """
        Make an org with an empty journal, or find the one that is there.

        The journal's row is locked, which is written to the server's log: so one that is found is waited for as one
        that is made, until a standby has it.
        """
        check_code(code, "org")
        async with self._connected() as connection:
            await connection.execute(self.statements["name_org"].text, {"code": code})
            row = await (await connection.execute(self.statements["create_org"].text, {"code": code})).fetchone()
            if row is None:
                row = await (await connection.execute(self.statements["find_org"].text, {"code": code})).fetchone()
            if row is None:
                raise _unknown(code)
            org = {"org_id": int(row[0])}
            for name in ("enter_org", "create_journal", "wait_for_journal"):
                await connection.execute(self.statements[name].text, org)
            await commit(connection)
        return org["org_id"]

    def session(self, org_id: int, *, clock: Clock | None = None) -> PostgresSession:
        """Prepare a session on which batches of one org run; tests bring a clock of their own."""
        cache = CatalogCache()
        return PostgresSession(self._connect, self.statements, cache, org_id, is_direct=self._is_direct, clock=clock)

    def passwords(self, org_id: int) -> Passwords:
        """Give the hashes of an org's passwords."""
        return Passwords(self.readers, self.statements, org_id)

    def sessions(self, org_id: int, times: SignInTimes) -> Sessions:
        """Give the sessions of an org's users."""
        return Sessions(self.readers, self.statements, org_id, times)

    def jobs(self, org_id: int) -> PostgresJobs:
        """Give the jobs of an org's workers."""
        return PostgresJobs(self.readers, self.statements, org_id)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection[DriverRow]]:
        """Connect for a moment; what the driver says becomes a fault."""
        try:
            async with await self._connect() as connection:
                yield connection
        except psycopg.Error as error:
            fault = fault_of(error)
            raise (fault if isinstance(fault, Fault) else error) from error

    async def _connect(self) -> AsyncConnection[DriverRow]:
        check_url(self._url)
        try:
            connection: AsyncConnection[DriverRow] = await AsyncConnection.connect(
                self._url, prepare_threshold=None, connect_timeout=CONNECT_SECONDS_MAX, **KEPT_ALIVE
            )
        except (psycopg.Error, ValueError) as error:
            fault = connecting_fault(self._url, error)
        else:
            return connection
        # Raised out here, so that no log shows the driver's words as the cause.
        raise fault


def _unknown(code: str) -> Fault:
    return Fault(
        code="ORG_UNKNOWN", message=f"There is no org {code}. `onhand org create {code}` makes it.", retryable=False
    )
