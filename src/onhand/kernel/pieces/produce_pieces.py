"""Produce pieces: rolls, bundles and spares come out of the works."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import is_given_piece_code, want_piece_code
from onhand.kernel.command import LINES_MAX, Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.holding import HoldingKey, Place
from onhand.kernel.lots.lot import Lot
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pieces.names import document_id, piece_code
from onhand.kernel.pieces.on_the_book import Maker
from onhand.kernel.pieces.piece import KINDS, LENGTHS
from onhand.kernel.put import want_holding
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


class Made(NamedTuple):
    """
    So many pieces of a kind and size.

    `size` is the length of each roll, or how many pieces are in each bundle or lot of spares, in millionths; `length`
    is then that of each piece. `codes` name the pieces, as many as there are; without them codes are given.
    """

    sku: str
    kind: str
    size: int
    pieces: int = 1
    length: int | None = None
    location: str | None = None
    lot: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducePieces(Command):
    """Take what was made into stock, each piece under a name of its own."""

    kind: ClassVar[str] = "produce"
    refuses: ClassVar[Codes] = OF_LINES | {
        "UNKNOWN_SITE",
        "UNKNOWN_LOCATION",
        "UNKNOWN_ITEM",
        "UNIT_ALREADY_EXISTS",
        "INVALID_PIECE_ID",
        "VALUE_TOO_LARGE",
    }

    site: str
    made: tuple[Made, ...]

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        check_code(self.site, "site")
        if not self.made:
            raise Refused("INVALID_COMMAND", detail="it has no lines")
        for made in self.made:
            _check(made)
        count = sum(made.pieces for made in self.made)
        if count > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=count, lines_max=LINES_MAX)
        clean = tuple(made._replace(codes=tuple(piece_code(code) for code in made.codes)) for made in self.made)
        object.__setattr__(self, "made", clean)
        object.__setattr__(self, "document_id", document_id(self.document_id))
        given = [code for made in clean for code in made.codes]
        if len(set(given)) < len(given):
            raise Refused("INVALID_COMMAND", detail="a code is told twice")
        if any(is_given_piece_code(code) for code in given):
            raise Refused("INVALID_TEXT", field="codes", detail="codes of this form are given out by the ledger")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the places, the names that are told, and the sequences of those that are not."""
        del book
        wants.sites.add(self.site)
        for made in self.made:
            want_holding(wants, self.site, Line(made.sku, made.size, made.lot, made.location))
            wants.names.update(("unit", code) for code in made.codes)
            if not made.codes:
                want_piece_code(wants, made.kind)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make the pieces."""
        site = draft.book.site(self.site)
        for made in self.made:
            item = draft.book.item(made.sku)
            location = None if made.location is None else draft.book.location(site, made.location)
            lot = None if made.lot is None else _lot(draft, item.id, made.lot)
            maker = Maker(
                HoldingKey(
                    site.id, item.id, None if location is None else location.id, None if lot is None else lot.id
                ),
                Place(site.code, item.sku, made.location, made.lot),
            )
            for number in range(made.pieces):
                code = made.codes[number] if made.codes else None
                maker.make(draft, made.kind, made.size, length=made.length, code=code)


def _lot(draft: Draft, item_id: int, code: str) -> Lot:
    known = draft.book.names.get(("lot", item_id, code))
    if isinstance(known, Lot):
        return known
    lot = Lot(id=draft.next_id(), item_id=item_id, code=code, received_at=draft.now)
    draft.make(lot)
    return lot


def _check(made: Made) -> None:
    if made.kind not in KINDS:
        raise Refused("INVALID_COMMAND", detail=f"a kind of piece is one of {', '.join(KINDS)}")
    check_number(made.pieces, "pieces")
    check_lines([Line(made.sku, made.size, made.lot, made.location)])
    if made.kind in LENGTHS:
        if made.length is not None:
            raise Refused("INVALID_COMMAND", detail=f"the length of a {made.kind} is its size")
    else:
        check_whole(made.size)
        if made.length is not None:
            check_lines([Line(made.sku, made.length)])
    if made.codes and len(made.codes) != made.pieces:
        raise Refused("INVALID_COMMAND", detail=f"{len(made.codes)} codes are told for {made.pieces} pieces")


def check_whole(count: int) -> None:
    """Refuse a count of loose pieces that is not whole."""
    if count % SCALE:
        raise Refused("INVALID_QUANTITY", quantity=quantity_text(count))
