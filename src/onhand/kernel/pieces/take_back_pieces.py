"""Take back pieces that were dispatched, to where they were sold from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    check_versions,
    clean_codes,
    clean_versions,
    find_piece,
    named_pieces,
    want_pieces,
)
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PIECES, Codes
from onhand.kernel.states import WORDS, Outside, State
from onhand.kernel.wants import Wants

_DECISIONS = frozenset({State.AVAILABLE, State.QUARANTINE, State.DEFECTIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackPieces(Command):
    """Take pieces back that were sold; `state` says whether they are available, in quarantine or defective."""

    kind: ClassVar[str] = "return_pieces"
    refuses: ClassVar[Codes] = OF_PIECES | {"SERIAL_NOT_WHOLE"}

    pieces: tuple[str, ...]
    state: State = State.AVAILABLE
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        object.__setattr__(self, "pieces", clean_codes(self.pieces))
        object.__setattr__(self, "versions", clean_versions(self.versions, len(self.pieces)))
        object.__setattr__(self, "document_id", document_id(self.document_id))
        if self.state not in _DECISIONS:
            raise Refused("INVALID_COMMAND", detail="a return goes to available, quarantine or defective")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the pieces."""
        return want_pieces(book, wants, self.pieces)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces."""
        return named_pieces(book, self.pieces)

    def decide(self, draft: Draft) -> None:
        """Put each piece back to where it was sold from."""
        found = [find_piece(draft.book, code) for code in self.pieces]
        check_versions(found, self.versions)
        elsewhere = [
            {"piece": known.code, "status": known.piece.status}
            for known in found
            if known.piece.status != WORDS[Outside.CUSTOMER]
        ]
        if elsewhere:
            raise Refused("PIECES_NOT_THERE", pieces=elsewhere)
        for known in found:
            draft.move(known.holding, Outside.CUSTOMER, self.state, known.piece.size, "returned")
