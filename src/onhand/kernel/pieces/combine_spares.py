"""Combine spares: loose pieces are bundled; what does not fill a bundle stays one lot of spares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import want_piece_code
from onhand.kernel.command import LINES_MAX, Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.moving_average import shared
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.outstanding import merged
from onhand.kernel.pieces.cut_pieces import Shares, check_shares
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    Maker,
    check_versions,
    clean_codes,
    clean_versions,
    find_pieces,
    named_pieces,
    take_pieces,
    want_pieces,
)
from onhand.kernel.pieces.piece import BUNDLE, SPARE
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PIECES, OF_RESERVATIONS, Codes
from onhand.kernel.states import Outside
from onhand.kernel.wants import Wants

_SIZE_MAX = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CombineSpares(Command):
    """Make bundles of `bundle_size` pieces out of spares; at most one remainder is left."""

    kind: ClassVar[str] = "combine"
    refuses: ClassVar[Codes] = (
        OF_PIECES | OF_RESERVATIONS | {"PIECE_KIND_WRONG", "PIECES_DIFFER", "PIECES_RESERVED", "PIECES_TOO_FEW"}
    )

    pieces: tuple[str, ...]
    bundle_size: int
    bundles: int
    reservation: int | None = None
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        object.__setattr__(self, "pieces", clean_codes(self.pieces))
        object.__setattr__(self, "versions", clean_versions(self.versions, len(self.pieces)))
        object.__setattr__(self, "document_id", document_id(self.document_id))
        if check_number(self.bundle_size, "bundle_size") > _SIZE_MAX:
            raise Refused("INVALID_COMMAND", detail=f"bundle_size is 1 to {_SIZE_MAX}")
        if check_number(self.bundles, "bundles") > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=self.bundles, lines_max=LINES_MAX)
        if self.reservation is not None:
            check_number(self.reservation, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the spares, and the sequences of what is made of them."""
        want_piece_code(wants, BUNDLE)
        want_piece_code(wants, SPARE)
        return want_pieces(book, wants, self.pieces, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces and the reservation."""
        return [*named_pieces(book, self.pieces), *named_reservations(book, self.reservation)]

    def decide(self, draft: Draft) -> None:
        """Use the spares up, then make the bundles and the remainder."""
        found = find_pieces(draft.book, self.pieces)
        check_versions(found, self.versions)
        first = found[0]
        for known in found:
            if known.piece.kind != SPARE:
                raise Refused("PIECE_KIND_WRONG", piece=known.code, kind=known.piece.kind, wanted=SPARE)
            if known.piece.length != first.piece.length:
                raise Refused("PIECES_DIFFER", detail=f"{known.code} has pieces of another length than {first.code}")
        size, used = self.bundle_size * SCALE, sum(known.piece.size for known in found)
        shares = Shares(size * self.bundles, used - size * self.bundles, 0, 0)
        value = sum(take_pieces(draft, found, Outside.USED, self.reservation, "combined"))
        if shares.rest < 0:
            raise Refused("PIECES_TOO_FEW", needed=quantity_text(shares.made), given=quantity_text(used))
        check_shares(used, shares)
        origin = Transformation(
            id=draft.next_id(),
            number=draft.number,
            kind="combine",
            item_id=first.unit.item_id,
            lines=merged((known.holding, known.piece.size) for known in found),
            used=used,
            size=size,
            bundles=self.bundles,
            **shares._asdict(),
        )
        draft.make(origin)
        same_lot = len({known.unit.lot_id for known in found}) == 1
        key, place = first.holding.key, first.holding.place
        maker = Maker(
            key if same_lot else key._replace(lot_id=None), place if same_lot else place._replace(lot=None), origin.id
        )
        made = [(BUNDLE, size)] * self.bundles + [(SPARE, shares.rest)] * (shares.rest > 0)
        for (kind, count), part in zip(made, shared(value, [count for _, count in made]), strict=True):
            maker.make(draft, kind, count, length=first.piece.length, value=part)
