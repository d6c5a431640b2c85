"""
What lines and answers of webhooks look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict


class DeliveryAnswer(TypedDict):
    """Delivery answer."""

    attempt: int  # The number of the try, counted since the webhook was made.
    number: int  # The number of a posting in the journal, or of a document.
    attempted_at: str  # When it was tried: RFC 3339 in UTC.
    status: int | None  # What the receiver answered over HTTP; null where it did not.
    detail: str | None  # Why it was not delivered; null where it was.
    milliseconds: int  # How long it took, in milliseconds.


class TestWebhookAnswer(TypedDict):
    """Test webhook answer."""

    delivered: bool  # Whether the receiver has it.
    status: int | None  # What it answered over HTTP; null for nothing.
    detail: str | None  # Why it was not delivered.
    milliseconds: int  # How long it took, in milliseconds.


class WebhookAnswer(TypedDict):
    """Webhook answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    name: str  # The name.
    url: str  # An address: https, public, on port 443 or one from 1024 on.
    kinds: list[str]  # Kinds of postings; none is all of them.
    sites: list[str]  # Sites, by their codes.
    skus: list[str]  # The codes of items, separated by commas.
    status: str  # The status.
    because: str | None  # Why it is disabled: asked, gone or failing.
    start: int  # The first posting that a webhook tells.
    secrets: int  # How many secrets sign.
    older_until: str | None  # Until when the older secrets sign too: RFC 3339 in UTC.
    number: int  # The number of a posting in the journal, or of a document.
    failures: int  # How many tries failed in a row.
    failing_since: str | None  # Since when every try failed: RFC 3339 in UTC.
    next_attempt_at: str | None  # When it is tried again: RFC 3339 in UTC.
    delivered: int  # How many tries were taken, ever.
    refused: int  # How many tries were answered otherwise, ever.
    unanswered: int  # How many tries were not answered, ever.
