"""
What lines and answers of pieces look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from onhand.client.speaking import Quantity


class Cutting(TypedDict):
    """Cutting."""

    piece: str  # The name of a piece.
    lengths: Sequence[Quantity]  # How long each part is, in the item's measure.
    kerf: NotRequired[Quantity]  # The width of a cut, in the item's measure.
    waste: NotRequired[Quantity]  # What is thrown away, in the item's measure.
    keep: NotRequired[Quantity]  # The shortest rest that is kept, in the item's measure.


class Made(TypedDict):
    """Made."""

    sku: str  # The code of an item.
    kind: str  # The kind: of an operation, of a piece.
    size: Quantity  # How much one piece is, in the item's measure.
    pieces: NotRequired[int]  # How many of them, a whole number, or the names of pieces.
    length: NotRequired[Quantity]  # How long, in the item's measure.
    location: NotRequired[str]  # The code of a location of the site.
    lot: NotRequired[str]  # The code of a lot.
    codes: NotRequired[Sequence[str]]  # The codes of the pieces; without them they are given.


class PieceAnswer(TypedDict):
    """Piece answer."""

    id: int  # The number by which the thing is known in its org.
    code: str  # The code.
    sku: str  # The code of an item.
    kind: str  # The kind: of an operation, of a piece.
    size: str  # How much one piece is, in the item's measure.
    length: str | None  # How long, in the item's measure.
    status: str  # The status.
    creator: int  # The number of the posting that made it.
    origin_id: int | None  # The number of the cut or combination that made it.
    version: int  # The version, a whole number; another one than told is refused.
    site: str  # The code of a site.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    number: int | None  # The number of a posting in the journal, or of a document.


class PieceFinding(TypedDict):
    """Piece finding."""

    code: str  # The code.
    subject: str  # What it is about.
    detail: str  # What is wrong.


class PlanCutsCutting(TypedDict):
    """Plan cuts cutting."""

    piece: str  # The name of a piece.
    lengths: list[str]  # How long each part is, in the item's measure.
    kerf: NotRequired[str]  # The width of a cut, in the item's measure.
    waste: NotRequired[str]  # What is thrown away, in the item's measure.
    keep: NotRequired[str]  # The shortest rest that is kept, in the item's measure.


class PlanCutsWantedLength(TypedDict):
    """Plan cuts wanted length."""

    length: str  # How long, in the item's measure.
    count: int  # How many of the length, a whole number.


class Relative(TypedDict):
    """Relative."""

    id: int  # The number by which the thing is known in its org.
    code: str  # The code.
    kind: str  # The kind: of an operation, of a piece.
    size: str  # How much one piece is, in the item's measure.
    status: str  # The status.
    creator: int  # The number of the posting that made it.
    parents: list[int]  # The numbers of what it was made of.


class WantedLength(TypedDict):
    """Wanted length."""

    length: Quantity  # How long, in the item's measure.
    count: int  # How many of the length, a whole number.


class Family(TypedDict):
    """Family."""

    id: int  # The number by which the thing is known in its org.
    members: dict[str, Relative]  # The pieces of the family, by number.
    ancestors: list[int]  # The numbers of all that it was made of, the nearest first.
    descendants: list[int]  # The numbers of all that was made of it, the nearest first.
    children: dict[str, list[int]]  # By number, the numbers of what was made of it.


class PlanCutsAnswer(TypedDict):
    """Plan cuts answer."""

    cuttings: list[PlanCutsCutting]  # The cuts, as POST /api/cuts takes them: all in one act.
    opened: str  # The length of all pieces that are cut.
    made: str  # The length of what is wanted and comes of it.
    rest: str  # The length of what is left, as offcuts.
    waste: str  # The length of what is thrown away.
    kerf: str  # The length that the cuts themselves take.
    cost: str  # The length that is opened, where an offcut counts half.
    bound: str  # No plan costs less than this.
    is_optimal: bool  # Whether it is proved that no plan is better.
    missing: list[PlanCutsWantedLength]  # The lengths that there is not enough for, and how many of each.
