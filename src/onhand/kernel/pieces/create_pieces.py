"""Create pieces: goods of an unnamed stock get names, as cut pieces or as spares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import want_piece_code
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.moving_average import shared
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.pieces.cut_pieces import Shares, check_shares
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import Maker
from onhand.kernel.pieces.piece import CUT, SPARE
from onhand.kernel.pieces.produce_pieces import check_whole
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, OF_SELLING, Codes
from onhand.kernel.states import Outside
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePieces(Command):
    """Give names to goods of a stock: `sizes` are lengths of cut pieces, or counts of spares."""

    kind: ClassVar[str] = "create_pieces"
    refuses: ClassVar[Codes] = (
        OF_SELLING
        | OF_LINES
        | {
            "UNKNOWN_SITE",
            "UNKNOWN_LOCATION",
            "UNKNOWN_ITEM",
            "BATCH_NOT_FOUND",
            "INSUFFICIENT_INVENTORY",
            "INVALID_PIECE_ID",
        }
    )

    site: str
    sku: str
    piece_kind: str
    sizes: tuple[int, ...]
    length: int | None = None
    lot: str | None = None
    location: str | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        object.__setattr__(self, "document_id", document_id(self.document_id))
        if self.piece_kind not in {CUT, SPARE}:
            raise Refused("INVALID_COMMAND", detail="pieces are created as cut or as spare")
        check_lines([*self._lines(), *([] if self.length is None else [Line(self.sku, self.length)])])
        if self.piece_kind == SPARE:
            for size in self.sizes:
                check_whole(size)
        elif self.length is not None:
            raise Refused("INVALID_COMMAND", detail="the length of a cut is its size")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the stock, and the sequence of the codes."""
        del book
        want_piece_code(wants, self.piece_kind)
        want_lines(wants, self.site, self._lines())
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Use the goods, then make pieces of them at the place of the first."""
        taken = take(draft, draft.book.site(self.site), self._lines(), Outside.USED)
        value = sum(movement.value for movement in draft.movements)
        used = sum(self.sizes)
        check_shares(sum(quantity for _, quantity in taken), Shares(used, 0, 0, 0))
        first = taken[0][0]
        origin = Transformation(
            id=draft.next_id(),
            number=draft.number,
            kind="create",
            item_id=first.key.item_id,
            lines=merged(taken),
            used=used,
            made=used,
        )
        draft.make(origin)
        same_lot = len({holding.key.lot_id for holding, _ in taken}) == 1
        maker = Maker(
            first.key if same_lot else first.key._replace(lot_id=None),
            first.place if same_lot else first.place._replace(lot=None),
            origin.id,
        )
        for size, part in zip(self.sizes, shared(value, self.sizes), strict=True):
            maker.make(draft, self.piece_kind, size, length=self.length, value=part)

    def _lines(self) -> list[Line]:
        return [Line(self.sku, size, self.lot, self.location) for size in self.sizes]
