"""The law of pieces, on random histories of cuts, combinations, sales, returns and reverts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.kernel.pieces.piece import Piece
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.states import STATES, Outside
from tests.property.piece_model import PieceModel
from tests.property.piece_steps import PieceStep, attempt, opened
from tests.property.world import World, zero_sums

LAW = settings(max_examples=60, deadline=None)
HISTORIES = st.lists(
    st.builds(PieceStep, st.sampled_from(PieceStep.KINDS), st.integers(0, 2**30), st.integers(0, 2**30)),
    min_size=5,
    max_size=30,
)


def _replayed(history: list[PieceStep]) -> World:
    world, model = opened()
    for step in history:
        attempt(world, model, step)
    return world


@LAW
@given(HISTORIES)
def test_what_is_used_is_what_comes_of_it(history: list[PieceStep]) -> None:
    """P3, P5, B7: used = made + rest + waste + kerf in each transformation, and its movements say the same."""
    world = _replayed(history)

    for posting in world.journal:
        if posting.reverts:
            continue
        made = [change.after for change in posting.changes if change.entity == "transformation"]
        used = sum(movement.quantity for movement in posting.movements if movement.target == Outside.USED)
        came = sum(movement.quantity for movement in posting.movements if movement.source == Outside.MADE)
        assert used == sum(told["used"] for told in made)
        if made:
            assert came == sum(told["made"] + told["rest"] for told in made)
        for told in made:
            assert told["used"] == told["made"] + told["rest"] + told["waste"] + told["kerf"]
            assert told["kind"] != "combine" or told["made"] == told["bundles"] * told["size"]
    assert set(zero_sums(world).values()) == {0}


@LAW
@given(HISTORIES)
def test_a_piece_is_whole_and_in_one_place(history: list[PieceStep]) -> None:
    """P12: all of a piece stands where it says, in the state that it says; of what is gone nothing stands anywhere."""
    world = _replayed(history)

    standing = {"available", "reserved", "quarantine"}
    for (kind, entity_id), piece in world.book.entities.items():
        if kind != "piece" or not isinstance(piece, Piece):
            continue
        balances = [sum(holding.balances) for holding in world.book.unit_places[entity_id]]
        assert sum(balances) == (piece.size if piece.status in standing else 0)
        assert max(balances) == sum(balances)


@LAW
@given(HISTORIES)
def test_who_made_a_piece_never_changes(history: list[PieceStep]) -> None:
    """P6: through all acts and their undoing, a piece keeps its creator, its origin and its size."""
    world = _replayed(history)

    for posting in world.journal:
        for change in posting.changes:
            if change.entity == "piece" and change.before is not None:
                assert {name: change.before[name] for name in ("kind", "size", "length", "creator", "origin_id")} == {
                    name: change.after[name] for name in ("kind", "size", "length", "creator", "origin_id")
                }
            assert (change.entity, change.action) != ("transformation", "reverted")
    for entity in world.book.entities.values():
        if isinstance(entity, Transformation):
            assert entity.version == 1


@LAW
@given(HISTORIES)
def test_the_kernel_agrees_with_an_independent_model(history: list[PieceStep]) -> None:
    """P3-P8, P18: after each step every piece is what a model says that knows neither movements nor holdings."""
    world, model = opened()

    for step in history:
        attempt(world, model, step)
        assert model.pieces() == _seen(world)


def _seen(world: World) -> dict[str, tuple[str, str, int]]:
    return {
        str(world.book.entities["unit", entity.id].snapshot()["code"]): (entity.kind, entity.status, entity.size)
        for entity in list(world.book.entities.values())
        if isinstance(entity, Piece) and entity.status != "undone"
    }


def test_states_come_before_the_outside() -> None:
    """Control: a status is a state or an end outside, so the words of both differ."""
    assert min(Outside) == STATES
    assert PieceModel().pieces() == {}
