"""Count: somebody counted what is there, and the ledger follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_PUTTING, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Command):
    """
    Bring holdings to what was counted on hand; each line names exactly one holding.

    The difference is found or lost, from what is available. What was counted is kept as evidence, difference or not.
    """

    kind: ClassVar[str] = "count"
    refuses: ClassVar[Codes] = OF_PUTTING | {"COUNTED_BELOW_PROMISED"}

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines, least=0)
        places = {(line.sku, line.lot, line.location, line.unit) for line in self.lines}
        if len(places) < len(self.lines):
            raise Refused("INVALID_COMMAND", detail="a place is counted twice")

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
        """Post each difference, or refuse with every line that would leave less than is promised."""
        site = draft.book.site(self.site)
        below: list[dict[str, object]] = []
        for line in self.lines:
            holding = holding_for(draft, site, line)
            before = holding.on_hand
            _follow(draft, holding, line.quantity - before, below)
            draft.note(holding, "counted", {"counted": line.quantity, "on_hand": before})
        if below:
            raise Refused("COUNTED_BELOW_PROMISED", places=below)


def _follow(draft: Draft, holding: Holding, difference: int, below: list[dict[str, object]]) -> None:
    if difference > 0:
        draft.move(holding, Outside.FOUND, State.AVAILABLE, difference)
    elif -difference > max(holding.balances[State.AVAILABLE], 0):
        promised = holding.on_hand - holding.balances[State.AVAILABLE]
        named = {name: value for name, value in holding.place._asdict().items() if value is not None}
        counted = quantity_text(holding.on_hand + difference)
        below.append({**named, "counted": counted, "promised": quantity_text(promised)})
    elif difference < 0:
        draft.move(holding, State.AVAILABLE, Outside.LOSS, -difference)
