"""What the database itself refuses, whoever asks: wrong rows, changed history, and other orgs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

import onhand
from onhand import Fault
from onhand.kernel.accounts.create_key import CreateKey
from onhand.kernel.accounts.define_user import DefineUser
from onhand.kernel.catalog.configure import Configure
from onhand.kernel.commerce.define_customer import DefineCustomer
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.place_order import PlaceOrder
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.kernel.lots.take_in import TakeIn
from onhand.kernel.offline.queue_sale import QueueSale
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.pieces.produce_pieces import Made, ProducePieces
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.tally_refusals import TallyLine, TallyRefusals
from onhand.kernel.serials.grade_serial import GradeSerial
from onhand.ledger.stock import Stock
from onhand.ledger.webhooks.port import Try
from onhand.store.database.database import Database
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import assembled, furnish, ledger, lines, reading_of

HISTORY = ("posting", "movement", "change", "reversal", "outside_edit")
BALANCES = ("sold", "reserved", "quarantine", "hold", "incoming", "defective", "sample")


@pytest.fixture
async def two_orgs(database: TestDatabase) -> TestDatabase:
    """A database in which the orgs 1 and 2 have stock, a reservation, a transfer and a reversal each."""
    for org in ("one", "two"):
        async with assembled(database, org=org) as verbs:
            await furnish(verbs, ("A", 100))
            await verbs.define(sites=["leeds"], locations=[("london", "R-1")], products=["P"], key="more")
            await verbs.receive(
                site="london", lines=[("A", 5, "new"), {"sku": "A", "quantity": 1, "unit": "S"}], key="lot"
            )
            await verbs.reserve(site="london", lines=[("A", 5)], key="promise")
            await verbs.transfer(site="london", target="leeds", lines=[("A", 5)], in_transit=True, key="lorry")
            await verbs.reserve(site="london", lines=[("A", 500)], hold_seconds=60, key="line")
            await sold_and_ordered(verbs)
            sale = await verbs.sell(site="london", lines=[("A", 5)], key="sale")
            await verbs.revert(number=sale.number, key="void")
            rolls = Made("A", "roll", 10_000_000)
            told = {
                "vendor": "V",
                "brand": "B",
                "product": "P",
                "category": "C",
                "site": "london",
                "sku": "A",
                "lot": "M",
            }
            await verbs.post(TakeIn(key="intake", quantity=1_000_000, **told))  # type: ignore[arg-type]  # all are text
            await verbs.post(SetLotMetadata(key="lab", sku="A", lot="M", metadata={"thc": "ND"}))
            await verbs.post(ProducePieces(key="works", site="london", made=(rolls,)))
            await verbs.post(CutPieces(key="saw", cuttings=(Cutting("ROLL-000001", (4_000_000,)),)))
            await verbs.post(DefineUser(key="user", user="ann", role="clerk"))
            await verbs.post(CreateKey(key="api key", name="till", role="clerk", key_hash="0" * 64))
            await verbs.post(Configure(key="zone", settings=(("time_zone", "Europe/London"),)))
            await verbs.define(items=[{"sku": "A", "price": "2.50", "barcode": "5010029"}], key="price")
            await verbs.post(SellAtCounter(key="till", site="london", lines=lines(("A", 1))))
        async with ledger(database, org=org) as stock:
            await stock.worker.follow_totals()
            await stock.planning.order_incoming(site="london", lines=[("A", 5)], key="purchase")
            await stock.planning.set_reorder_points(site="london", points={"A": (1, 2)}, key="points")
            await cooked(stock)
            await subscribed(stock)
    for table in ("vendor", "brand"):
        query(database.admin_url, f"INSERT INTO {table} SELECT org_id, 1000, 1, 'Acme' FROM org")
    query(database.admin_url, "INSERT INTO password SELECT org_id, 'c', '' FROM org")
    query(database.admin_url, "INSERT INTO job (org_id, task, slot) SELECT org_id, 'report', now() FROM org")
    query(
        database.admin_url,
        "INSERT INTO login_session (org_id, session, token_hash, user_name, credential, rotated_at, expires_at) "
        "SELECT org_id, 's', repeat('0', 64), 'ann', 'c', now(), now() FROM org",
    )
    query(database.admin_url, "UPDATE site SET name = 'by hand'")
    query(database.admin_url, "SELECT refresh_piece_current(1), refresh_piece_current(2)")
    return database


async def subscribed(stock: Stock) -> None:
    """Make a webhook that was tried once."""
    made = await stock.webhooks.create(name="books", url="https://example.com/", start=1, key="webhook")
    store = reading_of(stock).webhooks
    claimed = await store.claim(made.posting.made("webhook"), "claim", 60)
    assert claimed is not None
    await store.postpone(claimed, 60, Try(1, 1, datetime.now(UTC), None, "no answer", 5))


async def cooked(stock: Stock) -> None:
    """Make a recipe, a mapping, a deduction, a sale in the queue, a tally and an alert."""
    await stock.recipes.define(product="TOAST", ingredients=[("Bread", "1", "piece")], key="recipe")
    await stock.recipes.map_ingredients(site="london", mappings=[("Bread", "piece", "A")], key="mapping")
    await stock.recipes.deduct(transaction="r-1", site="london", items=[("TOAST", 1)], key="deduct")
    await stock.post(
        QueueSale(key="queue", transaction="r-2", site="london", items=(Sold("TOAST", SCALE, "Toast"),), device="till")
    )
    await stock.post(TallyRefusals(key="tally", process="p", counts=(TallyLine("london", "2026-01-31T12", 1),)))
    await stock.lots.set_low_stock(site="london", lines=[("A", 1_000)], key="low")
    await stock.lots.check_alerts()


async def sold_and_ordered(verbs: Stock) -> None:
    """Make a serial, a customer, an invoice, a payment and an order."""
    await verbs.post(GradeSerial(key="grade", sku="A", unit="S", condition="new"))
    await verbs.post(DefineCustomer(key="customer", code="ann"))
    line = SaleLine("A", SCALE, SCALE, unit="S")
    await verbs.post(IssueInvoice(key="invoice", site="london", number="I-1", lines=(line,), customer="ann"))
    await verbs.post(Pay(key="pay", invoice="I-1", amount=SCALE))
    await verbs.define(items=["O"], key="O")
    await verbs.receive(site="london", lines=[("O", 1)], key="po-O")
    cart = await verbs.reserve(site="london", lines=[("O", 1)], key="cart")
    order = PlaceOrder(key="order", reservations=(cart.made("reservation"),), lines=(SaleLine("O", SCALE, 0),))
    await verbs.post(order)


@contextmanager
def as_engine(database: TestDatabase, org_id: int | None) -> Iterator[psycopg.Connection]:
    """Connect as the engine does, seeing one org or none."""
    with psycopg.connect(database.engine_url) as connection:
        if org_id is not None:
            connection.execute("SELECT set_config('onhand.org_id', %s, false)", [str(org_id)])
        connection.commit()
        yield connection
        connection.rollback()


def tables(database: TestDatabase) -> list[str]:
    """Every table of the schema but alembic's."""
    rows = query(database.admin_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in rows if name != "alembic_version"]


def test_every_table_has_an_org_and_forced_row_security(database: TestDatabase) -> None:
    """R6, T8: each table has org_id and row security that binds its owner too; views ask as who reads them."""
    bare = query(
        database.admin_url,
        """SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'alembic_version'
              AND NOT (relrowsecurity AND relforcerowsecurity
                       AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
                       AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'org_id'))""",
    )
    views = query(
        database.admin_url,
        """SELECT relname, coalesce('security_invoker=true' = ANY (reloptions), false) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')""",
    )

    assert bare == []
    assert all(invoker for _, invoker in views), views
    assert len(tables(database)) >= 19


def test_every_key_begins_with_the_org(database: TestDatabase) -> None:
    """T8: org_id leads every index and foreign key, so that one org's transaction touches one shard."""
    others = query(
        database.admin_url,
        """SELECT indexrelid::regclass::text FROM pg_index
             JOIN pg_class ON pg_class.oid = indrelid
             JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
            WHERE relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' AND attname <> 'org_id'
            UNION ALL
           SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
            WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND attname <> 'org_id'""",
    )

    assert others == [("org_code_unique",)]


@pytest.mark.parametrize("table", HISTORY)
def test_history_cannot_be_changed_by_anybody(two_orgs: TestDatabase, table: str) -> None:
    """L1, T6: the engine has no right to change or delete history; the owner and the superuser meet a trigger."""
    acts = (f"UPDATE {table} SET org_id = org_id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE")
    before = query(two_orgs.admin_url, f"SELECT count(*) FROM {table}")
    states = []

    for act in acts:
        for url in (two_orgs.engine_url, two_orgs.owner_url, two_orgs.admin_url):
            with psycopg.connect(url) as connection:
                connection.execute("SELECT set_config('onhand.org_id', '1', true)")
                with pytest.raises(psycopg.Error) as error:
                    connection.execute(act.encode())
                states.append(error.value.sqlstate)
                connection.rollback()

    assert states == ["42501", "55000", "55000"] * 3
    assert before[0][0] > 0
    assert query(two_orgs.admin_url, f"SELECT count(*) FROM {table}") == before


def test_the_engine_and_the_reader_have_only_the_rights_they_need(database: TestDatabase) -> None:
    """T6: nobody but the owner may delete or truncate, but jobs that ended; the engine updates what is no history."""
    rows = query(
        database.admin_url,
        """SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
            WHERE table_schema = 'public' AND grantee <> 'onhand_owner' AND privilege_type <> 'SELECT'""",
    )
    updated = {table for grantee, table, right in rows if right == "UPDATE"}

    assert {(grantee, right) for grantee, table, right in rows if table != "job"} == {
        ("onhand_engine", "INSERT"),
        ("onhand_engine", "UPDATE"),
    }
    assert {(grantee, right) for grantee, table, right in rows if table == "job"} == {
        ("onhand_engine", right) for right in ("INSERT", "UPDATE", "DELETE")
    }
    assert updated == set(tables(database)) - {*HISTORY, "org"}


WRONG = {
    "holding_available_not_below_floor": "UPDATE holding SET available = -1",
    "holding_floor_not_above_zero": "UPDATE holding SET floor = 1 WHERE available > 1",
    "holding_floor_only_without_lot": "UPDATE holding SET floor = -1 WHERE lot_id IS NOT NULL",
    **{f"holding_{state}_not_negative": f"UPDATE holding SET {state} = -1" for state in BALANCES},
    "holding_place_unique": """
        INSERT INTO holding (org_id, id, version, site_id, item_id)
        SELECT org_id, 999, 1, site_id, item_id FROM holding
         WHERE lot_id IS NULL AND location_id IS NULL AND unit_id IS NULL LIMIT 1""",
    "holding_site_exists": """
        INSERT INTO holding (org_id, id, version, site_id, item_id)
        SELECT 1, 99, 1, 99, min(id) FROM item WHERE org_id = 1""",
    "holding_lot_of_its_item": """
        INSERT INTO holding (org_id, id, version, site_id, item_id, lot_id)
        SELECT org_id, 99, 1, site_id, item_id, 99 FROM holding LIMIT 1""",
    "reservation_line_not_negative": "UPDATE reservation_line SET quantity = -1",
    "reservation_status_known": "UPDATE reservation SET status = 'lost'",
    "transfer_line_not_negative": "UPDATE transfer_line SET quantity = -1",
    "transfer_status_known": "UPDATE transfer SET status = 'lost'",
    "journal_hash_is_sha256": "UPDATE journal SET hash = ''",
    "journal_catalog_not_ahead": "UPDATE journal SET catalog_number = number + 1",
    "sequence_counts_up": "UPDATE sequence SET last = 0",
    "movement_above_zero": """
        INSERT INTO movement (org_id, number, line, holding_id, quantity, source, target)
        VALUES (1, 99, 1, 1, 0, 'supplier', 'available')""",
    "movement_goes_somewhere": """
        INSERT INTO movement (org_id, number, line, holding_id, quantity, source, target)
        VALUES (1, 99, 1, 1, 5, 'sold', 'sold')""",
    "movement_touches_the_holding": """
        INSERT INTO movement (org_id, number, line, holding_id, quantity, source, target)
        VALUES (1, 99, 1, 1, 5, 'supplier', 'customer')""",
    "posting_key_unique": """
        INSERT INTO posting (org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash)
        SELECT org_id, 99, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash
          FROM posting LIMIT 1""",
    "posting_number_above_zero": """
        INSERT INTO posting (org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash)
        SELECT 1, 0, now(), now(), gen_random_uuid(), gen_random_uuid(), 'sell', 'k', 'a', ''""",
    "reversal_pkey": "INSERT INTO reversal (org_id, reverted, number) SELECT org_id, reverted, number FROM reversal",
    "reversal_comes_later": "INSERT INTO reversal (org_id, reverted, number) VALUES (1, 2, 2)",
    "reversal_of_a_posting": "INSERT INTO reversal (org_id, reverted, number) VALUES (1, -5, 2)",
}
"""For each rule that a row can express, a statement that breaks it."""


def test_rows_that_break_a_rule_are_refused_by_name(two_orgs: TestDatabase) -> None:
    """L9, L11: written by hand, as superuser, each wrong row is refused by the constraint that states the rule."""
    refused: dict[str, str | None] = {}

    for statement in WRONG.values():
        with psycopg.connect(two_orgs.admin_url) as connection:
            with pytest.raises(psycopg.errors.IntegrityError) as error:
                connection.execute(statement.encode())
            refused[statement] = error.value.diag.constraint_name
            connection.rollback()

    assert refused == {statement: name for name, statement in WRONG.items()}


def test_on_hand_is_kept_by_the_database(two_orgs: TestDatabase) -> None:
    """L11: on hand cannot be written, not even by the superuser, and follows the five states that it is made of."""
    with psycopg.connect(two_orgs.admin_url) as connection:
        with pytest.raises(psycopg.errors.GeneratedAlways):
            connection.execute("UPDATE holding SET on_hand = 7")
        connection.rollback()
        connection.execute(
            "UPDATE holding SET available = 1, reserved = 2, sold = 4, quarantine = 8, hold = 16, incoming = 32, "
            "defective = 64, sample = 128"
        )
        rows = connection.execute("SELECT DISTINCT on_hand FROM holding").fetchall()
        connection.rollback()

    assert rows == [(31,)]


def test_what_a_holding_holds_never_changes(two_orgs: TestDatabase) -> None:
    """L1: a holding cannot be made one of another place or item by SQL."""
    elsewhere = "(SELECT id FROM site WHERE org_id = 1 AND code = 'leeds')"

    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        query(two_orgs.admin_url, f"UPDATE holding SET site_id = {elsewhere} WHERE org_id = 1 AND unit_id IS NOT NULL")


@pytest.mark.parametrize("by", ["owner", "superuser"])
def test_edits_with_plain_sql_are_recorded(two_orgs: TestDatabase, by: str) -> None:
    """L13: who changes a table with plain SQL is recorded with the rows before and after, marked as outside."""
    url, name = (two_orgs.owner_url, "onhand_owner") if by == "owner" else (two_orgs.admin_url, None)
    seen = query(two_orgs.admin_url, "SELECT max(id) FROM outside_edit")[0][0]

    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('onhand.org_id', '1', true)")
        connection.execute("UPDATE holding SET hold = hold + 1 WHERE org_id = 1 AND unit_id IS NULL AND lot_id IS NULL")
        connection.execute("INSERT INTO sequence (org_id, name, last) VALUES (1, 'by hand', 4)")
        connection.execute("DELETE FROM sequence WHERE org_id = 1 AND name = 'by hand'")
        user = connection.execute("SELECT session_user::text").fetchone()

    rows = query(
        two_orgs.admin_url,
        f"""SELECT table_name, operation, edited_by, (after ->> 'hold')::bigint - (before ->> 'hold')::bigint,
                   before ->> 'name', after ->> 'name'
              FROM outside_edit WHERE org_id = 1 AND id > {seen} ORDER BY id""",
    )
    assert user is not None
    assert name in {None, user[0]}
    assert set(rows[:-2]) == {("holding", "UPDATE", user[0], 1, None, None)}
    assert rows[-2:] == [
        ("sequence", "INSERT", user[0], None, None, "by hand"),
        ("sequence", "DELETE", user[0], None, "by hand", None),
    ]


def test_an_org_edited_with_plain_sql_is_recorded(two_orgs: TestDatabase) -> None:
    """L13: the table of orgs is watched as well."""
    query(two_orgs.admin_url, "UPDATE org SET code = 'renamed' WHERE org_id = 2")

    rows = query(two_orgs.admin_url, "SELECT org_id, before ->> 'code' FROM outside_edit WHERE table_name = 'org'")
    assert rows == [(2, "two")]


async def test_the_ledgers_own_writes_are_no_edits_from_outside(database: TestDatabase) -> None:
    """L13, control: what the engine does leaves no such record, so that each one means something."""
    async with assembled(database) as verbs:
        await furnish(verbs, ("A", 10))

    assert query(database.admin_url, "SELECT count(*) FROM outside_edit") == [(0,)]


def test_a_table_cannot_be_emptied_unseen(two_orgs: TestDatabase) -> None:
    """L13: truncating, which no row trigger sees, is refused for every table of an org, to the superuser too."""
    refused = []

    for table in tables(two_orgs):
        with psycopg.connect(two_orgs.admin_url) as connection:
            try:
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
            except psycopg.errors.ObjectNotInPrerequisiteState:
                refused.append(table)
            connection.rollback()

    assert refused == tables(two_orgs)


# ---- orgs


def test_another_org_is_invisible(two_orgs: TestDatabase) -> None:
    """R6, T8: with one org's context no table and no view shows a row of another, whatever is asked for."""
    views = query(two_orgs.admin_url, "SELECT viewname FROM pg_views WHERE schemaname = 'public'")
    names = [*tables(two_orgs), *(name for (name,) in views if name != "piece_quantity_check")]  # always empty
    with as_engine(two_orgs, 1) as connection:
        seen = {
            name: connection.execute(f"SELECT array_agg(DISTINCT org_id) FROM {name}".encode()).fetchone()
            for name in names
        }
        asked = {name: connection.execute(f"SELECT FROM {name} WHERE org_id = 2".encode()).fetchall() for name in names}

    assert seen == dict.fromkeys(names, ([1],))
    assert not any(asked.values())
    everything = {name: query(two_orgs.admin_url, f"SELECT count(DISTINCT org_id) FROM {name}") for name in names}
    assert all(rows == [(2,)] for rows in everything.values()), everything


def test_without_an_org_nothing_is_seen(two_orgs: TestDatabase) -> None:
    """T8: a connection that was told no org, or an empty one, sees nothing at all."""
    for org_id in (None, ""):
        with as_engine(two_orgs, None) as connection:
            if org_id is not None:
                connection.execute("SELECT set_config('onhand.org_id', '', false)")
            counts = {
                name: connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()
                for name in tables(two_orgs)
            }
        assert counts == dict.fromkeys(tables(two_orgs), (0,))


def test_another_org_cannot_be_written(two_orgs: TestDatabase) -> None:
    """R6, T8: rows of another org can neither be made, nor reached by an update, nor given away."""
    inserts = (
        "INSERT INTO site (org_id, id, version, code, name, retired) VALUES (2, 99, 1, 'x', 'x', false)",
        "INSERT INTO journal (org_id) VALUES (2)",
        "INSERT INTO sequence (org_id, name, last) VALUES (2, 'x', 1)",
        "UPDATE site SET org_id = 2",
        "UPDATE sequence SET org_id = 2",
    )
    with as_engine(two_orgs, 1) as connection:
        for statement in inserts:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
            connection.rollback()
        changed = connection.execute("UPDATE holding SET version = 99 WHERE org_id = 2").rowcount
        moved = connection.execute("UPDATE journal SET number = 99 WHERE org_id = 2").rowcount

    assert (changed, moved) == (0, 0)


def test_the_owner_is_bound_too(two_orgs: TestDatabase) -> None:
    """T8: row security is forced, so that the owner of the tables sees no more than it is told."""
    assert query(two_orgs.owner_url, "SELECT count(*) FROM holding") == [(0,)]
    assert query(two_orgs.owner_url, "SELECT count(*) FROM org") == [(0,)]
    assert query(two_orgs.admin_url, "SELECT count(*) FROM org") == [(2,)]


# ---- the role that opens


async def test_a_superuser_is_refused_at_open(database: TestDatabase) -> None:
    """T8: nothing would bind a superuser, so the ledger does not open as one."""
    with pytest.raises(Fault) as fault:
        await onhand.connect(database.admin_url)

    assert (fault.value.code, fault.value.retryable) == ("ROLE_TOO_STRONG", False)


async def test_a_role_that_bypasses_row_security_is_refused_at_open(database: TestDatabase) -> None:
    """T8: nor does it open as a role that row security does not bind; without that right the same role will do."""
    role = f"strong_{database.name}"
    query(database.admin_url, f"CREATE ROLE {role} LOGIN BYPASSRLS PASSWORD 'x' IN ROLE onhand_engine")
    store = Database(make_conninfo(database.engine_url, user=role, password="x"))
    try:
        with pytest.raises(Fault) as fault:
            await store.open()
        query(database.admin_url, f"ALTER ROLE {role} NOBYPASSRLS")
        await store.open()
        await store.create_org("main")
    finally:
        await store.close()
        query(database.admin_url, f"DROP ROLE {role}")

    assert fault.value.code == "ROLE_TOO_STRONG"
