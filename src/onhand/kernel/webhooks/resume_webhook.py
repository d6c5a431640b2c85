"""Resume a webhook: it is told again, where it stopped or from a posting on."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.on_the_book import find_webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeWebhook(Command):
    """
    Tell a webhook again: where it stopped, or from the posting `start` on.

    What was told before is told again then, under the ids that it had. An active one is tried at once.
    """

    kind: ClassVar[str] = "resume_webhook"
    refuses: ClassVar[Codes] = frozenset({"WEBHOOK_NOT_FOUND"})

    webhook: int
    start: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if self.start is not None:
            check_number(self.start, "start")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Let it be active; another start is another run."""
        known = find_webhook(draft, self.webhook)
        resumed = known.next(status="active", because=None)
        if self.start is not None:
            resumed = known.next(status="active", because=None, start=self.start, run=known.run + 1)
        draft.change(known, resumed, "resumed")
