"""Take back: goods that a customer returns, with a decision for each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, told_value
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PUTTING, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants

DECISIONS = frozenset({State.AVAILABLE, State.QUARANTINE, State.DEFECTIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Command):
    """Take goods back; each line's state says whether they are available, in quarantine or defective."""

    kind: ClassVar[str] = "return"
    refuses: ClassVar[Codes] = OF_PUTTING | {"INVALID_COST"}

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_returned(self.site, self.lines)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the goods are put to."""
        del book
        for line in self.lines:
            want_holding(wants, self.site, line)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Put all lines where they go."""
        put_back(draft, draft.book.site(self.site), self.lines)


def check_returned(site: str, lines: Sequence[Line]) -> None:
    """Refuse returned lines that are not well formed."""
    check_code(site, "site")
    check_lines(lines, costs=True)
    if any(line.state is not None and line.state not in DECISIONS for line in lines):
        raise Refused("INVALID_COMMAND", detail="a return goes to available, quarantine or defective")


def put_back(draft: Draft, site: Site, lines: Sequence[Line]) -> None:
    """Put each returned line where its decision says."""
    for line in lines:
        holding = holding_for(draft, site, line)
        target = State.AVAILABLE if line.state is None else line.state
        draft.move(holding, Outside.CUSTOMER, target, line.quantity, value=told_value(line))
