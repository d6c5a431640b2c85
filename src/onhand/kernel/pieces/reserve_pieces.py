"""Reserve pieces: named pieces are kept for a piece of work, so that nobody else can use them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.outstanding import merged
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    check_versions,
    clean_codes,
    clean_versions,
    find_piece,
    find_pieces,
    settle_promise,
    take_pieces,
    want_pieces,
)
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.text import check_time
from onhand.kernel.wants import Wants

_PRIORITY_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservePieces(Command):
    """Reserve pieces, all of them or none. After `expires_at` anybody may expire the reservation."""

    kind: ClassVar[str] = "reserve_pieces"

    pieces: tuple[str, ...]
    expires_at: datetime | None = None
    priority: int = 0
    versions: tuple[int, ...] | None = None

    def check(self) -> None:
        """Refuse what is not well formed; ids are stored clean."""
        object.__setattr__(self, "pieces", clean_codes(self.pieces))
        object.__setattr__(self, "versions", clean_versions(self.versions, len(self.pieces)))
        object.__setattr__(self, "document_id", document_id(self.document_id))
        if check_number(self.priority, "priority", least=0) > _PRIORITY_MAX:
            raise Refused("INVALID_COMMAND", detail=f"priority is 0 to {_PRIORITY_MAX}")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the pieces."""
        return want_pieces(book, wants, self.pieces)

    def decide(self, draft: Draft) -> None:
        """Move the pieces from available to reserved and make the reservation."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        found = find_pieces(draft.book, self.pieces)
        check_versions(found, self.versions)
        take_pieces(draft, found, State.RESERVED, None, "reserved")
        draft.make(
            Reservation(
                id=draft.next_id(),
                site_id=found[0].holding.key.site_id,
                status="active",
                lines=merged((known.holding, known.piece.size) for known in found),
                expires_at=self.expires_at,
                priority=self.priority,
                document_type=self.document_type,
                document_id=self.document_id,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePieces(Command):
    """Release some pieces of a reservation; when none is left, it is released."""

    kind: ClassVar[str] = "release_pieces"

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
