"""Reservations whose time has passed are claimed by one worker each, and ended once."""

from collections.abc import Iterable
from uuid import uuid4

from onhand.faults import Fault
from onhand.kernel.posting import Posting
from onhand.kernel.promises.claim_reservations import ClaimReservations
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.refusals import Refused
from onhand.ledger.asking import check_limit
from onhand.ledger.engine.request import Outcome
from onhand.ledger.namespace import Namespace, verb
from onhand.ledger.promises.port import Versioned

BATCH = 50
LEASE_SECONDS = 60


class Claims(Namespace):
    """Claims what has expired, and ends what was claimed; any number of processes may do so at once."""

    _name = "worker"

    @verb
    async def claim_reservations(
        self, *, worker: str, batch: int = BATCH, lease_seconds: int = LEASE_SECONDS, actor: str | None = None
    ) -> tuple[Versioned, ...]:
        """
        Claim the longest overdue reservations for a worker, `batch` at most; none where nothing is due.

        Whoever dies before he has ended them holds them no longer than the lease; then others claim them.
        """
        check_limit(batch)
        seen: tuple[Versioned, ...] = ()
        while due := await self._reading.promises.claimable(batch):
            claim = ClaimReservations(
                key=f"claim/{worker}/{uuid4()}",
                actor=actor or self._actor,
                worker=worker,
                reservations=tuple(line.id for line in due),
                lease_seconds=lease_seconds,
            )
            try:
                posting = await self._post(claim)
            except Refused as refused:
                if refused.code != "NOTHING_TO_CLAIM" or due == seen:
                    return ()
                seen = due  # another worker was faster; what is due now is something else
                continue
            return tuple(Versioned(change.entity_id, change.after["version"]) for change in posting.changes)
        return ()

    @verb
    async def release_claimed(
        self, claimed: Iterable[Versioned], *, worker: str, actor: str | None = None
    ) -> tuple[int, ...]:
        """End reservations that this worker has claimed; gives those that it ended and no other did before."""
        who = actor or self._actor
        ends = [
            ExpireReservation(key=f"expire/{number}/{version}", actor=who, reservation=number, claimant=worker)
            for number, version in claimed
        ]
        return tuple(
            end.reservation for end, outcome in zip(ends, done_now(await self._bulk(ends)), strict=True) if outcome
        )


def done_now(outcomes: Iterable[Outcome]) -> list[bool]:
    """Tell of each outcome whether it was done now, and by nobody before; raises the first fault."""
    return [_is_done(outcome) for outcome in outcomes]


def _is_done(outcome: Outcome) -> bool:
    if isinstance(outcome, Fault):
        raise outcome
    return isinstance(outcome, Posting) and not outcome.replayed
