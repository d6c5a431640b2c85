"""
The deliverer: takes the lease of a webhook, reads the journal on from where it stands, and tells it posting by posting.

There is no outbox: the journal is one. How far a webhook was told is noted after its receiver has said yes, so whoever
dies between the two tells that posting once more, under the same id.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import structlog

from onhand.delivery.messages import WritePosting, message_of
from onhand.delivery.schedule import Schedule
from onhand.delivery.sending import Sender, SendOutcome
from onhand.faults import Fault
from onhand.kernel.filters import Filter
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.stock import Stock
from onhand.ledger.webhooks.port import Claimed, Try

_SLICE = 50
_TURN = 500
"""So many postings are looked at before other webhooks have their turn."""
_AT_ONCE = 16

log = structlog.get_logger("onhand.worker")


@dataclass(slots=True)
class Deliverer:
    """
    Delivers the webhooks of an org; any number of deliverers may, each webhook is at one of them.

    A lease lasts for one message and `stalled_seconds` more, and is held longer after each. A message is given up
    before its lease is over, so nobody tells a webhook while somebody else does.
    """

    stock: Stock
    sender: Sender
    write: WritePosting
    schedule: Schedule
    stalled_seconds: float
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _signing_key: bytes | None = None
    _is_stopping: bool = False

    @property
    def lease_seconds(self) -> float:
        """How long a lease lasts."""
        return self.schedule.timeout_seconds + self.stalled_seconds

    async def begin_due(self) -> int:
        """Begin to deliver what is due and nobody is at; gives how many webhooks are under way here."""
        self._under_way = {webhook: task for webhook, task in self._under_way.items() if not task.done()}
        free = _AT_ONCE - len(self._under_way)
        if free > 0 and not self._is_stopping:
            for webhook in await self.stock.webhooks.port.due(free):
                if webhook not in self._under_way:
                    self._under_way[webhook] = asyncio.create_task(self._deliver(webhook))
        return len(self._under_way)

    async def deliver_all(self) -> None:
        """Deliver until nothing is due."""
        while await self.begin_due():
            await asyncio.wait(self._under_way.values())

    async def stop(self) -> None:
        """Let what is being sent end, and give the leases up."""
        self._is_stopping = True
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _deliver(self, webhook: int) -> None:
        """Tell one webhook what it has not been told; a breakdown leaves the lease to whoever comes when it is over."""
        try:
            claimed = await self.stock.webhooks.port.claim(webhook, uuid4().hex, self.lease_seconds)
            if claimed is None:
                return
            if await self._tell(claimed):
                await self.stock.webhooks.port.release(claimed)
        except Fault as fault:
            log.warning("interrupted", what=str(fault), webhook=webhook)
        except Exception:
            log.exception("broken", webhook=webhook)

    async def _tell(self, claimed: Claimed) -> bool:
        """Tell posting after posting; gives whether the lease is still to be given up."""
        wanted = Filter(claimed.kinds, claimed.sites, claimed.skus)
        held_since = time.monotonic()
        last = min(claimed.head, claimed.number + _TURN)
        while claimed.number < last:
            end = min(last, claimed.number + _SLICE)
            for posting in await self.stock.worker.history.slice(claimed.number + 1, end):
                if not wanted.lets_through(posting):
                    claimed = claimed._replace(number=posting.number)
                    continue
                if time.monotonic() - held_since > self.stalled_seconds / 2:
                    held_since = time.monotonic()
                    if not await self.stock.webhooks.port.advance(claimed, self.lease_seconds, None):
                        return True
                claimed = claimed._replace(tries=claimed.tries + 1)
                outcome, tried = await self._send(claimed, posting)
                if not outcome.is_delivered:
                    await self._failed(claimed, outcome, tried)
                    return False
                claimed, held_since = claimed._replace(number=posting.number, failures=0), time.monotonic()
                goes_on = await self.stock.webhooks.port.advance(claimed, self.lease_seconds, tried)
                if not goes_on or self._is_stopping:
                    return True
            held_since = time.monotonic()
            goes_on = await self.stock.webhooks.port.advance(claimed, self.lease_seconds, None)
            if not goes_on or claimed.number < end:  # what was not there is told when it is
                return True
        return True

    async def _send(self, claimed: Claimed, posting: Posting) -> tuple[SendOutcome, Try]:
        if self._signing_key is None:
            self._signing_key = await self.stock.webhooks.port.signing_key()
        message = message_of(posting, self.stock.org_id, claimed.webhook, self.write)
        now = datetime.now(UTC)
        headers = message.headers(self._signing_key, claimed.credentials)
        outcome = await self.sender.send(claimed.url, headers, message.body)
        tried = Try(claimed.tries, posting.number, now, outcome.status, outcome.detail, outcome.milliseconds)
        return outcome, tried

    async def _failed(self, claimed: Claimed, outcome: SendOutcome, tried: Try) -> None:
        """Let a webhook wait; one that is gone, or failed for too long, is disabled."""
        chance = random.random()  # noqa: S311 - spreads the load, guards nothing
        wait = self.schedule.wait(claimed.failures + 1, outcome.retry_after, chance)
        failing = await self.stock.webhooks.port.postpone(claimed, wait, tried)
        log.warning(
            "not delivered",
            webhook=claimed.webhook,
            posting=tried.number,
            why=outcome.detail,
            again_seconds=round(wait),
        )
        if failing is None:
            return
        if outcome.is_gone:
            await self._disable(claimed, "gone")
        elif failing > self.schedule.give_up_seconds:
            await self._disable(claimed, "failing")

    async def _disable(self, claimed: Claimed, because: str) -> None:
        key = f"disable-webhook/{claimed.webhook}/{claimed.version}"
        try:
            await self.stock.webhooks.disable(webhook=claimed.webhook, because=because, key=key, actor="worker")
        except Refused as refused:  # the same key for another reason: somebody else was faster
            log.warning("not disabled", webhook=claimed.webhook, why=str(refused))
        log.warning("disabled", webhook=claimed.webhook, because=because)
