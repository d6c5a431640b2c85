"""Messages: a posting as a webhook tells it, by the Standard Webhooks specification."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from onhand.kernel.entity import time_text
from onhand.kernel.posting import Posting
from onhand.kernel.webhooks.signing import signed_headers

WritePosting = Callable[[Posting], Mapping[str, object]]
"""Writes a posting as plain JSON values."""


class WebhookMessage(NamedTuple):
    """What is sent: the id is the same at each try."""

    id: str
    body: bytes

    def headers(self, signing_key: bytes, credentials: Iterable[str]) -> dict[str, str]:
        """Sign it, as it is sent now."""
        return signed_headers(signing_key, credentials, self.id, datetime.now(UTC), self.body)


def message_of(posting: Posting, org_id: int, webhook: int, write: WritePosting) -> WebhookMessage:
    """Give the message that tells a webhook of a posting."""
    return _message(
        f"{org_id}/{webhook}/{posting.number}", f"posting.{posting.kind}", posting.recorded_at, write(posting)
    )


def trial_message(org_id: int, webhook: int, name: str, unique: str) -> WebhookMessage:
    """Give a message that tells of nothing, to try whether a webhook gets any."""
    data = {"webhook": webhook, "name": name}
    return _message(f"{org_id}/{webhook}/test-{unique}", "test", datetime.now(UTC), data)


def _message(message_id: str, kind: str, moment: datetime, data: Mapping[str, object]) -> WebhookMessage:
    body = {"type": kind, "timestamp": time_text(moment), "data": data}
    return WebhookMessage(message_id, msgspec.json.encode(body, enc_hook=str))
