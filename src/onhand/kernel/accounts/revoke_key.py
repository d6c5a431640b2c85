"""Revoke key: end what a program may do."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.accounts.api_key import ApiKey
from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey(Command):
    """End an API key, for ever; revoking it once more changes nothing."""

    kind: ClassVar[str] = "revoke_key"
    refuses: ClassVar[Codes] = frozenset({"KEY_NOT_FOUND"})

    api_key: int

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.api_key, "api_key")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the key."""
        del book
        wants.entities.add(("api_key", self.api_key))
        return False

    def decide(self, draft: Draft) -> None:
        """Mark it as revoked."""
        known = draft.book.entities.get(("api_key", self.api_key))
        if not isinstance(known, ApiKey):
            raise Refused("KEY_NOT_FOUND", api_key=self.api_key)
        if not known.revoked:
            draft.change(known, known.next(revoked=True), "revoked")
