"""An intake that fails half way leaves nothing behind, whatever it had written by then."""

import pytest

from onhand import Fault
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query

TABLES = (
    "vendor",
    "brand",
    "product",
    "item",
    "listing",
    "location",
    "lot",
    "holding",
    "posting",
    "movement",
    "change",
    "sequence",
    "item_word",
    "lot_word",
)
TOLD = {
    "vendor": "Acme Farms",
    "brand": "Green Leaf",
    "product": "Blue Dream",
    "category": "flower",
    "quantity": "12.5",
    "site": "london",
    "zone": "A",
}


def everything(database: TestDatabase) -> dict[str, list[str]]:
    """Every row of every table."""
    tables = query(database.admin_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return {name: sorted(map(repr, query(database.admin_url, f"SELECT * FROM {name}"))) for (name,) in tables}


def fail_at(database: TestDatabase, event: str) -> None:
    """Let each statement of a kind on a table fail, at its end."""
    query(
        database.admin_url,
        """CREATE FUNCTION injected() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = 'internal_error'; END; $$""",
    )
    query(database.admin_url, f"CREATE TRIGGER injected AFTER {event} FOR EACH STATEMENT EXECUTE FUNCTION injected()")


@pytest.mark.parametrize("event", [*(f"INSERT ON {table}" for table in TABLES), "UPDATE ON journal"])
async def test_a_failure_at_any_step_leaves_nothing(database: TestDatabase, stock: Stock, event: str) -> None:
    """L4, L5: a failure while any table is written leaves no row of any; the same key then succeeds, without a gap."""
    await stock.define(sites=["london"], key="sites")
    before = everything(database)
    fail_at(database, event)

    with pytest.raises(Fault):
        await stock.lots.take_in(**TOLD, key="intake-1")  # type: ignore[arg-type]  # all are text

    assert everything(database) == before
    query(database.admin_url, "DROP FUNCTION injected CASCADE")
    posting = await stock.lots.take_in(**TOLD, key="intake-1")  # type: ignore[arg-type]  # all are text
    again = await stock.lots.take_in(**TOLD, key="intake-1")  # type: ignore[arg-type]  # all are text
    (movement,) = posting.movements
    day = f"{posting.recorded_at:%Y%m%d}"
    assert movement.place == ("london", f"GREENLEAF-BLUEDREAM-{day}-0001", "A", f"LOT-{day}-001", None)
    assert (again.replayed, again.number) == (True, posting.number)
    assert (await stock.verify()).ok


async def test_a_control_without_failure(database: TestDatabase, stock: Stock) -> None:
    """Control: the tables at which a failure is injected above are all that an intake writes."""
    await stock.define(sites=["london"], key="sites")
    before = everything(database)

    await stock.lots.take_in(**TOLD, key="intake-1")  # type: ignore[arg-type]  # all are text

    after = everything(database)
    assert {name for name in after if after[name] != before[name]} == {*TABLES, "journal"}
