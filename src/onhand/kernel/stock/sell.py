"""Sell: goods that are available go to a customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import take, want_lines
from onhand.kernel.refusing import OF_SELLING, OF_TAKING, Codes
from onhand.kernel.states import Outside
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Sell(Command):
    """Hand goods over to a customer: all lines or none."""

    kind: ClassVar[str] = "sell"
    refuses: ClassVar[Codes] = OF_TAKING | OF_SELLING

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at the site."""
        del book
        want_lines(wants, self.site, self.lines)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Take the goods from what is available, lots in the order of the pick policy."""
        take(draft, draft.book.site(self.site), self.lines, Outside.CUSTOMER)
