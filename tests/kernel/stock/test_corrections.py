"""Moving between states, adjusting, counting, and the policy of negative stock."""

from itertools import permutations

import pytest

from onhand.kernel.command import Line
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.move import MOVABLE, Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from tests.property.world import World, furnished, lines


def stocked() -> World:
    """Make a world with ten A at london: five available, three reserved, two in quarantine."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10))))
    world.execute(Reserve(key="cart", site="london", lines=lines(("A", 3))))
    world.execute(Move(key="check", site="london", lines=lines(("A", 2)), target=State.QUARANTINE, reason="looks wet"))
    return world


@pytest.mark.parametrize(("source", "target"), list(permutations(sorted(MOVABLE), 2)))
def test_goods_move_between_states_and_back(source: State, target: State) -> None:
    """L17: part of the stock goes to quarantine, hold, defective or sample and back, each a posting with its reason."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=(Line("A", 5, lot="L", state=source),)))

    posting = world.execute(
        Move(key="m", site="london", lines=(Line("A", 2, lot="L"),), source=source, target=target, reason="why")
    )

    assert posting.reason == "why"
    assert (world.balance("A", source), world.balance("A", target)) == (3, 2)
    back = Move(key="b", site="london", lines=(Line("A", 3),), source=target, target=source, reason="why")
    refused = world.refusal(back)
    assert refused.facts["shortages"] == [
        {"site": "london", "sku": "A", "requested": "0.000003", "available": "0.000002"}
    ]


def test_what_is_found_and_lost() -> None:
    """L1: an adjustment has a sign: found goods are put, lost goods are taken, with the reason."""
    world = stocked()

    posting = world.execute(
        Adjust(key="1", site="london", lines=lines(("A", -4), ("A", 1, None, "R-1"), ("B", 2)), reason="recount")
    )

    ends = [(movement.place.sku, movement.source, movement.target, movement.quantity) for movement in posting.movements]
    assert ends == [
        ("A", Outside.FOUND, State.AVAILABLE, SCALE),
        ("B", Outside.FOUND, State.AVAILABLE, 2 * SCALE),
        ("A", State.AVAILABLE, Outside.LOSS, 4 * SCALE),
    ]
    assert world.balance("A") == 2 * SCALE
    world.execute(Adjust(key="2", site="london", lines=lines(("A", 1)), reason="found"))
    assert world.balance("A") == 3 * SCALE


@pytest.mark.parametrize(("lost", "fits"), [(4, True), (5, True), (6, False), (10, False)])
def test_nothing_promised_is_lost(lost: int, fits: object) -> None:
    """L9: on hand cannot be adjusted below what is reserved and in quarantine: only what is available can be lost."""
    world = stocked()
    command = Adjust(key="1", site="london", lines=lines(("A", -lost)), reason="fire")
    before = world.snapshot()

    if fits:
        world.execute(command)
        assert world.balance("A") == (5 - lost) * SCALE
    else:
        assert world.refusal(command).code == "INSUFFICIENT_INVENTORY"
        assert world.snapshot() == before
    assert (world.balance("A", State.RESERVED), world.balance("A", State.QUARANTINE)) == (3 * SCALE, 2 * SCALE)


@pytest.mark.parametrize(
    ("counted", "available", "moved"),
    [
        (12, 7, (Outside.FOUND, State.AVAILABLE)),
        (10, 5, None),
        (9, 4, (State.AVAILABLE, Outside.LOSS)),
        (5, 0, (State.AVAILABLE, Outside.LOSS)),
    ],
)
def test_the_ledger_follows_the_count(counted: int, available: int, moved: object) -> None:
    """B20: what is counted on hand becomes true from what is available, and the count is kept even if it agrees."""
    world = stocked()

    posting = world.execute(Count(key="1", site="london", lines=lines(("A", counted))))

    assert world.balance("A") == available * SCALE
    assert next(world.holdings("A")).on_hand == counted * SCALE
    assert [(movement.source, movement.target) for movement in posting.movements] == ([moved] if moved else [])
    evidence = [change.after for change in posting.changes if change.entity == "evidence"]
    assert evidence == [{"counted": counted * SCALE, "on_hand": 10 * SCALE}]


def test_a_count_below_what_is_promised_is_refused() -> None:
    """L9: on hand cannot be counted below what is reserved and in quarantine; all such lines are told together."""
    world = stocked()
    world.execute(Receive(key="b", site="london", lines=lines(("B", 2))))
    world.execute(Reserve(key="cart b", site="london", lines=lines(("B", 2))))
    before = world.snapshot()

    refused = world.refusal(Count(key="1", site="london", lines=lines(("A", 4), ("A", 9, None, "R-1"), ("B", 1))))

    assert refused.code == "COUNTED_BELOW_PROMISED"
    assert refused.facts == {
        "places": [
            {"site": "london", "sku": "A", "counted": "4", "promised": "5"},
            {"site": "london", "sku": "B", "counted": "1", "promised": "2"},
        ]
    }
    assert world.snapshot() == before


@pytest.mark.parametrize(("counted", "fits"), [(6, True), (5, True), (4, False), (0, False)])
def test_a_count_reaches_down_to_what_is_promised(counted: int, fits: object) -> None:
    """L9: five of a lot on a shelf are promised: a count of them is taken, of one less is not, and says the place."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10, "L", "R-1"))))
    world.execute(Reserve(key="cart", site="london", lines=lines(("A", 5))))
    command = Count(key="1", site="london", lines=lines(("A", counted, "L", "R-1")))
    before = world.snapshot()

    if fits:
        world.execute(command)
        assert world.balance("A") == (counted - 5) * SCALE
    else:
        shelf = {"site": "london", "sku": "A", "location": "R-1", "lot": "L"}
        assert world.refusal(command).facts == {"places": [{**shelf, "counted": str(counted), "promised": "5"}]}
        assert world.snapshot() == before


@pytest.mark.parametrize(("counted", "fits"), [(4, True), (3, True), (2, False), (0, False)])
def test_a_count_draws_on_no_allowance(counted: int, fits: object) -> None:
    """L9, R11: where stock may fall below zero, a count still takes no more than what is available."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 5))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 4))))
    world.execute(Reserve(key="cart", site="london", lines=lines(("A", 3))))
    command = Count(key="1", site="london", lines=lines(("A", counted)))
    before = world.snapshot()

    if fits:
        world.execute(command)
        assert world.balance("A") == (counted - 3) * SCALE
    else:
        assert world.refusal(command).facts == {
            "places": [{"site": "london", "sku": "A", "counted": str(counted), "promised": "3"}]
        }
        assert world.snapshot() == before


@pytest.mark.parametrize(("counted", "available"), [(1, None), (2, -3), (3, -2), (5, 0), (6, 1)])
def test_a_count_of_what_is_owed(counted: int, available: int | None) -> None:
    """L9, R11: five are promised and three of them are not there yet: a count may find them, but lose none."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 5))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2))))
    world.execute(Reserve(key="cart", site="london", lines=lines(("A", 5))))
    command = Count(key="1", site="london", lines=lines(("A", counted)))

    if available is None:
        assert world.refusal(command).facts["places"] == [
            {"site": "london", "sku": "A", "counted": "1", "promised": "5"}
        ]
    else:
        world.execute(command)
        assert world.balance("A") == available * SCALE
    assert world.balance("A", State.RESERVED) == 5 * SCALE


def test_a_count_names_one_holding_a_line() -> None:
    """B20: each line is about exactly one holding, whose version may be told; new places are opened by the count."""
    world = stocked()
    stale = Line("A", SCALE, version=1)
    assert world.refusal(Count(key="1", site="london", lines=(stale,))).code == "VERSION_CONFLICT"

    world.execute(
        Count(key="2", site="london", lines=(*lines(("A", 0, None, "R-1")), Line("A", 12 * SCALE, version=3)))
    )

    assert len(list(world.holdings("A"))) == 2
    assert world.balance("A") == 7 * SCALE


def test_the_policy_is_explicit() -> None:
    """R11, B28: a limit for one item at one site allows negative stock, the journal keeps it, and zero forbids it."""
    world = furnished()

    posting = world.execute(AllowNegative(key="1", site="london", lines=lines(("A", 5))))

    change = posting.changes[-1]
    assert (change.entity, change.action) == ("holding", "policy")
    assert change.before == {**change.after, "floor": 0}
    assert change.after["floor"] == -5 * SCALE
    holding = next(world.holdings("A"))
    assert (holding.capacity, holding.floor, holding.version) == (5 * SCALE, -5 * SCALE, 1)
    assert world.execute(AllowNegative(key="2", site="london", lines=lines(("A", 5)))).changes == ()
    world.execute(AllowNegative(key="3", site="london", lines=lines(("A", 0))))
    assert world.refusal(Sell(key="4", site="london", lines=lines(("A", 1)))).code == "INSUFFICIENT_INVENTORY"


@pytest.mark.parametrize(("limit", "fits"), [(4, True), (3, True), (2, False), (0, False)])
def test_a_policy_is_not_below_what_is_there(limit: int, fits: object) -> None:
    """R11, B28: stock that is three below zero cannot be forbidden to be; the answer says what is there."""
    world = furnished()
    world.execute(AllowNegative(key="1", site="london", lines=lines(("A", 5))))
    world.execute(Sell(key="2", site="london", lines=lines(("A", 3))))
    command = AllowNegative(key="3", site="london", lines=lines(("A", limit)))
    before = world.snapshot()

    if fits:
        world.execute(command)
        assert next(world.holdings("A")).floor == -limit * SCALE
    else:
        assert world.refusal(command).facts["shortages"] == [
            {"site": "london", "sku": "A", "requested": "0" if limit == 0 else f"-{limit}", "available": "-3"}
        ]
        assert world.snapshot() == before


def test_a_refused_policy_leaves_none_behind() -> None:
    """R3: a later line that is refused takes back the floors of the earlier ones."""
    world = stocked()
    before = world.snapshot()

    refused = world.refusal(AllowNegative(key="1", site="london", lines=lines(("A", 5), ("A", 6), ("X", 1))))

    assert refused.code == "UNKNOWN_ITEM"
    assert world.snapshot() == before


def test_receiving_fills_what_is_below_zero() -> None:
    """R11: goods that come in count against what was sold before they came; a count of zero ends it too."""
    world = furnished()
    world.execute(AllowNegative(key="1", site="london", lines=lines(("A", 5), ("B", 5))))
    world.execute(Sell(key="2", site="london", lines=lines(("A", 3), ("B", 5))))

    world.execute(Receive(key="3", site="london", lines=lines(("A", 10))))
    world.execute(Count(key="4", site="london", lines=lines(("B", 0))))

    assert world.balance("A") == 7 * SCALE
    assert world.balance("B") == 0
