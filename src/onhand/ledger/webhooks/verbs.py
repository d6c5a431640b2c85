"""Webhooks: who is told of postings elsewhere, and how far each was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack

from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.webhooks.change_webhook import ChangeWebhook
from onhand.kernel.webhooks.create_webhook import CreateWebhook, credential_of
from onhand.kernel.webhooks.disable_webhook import DisableWebhook
from onhand.kernel.webhooks.resume_webhook import ResumeWebhook
from onhand.kernel.webhooks.rotate_webhook import RotateWebhook
from onhand.kernel.webhooks.signing import secret_text
from onhand.ledger.asking import check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.webhooks.port import DeliveryAnswer, WebhookAnswer, WebhooksReading


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretMade:
    """The posting that made a secret, and the secret; None for a retry or a dry run, since it is shown once."""

    posting: Posting
    secret: str | None


class Webhooks(Namespace):
    """Webhooks are made and changed by postings; a worker delivers them."""

    _name = "webhooks"

    @property
    def port(self) -> WebhooksReading:
        """What whoever delivers asks of the store."""
        return self._reading.webhooks

    @verb
    async def create(
        self,
        *,
        name: str,
        url: str,
        kinds: Iterable[str] = (),
        sites: Iterable[str] = (),
        skus: Iterable[str] = (),
        start: int | None = None,
        **about: Unpack[About],
    ) -> SecretMade:
        """Tell an address of each posting from now on, or from the posting `start` on; its secret is shown once."""
        posting = await self._do(
            CreateWebhook(
                name=name,
                url=url,
                kinds=tuple(kinds),
                sites=tuple(sites),
                skus=tuple(skus),
                start=start,
                **self._told(about),
            ),
            about,
        )
        return await self._with_secret(posting, about)

    @verb
    async def change(
        self,
        *,
        webhook: int,
        url: str,
        kinds: Iterable[str] = (),
        sites: Iterable[str] = (),
        skus: Iterable[str] = (),
        **about: Unpack[About],
    ) -> Posting:
        """Lead a webhook elsewhere, or narrow it otherwise."""
        return await self._do(
            ChangeWebhook(
                webhook=webhook, url=url, kinds=tuple(kinds), sites=tuple(sites), skus=tuple(skus), **self._told(about)
            ),
            about,
        )

    @verb
    async def disable(self, *, webhook: int, because: str = "asked", **about: Unpack[About]) -> Posting:
        """Tell a webhook nothing any more, until it is resumed."""
        return await self._do(DisableWebhook(webhook=webhook, because=because, **self._told(about)), about)

    @verb
    async def resume(self, *, webhook: int, start: int | None = None, **about: Unpack[About]) -> Posting:
        """Tell a webhook again: where it stopped, or from the posting `start` on."""
        return await self._do(ResumeWebhook(webhook=webhook, start=start, **self._told(about)), about)

    @verb
    async def rotate(self, *, webhook: int, overlap_seconds: int = 86_400, **about: Unpack[About]) -> SecretMade:
        """Give a webhook another secret, shown once; until the overlap is over, those before sign too."""
        posting = await self._do(
            RotateWebhook(webhook=webhook, overlap_seconds=overlap_seconds, **self._told(about)), about
        )
        return await self._with_secret(posting, about)

    @question
    async def list(self, *, after: str | None = None, limit: int = 50) -> Page[WebhookAnswer]:
        """List the webhooks, the disabled ones too, with how far each was told."""
        check_page(limit)
        cursor = await self._cursor("webhooks")
        (go_on,) = cursor.read(after, int) or (0,)
        rows = await self._reading.webhooks.webhooks(None, go_on, limit + 1)
        return cursor.page(rows, limit, lambda webhook: (webhook.id,))

    @question
    async def get(self, webhook: int) -> WebhookAnswer:
        """Give a webhook, with how far it was told."""
        rows = await self._reading.webhooks.webhooks(webhook, 0, 1)
        if not rows:
            raise Refused("WEBHOOK_NOT_FOUND", webhook=webhook)
        return rows[0]

    @question
    async def list_deliveries(self, webhook: int, *, after: str | None = None, limit: int = 50) -> Page[DeliveryAnswer]:
        """List the last thousand tries to tell a webhook of postings, the latest first."""
        check_page(limit)
        cursor = await self._cursor("deliveries", webhook)
        (go_on,) = cursor.read(after, int) or (None,)
        await self.get(webhook)
        rows = await self._reading.webhooks.deliveries(webhook, go_on, limit + 1)
        return cursor.page(rows, limit, lambda delivery: (delivery.attempt,))

    async def _with_secret(self, posting: Posting, about: About) -> SecretMade:
        if posting.replayed or about.get("dry_run"):
            return SecretMade(posting=posting, secret=None)
        signing_key = await self._reading.webhooks.signing_key()
        return SecretMade(posting=posting, secret=secret_text(signing_key, credential_of(posting.key)))
