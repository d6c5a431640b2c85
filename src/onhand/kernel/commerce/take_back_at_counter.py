"""Take back at the counter: each line with a decision and a price, and a receipt below zero tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line
from onhand.kernel.commerce.receipts import check_prices, issue_receipt, want_receipt
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import want_holding
from onhand.kernel.refusing import OF_PUTTING, Codes
from onhand.kernel.stock.take_back import check_returned, put_back
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackAtCounter(Command):
    """
    Take goods back at the counter, and give the money back: all lines or none.

    Each line's state is available, quarantine or defective. `prices` are as at a counter sale: what the customer had
    paid for one, VAT included; None is the price of the item. The receipt has quantities and amounts below zero.
    """

    kind: ClassVar[str] = "counter_return"
    refuses: ClassVar[Codes] = OF_PUTTING | {"INVALID_COST", "PRICE_UNKNOWN"}

    site: str
    lines: tuple[Line, ...]
    prices: tuple[int | None, ...] = ()

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_returned(self.site, self.lines)
        check_prices(self.lines, self.prices)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the goods are put to, and the number of the receipt."""
        del book
        for line in self.lines:
            want_holding(wants, self.site, line)
        want_receipt(wants)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Put all lines where they go, then issue the receipt."""
        site = draft.book.site(self.site)
        put_back(draft, site, self.lines)
        issue_receipt(draft, site, self.lines, self.prices, issued_at=self.occurred_at, is_return=True)
