"""The laws of costs, on random histories: value goes with the goods, and none appears or vanishes on the way."""

from hypothesis import given, settings

from onhand.kernel.moving_average import average, is_valued, shared, units_of, worth
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import Outside, State
from tests.property.steps import TANGLED, Step, attempt, replayed
from tests.property.world import World

LAW = settings(max_examples=100, deadline=None)


def _held(world: World) -> dict[int, int]:
    """Give the value of each holding, folded from the movements alone."""
    held: dict[int, int] = {}
    for posting in world.journal:
        for movement in posting.movements:
            sign = is_valued(movement.target) - is_valued(movement.source)
            held[movement.holding_id] = held.get(movement.holding_id, 0) + sign * movement.value
            assert movement.value_held == held[movement.holding_id]
    return held


@LAW
@given(TANGLED)
def test_values_are_the_fold_of_movements(history: list[Step]) -> None:
    """B30: what the goods of a holding are worth is what came in with movements less what went out with them."""
    world = replayed(history)

    held = _held(world)

    for holding in world.book.holdings.values():
        assert holding.value == held.get(holding.id, 0)
        assert holding.unit_cost >= 0


@LAW
@given(TANGLED)
def test_goods_take_their_value_along(history: list[Step]) -> None:
    """B30: between holdings value neither appears nor vanishes, but where lots are revalued; nor on the way."""
    world = replayed(history)

    on_the_way = 0
    for posting in world.journal:
        elsewhere = 0
        for movement in posting.movements:
            elsewhere += movement.value * (
                (movement.target == Outside.ELSEWHERE) - (movement.source == Outside.ELSEWHERE)
            )
            on_the_way += movement.value * ((movement.target == State.INCOMING) - (movement.source == State.INCOMING))
        assert elsewhere == 0 or posting.kind == "lot_costs" or posting.reverts
    waiting = [
        sum(entity.snapshot()["line_values"] or ())
        for (kind, _), entity in world.book.entities.items()
        if kind == "transfer"
    ]
    assert on_the_way == sum(waiting)


@LAW
@given(TANGLED)
def test_the_last_goods_take_all_that_is_left(history: list[Step]) -> None:
    """B30: where nothing was undone, a holding without goods has no value, and none is worth less than nothing."""
    world = replayed(())
    for step in history:
        if step.kind not in {"revert", "allow_negative"}:
            attempt(world, step)

    for holding in world.book.holdings.values():
        assert holding.value >= 0
        assert holding.value == 0 or units_of(holding) > 0
        assert holding.unit_cost == average(holding, units_of(holding))


def test_shares_are_all_of_it() -> None:
    """B30: parts by weight differ from the exact ones by less than a millionth each, and add up."""
    parts = shared(100 * SCALE + 1, [3, 3, 3])

    assert parts == [33_333_334, 33_333_334, 33_333_333]
    assert worth(2_500_000, 1_500_000) == 3_750_000
    assert worth(1, 500_000) == 1  # half a millionth is rounded up
