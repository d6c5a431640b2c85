"""Reserve: a promise of available goods to a document or a cart."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entities.reservation import Reservation
from onhand.kernel.open_lines import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants

_PRIORITY_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Command):
    """Promise goods: all lines or none. After `expires_at` anybody may expire the promise."""

    kind: ClassVar[str] = "reserve"

    site: str
    lines: tuple[Line, ...]
    expires_at: datetime | None = None
    priority: int = 0

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)
        check_number(self.priority, "priority", least=0)
        if self.priority > _PRIORITY_MAX:
            raise Refused("INVALID_COMMAND", detail=f"priority is 0 to {_PRIORITY_MAX}")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at the site."""
        del book
        want_lines(wants, self.site, self.lines)
        return False

    def decide(self, draft: Draft) -> None:
        """Move the goods from available to reserved and make the reservation."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        site = draft.book.site(self.site)
        taken = take(draft, site, self.lines, State.RESERVED)
        draft.make(
            Reservation(
                id=draft.next_id(),
                site_id=site.id,
                status="active",
                lines=merged(taken),
                expires_at=self.expires_at,
                priority=self.priority,
                document_type=self.document_type,
                document_id=self.document_id,
            )
        )
