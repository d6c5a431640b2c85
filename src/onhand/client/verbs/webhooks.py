"""
What is told of webhooks, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.shared import Posted
from onhand.client.shapes.webhooks import DeliveryAnswer, TestWebhookAnswer, WebhookAnswer
from onhand.client.speaking import About, AsyncSpeaker, Page, Speaker, Versioned


class CreateWebhookTold(About, total=False):
    """What `create_webhook` is told."""

    name: Required[str]  # The name.
    url: Required[str]  # An address: https, public, on port 443 or one from 1024 on.
    kinds: Sequence[str]  # Kinds of postings; none is all of them.
    sites: Sequence[str]  # Sites, by their codes.
    skus: Sequence[str]  # The codes of items, separated by commas.
    start: int  # The first posting that a webhook tells.


class ListWebhooksTold(TypedDict, total=False):
    """What `list_webhooks` is told."""

    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetWebhookTold(TypedDict, total=False):
    """What `get_webhook` is told."""

    webhook: Required[int]  # The number of a webhook.


class ChangeWebhookTold(About, Versioned, total=False):
    """What `change_webhook` is told."""

    webhook: Required[int]  # The number of a webhook.
    url: Required[str]  # An address: https, public, on port 443 or one from 1024 on.
    kinds: Sequence[str]  # Kinds of postings; none is all of them.
    sites: Sequence[str]  # Sites, by their codes.
    skus: Sequence[str]  # The codes of items, separated by commas.


class DisableWebhookTold(About, total=False):
    """What `disable_webhook` is told."""

    webhook: Required[int]  # The number of a webhook.


class ResumeWebhookTold(About, total=False):
    """What `resume_webhook` is told."""

    webhook: Required[int]  # The number of a webhook.
    start: int  # The first posting that a webhook tells.


class RotateWebhookTold(About, total=False):
    """What `rotate_webhook` is told."""

    webhook: Required[int]  # The number of a webhook.
    overlap_seconds: int  # How long the old secret is good beside the new one, in seconds.


class ListDeliveriesTold(TypedDict, total=False):
    """What `list_deliveries` is told."""

    webhook: Required[int]  # The number of a webhook.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class TestWebhookTold(TypedDict, total=False):
    """What `test_webhook` is told."""

    webhook: Required[str]  # The number of a webhook.


class WebhooksVerbs(Speaker):
    """The verbs."""

    def create_webhook(self, **told: Unpack[CreateWebhookTold]) -> Posted:
        """
        Tell an address of each posting from now on, or from the posting `start` on.

        `kinds`, `sites` and `skus` narrow it: only postings of one of these kinds, which moved something at one of
        these sites, and one of these items. The secret that signs is shown once, in the answer.

        POST /api/webhooks, for admin.
        """
        return self._write("POST", "/api/webhooks", told)

    def list_webhooks(self, **told: Unpack[ListWebhooksTold]) -> Page[WebhookAnswer]:
        """
        List the webhooks, the disabled ones too, with how far each was told.

        GET /api/webhooks, for admin, auditor.
        """
        return self._ask("/api/webhooks", told)

    def get_webhook(self, **told: Unpack[GetWebhookTold]) -> WebhookAnswer:
        """
        Give a webhook, with how far it was told.

        GET /api/webhooks/{webhook}, for admin, auditor.
        """
        return self._ask("/api/webhooks/{webhook}", told)

    def change_webhook(self, **told: Unpack[ChangeWebhookTold]) -> Posted:
        """
        Lead a webhook elsewhere, or narrow it otherwise; how far it was told stays.

        PUT /api/webhooks/{webhook}, for admin.
        """
        return self._write("PUT", "/api/webhooks/{webhook}", told)

    def disable_webhook(self, **told: Unpack[DisableWebhookTold]) -> Posted:
        """
        Tell a webhook nothing any more, until it is resumed; `because` says why.

        POST /api/webhooks/{webhook}/disablement, for admin.
        """
        return self._write("POST", "/api/webhooks/{webhook}/disablement", told)

    def resume_webhook(self, **told: Unpack[ResumeWebhookTold]) -> Posted:
        """
        Tell a webhook again: where it stopped, or from the posting `start` on.

        What was told before is told again then, under the ids that it had. An active one is tried at once.

        POST /api/webhooks/{webhook}/resumption, for admin.
        """
        return self._write("POST", "/api/webhooks/{webhook}/resumption", told)

    def rotate_webhook(self, **told: Unpack[RotateWebhookTold]) -> Posted:
        """
        Give a webhook another secret, which is shown once, in the answer.

        Until `overlap_seconds` from now, those before sign too, so that the receiver can change over.

        POST /api/webhooks/{webhook}/rotation, for admin.
        """
        return self._write("POST", "/api/webhooks/{webhook}/rotation", told)

    def list_deliveries(self, **told: Unpack[ListDeliveriesTold]) -> Page[DeliveryAnswer]:
        """
        List the last thousand tries to tell a webhook of postings, the latest first.

        GET /api/webhooks/{webhook}/deliveries, for admin, auditor.
        """
        return self._ask("/api/webhooks/{webhook}/deliveries", told)

    def test_webhook(self, **told: Unpack[TestWebhookTold]) -> TestWebhookAnswer:
        """
        Send a webhook a message that tells of nothing, at once.

        It is signed like all others; the answer says what became of it.

        POST /api/webhooks/{webhook}/tests, for admin.
        """
        return self._write("POST", "/api/webhooks/{webhook}/tests", told)


class AsyncWebhooksVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def create_webhook(self, **told: Unpack[CreateWebhookTold]) -> Posted:
        """
        Tell an address of each posting from now on, or from the posting `start` on.

        `kinds`, `sites` and `skus` narrow it: only postings of one of these kinds, which moved something at one of
        these sites, and one of these items. The secret that signs is shown once, in the answer.

        POST /api/webhooks, for admin.
        """
        return await self._write("POST", "/api/webhooks", told)

    async def list_webhooks(self, **told: Unpack[ListWebhooksTold]) -> Page[WebhookAnswer]:
        """
        List the webhooks, the disabled ones too, with how far each was told.

        GET /api/webhooks, for admin, auditor.
        """
        return await self._ask("/api/webhooks", told)

    async def get_webhook(self, **told: Unpack[GetWebhookTold]) -> WebhookAnswer:
        """
        Give a webhook, with how far it was told.

        GET /api/webhooks/{webhook}, for admin, auditor.
        """
        return await self._ask("/api/webhooks/{webhook}", told)

    async def change_webhook(self, **told: Unpack[ChangeWebhookTold]) -> Posted:
        """
        Lead a webhook elsewhere, or narrow it otherwise; how far it was told stays.

        PUT /api/webhooks/{webhook}, for admin.
        """
        return await self._write("PUT", "/api/webhooks/{webhook}", told)

    async def disable_webhook(self, **told: Unpack[DisableWebhookTold]) -> Posted:
        """
        Tell a webhook nothing any more, until it is resumed; `because` says why.

        POST /api/webhooks/{webhook}/disablement, for admin.
        """
        return await self._write("POST", "/api/webhooks/{webhook}/disablement", told)

    async def resume_webhook(self, **told: Unpack[ResumeWebhookTold]) -> Posted:
        """
        Tell a webhook again: where it stopped, or from the posting `start` on.

        What was told before is told again then, under the ids that it had. An active one is tried at once.

        POST /api/webhooks/{webhook}/resumption, for admin.
        """
        return await self._write("POST", "/api/webhooks/{webhook}/resumption", told)

    async def rotate_webhook(self, **told: Unpack[RotateWebhookTold]) -> Posted:
        """
        Give a webhook another secret, which is shown once, in the answer.

        Until `overlap_seconds` from now, those before sign too, so that the receiver can change over.

        POST /api/webhooks/{webhook}/rotation, for admin.
        """
        return await self._write("POST", "/api/webhooks/{webhook}/rotation", told)

    async def list_deliveries(self, **told: Unpack[ListDeliveriesTold]) -> Page[DeliveryAnswer]:
        """
        List the last thousand tries to tell a webhook of postings, the latest first.

        GET /api/webhooks/{webhook}/deliveries, for admin, auditor.
        """
        return await self._ask("/api/webhooks/{webhook}/deliveries", told)

    async def test_webhook(self, **told: Unpack[TestWebhookTold]) -> TestWebhookAnswer:
        """
        Send a webhook a message that tells of nothing, at once.

        It is signed like all others; the answer says what became of it.

        POST /api/webhooks/{webhook}/tests, for admin.
        """
        return await self._write("POST", "/api/webhooks/{webhook}/tests", told)
