"""Codes from sequences: in order, without gap, wider than their padding when they must be."""

from datetime import date

import pytest

from onhand.kernel.catalog.codes import next_batch_code, next_lot_code, next_sku
from onhand.kernel.command import Line
from onhand.kernel.draft import Draft
from onhand.kernel.lots.lot import Lot
from onhand.kernel.quantity import SCALE
from onhand.kernel.stock.define import Define, ItemLine
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.receive import NEW_LOT, Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from tests.property.world import START, World, furnished, lines

DAY = date(2026, 2, 14)


def lots(world: World) -> list[str]:
    """List the codes of all lots, in the order in which they were made."""
    return [entity.code for entity in world.book.entities.values() if isinstance(entity, Lot)]


def batches(world: World) -> list[object]:
    """List the codes of all batches, in the order in which they came."""
    return [
        change.after["batch"] for posting in world.journal for change in posting.changes if change.action == "batch"
    ]


def receive(world: World, key: str, *parts: Line, day: date | None = None) -> None:
    """Receive some lines in london."""
    world.execute(Receive(key=key, site="london", lines=parts, day=day))


def test_lots_are_numbered_by_day() -> None:
    """L4: lot codes are LOT-YYYYMMDD-NNN, each day from 001, by the journal's day where none is told."""
    world = furnished()

    receive(world, "1", *lines(("A", 1, NEW_LOT), ("B", 1, NEW_LOT)))
    receive(world, "2", *lines(("A", 1, NEW_LOT)), day=DAY)
    receive(world, "3", *lines(("A", 1, NEW_LOT)))

    assert lots(world) == ["LOT-20260131-001", "LOT-20260131-002", "LOT-20260214-001", "LOT-20260131-003"]


def test_batches_are_numbered_by_lot() -> None:
    """L4: each receipt into a lot is a batch BCH-<lot code>-NNNNNN."""
    world = furnished()

    receive(world, "1", *lines(("A", 1, NEW_LOT), ("A", 1, "MINE"), ("A", 1, "MINE", "R-1"), ("A", 1)))
    receive(world, "2", *lines(("A", 1, "LOT-20260131-001")))

    assert batches(world) == [
        "BCH-LOT-20260131-001-000001",
        "BCH-MINE-000001",
        "BCH-MINE-000002",
        "BCH-LOT-20260131-001-000002",
    ]


def test_skus_are_numbered_by_brand_product_and_day() -> None:
    """L4: skus are BRANDKEY-PRODUCTKEY-YYYYMMDD-NNNN."""
    world = furnished(skus=())

    world.execute(
        Define(
            key="1",
            items=(
                ItemLine(brand="ACME", product="PIPE", day=DAY),
                ItemLine(brand="ACME", product="PIPE", day=DAY, name="Pipe 20 mm"),
                ItemLine(brand="ACME", product="HOSE", day=DAY),
                ItemLine(brand="ACME", product="PIPE", day=date(2026, 2, 15)),
            ),
        )
    )

    items = [entity for entity in world.book.entities.values() if isinstance(entity, Item)]
    assert [(item.sku, item.name) for item in items] == [
        ("ACME-PIPE-20260214-0001", "ACME-PIPE-20260214-0001"),
        ("ACME-PIPE-20260214-0002", "Pipe 20 mm"),
        ("ACME-HOSE-20260214-0001", "ACME-HOSE-20260214-0001"),
        ("ACME-PIPE-20260215-0001", "ACME-PIPE-20260215-0001"),
    ]


@pytest.mark.parametrize(
    ("last", "lot", "batch", "sku"),
    [
        (0, "LOT-20260214-001", "BCH-L-000001", "A-B-20260214-0001"),
        (998, "LOT-20260214-999", "BCH-L-000999", "A-B-20260214-0999"),
        (999, "LOT-20260214-1000", "BCH-L-001000", "A-B-20260214-1000"),
        (9_999, "LOT-20260214-10000", "BCH-L-010000", "A-B-20260214-10000"),
        (999_999, "LOT-20260214-1000000", "BCH-L-1000000", "A-B-20260214-1000000"),
    ],
)
def test_a_number_grows_past_its_padding(last: int, lot: str, batch: str, sku: str) -> None:
    """L4: after -999 comes -1000; nothing is cut and nothing starts again."""
    world = furnished()
    world.book.codes = {"LOT-20260214": last, "BCH-L": last, "A-B-20260214": last} if last else {}
    draft = Draft(world.book, now=START, today=DAY, number=1)

    assert next_lot_code(draft, DAY) == lot
    assert next_batch_code(draft, "L") == batch
    assert next_sku(draft, "A", "B", DAY) == sku
    assert set(world.book.codes.values()) == {last + 1}


def test_a_dropped_draft_leaves_no_gap() -> None:
    """L4: an intake that is refused after it was given codes gives them back, and the next one gets them."""
    world = furnished()
    receive(world, "1", *lines(("A", 1, NEW_LOT)))
    before = world.snapshot()

    for key in ("2", "3"):
        refused = world.refusal(Receive(key=key, site="london", lines=lines(("A", 1, NEW_LOT), ("X", 1))))
        assert refused.code == "UNKNOWN_ITEM"
        refused = world.refusal(Receive(key=key, site="london", day=DAY, lines=lines(("A", 1, NEW_LOT), ("X", 1))))
        assert refused.code == "UNKNOWN_ITEM"

    assert world.snapshot() == before
    receive(world, "4", *lines(("A", 1, NEW_LOT)))
    assert lots(world) == ["LOT-20260131-001", "LOT-20260131-002"]


def test_an_undone_intake_keeps_its_code() -> None:
    """L4: what was given out is never given out again, also when its intake is undone."""
    world = furnished()
    receive(world, "1", *lines(("A", 1, NEW_LOT)))

    world.execute(Revert(key="2", number=2))
    receive(world, "3", *lines(("A", 1, NEW_LOT)))

    assert lots(world) == ["LOT-20260131-001", "LOT-20260131-002"]


def test_nobody_makes_a_given_code_by_hand() -> None:
    """L4: a code of the given form that was not given out is refused, so no sequence ever meets it."""
    world = furnished(skus=("A", "B"))
    world.execute(Define(key="1", items=(ItemLine(brand="A", product="B", day=DAY),)))
    receive(world, "2", *lines(("A", 1, NEW_LOT)))

    for lot in ("LOT-20260131-002", "LOT-20260131-1000"):
        refused = world.refusal(Receive(key="3", site="london", lines=lines(("A", 1, lot))))
        assert refused.facts["field"] == "lot"
    assert world.refusal(Receive(key="3", site="london", lines=lines(("B", 1, "LOT-20260131-001")))).code == (
        "INVALID_TEXT"
    )
    refused = world.refusal(Define(key="3", items=(ItemLine("A-B-20260214-0002"),)))
    assert refused.facts["field"] == "sku"

    receive(world, "4", *lines(("A", 1, "LOT-20260131-001"), ("A", 1, "LOT-1")))
    world.execute(Define(key="5", items=(ItemLine("A-B-20260214-0001", name="named later"), ItemLine("A-B-2026-1"))))
    assert world.balance("A", lot="LOT-20260131-001") == 2 * SCALE


def test_the_word_for_a_new_lot_names_none() -> None:
    """The word that asks for a new lot when receiving finds none when selling."""
    world = furnished()
    receive(world, "1", *lines(("A", 1, NEW_LOT)))

    assert world.refusal(Sell(key="2", site="london", lines=lines(("A", 1, NEW_LOT)))).code == "BATCH_NOT_FOUND"
