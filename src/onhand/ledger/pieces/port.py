"""What the questions about pieces ask of a store, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from onhand.kernel.exact import QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceAnswer:
    """
    A piece, as it is or as it was after posting `number`.

    `status` is where all of it stands: a state, or where it has gone; `site` is where it stands or stood last.
    `creator` is the posting that made it, `origin_id` the cut or combination that it came of.
    """

    id: int
    code: str
    sku: str
    kind: str
    size: QuantityDecimal
    length: QuantityDecimal | None
    status: str
    creator: int
    origin_id: int | None
    version: int
    site: str
    location: str | None
    lot: str | None
    number: int | None = None


class Relative(NamedTuple):
    """A piece of a family tree; `parents` are the ids of the pieces that it was made of."""

    id: int
    code: str
    kind: str
    size: QuantityDecimal
    status: str
    creator: int
    parents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """
    A piece with all that it was made of and all that was made of it, undone acts included.

    `members` are by id; `ancestors` and `descendants` are ids, the nearest first, the piece itself in neither.
    """

    id: int
    members: Mapping[int, Relative]
    ancestors: tuple[int, ...]
    descendants: tuple[int, ...]
    children: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, start: int, members: Mapping[int, Relative], above: set[int], below: set[int]) -> "Family":
        """Put a family together, in the order in which its members were made."""
        children: dict[int, list[int]] = {}
        for one in sorted(members):
            for parent in members[one].parents:
                children.setdefault(parent, []).append(one)
        return cls(
            id=start,
            members=members,
            ancestors=tuple(sorted(above - {start}, reverse=True)),
            descendants=tuple(sorted(below - {start})),
            children={parent: tuple(made) for parent, made in children.items()},
        )

    @property
    def depth(self) -> int:
        """How many acts lie between the furthest ancestor and the furthest descendant."""
        return self._reach(lambda one: self.members[one].parents) + self._reach(lambda one: self.children.get(one, ()))

    def _reach(self, onward: "Onward") -> int:
        seen, edge, steps = {self.id}, [self.id], 0
        while edge := [far for near in edge for far in onward(near) if far in self.members and far not in seen]:
            seen.update(edge)
            steps += 1
        return steps


class Onward(Protocol):
    """Leads from a piece to those one act further."""

    def __call__(self, one: int, /) -> Sequence[int]:
        """Give the ids of the next ones."""
        ...


class PiecesWanted(NamedTuple):
    """Which pieces are asked for, after a place in the order of size and id; None is any."""

    kinds: tuple[str, ...] | None = None
    status: str | None = None
    sku: str | None = None
    site: str | None = None
    size_min: int = 0
    after_size: int = 0
    after_id: int = 0


class PieceFinding(NamedTuple):
    """Something about pieces that does not add up."""

    code: str
    subject: str
    detail: str


class PieceReading(Protocol):
    """Reads of pieces; each sees one moment of the database."""

    async def piece(self, code: str) -> PieceAnswer | None:
        """A piece as it is."""
        ...

    async def piece_then(self, piece: PieceAnswer, number: int) -> PieceAnswer | None:
        """A piece as it was after a posting; None where it was not there yet."""
        ...

    async def pieces(self, wanted: PiecesWanted, limit: int) -> Sequence[PieceAnswer]:
        """Pieces as they are, the smallest first."""
        ...

    async def family(self, code: str) -> Family | None:
        """All relatives of a piece."""
        ...

    async def check(self, limit: int) -> Sequence[PieceFinding]:
        """What does not add up."""
        ...

    async def refresh(self) -> int:
        """Write out the current state of the pieces that changed since it was written last; give how many."""
        ...

    async def triggers(self) -> frozenset[str]:
        """The triggers that are active."""
        ...
