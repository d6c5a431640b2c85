"""The laws of lots, on random histories."""

from hypothesis import given, settings

from onhand.kernel.draft import Draft
from onhand.kernel.lots.following import unsold
from onhand.kernel.lots.lot import FOR_SALE, Lot
from onhand.kernel.states import Outside, State
from onhand.kernel.transitions import LOT
from tests.property.steps import HISTORIES, TANGLED, Step, attempt, replayed
from tests.property.world import World

LAW = settings(max_examples=60, deadline=None)


def lots(world: World) -> list[Lot]:
    """Give the lots as they are."""
    return [entity for entity in world.book.entities.values() if isinstance(entity, Lot)]


@LAW
@given(TANGLED)
def test_each_step_of_a_lot_is_in_the_table(history: list[Step]) -> None:
    """L16: whatever was tried, undone and done again, each change of a status is one that the table has."""
    world = replayed(history)

    for posting in world.journal:
        for change in posting.changes:
            if change.entity == "lot" and change.before is not None:
                source, target = change.before["status"], change.after["status"]
                assert source == target or target in LOT[source]


@LAW
@given(HISTORIES)
def test_nothing_goes_to_customers_from_a_lot_that_is_not_for_sale(history: list[Step]) -> None:
    """L16, B22: what is sold, promised or handed over comes from lots that were for sale when the act began."""
    world = replayed(())

    for step in history:
        before = {lot.id: lot.status for lot in lots(world)}
        if attempt(world, step) is not None:
            continue
        for movement in world.journal[-1].movements:
            lot_id = world.book.holdings[movement.holding_id].key.lot_id
            if movement.target in {Outside.CUSTOMER, State.RESERVED} and lot_id is not None:
                assert before[lot_id] in FOR_SALE


@LAW
@given(TANGLED)
def test_what_is_sold_out_has_nothing_left(history: list[Step]) -> None:
    """L16: a lot is SOLD_OUT only while nothing of it is there or on its way, after each act."""
    world = replayed(())

    for step in history:
        attempt(world, step)
        draft = Draft(world.book, now=world.now, today=world.now.date(), number=1)
        assert not [lot for lot in lots(world) if lot.status == "SOLD_OUT" and unsold(draft, lot)]
