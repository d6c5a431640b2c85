"""Reserve: a promise of available goods to a document or a cart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import OpenLine
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.promises.line import check_nobody_waits, is_waited_for, join, next_ticket, want_tickets, want_waiting
from onhand.kernel.promises.reservation import Reservation, WantedLine
from onhand.kernel.promises.waiting_line import Ticket
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_SELLING, OF_TAKING, Codes
from onhand.kernel.states import State
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants

_PRIORITY_MAX = 1000
HOLD_SECONDS_MAX = 31_536_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Command):
    """
    Promise goods: all lines or none. After `expires_at` anybody may expire the promise.

    With `hold_seconds`, where the goods are not there or others wait for them, the promise is pending and waits in
    line until `expires_at`; what is offered to it then is held for so long. Nobody passes those who wait.
    """

    kind: ClassVar[str] = "reserve"
    refuses: ClassVar[Codes] = OF_TAKING | OF_SELLING | {"OTHERS_WAIT", "WAITING_LINE_FULL"}

    site: str
    lines: tuple[Line, ...]
    expires_at: datetime | None = None
    priority: int = 0
    hold_seconds: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)
        check_number(self.priority, "priority", least=0)
        if self.priority > _PRIORITY_MAX:
            raise Refused("INVALID_COMMAND", detail=f"priority is 0 to {_PRIORITY_MAX}")
        if self.hold_seconds is not None and check_number(self.hold_seconds, "hold_seconds") > HOLD_SECONDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"hold_seconds is {HOLD_SECONDS_MAX} at most")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at the site, and who waits for them."""
        del book
        want_lines(wants, self.site, self.lines)
        want_waiting(wants, self.site, self._skus())
        if self.hold_seconds is not None:
            want_tickets(wants, self.site)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Move the goods from available to reserved and make the reservation, or let it wait in line."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        site = draft.book.site(self.site)
        if self.hold_seconds is None:
            check_nobody_waits(draft.book, site.code, self._skus())
        elif is_waited_for(draft.book, site.code, self._skus()) or _is_short(draft, site, self.lines):
            self._wait(draft, site)
            return
        taken = take(draft, site, self.lines, State.RESERVED)
        draft.make(self._reservation(draft, site, status="active", lines=merged(taken)))

    def _wait(self, draft: Draft, site: Site) -> None:
        rank = next_ticket(draft, site.code) - self.priority
        wanted = tuple(WantedLine(*line[:5]) for line in self.lines)
        waiting = replace(
            self._reservation(draft, site, status="pending", lines=()),
            wanted=wanted,
            hold_seconds=self.hold_seconds,
            rank=rank,
        )
        draft.make(waiting)
        join(draft, site.code, self._skus(), Ticket(rank, waiting.id))

    def _reservation(self, draft: Draft, site: Site, *, status: str, lines: tuple[OpenLine, ...]) -> Reservation:
        return Reservation(
            id=draft.next_id(),
            site_id=site.id,
            status=status,
            lines=lines,
            expires_at=self.expires_at,
            priority=self.priority,
            document_type=self.document_type,
            document_id=self.document_id,
        )

    def _skus(self) -> list[str]:
        return [line.sku for line in self.lines]


def _is_short(draft: Draft, site: Site, lines: Sequence[Line]) -> bool:
    """Try to take some lines; raises what would be refused even if there were enough."""
    trial = Draft(draft.book, now=draft.now, today=draft.today, number=draft.number)
    try:
        take(trial, site, lines, State.RESERVED)
    except Refused as refused:
        if refused.code != "INSUFFICIENT_INVENTORY":
            raise
        return True
    finally:
        trial.drop()
    return False
