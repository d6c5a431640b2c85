"""Set password: another password for somebody who may work, and nothing else of him."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.accounts.user_account import UserAccount
from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword(Command):
    """
    Let a user's account refer to another password; role and sites stay as they are, whoever changes them meanwhile.

    `credential` names the password's hash, which stands in no journal. A retired user has to be back first.
    """

    kind: ClassVar[str] = "set_password"
    refuses: ClassVar[Codes] = frozenset({"USER_NOT_FOUND"})

    user: str
    credential: str

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.user, "user")
        check_code(self.credential, "credential")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the user."""
        del book
        wants.names.add(("user_account", self.user))
        return False

    def decide(self, draft: Draft) -> None:
        """Change what the account refers to."""
        known = draft.book.names.get(("user_account", self.user))
        if not isinstance(known, UserAccount) or known.retired:
            raise Refused("USER_NOT_FOUND", user=self.user)
        if known.credential != self.credential:
            draft.change(known, known.next(credential=self.credential))
