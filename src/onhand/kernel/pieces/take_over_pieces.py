"""Take over pieces: those of an older installation come into the ledger, with what was known of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import want_piece_code
from onhand.kernel.command import LINES_MAX, Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.holding import HoldingKey, Place
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.pieces.on_the_book import Maker
from onhand.kernel.pieces.piece import KINDS, LENGTHS
from onhand.kernel.pieces.produce_pieces import check_whole
from onhand.kernel.put import want_holding
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code, check_note
from onhand.kernel.wants import Wants


class OlderPiece(NamedTuple):
    """
    A piece as the older installation knew it.

    `code` is its id; None where it had none of its own, then a code is given. `is_gone` says that it was sold. `notes`
    are what was told of it, one line for each event, kept as evidence.
    """

    sku: str
    kind: str
    size: int
    length: int | None = None
    code: str | None = None
    is_gone: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverPieces(Command):
    """Make pieces known as they were known elsewhere; those that were sold are sold."""

    kind: ClassVar[str] = "take_over"
    refuses: ClassVar[Codes] = OF_LINES | {"UNKNOWN_SITE", "UNKNOWN_ITEM", "UNIT_ALREADY_EXISTS", "INVALID_PIECE_ID"}

    site: str
    pieces: tuple[OlderPiece, ...]

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        check_code(self.site, "site")
        if not 1 <= len(self.pieces) <= LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(self.pieces), lines_max=LINES_MAX)
        clean = []
        for piece in self.pieces:
            if piece.kind not in KINDS or (piece.kind in LENGTHS and piece.length is not None):
                raise Refused("INVALID_COMMAND", detail=f"a piece is one of {', '.join(KINDS)}")
            check_lines([Line(piece.sku, piece.size), *([Line(piece.sku, piece.length)] if piece.length else [])])
            if piece.kind not in LENGTHS:
                check_whole(piece.size)
            for note in piece.notes:
                check_note(note, "note")
            clean.append(piece._replace(code=None if piece.code is None else piece_code(piece.code)))
        object.__setattr__(self, "pieces", tuple(clean))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the places, the names, and the sequences of codes that are given."""
        del book
        wants.sites.add(self.site)
        for piece in self.pieces:
            want_holding(wants, self.site, Line(piece.sku, piece.size))
            if piece.code is None:
                want_piece_code(wants, piece.kind)
            else:
                wants.names.add(("unit", piece.code))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make the pieces, note what was known of them, and let those go that are gone."""
        site = draft.book.site(self.site)
        for told in self.pieces:
            item = draft.book.item(told.sku)
            maker = Maker(HoldingKey(site.id, item.id), Place(site.code, item.sku))
            piece = maker.make(draft, told.kind, told.size, length=told.length, code=told.code)
            holding = draft.book.holdings[piece.holding_id]
            for note in told.notes:
                draft.note(holding, "older", {"told": note})
            if told.is_gone:
                draft.move(holding, State.AVAILABLE, Outside.CUSTOMER, told.size, "sold")
