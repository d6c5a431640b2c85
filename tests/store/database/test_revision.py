"""Which revision a schema has is found without alembic, and agrees with it."""

import subprocess
import sys

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from onhand import Fault
from onhand.store.database.revision import MIGRATIONS, check_schema, known_revisions
from onhand.store.database.schema import downgrade_schema
from tests.conftest import TestDatabase


def test_the_files_agree_with_alembic() -> None:
    """L20: the numbers of the files are alembic's revisions, one after the other, and the newest is its head."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)

    walked = [script.revision for script in scripts.walk_revisions()]

    assert known_revisions() == tuple(reversed(walked))
    assert known_revisions()[-1] == scripts.get_current_head()


def test_engine_and_owner_see_the_same(database: TestDatabase, empty_database: TestDatabase) -> None:
    """L20: the engine's role can ask as well as the owner's; without the table there is no revision."""
    made = [check_schema(url) for url in (database.engine_url, database.owner_url)]
    empty = [check_schema(url) for url in (empty_database.engine_url, empty_database.owner_url)]

    assert [(status.current, status.is_current) for status in made] == [(known_revisions()[-1], True)] * 2
    assert [(status.current, status.is_current) for status in empty] == [(None, False)] * 2


@pytest.mark.parametrize("revision", ["nonsense", "-1", "head", "00", "9999", "", "base "])
def test_a_revision_that_is_not_there_is_told(database: TestDatabase, revision: str) -> None:
    """L20: taking the schema back to what is no revision is refused, with those that there are; nothing is changed."""
    with pytest.raises(Fault, match="one of: base, 0001") as fault:
        downgrade_schema(database.owner_url, revision)

    assert (fault.value.code, fault.value.retryable) == ("REVISION_UNKNOWN", False)
    assert check_schema(database.owner_url).is_current


def test_a_schema_is_not_taken_back_to_what_comes_later(empty_database: TestDatabase) -> None:
    """L20: a database without a schema cannot be taken back to a revision."""
    with pytest.raises(Fault, match="older than 0001") as fault:
        downgrade_schema(empty_database.owner_url, "0001")

    assert fault.value.code == "REVISION_UNKNOWN"


def test_opening_a_ledger_loads_no_migrations(database: TestDatabase) -> None:
    """A ledger whose schema is current opens without what only a migration needs, so that commands start quickly."""
    script = (
        "import sys, onhand\n"
        "with onhand.connect_sync(sys.argv[1]) as stock: stock.list_holdings()\n"
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, database.engine_url], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
