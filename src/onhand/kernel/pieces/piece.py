"""A piece: a roll, a cut length, a bundle or some spares, and where it came from."""

from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity

ROLL, CUT, OFFCUT, BUNDLE, SPARE = "roll", "cut", "offcut", "bundle", "spare"
KINDS = (ROLL, CUT, OFFCUT, BUNDLE, SPARE)
LENGTHS = frozenset({ROLL, CUT, OFFCUT})
"""The kinds whose size is a length, so that they can be cut; the size of the others counts pieces."""
UNDONE = "undone"
"""The status of a piece whose making was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Entity):
    """
    What is known of a unit that is a piece; its id is the unit's.

    `size` is its length, or how many pieces are in it, in millionths; `length` is that of each piece in it.
    `creator` is the posting that created it and `origin_id` the transformation that it came from, None where it was
    produced; both for ever. `status` is the end where all of it stands: a state, or where it has gone; `holding_id` is
    the holding where it stands, or stood last.
    """

    entity: ClassVar[str] = "piece"
    refers_to: ClassVar[frozenset[str]] = frozenset({"unit", "transformation"})

    kind: str
    size: int
    length: int | None = None
    creator: int
    origin_id: int | None = None
    status: str
    holding_id: int

    def withdrawn(self) -> Self:
        """Give the piece as undone; it keeps its creator and its origin."""
        return self.next(status=UNDONE)
