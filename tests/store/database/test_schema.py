"""The schema comes, goes and comes again; whoever meets it at once or holds it gets a clear answer."""

import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

import onhand
from onhand import Fault
from onhand.store.database.revision import SchemaStatus, check_schema
from onhand.store.database.schema import downgrade_schema, upgrade_schema
from tests.conftest import TestDatabase
from tests.faults.servers import answer_of, python, query
from tests.ledger.ledgers import furnish, ledger

SHAPE = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression
          FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
         WHERE NOT tgisinternal ORDER BY 1, 2""",
    "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "types": """
        SELECT typname, array(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = pg_type.oid ORDER BY enumsortorder)
          FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'""",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
    "rights": """
        SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants
         WHERE table_schema = 'public' ORDER BY 1, 2, 3""",
}
"""What a schema is made of."""


def shape(database: TestDatabase) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a migration can make, but alembic's own table."""
    found = {part: query(database.admin_url, statement) for part, statement in SHAPE.items()}
    return {part: [row for row in rows if "alembic_version" not in row[:2]] for part, rows in found.items()}


def test_upgrade_and_downgrade_twice(empty_database: TestDatabase) -> None:
    """L20: both ways leave exactly what they should, twice; an upgrade that is not needed does nothing."""
    url = empty_database.owner_url
    bare = shape(empty_database)
    assert check_schema(url).current is None

    first = upgrade_schema(url)
    made = shape(empty_database)
    again = upgrade_schema(url)
    assert shape(empty_database) == made
    gone = downgrade_schema(url, "base")
    assert shape(empty_database) == bare
    back = upgrade_schema(url)
    assert shape(empty_database) == made
    downgrade_schema(url, "base")

    assert shape(empty_database) == bare
    assert first == again == back == SchemaStatus(current=first.newest, newest=first.newest)
    assert (gone.current, gone.is_current) == (None, False)
    assert len(made["columns"]) > len(bare["columns"])


async def test_a_schema_with_data_can_go_and_come_again(database: TestDatabase) -> None:
    """L20: going back takes what the ledger knows with it, and the ledger begins anew after it."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))

    downgrade_schema(database.owner_url, "base")
    upgrade_schema(database.owner_url)

    async with ledger(database) as stock:
        await furnish(stock, ("A", 10))
    assert query(database.admin_url, "SELECT count(*) FROM posting") == [(2,)]


UPGRADE = """
import json, sys
from onhand.store.database.schema import upgrade_schema
print("ready", flush=True)
sys.stdin.readline()
status = upgrade_schema(sys.argv[1])
print(json.dumps([status.current, status.newest]))
"""


def test_processes_that_upgrade_at_once(empty_database: TestDatabase) -> None:
    """L20: three processes that upgrade an empty database at the same instant all succeed, and it is done once."""
    processes = [python(UPGRADE, Path(empty_database.owner_url)) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    answers = [answer_of(process) for process in processes]

    newest = check_schema(empty_database.owner_url).newest
    assert answers == [[newest, newest]] * 3
    assert query(empty_database.admin_url, "SELECT version_num FROM alembic_version") == [(newest,)]


def test_a_schema_that_others_hold_is_a_retryable_fault(database: TestDatabase, empty_database: TestDatabase) -> None:
    """L20: a table in use, or somebody else who migrates, is waited for ten seconds; then nothing is changed."""
    before, empty = shape(database), shape(empty_database)
    faults: list[Fault] = []

    def expect(act: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            with pytest.raises(Fault) as fault:
                act()
            faults.append(fault.value)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    with psycopg.connect(database.admin_url) as reading, psycopg.connect(empty_database.owner_url) as migrating:
        reading.execute("SELECT FROM posting")
        migrating.execute(f"SELECT pg_advisory_xact_lock({0x6F6E68616E64})")
        threads = [
            expect(lambda: downgrade_schema(database.owner_url, "base")),
            expect(lambda: upgrade_schema(empty_database.owner_url)),
        ]
        for thread in threads:
            thread.join()

    assert [(fault.code, fault.retryable) for fault in faults] == [("SCHEMA_LOCKED", True)] * 2
    assert (shape(database), shape(empty_database)) == (before, empty)
    assert upgrade_schema(empty_database.owner_url).is_current


def test_a_role_that_may_not_migrate_is_told_so(empty_database: TestDatabase) -> None:
    """L20: the engine's role cannot upgrade; the fault says what is missing, and nothing is half made."""
    empty = shape(empty_database)

    with pytest.raises(Fault) as fault:
        upgrade_schema(empty_database.engine_url)

    assert (fault.value.code, fault.value.retryable) == ("ROLES_MISSING", False)
    assert shape(empty_database) == empty


async def test_a_database_without_the_schema_is_refused_at_open(empty_database: TestDatabase) -> None:
    """L20: a ledger on a server of one's own never migrates by itself; it says which command does."""
    with pytest.raises(Fault, match="onhand db upgrade") as fault:
        await onhand.connect(empty_database.engine_url)

    assert fault.value.code == "SCHEMA_NOT_CURRENT"
    assert shape(empty_database)["columns"] == []


def test_a_server_that_is_not_there_is_a_retryable_fault(tmp_path: Path) -> None:
    """T14: without a server every way in says so, and that trying again can help."""
    url = f"postgresql:///onhand?host={tmp_path}"

    acts: list[Callable[[], object]] = [
        lambda: check_schema(url),
        lambda: upgrade_schema(url),
        lambda: downgrade_schema(url, "base"),
    ]
    for act in acts:
        with pytest.raises(Fault) as fault:
            act()
        assert (fault.value.code, fault.value.retryable) == ("DATABASE_UNREACHABLE", True)


def test_a_migration_that_fails_leaves_the_schema_as_it_was(empty_database: TestDatabase) -> None:
    """L20: something in the way, here a table of the same name, is told, and nothing else is made."""
    query(empty_database.owner_url, "CREATE TABLE reversal ()")
    before = shape(empty_database)

    with pytest.raises(Fault, match="reversal") as fault:
        upgrade_schema(empty_database.owner_url)

    assert (fault.value.code, fault.value.retryable) == ("MIGRATION_FAILED", False)
    assert shape(empty_database) == before
    assert check_schema(empty_database.owner_url).current is None
