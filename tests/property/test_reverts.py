"""Laws of undoing: exact, all or nothing, and honest about what stands in the way."""

import copy
from collections.abc import Mapping

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onhand.kernel.lots.lot import Lot
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.revert import Revert
from tests.property.steps import HISTORIES, KINDS, TANGLED, Step, attempt, replayed, steps
from tests.property.world import World

LAW = settings(max_examples=150, deadline=None)
FIRST = 2
"""The first posting that can be undone; the one before it furnished the world."""


def _revert(world: World, number: int, *, cascade: bool = False) -> None:
    world.execute(Revert(key=f"revert-{number}-{len(world.journal)}", number=number, cascade=cascade))


def _revert_refused(world: World, number: int, *, cascade: bool = False) -> Refused | None:
    try:
        _revert(world, number, cascade=cascade)
    except Refused as refused:
        return refused
    return None


def _has_closed(world: World) -> bool:
    """Tell whether a lot is closed."""
    return any(isinstance(entity, Lot) and entity.status == "CLOSED" for entity in world.book.entities.values())


def _settled(history: list[Step]) -> World:
    """Play a history in which no lot was closed, since out of CLOSED nothing leads, not even undoing (L16)."""
    world = replayed(history)
    assume(not _has_closed(world))
    return world


def _open(world: World) -> dict[object, Mapping[str, object]]:
    """What may still change by itself: entities that are not withdrawn, without their versions, and the floors."""
    entities: dict[object, Mapping[str, object]] = {
        key: {**entity.snapshot(), "version": 0}
        for key, entity in world.book.entities.items()
        if key[0] != "lot" and {**entity.snapshot(), "version": 0} != {**entity.withdrawn().snapshot(), "version": 0}
    }
    floors: dict[object, Mapping[str, object]] = {
        holding.place: {"floor": holding.floor} for holding in world.book.holdings.values() if holding.floor < 0
    }
    return {**entities, **floors}


@LAW
@given(TANGLED, steps(*KINDS, "revert"))
def test_undoing_the_last_act_is_exact(history: list[Step], step: Step) -> None:
    """P7, T7: after the revert balances, promises and policies are as before; reverting the revert redoes the act."""
    world = replayed(history)
    before, open_before = world.balances(), _open(world)
    assume(attempt(world, step) is None)
    assume(not _has_closed(world))
    after, open_after = world.balances(), _open(world)
    number = len(world.journal)

    _revert(world, number)

    assert world.balances() == before
    assert _open(world) == open_before
    assert len(world.journal[-1].movements) == len(world.journal[-2].movements)

    _revert(world, number + 1)

    assert world.balances() == after
    assert _open(world) == open_after


@LAW
@given(HISTORIES)
def test_undoing_everything_leads_to_nothing(history: list[Step]) -> None:
    """P7, T7: every act can be undone, newest first, and then nothing is anywhere and nothing is promised."""
    world = _settled(history)

    for number in range(len(world.journal), FIRST - 1, -1):
        _revert(world, number)

    assert world.balances() == {}
    assert {key[0] for key in _open(world) if isinstance(key, tuple)} <= {"site", "location", "item"}
    assert all(holding.floor == 0 for holding in world.book.holdings.values())


@LAW
@given(HISTORIES, st.integers(0, 30))
def test_a_cascade_does_what_the_blockers_say(history: list[Step], choice: int) -> None:
    """P8, B6: the cascade undoes the blockers, then the posting; undoing them one by one, newest first, is the same."""
    world = _settled(history)
    number = FIRST + choice % (len(world.journal) - FIRST + 1)
    refused = _revert_refused(copy.deepcopy(world), number)
    blockers = [] if refused is None else _numbers(refused)
    one_by_one = copy.deepcopy(world)

    _revert(world, number, cascade=True)

    assert blockers == sorted(blockers, reverse=True)
    assert world.journal[-1].reverts == (*blockers, number)
    for blocker in [*blockers, number]:
        _revert(one_by_one, blocker)
    assert one_by_one.balances() == world.balances()
    assert _open(one_by_one) == _open(world)


@LAW
@given(TANGLED, st.integers(0, 30))
def test_a_cascade_works_among_reversals(history: list[Step], choice: int) -> None:
    """P8: after any tangle of acts and reversals a cascade succeeds, or it changes nothing and names the blockers."""
    world = _settled(history)
    number = FIRST + choice % (len(world.journal) - FIRST + 1)
    before, open_before = world.snapshot(), _open(world)
    balances = world.balances()

    refused = _revert_refused(world, number, cascade=True)

    if refused is None:
        again = len(world.journal)
        assert world.journal[-1].reverts[-1] == number
        _revert(world, again)
        assert world.balances() == balances
        assert _open(world) == open_before
    else:
        assert world.snapshot() == before
        assert refused.code in {"ALREADY_REVERTED", "REVERT_BLOCKED"}
        assert refused.facts["number"] == number
        if refused.code == "REVERT_BLOCKED":
            assert _numbers(refused)


@LAW
@given(TANGLED, st.integers(0, 30))
def test_a_posting_is_undone_once(history: list[Step], choice: int) -> None:
    """T7: the second revert of a posting is refused with the number of the first, whatever came between."""
    world = replayed(history)
    number = FIRST + choice % (len(world.journal) - FIRST + 1)
    assume(_revert_refused(world, number, cascade=True) is None)
    first = len(world.journal)

    refused = _revert_refused(world, number, cascade=True)

    assert refused is not None
    assert refused.code == "ALREADY_REVERTED"
    assert refused.facts == {"number": number, "by": first}


def _numbers(refused: Refused) -> list[int]:
    assert refused.code == "REVERT_BLOCKED"
    blockers = refused.facts["blockers"]
    assert isinstance(blockers, list)
    return [blocker["posting"] for blocker in blockers]
