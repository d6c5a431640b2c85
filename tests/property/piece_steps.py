"""Random acts on pieces, done by the ledger and by the model alike."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.command import Command
from onhand.kernel.pieces.combine_spares import CombineSpares
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.pieces.dispatch_pieces import DispatchPieces
from onhand.kernel.pieces.piece import BUNDLE, ROLL, SPARE
from onhand.kernel.pieces.produce_pieces import Made, ProducePieces
from onhand.kernel.pieces.reserve_pieces import ReservePieces
from onhand.kernel.pieces.take_back_pieces import TakeBackPieces
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import Define, ItemLine, SiteLine
from onhand.kernel.stock.revert import Revert
from tests.property.piece_model import No, PieceModel
from tests.property.world import World

OPENING: tuple[tuple[str, int, int], ...] = ((ROLL, 100, 3), (SPARE, 7, 2), (SPARE, 4, 2), (BUNDLE, 10, 1))


@dataclass(frozen=True)
class PieceStep:
    """One act before it is known what it meets: the seeds choose among the pieces and postings that there are."""

    KINDS: ClassVar = (
        *("produce", "cut", "cut", "cut", "combine", "combine", "dispatch", "dispatch"),
        *("return", "reserve", "release", "revert", "revert"),
    )

    kind: str
    seed: int
    other: int


Deed = tuple[Command, Callable[[PieceModel, int], object]]
"""A command, and the same told to the model with the posting's number."""


def furnishing() -> Define:
    """Make the works known."""
    items = (ItemLine("PIPE", measure="m"), ItemLine("SPRINKLER"))
    return Define(key="furnish", sites=(SiteLine("works"),), items=items)


def opening() -> ProducePieces:
    """Produce the first pieces."""
    made = tuple(
        Made("PIPE" if kind == ROLL else "SPRINKLER", kind, size * SCALE, count) for kind, size, count in OPENING
    )
    return ProducePieces(key="opening", site="works", made=made)


def opened() -> tuple[World, PieceModel]:
    """Make a works in memory and its model."""
    world, model = World(), PieceModel()
    world.execute(furnishing())
    world.execute(opening())
    open_model(model)
    return world, model


def open_model(model: PieceModel) -> None:
    """Tell a model of the first pieces."""
    for kind, size, count in OPENING:
        model.produce(2, kind, size * SCALE, count)
    everything = {code: (None, thing) for code, thing in model.things.items()}
    model.acts[2] = model.acts[2]._replace(steps=(everything,))


def attempt(world: World, model: PieceModel, step: PieceStep) -> None:
    """Try an act on both; both do it or both refuse it."""
    world.pass_time(1)
    number = len(world.journal) + 1
    promises = lambda posting: world.journal[posting - 1].made("reservation")  # noqa: E731
    command, tell = deed_of(model, step, f"step-{world.now.timestamp()}", number, promises)
    try:
        world.execute(command)
        refused = None
    except Refused as caught:
        refused = caught
    agree(model, number, tell, refused)


def agree(model: PieceModel, number: int, tell: Callable[[PieceModel, int], object], refused: Refused | None) -> None:
    """Do to the model what was asked of the ledger, and compare the answers."""
    try:
        tell(model, number)
    except No:
        assert refused is not None, f"posting {number} was done; the model refuses it"
    else:
        assert refused is None, f"{refused!r} {refused}; the model does it as {number}"


def deed_of(model: PieceModel, step: PieceStep, key: str, number: int, promises: Callable[[int], int]) -> Deed:
    """
    Make the command of an act as things stand.

    Args:
        model: Knows the pieces.
        step: Chooses.
        key: The command's.
        number: What the posting's would be.
        promises: Gives the reservation that a posting made.
    """
    chance = random.Random(step.seed ^ step.other)
    codes = [code for code, thing in model.things.items() if thing.status == "available"]

    def some(wanted: list[str]) -> list[str]:
        return chance.sample(wanted, min(len(wanted), chance.randint(1, 3))) or ["NOTHING"]

    match step.kind:
        case "produce":
            return _produced(chance, key)
        case "cut":
            return _cut(chance, model, key)
        case "combine":
            spares = [code for code in codes if code.startswith("SPARE")] if chance.random() < 0.9 else codes
            return _combined(some(spares), chance.randint(1, 6), chance.randint(1, 3), key)
        case "dispatch":
            taken = some(codes if chance.random() < 0.8 else list(model.things))
            return DispatchPieces(key=key, pieces=tuple(taken)), lambda m, n: m.turn(n, taken, "available", "customer")
        case "return":
            sold = [code for code, thing in model.things.items() if thing.status == "customer"]
            back = some(sold if chance.random() < 0.9 else list(model.things))
            return TakeBackPieces(key=key, pieces=tuple(back)), lambda m, n: m.turn(n, back, "customer", "available")
        case "reserve":
            like = chance.choice(codes or ["NOTHING-"]).startswith(("SPARE", "BUNDLE"))
            kept = some([code for code in codes if code.startswith(("SPARE", "BUNDLE")) == like])
            return ReservePieces(key=key, pieces=tuple(kept)), lambda m, n: m.turn(n, kept, "available", "reserved")
        case _:
            return _backward(chance, model, step.kind, (key, number), promises)


def _produced(chance: random.Random, key: str) -> Deed:
    kind, count = chance.choice((ROLL, SPARE)), chance.randint(1, 2)
    size = chance.randint(1, 9) * SCALE * (10 if kind == ROLL else 1)
    made = Made("PIPE" if kind == ROLL else "SPRINKLER", kind, size, count)
    return ProducePieces(key=key, site="works", made=(made,)), lambda m, n: m.produce(n, kind, size, count)


def _cut(chance: random.Random, model: PieceModel, key: str) -> Deed:
    wanted = [code for code in model.things if code.startswith(("ROLL", "CUT", "OFFCUT"))]
    here = [code for code in wanted if model.things[code].status == "available"]
    code = chance.choice((here if chance.random() < 0.9 else wanted) or ["NOTHING"])
    size = model.things[code].size if code in model.things else SCALE
    lengths = tuple(max(1, int(size * chance.random() / 2)) for _ in range(chance.randint(1, 4)))
    if chance.random() < 0.2:
        lengths = (size - 1, 1) if size > 1 else (1,)
    kerf, waste = chance.choice((0, 0, 5, SCALE)), chance.choice((0, 0, 3, SCALE))
    told = (Cutting(code, lengths, kerf, waste),)
    return CutPieces(key=key, cuttings=told), lambda m, n: m.cut(n, code, lengths, kerf, waste)


def _combined(spares: list[str], size: int, bundles: int, key: str) -> Deed:
    command = CombineSpares(key=key, pieces=tuple(spares), bundle_size=size, bundles=bundles)
    return command, lambda m, n: m.combine(n, spares, size * SCALE, bundles)


def _backward(
    chance: random.Random, model: PieceModel, kind: str, spot: tuple[str, int], promises: Callable[[int], int]
) -> Deed:
    key, number = spot
    kept = sorted({thing.promise for thing in model.things.values() if thing.promise is not None})
    if kind == "release" and kept:
        promise = chance.choice(kept)
        codes = [code for code, thing in model.things.items() if thing.promise == promise]
        command = ReleaseReservation(key=key, reservation=promises(promise))
        return command, lambda m, n: m.turn(n, codes, "reserved", "available")
    target, cascade = _target(chance, model, number)
    return Revert(key=key, number=target, cascade=cascade), lambda m, n: m.revert(n, target, cascade=cascade)


def _target(chance: random.Random, model: PieceModel, number: int) -> tuple[int, bool]:
    """
    Choose what is to be undone, and whether with what followed it: one of the last acts, or any in a piece's life.

    An act of long ago is undone alone or not at all. Where much has happened since, more than one cascade would do, and
    the model would have to choose as the ledger does.
    """
    if chance.random() < 0.5 and model.things:
        code = chance.choice(list(model.things))
        acts = [act.number for act in model.acts.values() if any(code in step for step in act.steps)]
        return chance.choice(acts), False
    return max(2, number - chance.randint(1, 12)), chance.random() < 0.5
