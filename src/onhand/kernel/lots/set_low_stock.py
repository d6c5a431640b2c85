"""Set low stock: up to what quantity items are low at a site."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import PLAIN_REST, Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.lots.stock_level import StockLevel
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import want_lines
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLowStock(Command):
    """Set up to what quantity items are low at a site; where it is set, being out of stock is alerted too."""

    kind: ClassVar[str] = "low_stock"
    refuses: ClassVar[Codes] = OF_LINES | {"UNKNOWN_SITE", "UNKNOWN_ITEM"}

    site: str
    lines: tuple[Line, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines, least=0)
        if any(line[2:] != PLAIN_REST for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="what is low is told of an item at a site as a whole")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the levels that are set."""
        want_lines(wants, self.site, self.lines)
        site = book.names.get(("site", self.site))
        for line in self.lines:
            item = book.names.get(("item", line.sku))
            if isinstance(site, Site) and isinstance(item, Item):
                wants.names.add(("stock_level", site.id, item.id))
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Set the levels that differ."""
        site = draft.book.site(self.site)
        for line in self.lines:
            item = draft.book.item(line.sku)
            known = draft.book.names.get(("stock_level", site.id, item.id))
            if not isinstance(known, StockLevel):
                draft.make(StockLevel(id=draft.next_id(), site_id=site.id, item_id=item.id, low=line.quantity))
            elif known.low != line.quantity:
                draft.change(known, known.next(low=line.quantity))
