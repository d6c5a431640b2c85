"""Webhooks on PostgreSQL: where each stands, and the lease under which one worker at a time delivers it."""

import secrets
from contextlib import AbstractAsyncContextManager

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.ledger.webhooks.port import Claimed, DeliveryAnswer, Signing, Try, WebhookAnswer
from onhand.store.database.answering import answers_of
from onhand.store.database.engine_rows import writing
from onhand.store.database.reader import Reader, RunQuery
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements

SLOTS = 1000
"""So many tries of each webhook are kept."""


class PostgresWebhooks:
    """
    Webhooks of one org.

    A lease is a row with a name and an end; each note of how far a webhook was told names the claim, so a worker whose
    lease was taken over can note nothing any more.
    """

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[DriverRow]], statements: Statements, org_id: int, reader: Reader
    ) -> None:
        """Write with connections of a pool, and read through a reader of the org."""
        self._pool = pool
        self._statements = statements
        self._org_id = org_id
        self._reader = reader

    async def webhooks(self, webhook: int | None, after: int, limit: int) -> tuple[WebhookAnswer, ...]:
        """Webhooks in the order of their numbers."""
        rows = await self._reader.ask("read_webhooks", id=webhook, after=after, limit=limit)
        return answers_of(WebhookAnswer, rows)

    async def deliveries(self, webhook: int, before: int | None, limit: int) -> tuple[DeliveryAnswer, ...]:
        """The last tries of a webhook, the latest first."""
        rows = await self._reader.ask("read_webhook_deliveries", webhook=webhook, before=before, limit=limit)
        return answers_of(DeliveryAnswer, rows)

    async def signing(self, webhook: int) -> Signing | None:
        """With what a webhook signs now."""
        rows = await self._reader.ask("read_webhook_signing", webhook=webhook)
        for row in rows:
            return Signing(row.url, tuple(row.credentials if row.older_sign else row.credentials[:1]))
        return None

    async def signing_key(self) -> bytes:
        """Give the secret of the org's services, which no role but the engine's sees."""
        async with writing(self._pool, self._statements, self._org_id) as ask:
            (row,) = await ask("make_service_secret", hash=f"secret:{secrets.token_hex(32)}")
        return str(row.hash).encode()

    async def due(self, limit: int) -> tuple[int, ...]:
        """Webhooks that have something to be told now and that nobody is at."""
        return tuple(row.id for row in await self._reader.ask("find_due_webhooks", limit=limit))

    async def claim(self, webhook: int, claim: str, lease_seconds: float) -> Claimed | None:
        """Take the lease of a webhook."""
        async with self._writing() as ask:
            taken = await ask("claim_webhook", webhook=webhook, claim=claim, lease_seconds=lease_seconds)
            known = await ask("read_claimed_webhook", webhook=webhook) if taken else []
            # what changed between the two is seen by its next claim
            if not known or (known[0].version, known[0].run) != (taken[0].version, taken[0].run):
                if taken:
                    await ask("release_webhook", webhook=webhook, claim=claim)
                return None
        (row,), (stands,) = known, taken
        both = row.older_until is not None and row.now < row.older_until
        return Claimed(
            webhook=webhook,
            claim=claim,
            version=row.version,
            run=row.run,
            url=row.url,
            kinds=frozenset(row.kinds),
            sites=frozenset(row.sites),
            skus=frozenset(row.skus),
            credentials=tuple(row.credentials if both else row.credentials[:1]),
            number=stands.number,
            tries=stands.tries,
            failures=stands.failures,
            head=row.head,
        )

    async def advance(self, claimed: Claimed, lease_seconds: float, tried: Try | None) -> bool:
        """Note how far a webhook was told, and hold its lease longer."""
        async with self._writing() as ask:
            rows = await ask(
                "advance_webhook",
                webhook=claimed.webhook,
                claim=claimed.claim,
                run=claimed.run,
                number=claimed.number,
                tries=claimed.tries,
                delivered=0 if tried is None else 1,
                lease_seconds=lease_seconds,
            )
            if rows and tried is not None:
                await _log(ask, claimed.webhook, tried)
        return any(row.version == claimed.version and row.is_active for row in rows)

    async def postpone(self, claimed: Claimed, wait_seconds: float, tried: Try) -> float | None:
        """Note that a webhook could not be told, and let it wait."""
        async with self._writing() as ask:
            rows = await ask(
                "postpone_webhook",
                webhook=claimed.webhook,
                claim=claimed.claim,
                tries=claimed.tries,
                refused=0 if tried.status is None else 1,
                wait_seconds=wait_seconds,
            )
            if rows:
                await _log(ask, claimed.webhook, tried)
        return next((float(row.failing_seconds) for row in rows), None)

    async def release(self, claimed: Claimed) -> None:
        """Give the lease of a webhook up."""
        async with self._writing() as ask:
            await ask("release_webhook", webhook=claimed.webhook, claim=claimed.claim)

    def _writing(self) -> AbstractAsyncContextManager[RunQuery]:
        """Write of a lease: one that is lost with the server is taken anew, and what was told is told once more."""
        return writing(self._pool, self._statements, self._org_id, awaits_standby=False)


async def _log(ask: RunQuery, webhook: int, tried: Try) -> None:
    told = tried._asdict()
    attempt = told.pop("attempt")
    await ask("log_webhook_delivery", webhook=webhook, slot=attempt % SLOTS, **{"try": attempt}, **told)
