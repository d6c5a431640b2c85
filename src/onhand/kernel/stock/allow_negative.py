"""Allow negative: the explicit policy that an item's stock at a site may fall below zero, down to a limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowNegative(Command):
    """
    Set how far items may fall below zero at a site; a line's quantity is the limit, and zero forbids it again.

    Only stock without lot, location and unit can be negative, since a lot that is not there cannot be picked.
    """

    kind: ClassVar[str] = "allow_negative"
    refuses: ClassVar[Codes] = OF_LINES | {"UNKNOWN_SITE", "UNKNOWN_ITEM", "VERSION_CONFLICT", "INSUFFICIENT_INVENTORY"}

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines, least=0)
        if any((line.lot, line.location, line.unit) != (None, None, None) for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="only stock without lot, location and unit can be negative")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the lines name."""
        del book
        for line in self.lines:
            want_holding(wants, self.site, line)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Set the floors that differ."""
        site = draft.book.site(self.site)
        for line in self.lines:
            holding = holding_for(draft, site, line)
            if holding.floor != -line.quantity:
                draft.set_floor(holding, -line.quantity)
