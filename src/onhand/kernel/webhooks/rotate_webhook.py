"""Rotate the secret of a webhook: a new one signs, and those before for a while."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.create_webhook import CREDENTIALS_MAX, credential_of
from onhand.kernel.webhooks.on_the_book import find_webhook

OVERLAP_SECONDS_MAX = 30 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateWebhook(Command):
    """
    Give a webhook another secret, which is shown once, in the answer.

    Until `overlap_seconds` from now, those before sign too, so that the receiver can change over.
    """

    kind: ClassVar[str] = "rotate_webhook"
    refuses: ClassVar[Codes] = frozenset({"WEBHOOK_NOT_FOUND"})

    webhook: int
    overlap_seconds: int = 86_400

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if check_number(self.overlap_seconds, "overlap_seconds", least=0) > OVERLAP_SECONDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"secrets overlap for {OVERLAP_SECONDS_MAX} seconds at most")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Put the new secret before those that still sign."""
        known = find_webhook(draft, self.webhook)
        older = known.signing(draft.now) if self.overlap_seconds else ()
        rotated = known.next(
            credentials=(credential_of(self.key), *older)[:CREDENTIALS_MAX],
            older_until=draft.now + timedelta(seconds=self.overlap_seconds) if older else None,
        )
        draft.change(known, rotated, "rotated")
