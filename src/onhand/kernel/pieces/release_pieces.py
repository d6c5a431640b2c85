"""Release pieces of a reservation; when none is left, it is released."""

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
    settle_promise,
    want_pieces,
)
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PIECES, Codes
from onhand.kernel.states import State
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePieces(Command):
    """Release some pieces of a reservation; when none is left, it is released."""

    kind: ClassVar[str] = "release_pieces"
    refuses: ClassVar[Codes] = OF_PIECES | {"RESERVATION_NOT_FOUND"}

    pieces: tuple[str, ...]
    reservation: int
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        object.__setattr__(self, "pieces", clean_codes(self.pieces))
        object.__setattr__(self, "versions", clean_versions(self.versions, len(self.pieces)))
        object.__setattr__(self, "document_id", document_id(self.document_id))
        check_number(self.reservation, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the pieces and the reservation."""
        return want_pieces(book, wants, self.pieces, self.reservation)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces and the reservation."""
        return [*named_pieces(book, self.pieces), *named_reservations(book, self.reservation)]

    def decide(self, draft: Draft) -> None:
        """Move the pieces from reserved back to available."""
        promise = draft.book.reservation(self.reservation)
        waiting = {line.holding_id: line.quantity for line in promise.lines}
        found = [find_piece(draft.book, code) for code in self.pieces]
        check_versions(found, self.versions)
        others = [{"piece": k.code, "status": k.piece.status} for k in found if k.holding.id not in waiting]
        if others:
            raise Refused("PIECES_NOT_THERE", pieces=others)
        for known in found:
            draft.move(known.holding, State.RESERVED, State.AVAILABLE, waiting.pop(known.holding.id))
        settle_promise(draft, promise, waiting, "released")
