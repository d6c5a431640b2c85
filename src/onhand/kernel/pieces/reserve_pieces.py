"""Reserve pieces: named pieces are kept for a piece of work, so that nobody else can use them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.outstanding import merged
from onhand.kernel.pieces.names import document_id
from onhand.kernel.pieces.on_the_book import (
    check_versions,
    clean_codes,
    clean_versions,
    find_pieces,
    named_pieces,
    take_pieces,
    want_pieces,
)
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PIECES, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_time
from onhand.kernel.wants import Wants

_PRIORITY_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservePieces(Command):
    """Reserve pieces, all of them or none. After `expires_at` anybody may expire the reservation."""

    kind: ClassVar[str] = "reserve_pieces"
    refuses: ClassVar[Codes] = OF_PIECES | {"PIECES_DIFFER", "PIECES_RESERVED", "SERIAL_NOT_WHOLE"}

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

    def named(self, book: Book) -> Iterable[Named]:
        """Name the pieces."""
        return named_pieces(book, self.pieces)

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
