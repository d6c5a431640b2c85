"""Faults that the database brings about itself, at the moment that a test chooses."""

from typing import Literal

from psycopg.conninfo import make_conninfo

from tests.conftest import TestDatabase
from tests.faults.servers import query

Moment = Literal["while writing", "at commit"]

_TABLES: dict[Moment, str] = {
    "while writing": "TRIGGER injected AFTER INSERT ON movement FOR EACH STATEMENT",
    "at commit": "CONSTRAINT TRIGGER injected AFTER UPDATE ON journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
}


def inject(database: TestDatabase, moment: Moment, action: str, *, times: int) -> None:
    """
    Let the first so many transactions that write meet with something, a line of PL/pgSQL.

    What was met is counted in a sequence, since a sequence is not rolled back.
    """
    query(database.admin_url, "CREATE SEQUENCE met")
    query(
        database.admin_url,
        f"""CREATE FUNCTION inject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
            BEGIN
                IF nextval('met') <= {times} THEN
                    {action};
                END IF;
                RETURN NULL;
            END;
            $$""",
    )
    query(database.admin_url, f"CREATE {_TABLES[moment]} EXECUTE FUNCTION inject()")


def raising(sqlstate: str) -> str:
    """The action of an error with a state."""
    return f"RAISE EXCEPTION 'injected' USING ERRCODE = '{sqlstate}'"


def met(database: TestDatabase) -> int:
    """How many transactions came to the point where faults are injected."""
    rows = query(database.admin_url, "SELECT last_value, is_called FROM met")
    return int(rows[0][0]) if rows[0][1] else 0


def withdraw(database: TestDatabase) -> None:
    """Inject no more."""
    query(database.admin_url, "DROP FUNCTION inject CASCADE")


def end_connections(database: TestDatabase) -> int:
    """End every connection of the engine to a database, and count them."""
    statement = f"""
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = '{database.name}' AND usename = 'onhand_engine'"""
    return len(query(_elsewhere(database), statement))


def lock_out(database: TestDatabase) -> None:
    """Let nobody connect to a database any more; who is connected stays so."""
    _allow_connections(database, "false")


def let_in(database: TestDatabase) -> None:
    """Let everybody connect again."""
    _allow_connections(database, "true")


def _allow_connections(database: TestDatabase, told: str) -> None:
    query(_elsewhere(database), f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS {told}")


def _elsewhere(database: TestDatabase) -> str:
    """Reach the server by another of its databases."""
    return make_conninfo(database.admin_url, dbname="postgres")
