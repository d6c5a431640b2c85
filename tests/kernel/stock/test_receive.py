"""Receiving and taking back: goods come in, into the holding that the line names."""

from datetime import date

import pytest

from onhand.kernel.command import Line
from onhand.kernel.lots.lot import Lot
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import QUANTITY_MAX, SCALE
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.stock.unit import Unit
from tests.property.world import START, World, furnished, lines

UNIT = Line("A", SCALE, lot="L", unit="SN-1")
ARRIVALS = sorted(set(State) - {State.RESERVED, State.SOLD, State.INCOMING})


def with_unit() -> World:
    """Make a world in which the unit SN-1 of lot L was received in london."""
    world = furnished()
    world.execute(Receive(key="unit", site="london", lines=(UNIT,)))
    return world


def test_goods_come_from_the_supplier() -> None:
    """L1: a receipt moves goods from the supplier to available, and the movement carries the balances after."""
    world = furnished()

    posting = world.execute(
        Receive(key="1", site="london", lines=lines(("A", 600), ("A", 5)), actor="ann", reason="po")
    )

    first, second = posting.movements
    assert (first.source, first.target, first.quantity) == (Outside.SUPPLIER, State.AVAILABLE, 600 * SCALE)
    assert (first.balances[0], second.balances[0]) == (600 * SCALE, 605 * SCALE)
    assert first.holding_id == second.holding_id
    assert first.place == ("london", "A", None, None, None)
    assert [(change.entity, change.action) for change in posting.changes] == [("holding", "opened")]
    assert (posting.actor, posting.reason, posting.recorded_at, posting.occurred_at) == ("ann", "po", START, START)


@pytest.mark.parametrize("state", [None, *ARRIVALS])
def test_goods_may_come_into_another_state(state: State | None) -> None:
    """L17: a line's state says where the goods stand at first."""
    world = furnished()

    world.execute(Receive(key="1", site="london", lines=(Line("A", 7, state=state),)))

    assert world.balance("A", state or State.AVAILABLE) == 7
    assert sum(world.balance("A", each) for each in State) == 7


def test_a_lot_is_found_or_made() -> None:
    """L5: the lot of a line is made with its time and expiry, or found; lots of two items may share a code."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 1, "L")), expires_on=date(2026, 6, 1)))
    world.pass_time(60)

    posting = world.execute(Receive(key="2", site="london", lines=lines(("A", 2, "L"), ("B", 3, "L"))))

    assert [change.entity for change in posting.changes if change.action == "created"] == ["lot"]
    found = world.book.lot(world.book.item("A"), "L")
    told = {"code": "L", "received_at": START, "status_since": START, "expires_on": date(2026, 6, 1)}
    assert found == Lot(id=found.id, item_id=found.item_id, **told)  # type: ignore[arg-type]  # each as its field has it
    assert world.balance("A", lot="L") == 3 * SCALE
    assert world.book.lot(world.book.item("B"), "L").expires_on is None


@pytest.mark.parametrize("told", [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2), None])
def test_a_known_lot_keeps_its_expiry(told: date | None) -> None:
    """L5: goods of a known lot come in without an expiry or with the lot's own; another day is refused, not ignored."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 1, "L")), expires_on=date(2026, 6, 1)))
    command = Receive(key="2", site="london", lines=lines(("B", 1), ("A", 2, "L")), expires_on=told)
    before = world.snapshot()

    if told in {None, date(2026, 6, 1)}:
        world.execute(command)
        assert world.balance("A", lot="L") == 3 * SCALE
        assert world.book.lot(world.book.item("A"), "L").expires_on == date(2026, 6, 1)
    else:
        refused = world.refusal(command)
        assert (refused.code, refused.facts) == (
            "INVALID_COMMAND",
            {"detail": "lot L is known to expire on 2026-06-01"},
        )
        assert world.snapshot() == before


def test_a_lot_without_expiry_gets_none_later() -> None:
    """L5: a lot that never expires is not given a last day by a later receipt, nor by a later line of the same one."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 1, "L"))))

    refused = world.refusal(Receive(key="2", site="london", lines=lines(("A", 1, "L")), expires_on=date(2026, 6, 1)))

    assert refused.code == "INVALID_COMMAND"
    world.execute(
        Receive(key="3", site="london", lines=lines(("A", 1, "M"), ("A", 1, "M")), expires_on=date(2026, 6, 1))
    )
    assert world.balance("A", lot="M") == 2 * SCALE


def test_a_refused_line_takes_all_lines_back() -> None:
    """L5: an unknown item, site or location in any line leaves neither goods nor lots, units or holdings behind."""
    world = furnished()
    before = world.snapshot()

    for bad in (Line("X", 1), Line("A", 1, location="R-9"), Line("A", 1, lot="LOT-20260131-001"), UNIT):
        world.refusal(Receive(key="1", site="london", lines=(UNIT, Line("B", 1, "M", "R-1"), bad)))
        assert world.snapshot() == before
    assert world.refusal(Receive(key="1", site="paris", lines=(UNIT,))).code == "UNKNOWN_SITE"


def test_a_unit_is_received_once() -> None:
    """T15: one serial twice, in one act or in two, of this item or of another, is refused."""
    world = furnished()
    assert world.refusal(Receive(key="1", site="london", lines=(UNIT, UNIT))).code == "UNIT_ALREADY_EXISTS"
    world.execute(Receive(key="2", site="london", lines=(UNIT,)))

    for line in (UNIT, UNIT._replace(sku="B")):
        assert world.refusal(Receive(key="3", site="leeds", lines=(line,))).facts == {"unit": "SN-1"}


def test_a_unit_whose_receipt_was_undone_is_received_again() -> None:
    """P7, P14: the unit is retired, not deleted, unknown to others, and comes back under its id, into its new lot."""
    world = with_unit()
    world.execute(Revert(key="undo", number=2))
    gone = world.book.names["unit", "SN-1"]
    assert isinstance(gone, Unit)
    assert gone.retired

    refused = [
        world.refusal(kind(key="k", site="london", lines=(Line("A", SCALE, unit="SN-1"),)))
        for kind in (Sell, TakeBack, Count)
    ]
    assert {each.code for each in refused} == {"UNIT_NOT_FOUND"}
    assert world.refusal(Receive(key="b", site="london", lines=(UNIT._replace(sku="B"),))).code == "UNIT_ALREADY_EXISTS"
    posting = world.execute(Receive(key="again", site="london", lines=(UNIT._replace(lot="M"),)))

    again = world.book.unit(world.book.item("A"), "SN-1")
    assert (again.id, again.retired, again.version) == (gone.id, False, gone.version + 1)
    assert again.lot_id == world.book.lot(world.book.item("A"), "M").id
    assert posting.movements[0].place == ("london", "A", None, "M", "SN-1")
    world.execute(Revert(key="undo again", number=posting.number))
    assert world.balances() == {}


def test_a_unit_stays_under_its_lot() -> None:
    """One unit has one holding at a place: a line that leaves the lot out means the lot that the unit came in."""
    world = with_unit()
    world.execute(Sell(key="sale", site="london", lines=(Line("A", SCALE, unit="SN-1"),)))
    bare = Line("A", SCALE, unit="SN-1", state=State.QUARANTINE)

    posting = world.execute(TakeBack(key="back", site="london", lines=(bare,)))

    assert posting.movements[0].place.lot == "L"
    assert len(list(world.holdings("A"))) == 1
    world.execute(Receive(key="other", site="london", lines=(Line("A", SCALE, "M"), Line("A", SCALE, unit="SN-2"))))
    refused = world.refusal(TakeBack(key="wrong", site="london", lines=(bare._replace(lot="M"),)))
    assert refused.facts == {"detail": "unit SN-1 did not come in lot M"}
    refused = world.refusal(Count(key="wrong", site="london", lines=(Line("A", SCALE, lot="M", unit="SN-2"),)))
    assert refused.facts == {"detail": "unit SN-2 did not come in lot M"}


@pytest.mark.parametrize("state", [None, State.AVAILABLE, State.QUARANTINE, State.DEFECTIVE])
def test_a_return_has_a_decision_for_each_line(state: State | None) -> None:
    """C17: returned goods go from the customer to available, quarantine or defective."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 5, "L"))))
    world.execute(Sell(key="2", site="london", lines=lines(("A", 5))))

    posting = world.execute(TakeBack(key="3", site="london", lines=(Line("A", SCALE, lot="L", state=state),)))

    movement = posting.movements[0]
    assert (movement.source, movement.target) == (Outside.CUSTOMER, state or State.AVAILABLE)
    assert world.balance("A", state or State.AVAILABLE, lot="L") == SCALE
    assert posting.kind == "return"


def test_a_return_makes_no_lot_and_no_unit() -> None:
    """C17: goods are returned into lots and units that are known."""
    world = furnished()

    assert world.refusal(TakeBack(key="1", site="london", lines=lines(("A", 1, "L")))).code == "BATCH_NOT_FOUND"
    assert world.refusal(TakeBack(key="1", site="london", lines=(UNIT._replace(lot=None),))).code == "UNIT_NOT_FOUND"
    assert world.refusal(TakeBack(key="1", site="london", lines=lines(("X", 1)))).code == "UNKNOWN_ITEM"
    assert world.refusal(TakeBack(key="1", site="paris", lines=lines(("A", 1)))).code == "UNKNOWN_SITE"


def test_a_version_guards_the_holding_that_is_put_to() -> None:
    """P13: a receipt decided on an old version is refused; two lines of one act share the version before it."""
    world = furnished()
    first = Line("A", 1, version=0)

    world.execute(Receive(key="1", site="london", lines=(first, first)))

    refused = world.refusal(Receive(key="2", site="london", lines=(first,)))
    assert refused.facts == {"entity": "holding A", "expected": 0, "actual": 2}


def test_sums_that_overflow_are_refused() -> None:
    """T15: neither a balance nor what all states hold together grows past the largest quantity."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=(Line("A", QUANTITY_MAX),)))
    before = world.snapshot()

    refused = world.refusal(Receive(key="2", site="london", lines=(Line("B", 1), Line("A", 1))))
    assert refused.facts == {"quantity": "9000000000000.000001", "quantity_max": "9000000000000"}
    assert world.snapshot() == before
    world.execute(Reserve(key="3", site="london", lines=(Line("A", QUANTITY_MAX),)))
    assert world.refusal(Receive(key="4", site="london", lines=(Line("A", 1),))).code == "QUANTITY_TOO_LARGE"
    world.execute(Receive(key="5", site="leeds", lines=(Line("A", 1),)))
    refused = world.refusal(Transfer(key="6", site="leeds", target="london", lines=(Line("A", 1),)))
    assert refused.code == "QUANTITY_TOO_LARGE"
