"""Dispatch pieces: named pieces go to a customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    check_versions,
    clean_codes,
    clean_versions,
    find_piece,
    named_pieces,
    take_pieces,
    want_pieces,
)
from onhand.kernel.refusing import OF_PIECES, OF_RESERVATIONS, Codes
from onhand.kernel.states import Outside
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchPieces(Command):
    """Hand pieces over to a customer, all of them or none; `reservation` names the one that they were kept by."""

    kind: ClassVar[str] = "dispatch"
    refuses: ClassVar[Codes] = OF_PIECES | OF_RESERVATIONS | {"PIECES_RESERVED"}

    pieces: tuple[str, ...]
    reservation: int | None = None
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        object.__setattr__(self, "pieces", clean_codes(self.pieces))
        object.__setattr__(self, "versions", clean_versions(self.versions, len(self.pieces)))
        object.__setattr__(self, "document_id", document_id(self.document_id))
        if self.reservation is not None:
            check_number(self.reservation, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the pieces."""
        return want_pieces(book, wants, self.pieces, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces and the reservation."""
        return [*named_pieces(book, self.pieces), *named_reservations(book, self.reservation)]

    def decide(self, draft: Draft) -> None:
        """Move the pieces whole from where they stand to the customer."""
        found = [find_piece(draft.book, code) for code in self.pieces]
        check_versions(found, self.versions)
        take_pieces(draft, found, Outside.CUSTOMER, self.reservation, "sold")
