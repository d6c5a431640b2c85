"""The schema of a database: its revision, upgrades and downgrades, and the roles that it grants to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from onhand.faults import Fault

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK_SECONDS_MAX = 10
_LOCK_KEY = 0x6F6E68616E64
_ROLES = ("onhand_engine", "onhand_reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaStatus:
    """The revision that a database has, and the newest that this version of onhand knows; None before the first."""

    current: str | None
    newest: str

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.current == self.newest


def check_schema(url: str) -> SchemaStatus:
    """Compare a database's schema with this version's."""
    with _connected(url) as connection:
        return _status(connection)


def upgrade_schema(url: str) -> SchemaStatus:
    """
    Bring a database's schema up to date; does nothing where it is.

    Args:
        url: A libpq URL of the role that owns the database. It creates the roles where they are missing.

    Raises:
        Fault: SCHEMA_LOCKED, ROLES_MISSING, DATABASE_UNREACHABLE.
    """
    with _connected(url) as connection:
        if not _status(connection).is_current:
            _alone(connection)
            if not _status(connection).is_current:
                _ensure_roles(connection)
                command.upgrade(_alembic(connection), "head")
                connection.commit()
        return _status(connection)


def downgrade_schema(url: str, revision: str) -> SchemaStatus:
    """Take a database's schema back to a revision, or to "base"; what later revisions hold is lost."""
    with _connected(url) as connection:
        _alone(connection)
        command.downgrade(_alembic(connection), revision)
        connection.commit()
        return _status(connection)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine("postgresql+psycopg://", poolclass=NullPool, creator=lambda: _connect(url))
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise _fault_of(error) from error


def _connect(url: str) -> object:
    import psycopg  # noqa: PLC0415 - the commands that do not migrate start without it

    try:
        return psycopg.connect(url, prepare_threshold=None)
    except psycopg.OperationalError as error:
        raise Fault(
            code="DATABASE_UNREACHABLE", message=f"The database does not answer: {error}".strip(), retryable=True
        ) from error


def _status(connection: Connection) -> SchemaStatus:
    newest = ScriptDirectory.from_config(_alembic(connection)).get_current_head()
    return SchemaStatus(current=MigrationContext.configure(connection).get_current_revision(), newest=newest or "")


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(connection: Connection) -> None:
    """Wait a bounded time for others who migrate, and let no statement wait for a table's lock for long."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS_MAX}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")


def _ensure_roles(connection: Connection) -> None:
    known = {row[0] for row in connection.exec_driver_sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'onhand%%'")}
    for role in _ROLES:
        if role not in known:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS")
        right = "SET" if _tells_set_from_member(connection) else "MEMBER"
        member = connection.exec_driver_sql(f"SELECT pg_has_role(current_user, '{role}', '{right}')")
        if not member.scalar_one():
            connection.exec_driver_sql(f"GRANT {role} TO CURRENT_USER")


def _tells_set_from_member(connection: Connection) -> bool:
    """Whether this server tells membership from the right to take a role, as PostgreSQL does from 16 on."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) >= 160_000  # noqa: PLR2004


def _fault_of(error: DBAPIError) -> Fault:
    state = getattr(error.orig, "sqlstate", None)
    match state:
        case "55P03":
            return Fault(
                code="SCHEMA_LOCKED",
                message=f"Somebody else holds the tables; nothing was changed in {_LOCK_SECONDS_MAX} seconds.",
                retryable=True,
            )
        case "42501":
            return Fault(
                code="ROLES_MISSING",
                message="This role may not migrate. Use the database's owner, and let an administrator create and "
                f"grant it the roles {' and '.join(_ROLES)}: {error.orig}".strip(),
                retryable=False,
            )
        case _:
            message = f"The schema was left as it was: {error.orig}".strip()
            return Fault(code="MIGRATION_FAILED", message=message, retryable=False)
