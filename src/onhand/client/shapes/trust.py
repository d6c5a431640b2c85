"""
What lines and answers of trust look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Document


class JournalHead(TypedDict):
    """Journal head."""

    org_id: int  # The number of the org.
    number: int  # The number of a posting in the journal, or of a document.
    hash: str  # The hash that seals the journal up to here, in hex.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.


class PostingSummary(TypedDict):
    """Posting summary."""

    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    reason: str | None  # Why.
    reverted_by: int | None  # The number of the posting that undid it; null where none did.
    key: str  # The idempotency key.
    reverts: list[int]  # The numbers of the postings that it undid, newest first.
    movements: int  # The movements, in order; in a list of postings, how many there are.
    changes: int  # The changes, in order; in a list of postings, how many there are.
    document: Document | None  # The document behind it.


class VerificationFinding(TypedDict):
    """Verification finding."""

    code: str  # The code.
    number: int | None  # The number of a posting in the journal, or of a document.
    entity: str | None  # The kind of thing.
    detail: str  # What is wrong.


class Verification(TypedDict):
    """Verification."""

    postings: int  # How many postings, a whole number.
    head: JournalHead  # Where the journal ends, a number.
    findings: list[VerificationFinding]  # What was found wrong.
