"""Claim reservations: a worker takes expired ones upon itself, so that no other ends them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.wants import Wants

LEASE_SECONDS_MAX = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReservations(Command):
    """
    Claim those of some reservations whose time has passed and that no worker is at, the longest overdue first.

    A claim whose lease is over can be taken over, since its worker is dead or slow.
    """

    kind: ClassVar[str] = "claim"
    refuses: ClassVar[Codes] = frozenset({"NOTHING_TO_CLAIM"})

    worker: str
    reservations: tuple[int, ...]
    lease_seconds: int = 60

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.worker, "worker")
        check_number(self.lease_seconds, "lease_seconds")
        if self.lease_seconds > LEASE_SECONDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"a lease is {LEASE_SECONDS_MAX} seconds at most")
        if not 1 <= len(self.reservations) <= LINES_MAX:
            raise Refused("INVALID_COMMAND", detail=f"1 to {LINES_MAX} reservations are claimed at once")
        for number in self.reservations:
            check_number(number, "reservation")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the reservations."""
        del book
        wants.entities.update(("reservation", number) for number in self.reservations)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the reservations."""
        nowhere = Refused("NOTHING_TO_CLAIM", named=len(self.reservations))
        return [named._replace(nowhere=nowhere) for named in named_reservations(book, *self.reservations)]

    def decide(self, draft: Draft) -> None:
        """Let those that are due be releasing, under this worker's name."""
        named = [draft.book.entities.get(("reservation", number)) for number in dict.fromkeys(self.reservations)]
        due = [found for found in named if isinstance(found, Reservation) and _is_claimable(found, draft)]
        if not due:
            raise Refused("NOTHING_TO_CLAIM", named=len(self.reservations))
        lease_until = draft.now + timedelta(seconds=self.lease_seconds)
        for reservation in sorted(due, key=lambda due: (due.expires_at or draft.now, due.id)):
            check_transition(RESERVATION, f"reservation {reservation.id}", reservation.status, "releasing")
            claimed = reservation.next(status="releasing", claimed_by=self.worker, lease_until=lease_until)
            draft.change(reservation, claimed, "claimed")


def _is_claimable(reservation: Reservation, draft: Draft) -> bool:
    if reservation.status == "releasing":
        return reservation.lease_until is None or reservation.lease_until <= draft.now
    return reservation.status in {"pending", "active"} and reservation.is_over(draft.now)
