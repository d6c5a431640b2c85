"""Order incoming: goods are ordered from a supplier, and are incoming until they come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.planning.purchase import Purchase
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code, check_day
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderIncoming(Command):
    """Order goods: they are incoming at the site, beside what is on hand, and may be expected on a day."""

    kind: ClassVar[str] = "order_incoming"
    refuses: ClassVar[Codes] = OF_LINES | {"UNKNOWN_SITE", "UNKNOWN_LOCATION", "UNKNOWN_ITEM", "VERSION_CONFLICT"}

    site: str
    lines: tuple[Line, ...]
    supplier: str | None = None
    expected_on: date | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)
        if any(line.lot is not None or line.unit is not None for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="lots and units are told when the goods come")
        if self.supplier is not None:
            check_code(self.supplier, "supplier")
        if self.expected_on is not None:
            check_day(self.expected_on, "expected_on")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings at which the goods are expected."""
        del book
        wants.sites.add(self.site)
        for line in self.lines:
            want_holding(wants, self.site, line)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Move the goods from the supplier to incoming, and make the purchase."""
        site = draft.book.site(self.site)
        expected = [(holding_for(draft, site, line), line.quantity) for line in self.lines]
        for holding, quantity in expected:
            draft.move(holding, Outside.SUPPLIER, State.INCOMING, quantity)
        draft.make(
            Purchase(
                id=draft.next_id(),
                site_id=site.id,
                status="expected",
                lines=merged(expected),
                supplier=self.supplier,
                expected_on=self.expected_on,
            )
        )
