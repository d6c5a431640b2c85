"""The laws of the ledger, on random histories."""

from dataclasses import replace
from hashlib import sha256

from hypothesis import given, settings

from onhand.kernel.canonical import GENESIS, posting_text
from onhand.kernel.states import STATES, Outside, State
from tests.property.steps import TANGLED, Step, attempt, replayed
from tests.property.world import ORG_ID, World, zero_sums

LAW = settings(max_examples=100, deadline=None)


def _below_floor(world: World) -> list[object]:
    return [
        (holding.place, state)
        for holding in world.book.holdings.values()
        for state in State
        if holding.balances[state] < (holding.floor if state == State.AVAILABLE else 0)
    ]


@LAW
@given(TANGLED)
def test_nothing_appears_or_vanishes(history: list[Step]) -> None:
    """L11: each item sums to zero over all states and the outside; in each posting, elsewhere sums to zero by item."""
    world = replayed(history)

    assert set(zero_sums(world).values()) <= {0}
    for posting in world.journal:
        elsewhere: dict[str, int] = {}
        for movement in posting.movements:
            sign = (movement.target == Outside.ELSEWHERE) - (movement.source == Outside.ELSEWHERE)
            elsewhere[movement.place.sku] = elsewhere.get(movement.place.sku, 0) + sign * movement.quantity
        assert set(elsewhere.values()) <= {0}


@LAW
@given(TANGLED)
def test_no_balance_is_below_its_floor(history: list[Step]) -> None:
    """R11, B28: available is not below the floor that was set, all other states not below zero, after each act."""
    world = replayed(())

    for step in history:
        attempt(world, step)
        assert not _below_floor(world)
        assert all(holding.floor <= 0 for holding in world.book.holdings.values())
        negative = [holding.place for holding in world.book.holdings.values() if holding.floor < 0]
        assert all((place.location, place.lot, place.unit) == (None, None, None) for place in negative)


@LAW
@given(TANGLED)
def test_only_promises_and_sales_are_owed(history: list[Step]) -> None:
    """R11, B28: what leaves available below zero was promised, sold or used; only undoing may do it besides."""
    world = replayed(history)

    owing = [
        movement.target
        for posting in world.journal
        for movement in posting.movements
        if movement.source == State.AVAILABLE and movement.balances[State.AVAILABLE] < 0 and not posting.reverts
    ]
    assert set(owing) <= {State.RESERVED, Outside.CUSTOMER, Outside.USED}


@LAW
@given(TANGLED)
def test_a_refusal_changes_nothing(history: list[Step]) -> None:
    """R3: after a refusal the book is, down to versions, ids and sequences, what it was before."""
    world = replayed(())

    for step in history:
        before = world.snapshot()
        if attempt(world, step) is not None:
            assert world.snapshot() == before


@LAW
@given(TANGLED)
def test_holdings_are_the_fold_of_their_movements(history: list[Step]) -> None:
    """L1: movements carry the running balances, and folded they give each holding; each counts one version."""
    world = replayed(history)

    balances: dict[int, list[int]] = {}
    versions: dict[int, int] = {}
    for posting in world.journal:
        for movement in posting.movements:
            assert movement.quantity > 0
            assert movement.source != movement.target
            assert min(movement.source, movement.target) < STATES
            cells = balances.setdefault(movement.holding_id, [0] * STATES)
            if movement.source < STATES:
                cells[movement.source] -= movement.quantity
            if movement.target < STATES:
                cells[movement.target] += movement.quantity
            assert movement.balances == tuple(cells)
            assert movement.place == world.book.holdings[movement.holding_id].place
            versions[movement.holding_id] = versions.get(movement.holding_id, 0) + 1
        for change in posting.changes:
            if change.action == "policy":
                versions[change.entity_id] = versions.get(change.entity_id, 0) + 1

    for holding in world.book.holdings.values():
        assert holding.balances == balances.get(holding.id, [0] * STATES)
        assert holding.version == versions.get(holding.id, 0)


@LAW
@given(TANGLED)
def test_entities_are_the_fold_of_their_changes(history: list[Step]) -> None:
    """P9: each entity is what its last change says, and each change begins where the one before ended."""
    world = replayed(history)

    known: dict[tuple[str, int], object] = {}
    for posting in world.journal:
        for change in posting.changes:
            if change.entity != "evidence":
                assert change.before == known.get((change.entity, change.entity_id))
                known[change.entity, change.entity_id] = change.after

    for key, entity in world.book.entities.items():
        assert known[key] == entity.snapshot()
        assert type(entity).restore(entity.snapshot()) == entity
    for holding in world.book.holdings.values():
        assert known["holding", holding.id] == holding.snapshot()


@LAW
@given(TANGLED)
def test_reserved_and_incoming_are_what_is_open(history: list[Step]) -> None:
    """C9: what is reserved or incoming is exactly what active reservations and open transfers wait for."""
    world = replayed(history)

    waiting: dict[tuple[int, State], int] = {}
    for (kind, _), entity in world.book.entities.items():
        state = {"reservation": State.RESERVED, "transfer": State.INCOMING}.get(kind)
        for holding_id, quantity in entity.snapshot().get("lines", ()):
            assert state is not None
            assert quantity > 0
            assert entity.snapshot()["status"] in {"active", "in_transit"}
            waiting[holding_id, state] = waiting.get((holding_id, state), 0) + quantity

    for holding in world.book.holdings.values():
        for state in (State.RESERVED, State.INCOMING):
            assert holding.balances[state] == waiting.get((holding.id, state), 0)


@LAW
@given(TANGLED)
def test_a_retry_is_the_same_posting(history: list[Step]) -> None:
    """R4: any accepted command sent again gives its first answer, marked as replayed, and nothing happens."""
    world = replayed(history)
    before = world.snapshot()

    answers = [world.execute(command) for command in list(world.commands)]

    assert all(answer.replayed for answer in answers)
    assert [replace(answer, replayed=False) for answer in answers] == world.journal
    assert world.snapshot() == before


@LAW
@given(TANGLED)
def test_the_chain_of_hashes_holds(history: list[Step]) -> None:
    """B8: numbers count without gap, and each hash seals its posting and the hash before it."""
    world = replayed(history)

    previous = GENESIS
    for number, posting in enumerate(world.journal, start=1):
        assert posting.number == number
        assert posting.hash == sha256(previous + posting_text(ORG_ID, posting).encode()).digest()
        previous = posting.hash
