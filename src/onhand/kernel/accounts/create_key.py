"""Create key: let a program work with the ledger."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.accounts.api_key import ApiKey
from onhand.kernel.accounts.roles import check_role, check_sites
from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateKey(Command):
    """
    Make an API key known by its hash; the key itself is shown once, by whoever made it, and stored nowhere.

    `name` says whose it is; `sites` are those that it is limited to, none is all.
    """

    kind: ClassVar[str] = "create_key"
    refuses: ClassVar[Codes] = frozenset({"TOO_MANY_LINES", "UNKNOWN_SITE", "KEY_EXISTS"})

    name: str
    role: str
    key_hash: str
    sites: tuple[str, ...] = ()
    expires_at: datetime | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.name, "name")
        check_role(self.role)
        check_sites(self.sites)
        if not _HASH.fullmatch(check_code(self.key_hash, "key_hash")):
            raise Refused("INVALID_TEXT", field="key_hash", detail="it is not a SHA-256 in hex")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the sites, and the key that should not be there."""
        del book
        wants.names.add(("api_key", self.key_hash))
        wants.sites.update(self.sites)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites."""
        return named_sites(book, *self.sites)

    def decide(self, draft: Draft) -> None:
        """Make the key."""
        for site in self.sites:
            draft.book.site(site)
        if ("api_key", self.key_hash) in draft.book.names:
            raise Refused("KEY_EXISTS")
        draft.make(
            ApiKey(
                id=draft.next_id(),
                key_hash=self.key_hash,
                name=self.name,
                role=self.role,
                sites=self.sites,
                expires_at=self.expires_at,
            )
        )
