"""A PostgreSQL for one run of the benchmark: onhand's own embedded one, in a folder that is removed afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg.conninfo import make_conninfo

from onhand import embedded
from onhand.embedded.binaries import Binaries, binaries_for
from onhand.embedded.identity import settle

VERSION = 18
PEERS_DATABASE = "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """
    The running server that all contenders share.

    Attributes:
        folder: Holds everything; gone when the run is over.
        home: The ONHAND_HOME within it.
        programs: The programs of PostgreSQL, pgbench among them.
        admin: A connection of the superuser, in autocommit, for what surrounds a load.
        peers_url: The peers' database, as the same ordinary role that owns onhand's.
    """

    folder: Path
    home: Path
    addresses: embedded.Addresses
    programs: Binaries
    admin: psycopg.Connection
    peers_url: str

    def checkpoint(self) -> None:
        """Write what came before; from here on the first change of each page is logged with the whole page."""
        self.admin.execute("CHECKPOINT")

    def wal_position(self) -> int:
        """How many bytes the server has written to its log since it was made."""
        row = self.admin.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()
        if row is None:
            raise RuntimeError("the server does not say where its log ends")
        return int(row[0])

    @contextmanager
    def slow_commit(self, microseconds: int) -> Iterator[None]:
        """
        Let each write of the log wait before it goes to disk, as a slower disk would.

        The wait is meant for a server with other transactions under way; without a minimum of them it is unconditional.
        """
        if not microseconds:
            yield
            return
        self._configure("ALTER SYSTEM SET commit_siblings = 0", f"ALTER SYSTEM SET commit_delay = {int(microseconds)}")
        try:
            yield
        finally:
            self._configure("ALTER SYSTEM RESET commit_siblings", "ALTER SYSTEM RESET commit_delay")

    def analyse(self) -> None:
        """Let the planner know the tables, as autovacuum would within a minute, and leave autovacuum nothing to do."""
        for database in (PEERS_DATABASE, "onhand"):
            with psycopg.connect(
                make_conninfo(self.addresses.admin_url, dbname=database), autocommit=True
            ) as connection:
                connection.execute("VACUUM (ANALYZE)")

    def _configure(self, *statements: str) -> None:
        for statement in statements:
            self.admin.execute(statement.encode())
        self.admin.execute("SELECT pg_reload_conf()")


@contextmanager
def own_server() -> Iterator[Server]:
    """A new server on the disk that holds temporary files (TMPDIR moves it); stopped and removed whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="onhand-bench-")).resolve()
    try:
        # For root the server is another user's, who must be able to get to the home.
        folder.chmod(0o755)
        home = folder / "home"
        try:
            addresses = embedded.up(home, version=VERSION)
            programs = binaries_for(VERSION, home, settle(home))
            with psycopg.connect(addresses.admin_url, autocommit=True) as admin:
                yield Server(
                    folder=folder,
                    home=home,
                    addresses=addresses,
                    programs=programs,
                    admin=admin,
                    peers_url=_make_peers_database(admin, addresses),
                )
        finally:
            embedded.down(home)
    finally:
        shutil.rmtree(folder)


def _make_peers_database(admin: psycopg.Connection, addresses: embedded.Addresses) -> str:
    create: LiteralString = "CREATE DATABASE bench OWNER onhand_owner"
    admin.execute(create)
    return make_conninfo(addresses.owner_url, dbname=PEERS_DATABASE)
