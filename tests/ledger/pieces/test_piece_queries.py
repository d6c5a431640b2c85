"""Where pieces came from, what became of them, and how they looked at any moment."""

import psycopg
import pytest

from bench.family import grow
from onhand import Refused
from onhand.ledger.core.answers import ChangeLine
from onhand.ledger.pieces.port import Family
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query


async def furnish(stock: Stock) -> None:
    """Make a roll of 100 m and two lots of spares, in posting 2."""
    await stock.define(sites=["works"], items=["PIPE", "SPRINKLER"], key="furnish")
    await stock.pieces.produce(
        site="works",
        made=[
            {"sku": "PIPE", "kind": "roll", "size": 100},
            *({"sku": "SPRINKLER", "kind": "spare", "size": count} for count in (7, 5)),
        ],
        key="works",
    )


def named(family: Family, ids: tuple[int, ...]) -> list[str]:
    """Give the names of some members."""
    return [family.members[one].code for one in ids]


def psql(database: TestDatabase, statement: str) -> list[tuple[object, ...]]:
    """Ask as a person with a SQL client does: as the reader of one org."""
    with psycopg.connect(database.engine_url) as connection:
        connection.execute("SELECT set_config('role', 'onhand_reader', true), set_config('onhand.org_id', '1', true)")
        return connection.execute(statement.encode()).fetchall()


async def test_the_life_of_a_piece_is_told(stock: Stock, database: TestDatabase) -> None:
    """P9, P10: each event with state before and after, actor and reference, in the trail and in the view."""
    await furnish(stock)
    kept = await stock.pieces.reserve(["ROLL-000001"], key="keep", actor="ann", document=("job", "7"))
    await stock.reservations.release(reservation=kept.made("reservation"), key="let go")
    cut = await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")
    await stock.pieces.dispatch(["CUT-000001"], key="sale")
    await stock.pieces.take_back(["CUT-000001"], key="back")
    await stock.pieces.revert_cut(cut.number, cascade=True, key="undo", reason="wrong roll")

    trail = await stock.pieces.trail("ROLL-000001")

    told = [line for line in trail if isinstance(line, ChangeLine) and line.entity == "piece"]
    assert [(line.action, line.before and line.before["status"], line.after["status"]) for line in told] == [
        ("created", None, "available"),
        ("reserved", "available", "reserved"),
        ("released", "reserved", "available"),
        ("cut", "available", "used"),
        ("reverted", "used", "available"),
    ]
    assert (told[1].actor, told[1].document_id, told[-1].reason) == ("ann", "7", "wrong roll")
    assert psql(
        database,
        "SELECT event, status_before, status_after, reverted_by FROM piece_trail WHERE piece = 'CUT-000001'"
        " ORDER BY number, line",
    ) == [
        ("created", None, "available", 8),
        ("sold", "available", "customer", None),
        ("returned", "customer", "available", None),
        ("reverted", "available", "undone", None),
    ]


async def test_the_tree_goes_both_ways(stock: Stock) -> None:
    """P10: what a piece was made from and what was made from it, through cuts and combinations."""
    await furnish(stock)
    await stock.pieces.cut_roll("ROLL-000001", [30, 20], key="1")
    await stock.pieces.cut_roll("OFFCUT-000001", [10], key="2")
    await stock.pieces.cut_roll("CUT-000003", [4, 6], key="3")
    await stock.pieces.combine_spares(["SPARE-000001", "SPARE-000002"], 5, 2, key="4")

    up, down = await stock.pieces.family("CUT-000004"), await stock.pieces.family("ROLL-000001")
    middle = await stock.pieces.family("OFFCUT-000001")
    bundle = await stock.pieces.family("BUNDLE-000001")
    spare = await stock.pieces.family("SPARE-000002")

    assert named(up, up.ancestors) == ["CUT-000003", "OFFCUT-000001", "ROLL-000001"]
    assert up.descendants == ()
    assert len(down.descendants) == 7
    assert (down.depth, middle.depth) == (3, 3)
    assert named(middle, middle.ancestors) == ["ROLL-000001"]
    assert sorted(named(bundle, bundle.ancestors)) == ["SPARE-000001", "SPARE-000002"]
    assert named(spare, spare.descendants) == ["BUNDLE-000001", "BUNDLE-000002", "SPARE-000003"]


async def test_the_tree_keeps_what_was_undone(stock: Stock) -> None:
    """P10: after a revert the pieces are still in the tree, as undone; a new cut stands beside them."""
    await furnish(stock)
    cut = await stock.pieces.cut_roll("ROLL-000001", [30], key="1")
    await stock.pieces.revert_cut(cut.number, key="2")
    await stock.pieces.cut_roll("ROLL-000001", [40], key="3")

    family = await stock.pieces.family("ROLL-000001")
    undone = await stock.pieces.family("CUT-000001")

    assert {family.members[one].code: family.members[one].status for one in family.descendants} == {
        "CUT-000001": "undone",
        "OFFCUT-000001": "undone",
        "CUT-000002": "available",
        "OFFCUT-000002": "available",
    }
    assert named(undone, undone.ancestors) == ["ROLL-000001"]


async def test_any_moment_can_be_looked_at(stock: Stock) -> None:
    """P11: how a piece, a stock and a site looked after any posting and at any recorded time."""
    await furnish(stock)
    cut = await stock.pieces.cut_roll("ROLL-000001", [30], key="1")
    sale = await stock.pieces.dispatch(["CUT-000001"], key="2")

    before = await stock.pieces.get("ROLL-000001", number=cut.number - 1)
    after = await stock.pieces.get("ROLL-000001", number=cut.number)
    then = await stock.pieces.get("CUT-000001", recorded_at=cut.recorded_at)
    site = await stock.list_holdings_at("works", number=cut.number)

    assert (before.status, after.status, then.status) == ("available", "used", "available")
    assert (await stock.pieces.get("CUT-000001")).status == "customer"
    assert {holding.place.unit: holding.balances.available for holding in site.holdings} == {
        "CUT-000001": 30,
        "OFFCUT-000001": 70,
        "SPARE-000001": 7,
        "SPARE-000002": 5,
    }
    (gone,) = (await stock.list_holdings_at(unit="CUT-000001", number=sale.number, empty=True)).holdings
    assert gone.on_hand == 0
    with pytest.raises(Refused, match="no piece CUT-000001"):
        await stock.pieces.get("CUT-000001", number=cut.number - 1)


async def test_the_smallest_offcut_that_is_long_enough(stock: Stock) -> None:
    """B7: of all available lengths the smallest that will do is found, to the smallest unit; spares are none."""
    await furnish(stock)
    await stock.pieces.cut_roll("ROLL-000001", [12, 8, "8.5"], key="1")
    await stock.pieces.dispatch(["CUT-000002"], key="2")

    found = [await stock.pieces.find_offcut("PIPE", length) for length in (1, "8.5", "8.500001", 13, 72)]

    assert [piece.code if piece else None for piece in found] == [
        "CUT-000003",
        "CUT-000003",
        "CUT-000001",
        "OFFCUT-000001",
        None,
    ]
    assert [piece.code for piece in await stock.pieces.list(sku="PIPE", at_least=9)] == ["CUT-000001", "OFFCUT-000001"]


async def test_pieces_are_listed_in_pages(stock: Stock) -> None:
    """P12: a list goes on where the page before ended, and is narrowed by kind and status."""
    await furnish(stock)
    await stock.pieces.cut_roll("ROLL-000001", [5, 5, 5], key="1")

    first = await stock.pieces.list(limit=4)
    rest = await stock.pieces.list(limit=4, after=first.after)
    used = await stock.pieces.list(status="used")

    assert [piece.code for page in (first, rest) for piece in page] == [
        *("SPARE-000002", "CUT-000001", "CUT-000002", "CUT-000003", "SPARE-000001", "OFFCUT-000001")
    ]
    assert rest.after is None
    assert [piece.code for piece in used] == ["ROLL-000001"]


async def test_views_for_people_with_a_sql_client(stock: Stock, database: TestDatabase) -> None:
    """P14, P16: the current state is refreshed on request, what is available is listed, and the check is empty."""
    await furnish(stock)
    cut = await stock.pieces.cut_roll("ROLL-000001", ["30.5"], key="1")

    written = [await stock.worker.refresh_pieces(), await stock.worker.refresh_pieces()]
    await stock.pieces.dispatch(["CUT-000001"], key="2")
    stale = psql(database, "SELECT status FROM piece_current WHERE piece = 'CUT-000001'")
    await stock.worker.refresh_pieces()

    assert written == [5, 0]
    assert stale == [("available",)]
    assert psql(database, "SELECT piece, status, closed_by FROM piece_current ORDER BY id") == [
        ("ROLL-000001", "used", cut.number),
        ("SPARE-000001", "available", None),
        ("SPARE-000002", "available", None),
        ("CUT-000001", "customer", cut.number + 1),
        ("OFFCUT-000001", "available", None),
    ]
    assert psql(database, "SELECT piece, size::text, measure, site FROM available_pieces WHERE kind = 'offcut'") == [
        ("OFFCUT-000001", "69.5", "piece", "works")
    ]
    assert psql(database, "SELECT * FROM piece_quantity_check") == []


async def test_the_check_of_pieces_finds_what_is_wrong(stock: Stock, database: TestDatabase) -> None:
    """P12, P20: all in order has no finding; a trigger that is off, a wrong quantity and a lost event are found."""
    await furnish(stock)
    assert await stock.pieces.verify() == ()

    with psycopg.connect(database.admin_url) as connection:
        connection.execute("CREATE SCHEMA copy CREATE TABLE copy.piece (id bigint)")
        connection.execute(
            "CREATE TRIGGER piece_is_whole AFTER INSERT ON copy.piece"
            " FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history()"
        )
        for table, trigger in (("piece", "piece_is_whole"), ("holding", "holding_of_a_piece_is_whole")):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}".encode())
        connection.execute("UPDATE holding SET available = available - 1 WHERE unit_id IS NOT NULL")
        connection.execute("UPDATE piece SET version = 3 WHERE kind = 'roll'")
    findings = await stock.pieces.verify()

    assert {finding.code for finding in findings} == {"TRIGGER_INACTIVE", "QUANTITY_MISMATCH", "EVENT_MISSING"}
    assert [finding.subject for finding in findings if finding.code == "TRIGGER_INACTIVE"] == [
        "holding_of_a_piece_is_whole",
        "piece_is_whole",
    ]
    assert len([finding for finding in findings if finding.code == "QUANTITY_MISMATCH"]) == 3


async def test_a_large_family_is_told_whole(stock: Stock, database: TestDatabase) -> None:
    """P10: the tree of a piece with 10,000 relatives over 50 cuts is told whole; `bench.family` measures it."""
    roll = await grow(stock)
    query(database.admin_url, "ANALYZE")

    family = await stock.pieces.family(roll)

    assert len(family.descendants) >= 10_000
    assert family.depth >= 50
