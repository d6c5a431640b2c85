"""Move: goods change their state: quarantine, hold, defective, sample, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import take, want_lines
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_TAKING, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants

MOVABLE = frozenset({State.AVAILABLE, State.QUARANTINE, State.HOLD, State.DEFECTIVE, State.SAMPLE})
"""Reserved, sold and incoming goods are moved by the operations that made them so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Command):
    """Move goods of a site from one state to another, with a reason."""

    kind: ClassVar[str] = "move"
    refuses: ClassVar[Codes] = OF_TAKING | {"REASON_REQUIRED", "SAME_PLACE"}

    site: str
    lines: tuple[Line, ...]
    source: State = State.AVAILABLE
    target: State

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)
        if not {self.source, self.target} <= MOVABLE:
            words = ", ".join(state.name.lower() for state in sorted(MOVABLE))
            raise Refused("INVALID_COMMAND", detail=f"goods are moved between {words}")
        if self.source == self.target:
            raise Refused("SAME_PLACE")
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at the site."""
        del book
        want_lines(wants, self.site, self.lines)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Take the goods from one state to the other."""
        take(draft, draft.book.site(self.site), self.lines, self.target, self.source)
