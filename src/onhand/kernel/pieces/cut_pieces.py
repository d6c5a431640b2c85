"""Cut pieces: rolls and offcuts are cut into lengths; what is left, wasted and sawn away is accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import want_piece_code
from onhand.kernel.command import LINES_MAX, Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import OpenLine
from onhand.kernel.moving_average import shared
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    KnownPiece,
    Maker,
    check_versions,
    clean_codes,
    clean_versions,
    find_pieces,
    named_pieces,
    take_pieces,
    want_pieces,
)
from onhand.kernel.pieces.piece import CUT, LENGTHS, OFFCUT
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.quantity import QUANTITY_MAX, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, OF_PIECES, OF_RESERVATIONS, Codes
from onhand.kernel.states import Outside
from onhand.kernel.wants import Wants


class Cutting(NamedTuple):
    """
    One piece and the lengths that are cut off it, in millionths.

    `kerf` is the width of each cut, `waste` the length that is thrown away; a rest shorter than `keep` is as well.
    """

    piece: str
    lengths: tuple[int, ...]
    kerf: int = 0
    waste: int = 0
    keep: int = 0


class Shares(NamedTuple):
    """What becomes of a length; together they are all of it."""

    made: int
    rest: int
    waste: int
    kerf: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPieces(Command):
    """
    Cut pieces, all of them or none; `reservation` names the one that reserved pieces belong to.

    `versions` are those of the pieces when the act was decided on, one for each: it is refused where one is older.
    """

    kind: ClassVar[str] = "cut"
    refuses: ClassVar[Codes] = (
        OF_PIECES
        | OF_LINES
        | OF_RESERVATIONS
        | {"PIECE_KIND_WRONG", "PIECES_DIFFER", "PIECES_RESERVED", "PIECE_TOO_SHORT"}
    )

    cuttings: tuple[Cutting, ...]
    reservation: int | None = None
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        if not self.cuttings:
            raise Refused("INVALID_COMMAND", detail="it cuts nothing")
        codes = clean_codes(tuple(cutting.piece for cutting in self.cuttings))
        for cutting in self.cuttings:
            _check(cutting)
        count = sum(len(cutting.lengths) for cutting in self.cuttings)
        if count > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=count, lines_max=LINES_MAX)
        if self.reservation is not None:
            check_number(self.reservation, "reservation")
        clean = tuple(cutting._replace(piece=code) for cutting, code in zip(self.cuttings, codes, strict=True))
        object.__setattr__(self, "cuttings", clean)
        object.__setattr__(self, "versions", clean_versions(self.versions, len(clean)))
        object.__setattr__(self, "document_id", document_id(self.document_id))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the pieces, and the sequences of what is made of them."""
        want_piece_code(wants, CUT)
        want_piece_code(wants, OFFCUT)
        return want_pieces(book, wants, [cutting.piece for cutting in self.cuttings], self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces and the reservation."""
        codes = [cutting.piece for cutting in self.cuttings]
        return [*named_pieces(book, codes), *named_reservations(book, self.reservation)]

    def decide(self, draft: Draft) -> None:
        """Use the pieces up, then make what they were cut into."""
        found = find_pieces(draft.book, [cutting.piece for cutting in self.cuttings])
        check_versions(found, self.versions)
        for known in found:
            if known.piece.kind not in LENGTHS:
                raise Refused("PIECE_KIND_WRONG", piece=known.code, kind=known.piece.kind, wanted="length")
        shares = [shares_of(known.piece.size, cutting) for known, cutting in zip(found, self.cuttings, strict=True)]
        values = take_pieces(draft, found, Outside.USED, self.reservation, "cut")
        for known, cutting, parts, value in zip(found, self.cuttings, shares, values, strict=True):
            _make(draft, known, cutting, parts, value)


def shares_of(size: int, cutting: Cutting) -> Shares:
    """
    Share a length out: the pieces, then the waste, then the rest, with a cut between each two of them.

    What is left and no wider than a cut is sawn away with the last one.
    """
    made = sum(cutting.lengths)
    parts = len(cutting.lengths) + (cutting.waste > 0)
    left = size - made - cutting.waste - cutting.kerf * (parts - 1)
    if left < 0:
        needed = quantity_text(size - left)
        raise Refused("PIECE_TOO_SHORT", piece=cutting.piece, length=quantity_text(size), needed=needed)
    sawn = cutting.kerf * (parts - 1) + min(left, cutting.kerf)
    rest = left - min(left, cutting.kerf)
    if rest < cutting.keep:
        return Shares(made, 0, cutting.waste + rest, sawn)
    return Shares(made, rest, cutting.waste, sawn)


def check_shares(used: int, shares: Shares) -> None:
    """Hold to the law of pieces: what is used is what is made, left, wasted and sawn away."""
    if min(shares) < 0 or sum(shares) != used:
        raise AssertionError(f"{used} was used, and {shares} came of it")


def _make(draft: Draft, known: KnownPiece, cutting: Cutting, shares: Shares, value: int) -> None:
    """Make the pieces; they share the value of what was cut by their lengths, waste and kerf included."""
    check_shares(known.piece.size, shares)
    origin = Transformation(
        id=draft.next_id(),
        number=draft.number,
        kind="cut",
        item_id=known.unit.item_id,
        lines=(OpenLine(known.holding.id, known.piece.size),),
        used=known.piece.size,
        **shares._asdict(),
    )
    draft.make(origin)
    maker = Maker(known.holding.key, known.holding.place, origin.id)
    made = [(CUT, length) for length in cutting.lengths]
    if shares.rest:
        made.append((OFFCUT, shares.rest))
    values = shared(value, [size for _, size in made])
    for (kind, size), part in zip(made, values, strict=True):
        maker.make(draft, kind, size, value=part)


def _check(cutting: Cutting) -> None:
    if not cutting.lengths:
        raise Refused("INVALID_COMMAND", detail="a cut has lengths")
    check_lines([Line("length", length) for length in cutting.lengths])
    for name, value in (("kerf", cutting.kerf), ("waste", cutting.waste), ("keep", cutting.keep)):
        if type(value) is not int or not 0 <= value <= QUANTITY_MAX:
            raise Refused("INVALID_COMMAND", detail=f"{name} is a length from 0 on")
