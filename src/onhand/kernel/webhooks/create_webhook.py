"""Create a webhook: an address is told of each posting."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.on_the_book import check_filters, know_filters, want_filters
from onhand.kernel.webhooks.targets import read_target
from onhand.kernel.webhooks.webhook import Webhook

CREDENTIALS_MAX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook(Command):
    """
    Tell an address of each posting from now on, or from the posting `start` on.

    `kinds`, `sites` and `skus` narrow it: only postings of one of these kinds, which moved something at one of these
    sites, and one of these items. The secret that signs is shown once, in the answer.
    """

    kind: ClassVar[str] = "create_webhook"
    refuses: ClassVar[Codes] = frozenset(
        {"TOO_MANY_LINES", "UNKNOWN_SITE", "UNKNOWN_ITEM", "WEBHOOK_TARGET_FORBIDDEN", "WEBHOOK_EXISTS"}
    )

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    start: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.name, "name")
        read_target(self.url)
        check_filters(self.kinds, self.sites, self.skus)
        if self.start is not None:
            check_number(self.start, "start")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want what the filters name, and the webhook that should not be there."""
        del book
        wants.names.add(("webhook", self.name))
        want_filters(wants, self.sites, self.skus)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites."""
        return named_sites(book, *self.sites)

    def decide(self, draft: Draft) -> None:
        """Make it; unless told, it begins with the next posting."""
        know_filters(draft, self.sites, self.skus)
        if ("webhook", self.name) in draft.book.names:
            raise Refused("WEBHOOK_EXISTS", name=self.name)
        draft.make(
            Webhook(
                id=draft.next_id(),
                name=self.name,
                url=self.url,
                kinds=self.kinds,
                sites=self.sites,
                skus=self.skus,
                credentials=(credential_of(self.key),),
                start=draft.number + 1 if self.start is None else self.start,
            )
        )


def credential_of(key: str) -> str:
    """Name the secret that an act under a key makes; the name gives nothing away, and a retry has the same one."""
    return hashlib.sha256(f"webhook secret {key}".encode()).hexdigest()[:32]
