"""What the database itself keeps of lots, whatever the kernel does."""

from itertools import product

import psycopg
import pytest

from onhand import Fault
from onhand.kernel.lots import set_lot_status
from onhand.kernel.transitions import LOT
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import available, define, ledger


async def take_in(stock: Stock, quantity: int = 10) -> None:
    """Make lot L of item A, ten units of it in london, and know leeds."""
    await stock.post(define("A", sites=("london", "leeds")))
    await stock.receive(site="london", lines=[("A", quantity, "L")], key="po")


def statuses(database: TestDatabase) -> list[tuple[object, ...]]:
    """The status of each lot."""
    return query(database.admin_url, "SELECT code, status FROM lot ORDER BY code")


def test_the_database_has_the_same_table(database: TestDatabase) -> None:
    """L16: each pair of statuses is allowed by the database exactly where the kernel's table allows it."""
    rows = query(
        database.admin_url,
        f"SELECT a, b, lot_status_may_follow(a, b) FROM unnest(ARRAY{list(LOT)}) AS a, unnest(ARRAY{list(LOT)}) AS b",
    )

    assert {(source, target): allowed for source, target, allowed in rows} == {
        (source, target): source == target or target in LOT[source] for source, target in product(LOT, LOT)
    }


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("AWAITING_INTAKE", "SOLD_OUT", False),
        ("AWAITING_INTAKE", "LIVE", True),
        ("CLOSED", "LIVE", False),
        ("LIVE", "SOMETHING", False),
        ("LIVE", "ON_HOLD", True),
    ],
)
async def test_plain_sql_is_held_to_the_table(
    database: TestDatabase, stock: Stock, source: str, target: str, allowed: object
) -> None:
    """L16: an owner with a SQL client cannot make a step either that the table does not have."""
    await take_in(stock)
    if source != "LIVE":
        query(database.owner_url, f"SET onhand.org_id = 1; UPDATE lot SET status = '{source}'")

    def step() -> None:
        query(database.owner_url, f"SET onhand.org_id = 1; UPDATE lot SET status = '{target}'")

    if allowed:
        step()
    else:
        with pytest.raises(psycopg.errors.CheckViolation):
            step()
    assert statuses(database) == [("L", target if allowed else source)]


async def test_the_table_holds_without_the_kernel(
    database: TestDatabase, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L16: with the kernel's check taken out, the database refuses the step, and nothing of the posting is left."""
    await take_in(stock)
    await stock.lots.set_status(sku="A", lot="L", status="AWAITING_INTAKE", reason="again", key="s1")
    monkeypatch.setattr(set_lot_status, "check_transition", lambda *_: None)
    monkeypatch.setattr(set_lot_status, "unsold", lambda *_: 0)

    with pytest.raises(Fault) as fault:
        await stock.lots.set_status(sku="A", lot="L", status="SOLD_OUT", reason="no", key="s2")

    assert fault.value.code == "DATABASE_REFUSED"
    assert statuses(database) == [("L", "AWAITING_INTAKE")]
    assert (await stock.verify()).ok


async def test_several_steps_in_one_batch(database: TestDatabase, stock: Stock) -> None:
    """L16: a lot that goes through many statuses in one batch is saved once, and each step stands in the journal."""
    await take_in(stock)
    steps = ["AWAITING_INTAKE", "LIVE", "ON_HOLD", "AWAITING_INTAKE", "PHOTOGRAPHY_COMPLETE"]

    outcomes = await stock.bulk(
        set_lot_status.SetLotStatus(key=f"s{number}", sku="A", lot="L", status=status, reason="step")
        for number, status in enumerate(steps)
    )
    sale = await stock.sell(site="london", lines=[("A", 10)], key="sale")

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [change.action for change in sale.changes] == ["sold_out"]
    assert statuses(database) == [("L", "SOLD_OUT")]
    assert (await stock.verify()).ok


async def test_other_places_are_known_when_the_last_unit_goes(database: TestDatabase, stock: Stock) -> None:
    """L16: a ledger that has never seen the other places of a lot knows that something is left there."""
    await take_in(stock)
    await stock.transfer(site="london", target="leeds", lines=[("A", 1, "L")], key="t")
    async with ledger(database) as other:
        await other.sell(site="london", lines=[("A", 9)], key="s1")
        assert statuses(database) == [("L", "LIVE")]
    async with ledger(database) as other:
        await other.sell(site="leeds", lines=[("A", 1)], key="s2")

    assert statuses(database) == [("L", "SOLD_OUT")]
    assert available(database, "A") == 0
    assert (await stock.verify()).ok


async def test_a_recall_finds_all_places(database: TestDatabase, stock: Stock) -> None:
    """B22: a ledger that has seen none of the places of a lot quarantines it in all of them in one posting."""
    await take_in(stock)
    await stock.transfer(site="london", target="leeds", lines=[("A", 4, "L")], key="t")
    async with ledger(database) as other:
        posting = await other.lots.recall(sku="A", lot="L", reason="glass", key="r")
        assert {movement.place.site for movement in posting.movements} == {"london", "leeds"}
        await other.revert(number=posting.number, reason="wrong lot", key="u")
        await other.lots.recall(sku="A", lot="L", reason="glass", key="r2")
        await other.lots.release(sku="A", lot="L", reason="was none", key="f")

    assert available(database, "A") == 10
    assert (await stock.verify()).ok


def test_every_table_records_outside_edits(database: TestDatabase) -> None:
    """L13: each table of an org has the trigger that records what plain SQL does to it, whichever way."""
    rows = query(
        database.admin_url,
        """SELECT relname, coalesce(bit_or(tgtype) FILTER (WHERE proname LIKE 'record%edit'), 0)
             FROM pg_class
             LEFT JOIN pg_trigger ON tgrelid = pg_class.oid
             LEFT JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            GROUP BY relname""",
    )
    insert, delete, update = 4, 8, 16

    bare = {name for name, events in rows if events & (insert | delete | update) != insert | delete | update}

    assert bare == {"alembic_version", "outside_edit"}


async def test_an_edit_of_a_lot_is_told(database: TestDatabase, stock: Stock) -> None:
    """L13: who changes a lot by plain SQL is found, before and after; the key of the cursors is never told."""
    await take_in(stock)

    query(database.owner_url, "SET onhand.org_id = 1; UPDATE lot SET grade = 'B'")
    query(database.admin_url, "UPDATE org SET code = 'main2'")

    told = "table_name, operation, before ->> 'grade', after ->> 'grade'"
    rows = query(database.admin_url, f"SELECT {told} FROM outside_edit ORDER BY id")
    assert rows == [("lot", "UPDATE", None, "B"), ("org", "UPDATE", None, None)]
    assert query(database.admin_url, "SELECT count(*) FROM outside_edit WHERE after ? 'cursor_key'") == [(0,)]
    assert not (await stock.verify()).ok
