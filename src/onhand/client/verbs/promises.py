"""
What is told of promises, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.promises import ReservationAnswer
from onhand.client.shapes.shared import Line, Posted
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Speaker, Versioned


class ReserveTold(About, total=False):
    """What `reserve` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.
    priority: int  # The priority, a whole number from 0 to 1000; higher ones are served first.
    hold_seconds: int  # How long an offer is held for whoever waits in line, in seconds.


class ListReservationsTold(TypedDict, total=False):
    """What `list_reservations` is told."""

    site: str  # The code of a site.
    status: str  # The status.
    due_before: Moment  # Only what expires by then: RFC 3339 with a time zone.
    id: int  # The number by which the thing is known in its org.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ReserveAcrossTold(About, total=False):
    """What `reserve_across` is told."""

    sites: Required[Sequence[str]]  # Sites, by their codes.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    policy: str  # How goods are split over branches: fewest_branches, in_order or one_branch.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.


class GetReservationTold(TypedDict, total=False):
    """What `get_reservation` is told."""

    reservation: Required[int]  # The number of a reservation.


class ReleaseReservationTold(About, Versioned, total=False):
    """What `release_reservation` is told."""

    reservation: Required[int]  # The number of a reservation.


class CommitReservationTold(About, Versioned, total=False):
    """What `commit_reservation` is told."""

    reservation: Required[int]  # The number of a reservation.
    lines: Sequence[Line]  # The lines, all or none of which are done.


class ExpireReservationTold(About, total=False):
    """What `expire_reservation` is told."""

    reservation: Required[int]  # The number of a reservation.


class OfferReservationTold(About, total=False):
    """What `offer_reservation` is told."""

    reservation: Required[int]  # The number of a reservation.


class PromisesVerbs(Speaker):
    """The verbs."""

    def reserve(self, **told: Unpack[ReserveTold]) -> Posted:
        """
        Promise goods: all lines or none. After `expires_at` anybody may expire the promise.

        With `hold_seconds`, where the goods are not there or others wait for them, the promise is pending and waits in
        line until `expires_at`; what is offered to it then is held for so long. Nobody passes those who wait.

        POST /api/reservations, for admin, clerk, manager.
        """
        return self._write("POST", "/api/reservations", told)

    def list_reservations(self, **told: Unpack[ListReservationsTold]) -> Page[ReservationAnswer]:
        """
        List reservations with what they still wait for; `due_before` asks for those that expire by then.

        GET /api/reservations, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/reservations", told)

    def reserve_across(self, **told: Unpack[ReserveAcrossTold]) -> Posted:
        """
        Promise goods from some branches, in order of preference: all lines or none; one reservation for each branch.

        A line names an item and a quantity. What others wait for at a branch is not there.

        POST /api/split-reservations, for admin, clerk, manager.
        """
        return self._write("POST", "/api/split-reservations", told)

    def get_reservation(self, **told: Unpack[GetReservationTold]) -> ReservationAnswer:
        """
        Give a reservation by its number, whatever has become of it; raises Refused RESERVATION_NOT_FOUND.

        GET /api/reservations/{reservation}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/reservations/{reservation}", told)

    def release_reservation(self, **told: Unpack[ReleaseReservationTold]) -> Posted:
        """
        Take a reservation back.

        POST /api/reservations/{reservation}/release, for admin, clerk, manager.
        """
        return self._write("POST", "/api/reservations/{reservation}/release", told)

    def commit_reservation(self, **told: Unpack[CommitReservationTold]) -> Posted:
        """
        Hand over what was reserved: all of it, or some lines; then the rest stays reserved.

        POST /api/reservations/{reservation}/commit, for admin, clerk, manager.
        """
        return self._write("POST", "/api/reservations/{reservation}/commit", told)

    def expire_reservation(self, **told: Unpack[ExpireReservationTold]) -> Posted:
        """
        End a reservation whose time has passed by the journal's clock.

        One that a worker has claimed is ended by that worker.

        POST /api/reservations/{reservation}/expire, for admin, clerk, manager.
        """
        return self._write("POST", "/api/reservations/{reservation}/expire", told)

    def offer_reservation(self, **told: Unpack[OfferReservationTold]) -> Posted:
        """
        Reserve for a pending reservation all that it wants, if it is its turn; it is held for so long as it was told.

        POST /api/reservations/{reservation}/offer, for admin, clerk, manager.
        """
        return self._write("POST", "/api/reservations/{reservation}/offer", told)


class AsyncPromisesVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def reserve(self, **told: Unpack[ReserveTold]) -> Posted:
        """
        Promise goods: all lines or none. After `expires_at` anybody may expire the promise.

        With `hold_seconds`, where the goods are not there or others wait for them, the promise is pending and waits in
        line until `expires_at`; what is offered to it then is held for so long. Nobody passes those who wait.

        POST /api/reservations, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/reservations", told)

    async def list_reservations(self, **told: Unpack[ListReservationsTold]) -> Page[ReservationAnswer]:
        """
        List reservations with what they still wait for; `due_before` asks for those that expire by then.

        GET /api/reservations, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/reservations", told)

    async def reserve_across(self, **told: Unpack[ReserveAcrossTold]) -> Posted:
        """
        Promise goods from some branches, in order of preference: all lines or none; one reservation for each branch.

        A line names an item and a quantity. What others wait for at a branch is not there.

        POST /api/split-reservations, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/split-reservations", told)

    async def get_reservation(self, **told: Unpack[GetReservationTold]) -> ReservationAnswer:
        """
        Give a reservation by its number, whatever has become of it; raises Refused RESERVATION_NOT_FOUND.

        GET /api/reservations/{reservation}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/reservations/{reservation}", told)

    async def release_reservation(self, **told: Unpack[ReleaseReservationTold]) -> Posted:
        """
        Take a reservation back.

        POST /api/reservations/{reservation}/release, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/reservations/{reservation}/release", told)

    async def commit_reservation(self, **told: Unpack[CommitReservationTold]) -> Posted:
        """
        Hand over what was reserved: all of it, or some lines; then the rest stays reserved.

        POST /api/reservations/{reservation}/commit, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/reservations/{reservation}/commit", told)

    async def expire_reservation(self, **told: Unpack[ExpireReservationTold]) -> Posted:
        """
        End a reservation whose time has passed by the journal's clock.

        One that a worker has claimed is ended by that worker.

        POST /api/reservations/{reservation}/expire, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/reservations/{reservation}/expire", told)

    async def offer_reservation(self, **told: Unpack[OfferReservationTold]) -> Posted:
        """
        Reserve for a pending reservation all that it wants, if it is its turn; it is held for so long as it was told.

        POST /api/reservations/{reservation}/offer, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/reservations/{reservation}/offer", told)
