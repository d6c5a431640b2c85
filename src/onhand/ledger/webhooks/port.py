"""What webhooks need of a store, and what is answered about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.kernel.posting import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAnswer:
    """
    A webhook as it is, and where it stands.

    `number` is the last posting that was delivered or passed over; `secrets` how many of them sign or will have signed.
    `failures` counts tries that failed in a row, since `failing_since`. All tries ever were `delivered`, `refused` by
    what the target answered, or `unanswered`.
    """

    id: int
    version: int
    name: str
    url: str
    kinds: tuple[str, ...]
    sites: tuple[str, ...]
    skus: tuple[str, ...]
    status: str
    because: str | None
    start: int
    secrets: int
    older_until: datetime | None
    number: int
    failures: int
    failing_since: datetime | None
    next_attempt_at: datetime | None
    delivered: int
    refused: int
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryAnswer:
    """One try to tell a webhook of a posting; `status` is what the target answered over HTTP, null where it did not."""

    attempt: int
    number: int
    attempted_at: datetime
    status: int | None
    detail: str | None
    milliseconds: int


class Claimed(NamedTuple):
    """
    A webhook whose lease a worker holds, under the name of this claim.

    `tries` counts all tries that were ever made, `failures` those that failed in a row.
    """

    webhook: int
    claim: str
    version: int
    run: int
    url: str
    kinds: frozenset[str]
    sites: frozenset[str]
    skus: frozenset[str]
    credentials: tuple[str, ...]
    number: int
    tries: int
    failures: int
    head: int


class Try(NamedTuple):
    """One try to tell a webhook of a posting, as it is kept."""

    attempt: int
    number: int
    attempted_at: datetime
    status: int | None
    detail: str | None
    milliseconds: int


class Signing(NamedTuple):
    """Where a webhook leads, and the names of the secrets that sign now."""

    url: str
    credentials: tuple[str, ...]


class WebhooksReading(Protocol):
    """Webhooks, where they stand, and the leases under which they are delivered."""

    async def webhooks(self, webhook: int | None, after: int, limit: int) -> tuple[WebhookAnswer, ...]:
        """Webhooks in the order of their numbers; with one told, that one."""
        ...

    async def deliveries(self, webhook: int, before: int | None, limit: int) -> tuple[DeliveryAnswer, ...]:
        """The last tries of a webhook, the latest first."""
        ...

    async def signing(self, webhook: int) -> Signing | None:
        """With what a webhook signs now."""
        ...

    async def signing_key(self) -> bytes:
        """What the secrets of the org are made from; it stands in no journal, and whoever asks first makes it."""
        ...

    async def due(self, limit: int) -> tuple[int, ...]:
        """Webhooks that have something to be told now and that nobody is at."""
        ...

    async def claim(self, webhook: int, claim: str, lease_seconds: float) -> Claimed | None:
        """Take the lease of a webhook; None where somebody has it, or where there is nothing to do."""
        ...

    async def advance(self, claimed: Claimed, lease_seconds: float, tried: Try | None) -> bool:
        """
        Note that a webhook was told up to `claimed.number`, with the try that told it, and hold its lease longer.

        Returns:
            Whether the claim goes on: it was not taken over, and the webhook is as it was claimed.
        """
        ...

    async def postpone(self, claimed: Claimed, wait_seconds: float, tried: Try) -> float | None:
        """
        Note that a webhook could not be told, give its lease up, and let it wait.

        Returns:
            For how many seconds it has failed; None where the lease was taken over.
        """
        ...

    async def release(self, claimed: Claimed) -> None:
        """Give the lease of a webhook up."""
        ...


class HistoryReading(Protocol):
    """Whole postings, read on from a number."""

    async def slice(self, first: int, last: int) -> Sequence[Posting]:
        """The postings from one number to another, in order, with their movements and changes."""
        ...
