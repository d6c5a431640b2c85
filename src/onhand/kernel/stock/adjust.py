"""Adjust: the ledger is corrected by so much, with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import take, want_lines
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.quantity import QUANTITY_MAX
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PLACES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Command):
    """
    Correct what is available: lines above zero were found, lines below zero are lost.

    What is lost is taken from available only, so nothing that is reserved, sold, held or in quarantine can be lost.
    """

    kind: ClassVar[str] = "adjust"
    refuses: ClassVar[Codes] = OF_PLACES | {
        "INVALID_QUANTITY",
        "QUANTITY_TOO_LARGE",
        "TOO_MANY_LINES",
        "REASON_REQUIRED",
        "INSUFFICIENT_INVENTORY",
        "PIECE_IS_WHOLE",
        "PIECES_NOT_THERE",
        "SERIAL_NOT_WHOLE",
        "VALUE_TOO_LARGE",
    }

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines, least=-QUANTITY_MAX)
        if any(line.quantity == 0 for line in self.lines):
            raise Refused("INVALID_QUANTITY", quantity="0")
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the lines name."""
        del book
        want_lines(wants, self.site, self.lines)
        for line in self.lines:
            want_holding(wants, self.site, line)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Put what was found, then take what is lost."""
        site = draft.book.site(self.site)
        for line in self.lines:
            if line.quantity > 0:
                draft.move(holding_for(draft, site, line), Outside.FOUND, State.AVAILABLE, line.quantity)
        lost = [line._replace(quantity=-line.quantity) for line in self.lines if line.quantity < 0]
        if lost:
            take(draft, site, lost, Outside.LOSS)
