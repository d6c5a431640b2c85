"""Define user: who may work with the ledger, in which role, at which sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from onhand.kernel.accounts.roles import check_role, check_sites
from onhand.kernel.accounts.user_account import UserAccount
from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineUser(Command):
    """
    Make a user known, or change what is known of one; what is told alike stays untouched.

    `sites` are those that the user is limited to; none is all. `credential` names the password's hash; without one the
    password stays as it is. A retired user may do nothing; defined again without `retired`, he is back.
    """

    kind: ClassVar[str] = "define_user"
    refuses: ClassVar[Codes] = frozenset({"TOO_MANY_LINES", "UNKNOWN_SITE", "VERSION_CONFLICT", "USER_NOT_FOUND"})

    user: str
    role: str
    sites: tuple[str, ...] = ()
    credential: str | None = None
    retired: bool = False
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.user, "user")
        check_version(self.version)
        check_role(self.role)
        check_sites(self.sites)
        if self.credential is not None:
            check_code(self.credential, "credential")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the user and the sites."""
        del book
        wants.names.add(("user_account", self.user))
        wants.sites.update(self.sites)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites."""
        return named_sites(book, *self.sites)

    def decide(self, draft: Draft) -> None:
        """Make the user, or change what is told differently."""
        for site in self.sites:
            draft.book.site(site)
        known = draft.book.names.get(("user_account", self.user))
        expect(known, self.version, f"user {self.user}")
        told: dict[str, Any] = {"role": self.role, "sites": self.sites, "retired": self.retired}
        if self.credential is not None:
            told["credential"] = self.credential
        if not isinstance(known, UserAccount):
            if self.retired:
                raise Refused("USER_NOT_FOUND", user=self.user)
            draft.make(UserAccount(id=draft.next_id(), name=self.user, **told))
        elif any(getattr(known, name) != value for name, value in told.items()):
            draft.change(known, known.next(**told))
