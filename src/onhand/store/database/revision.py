"""Which revision a schema has, and which there are; it loads nothing that only a migration needs."""

import re
from dataclasses import dataclass
from pathlib import Path

import psycopg

from onhand.faults import Fault
from onhand.store.database.connecting import connect
from onhand.store.database.faults import fault_of
from onhand.store.engine.statements import load_statements

MIGRATIONS = Path(__file__).parents[1] / "migrations"

_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaStatus:
    """The revision that a database has, and the newest that this version of onhand knows; None before the first."""

    current: str | None
    newest: str

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.current == self.newest


def known_revisions() -> tuple[str, ...]:
    """All revisions that this version of onhand knows, the oldest first, as their files are numbered."""
    names = (_REVISION_FILE.fullmatch(path.name) for path in (MIGRATIONS / "versions").iterdir())
    return tuple(sorted(name[1] for name in names if name is not None))


def check_schema(url: str) -> SchemaStatus:
    """
    Compare a database's schema with this version's.

    Raises:
        Fault: SETTING_INVALID, DATABASE_UNREACHABLE, DATABASE_FORBIDS.
    """
    return SchemaStatus(current=_current(url), newest=known_revisions()[-1])


def _current(url: str) -> str | None:
    with connect(url) as connection:
        try:
            row = connection.execute(load_statements()["find_revision"].text).fetchone()
        except psycopg.errors.UndefinedTable:
            connection.rollback()
            return None
        except psycopg.Error as error:
            fault = fault_of(error)
            raise (fault if isinstance(fault, Fault) else error) from error
    return None if row is None else str(row[0])
