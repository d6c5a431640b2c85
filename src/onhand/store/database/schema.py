"""The schema of a database: its upgrades and downgrades, and the roles that it grants to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from onhand.faults import Fault
from onhand.store.database.committing import commit_now
from onhand.store.database.connecting import connect
from onhand.store.database.revision import MIGRATIONS, SchemaStatus, known_revisions

if TYPE_CHECKING:
    import psycopg

_BASE = "base"
_LOCK_SECONDS_MAX = 10
_LOCK_KEY = 0x6F6E68616E64
_ROLES = ("onhand_engine", "onhand_reader")


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
                _commit(connection)
        return _status(connection)


def downgrade_schema(url: str, revision: str) -> SchemaStatus:
    """
    Take a database's schema back to a revision, or to "base"; what later revisions hold is lost.

    Raises:
        Fault: REVISION_UNKNOWN, and what an upgrade raises.
    """
    if revision not in {_BASE, *known_revisions()}:
        raise _unknown(f"There is no revision {revision[:40]!a}")
    with _connected(url) as connection:
        _alone(connection)
        current = _status(connection).current
        if revision != _BASE and revision > (current or ""):
            raise _unknown(f"The schema is {current or 'none'}, which is older than {revision}")
        command.downgrade(_alembic(connection), revision)
        _commit(connection)
        return _status(connection)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine("postgresql+psycopg://", poolclass=NullPool, creator=lambda: connect(url))
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise _fault_of(error) from error
    except CommandError as error:
        message = f"The schema was left as it was: {error}. It may be of a newer version of onhand."
        raise Fault(code="MIGRATION_FAILED", message=message, retryable=False) from error


def _status(connection: Connection) -> SchemaStatus:
    current = MigrationContext.configure(connection).get_current_revision()
    return SchemaStatus(current=current, newest=known_revisions()[-1])


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(connection: Connection) -> None:
    """Wait a bounded time for others who migrate, and let no statement wait for a table's lock for long."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS_MAX}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")


def _commit(connection: Connection) -> None:
    """Commit, and see that it was done; the driver itself does not look at the answer."""
    commit_now(cast("psycopg.Connection", connection.connection.driver_connection))  # made by `connect` below us
    connection.commit()


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


def _unknown(why: str) -> Fault:
    known = ", ".join([_BASE, *known_revisions()])
    return Fault(
        code="REVISION_UNKNOWN", message=f"{why}. A schema can be taken back to one of: {known}.", retryable=False
    )


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
