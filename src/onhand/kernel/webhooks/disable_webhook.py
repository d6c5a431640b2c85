"""Disable a webhook: it is told nothing any more, until it is resumed."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.on_the_book import find_webhook

REASONS = ("asked", "gone", "failing")
"""Somebody asked for it, the target said 410, or it failed for too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableWebhook(Command):
    """Tell a webhook nothing any more, until it is resumed; `because` says why."""

    kind: ClassVar[str] = "disable_webhook"
    refuses: ClassVar[Codes] = frozenset({"WEBHOOK_NOT_FOUND"})

    webhook: int
    because: str = "asked"

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if self.because not in REASONS:
            raise Refused("INVALID_COMMAND", detail=f"because is one of {', '.join(REASONS)}")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Disable it, unless it is disabled."""
        known = find_webhook(draft, self.webhook)
        if known.status != "disabled":
            draft.change(known, known.next(status="disabled", because=self.because), "disabled")
