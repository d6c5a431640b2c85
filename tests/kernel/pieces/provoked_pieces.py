"""How each refusal of pieces comes about, and what it says."""

from collections.abc import Callable

from onhand.kernel.command import Line
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.pieces.piece import ROLL
from onhand.kernel.pieces.produce_pieces import Made
from onhand.kernel.pieces.reserve_pieces import ReservePieces
from onhand.kernel.quantity import SCALE
from onhand.kernel.stock.sell import Sell
from tests.kernel.pieces.works import combine, cut, metres, produced
from tests.property.world import World


def _made(world: World) -> World:
    spares = [Made("B", "spare", metres(count)) for count in (3, 2)]
    produced(world, Made("A", ROLL, metres(10), 2), *spares, Made("B", "spare", metres(1), length=metres(6)))
    return world


def _kept(world: World) -> None:
    world.execute(ReservePieces(key="keep", pieces=("ROLL-000001",)))
    cut(world, "ROLL-000001", 2)


def _twice(world: World) -> None:
    cut(world, "ROLL-000001", 2, key="1")
    cut(world, "ROLL-000001", 2, key="2")


def _in_part(world: World) -> None:
    world.execute(Sell(key="s", site="london", lines=(Line("A", 2 * SCALE, unit="ROLL-000001"),)))


PROVOKED: dict[str, tuple[Callable[[World], object], str]] = {
    "INVALID_PIECE_ID": (lambda _: piece_code("inv_7"), "'inv_7' is no id of a piece."),
    "PIECE_NOT_FOUND": (lambda world: cut(_made(world), "ROLL-9", 1), "There is no piece ROLL-9."),
    "PIECE_KIND_WRONG": (
        lambda world: cut(_made(world), "SPARE-000001", 1),
        "SPARE-000001 is a spare, not a length.",
    ),
    "PIECES_DIFFER": (
        lambda world: combine(_made(world), "SPARE-000001", "SPARE-000003", size=2, bundles=1),
        "The pieces do not belong together: SPARE-000003 has pieces of another length than SPARE-000001.",
    ),
    "PIECE_IS_WHOLE": (
        lambda world: _in_part(_made(world)),
        "ROLL-000001 has the size 10, so 2 of it cannot be moved.",
    ),
    "PIECES_RESERVED": (
        lambda world: _kept(_made(world)),
        "Pieces are reserved by somebody else: ROLL-000001.",
    ),
    "PIECES_NOT_THERE": (
        lambda world: _twice(_made(world)),
        "Pieces are not where they would have to be: piece ROLL-000001, status used.",
    ),
    "PIECE_TOO_SHORT": (
        lambda world: cut(_made(world), "ROLL-000001", 6, 4, kerf=0.5),
        "ROLL-000001 is 10 long; the cut needs 10.5.",
    ),
    "PIECES_TOO_FEW": (
        lambda world: combine(_made(world), "SPARE-000001", "SPARE-000002", size=3, bundles=2),
        "6 pieces are needed, 5 are given.",
    ),
}
