"""Promises whose time has passed, and those who wait in line: what workers do, and may do all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.promises.claim_reservations import ClaimReservations
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.offer_reservation import OfferReservation
from onhand.kernel.refusals import Refused
from onhand.ledger.asking import Asking, check_limit
from onhand.ledger.engine.acting import Acting
from onhand.ledger.engine.request import Outcome
from onhand.ledger.promises.port import Versioned

BATCH = 50
LEASE_SECONDS = 60
_ROUNDS_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleanup:
    """What a worker did: the reservations that it ended, and those who were offered what came free."""

    released: tuple[int, ...]
    offered: tuple[int, ...]


class Promises(Acting, Asking):
    """Ends what has expired and offers what came free; any number of processes may do so at once."""

    async def claim_expired(
        self, *, worker: str, batch: int = BATCH, lease_seconds: int = LEASE_SECONDS, actor: str | None = None
    ) -> tuple[Versioned, ...]:
        """
        Claim the longest overdue reservations for a worker, `batch` at most; none where nothing is due.

        Whoever dies before he has ended them holds them no longer than the lease; then others claim them.
        """
        check_limit(batch)
        seen: tuple[Versioned, ...] = ()
        while due := await self.reading.promises.claimable(batch):
            claim = ClaimReservations(
                key=f"claim/{worker}/{uuid4()}",
                actor=actor or self._actor,
                worker=worker,
                reservations=tuple(line.id for line in due),
                lease_seconds=lease_seconds,
            )
            try:
                posting = await self.post(claim)
            except Refused as refused:
                if refused.code != "NOTHING_TO_CLAIM" or due == seen:
                    return ()
                seen = due  # another worker was faster; what is due now is something else
                continue
            return tuple(Versioned(change.entity_id, change.after["version"]) for change in posting.changes)
        return ()

    async def release_claimed(
        self, claimed: Iterable[Versioned], *, worker: str, actor: str | None = None
    ) -> tuple[int, ...]:
        """End reservations that this worker has claimed; gives those that it ended and no other did before."""
        who = actor or self._actor
        ends = [
            ExpireReservation(key=f"expire/{number}/{version}", actor=who, reservation=number, claimant=worker)
            for number, version in claimed
        ]
        return tuple(end.reservation for end, outcome in zip(ends, await self._try(ends), strict=True) if outcome)

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
        released: list[int] = []
        claimed = await self.reading.promises.claimed(name, batch) if worker else ()
        for _ in range(_ROUNDS_MAX):
            claimed = claimed or await self.claim_expired(
                worker=name, batch=batch, lease_seconds=lease_seconds, actor=actor
            )
            if not claimed:
                break
            released += await self.release_claimed(claimed, worker=name, actor=actor)
            claimed = ()
        offered = await self.offer_waiting(actor=actor)
        return Cleanup(released=tuple(released), offered=tuple(offered))

    async def offer_waiting(self, *, batch: int = BATCH, actor: str | None = None) -> tuple[int, ...]:
        """Offer what came free to those who wait, in turn; gives the reservations that are active now."""
        check_limit(batch)
        offered: list[int] = []
        for _ in range(_ROUNDS_MAX):
            waiting = await self.reading.promises.next_in_line(batch)
            offers = [
                OfferReservation(key=f"offer/{number}/{version}", actor=actor or self._actor, reservation=number)
                for number, version in waiting
            ]
            made = await self._try(offers)
            offered += [offer.reservation for offer, outcome in zip(offers, made, strict=True) if outcome]
            if not any(made):
                break
        return tuple(offered)

    async def _try(self, commands: Sequence[Command]) -> list[bool]:
        """Execute commands; gives for each whether it was done now, and raises the first fault."""
        return [_is_done(outcome) for outcome in await self.bulk(commands)] if commands else []


def _is_done(outcome: Outcome) -> bool:
    if isinstance(outcome, Fault):
        raise outcome
    return isinstance(outcome, Posting) and not outcome.replayed
