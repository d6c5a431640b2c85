"""What is promised to whom, and until when."""

from datetime import UTC, datetime

from onhand.kernel.command import check_number
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_time
from onhand.kernel.transitions import RESERVATION
from onhand.ledger.asking import LIMIT_MAX, check_codes, check_limit, check_page, check_status
from onhand.ledger.core.answers import (
    Page,
    ReservationAnswer,
)
from onhand.ledger.core.wanted import (
    ReservationsWanted,
    Where,
)
from onhand.ledger.namespace import Namespace, question


class ReservationQuestions(Namespace):
    """Reservations, whatever has become of them."""

    _name = "reservations"

    @question
    async def list(
        self,
        site: str | None = None,
        *,
        status: str | None = None,
        due_before: datetime | None = None,
        id: int | None = None,  # noqa: A002 - an id is called id
        after: str | None = None,
        limit: int = 50,
    ) -> Page[ReservationAnswer]:
        """List reservations with what they still wait for; `due_before` asks for those that expire by then."""
        check_page(limit)
        check_status(status, RESERVATION)
        if id is not None:
            check_number(id, "id")
        due = None if due_before is None else check_time(due_before, "due_before")
        check_codes(site=site)
        cursor = await self._cursor("reservations", site, status, due, id)
        (spot,) = cursor.read(after, int) or (0,)
        found = await self._reading.find(Where(site))
        rows, last = await self._reading.reservations(ReservationsWanted(id, status, found.site_id, due, spot), limit)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def get(self, reservation: int) -> ReservationAnswer:
        """Give a reservation by its number, whatever has become of it; raises Refused RESERVATION_NOT_FOUND."""
        check_number(reservation, "reservation")
        rows, _ = await self._reading.reservations(ReservationsWanted(after=reservation - 1), 1)
        if not rows or rows[0].id != reservation:
            raise Refused("RESERVATION_NOT_FOUND", reservation=reservation)
        return rows[0]

    @question
    async def list_due(self, *, moment: datetime | None = None, limit: int = LIMIT_MAX) -> tuple[int, ...]:
        """Give the numbers of active reservations whose time is over, the longest overdue first."""
        check_limit(limit)
        return await self._reading.due_reservations(moment or datetime.now(UTC), limit)
