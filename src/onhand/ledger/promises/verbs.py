"""What becomes of reservations: handed over, taken back, ended, and offered to those who wait in line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack
from uuid import uuid4

from onhand.kernel.posting import Posting
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.offer_reservation import OfferReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.ledger.asking import check_limit
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import verb
from onhand.ledger.promises.claims import BATCH, LEASE_SECONDS, Claims, done_now
from onhand.ledger.promises.questions import ReservationQuestions
from onhand.ledger.reading_lines import LineLike, lines_of

_ROUNDS_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleanup:
    """What a worker did: the reservations that it ended, and those who were offered what came free."""

    released: tuple[int, ...]
    offered: tuple[int, ...]


class Reservations(ReservationQuestions):
    """Reservations after they are made: handed over, taken back, ended, and offered to who waits."""

    _name = "reservations"

    @verb
    async def release(self, *, reservation: int, **about: Unpack[About]) -> Posting:
        """Take a promise back."""
        return await self._do(ReleaseReservation(reservation=reservation, **self._told(about)), about)

    @verb
    async def expire(self, *, reservation: int, **about: Unpack[About]) -> Posting:
        """End a promise whose time has passed."""
        return await self._do(ExpireReservation(reservation=reservation, **self._told(about)), about)

    @verb
    async def commit(self, *, reservation: int, lines: Iterable[LineLike] = (), **about: Unpack[About]) -> Posting:
        """Hand over what was reserved: all of it, or some lines."""
        return await self._do(
            CommitReservation(reservation=reservation, lines=lines_of(lines), **self._told(about)), about
        )

    @verb
    async def offer(self, *, reservation: int, **about: Unpack[About]) -> Posting:
        """Offer what came free to a reservation that waits in line."""
        return await self._do(OfferReservation(reservation=reservation, **self._told(about)), about)

    @verb
    async def release_expired(
        self,
        *,
        worker: str | None = None,
        batch: int = BATCH,
        lease_seconds: int = LEASE_SECONDS,
        actor: str | None = None,
    ) -> Cleanup:
        """
        Claim and end all reservations whose time has passed, batch by batch; then offer what came free.

        Each is claimed by one worker and ended once, whatever the number of workers. A worker with a name of its own
        goes on with what it had claimed before it died, without waiting for the lease to be over.
        """
        name = worker or f"worker-{uuid4()}"
        claims = Claims(self._acting, self._asking)
        released: list[int] = []
        claimed = await self._reading.promises.claimed(name, batch) if worker else ()
        for _ in range(_ROUNDS_MAX):
            claimed = claimed or await claims.claim_reservations(
                worker=name, batch=batch, lease_seconds=lease_seconds, actor=actor
            )
            if not claimed:
                break
            released += await claims.release_claimed(claimed, worker=name, actor=actor)
            claimed = ()
        offered = await self.offer_waiting(actor=actor)
        return Cleanup(released=tuple(released), offered=tuple(offered))

    @verb
    async def offer_waiting(self, *, batch: int = BATCH, actor: str | None = None) -> tuple[int, ...]:
        """Offer what came free to those who wait, in turn; gives the reservations that are active now."""
        check_limit(batch)
        offered: list[int] = []
        for _ in range(_ROUNDS_MAX):
            waiting = await self._reading.promises.next_in_line(batch)
            offers = [
                OfferReservation(key=f"offer/{number}/{version}", actor=actor or self._actor, reservation=number)
                for number, version in waiting
            ]
            made = done_now(await self._bulk(offers))
            offered += [offer.reservation for offer, outcome in zip(offers, made, strict=True) if outcome]
            if not any(made):
                break
        return tuple(offered)
