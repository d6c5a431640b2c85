"""Change a webhook: it leads elsewhere, or is narrowed otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.refusing import Codes
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.on_the_book import check_filters, find_webhook, know_filters, want_filters
from onhand.kernel.webhooks.targets import read_target


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWebhook(Command):
    """Lead a webhook elsewhere, or narrow it otherwise; how far it was told stays."""

    kind: ClassVar[str] = "change_webhook"
    refuses: ClassVar[Codes] = frozenset(
        {
            "TOO_MANY_LINES",
            "UNKNOWN_SITE",
            "UNKNOWN_ITEM",
            "VERSION_CONFLICT",
            "WEBHOOK_TARGET_FORBIDDEN",
            "WEBHOOK_NOT_FOUND",
        }
    )

    webhook: int
    url: str
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        check_version(self.version)
        read_target(self.url)
        check_filters(self.kinds, self.sites, self.skus)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook, and what the filters name."""
        del book
        wants.entities.add(("webhook", self.webhook))
        want_filters(wants, self.sites, self.skus)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites."""
        return named_sites(book, *self.sites)

    def decide(self, draft: Draft) -> None:
        """Change what is told differently."""
        known = find_webhook(draft, self.webhook)
        expect(known, self.version, f"webhook {known.id}")
        know_filters(draft, self.sites, self.skus)
        changed = known.next(url=self.url, kinds=self.kinds, sites=self.sites, skus=self.skus)
        if changed != known.next():
            draft.change(known, changed)
