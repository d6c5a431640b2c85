"""A works in memory: a world with pipe by the metre and sprinkler pipe by the piece."""

from collections.abc import Iterator

from onhand.kernel.pieces.combine_spares import CombineSpares
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.pieces.piece import BUNDLE, CUT, OFFCUT, ROLL, SPARE, Piece
from onhand.kernel.pieces.produce_pieces import Made, ProducePieces
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from tests.property.world import World, furnished

PIPE, SPRINKLER = "A", "B"
LETTERS = {ROLL: "ROLL", CUT: "CUT", OFFCUT: "OFFCUT", BUNDLE: "BUNDLE", SPARE: "SPARE"}


def metres(length: float) -> int:
    """Millionths of so many metres, or of so many pieces."""
    return round(length * SCALE)


def produced(world: World, *made: Made, key: str = "works") -> Posting:
    """Produce in london."""
    return world.execute(ProducePieces(key=key, site="london", made=made))


def works() -> World:
    """Make a world with ROLL-000001 and -2 of 100 m, and SPARE-000001 to -3 of 7, 5 and 4 pieces; postings 2."""
    world = furnished()
    spares = [Made(SPRINKLER, SPARE, metres(count), length=metres(6)) for count in (7, 5, 4)]
    produced(world, Made(PIPE, ROLL, metres(100), 2), *spares)
    return world


def cut(
    world: World, roll: str, *lengths: float, key: str = "cut", kerf: float = 0, waste: float = 0, keep: float = 0
) -> Posting:
    """Cut a piece."""
    told = Cutting(roll, tuple(map(metres, lengths)), metres(kerf), metres(waste), metres(keep))
    return world.execute(CutPieces(key=key, cuttings=(told,)))


def combine(world: World, *spares: str, size: int, bundles: int, key: str = "combine") -> Posting:
    """Combine spares."""
    return world.execute(CombineSpares(key=key, pieces=spares, bundle_size=size, bundles=bundles))


def pieces(world: World) -> Iterator[tuple[str, Piece]]:
    """Give every piece with its name."""
    for (kind, entity_id), entity in world.book.entities.items():
        if kind == "piece" and isinstance(entity, Piece):
            yield str(world.book.entities["unit", entity_id].snapshot()["code"]), entity


def standing(world: World) -> dict[str, tuple[str, int]]:
    """Give each piece that was not undone with where it stands and its size in whole units, where that is whole."""
    return {code: (piece.status, piece.size // SCALE) for code, piece in pieces(world) if piece.status != "undone"}
