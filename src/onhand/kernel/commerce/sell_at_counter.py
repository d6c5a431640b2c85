"""Sell at the counter: goods go to a customer at once, at a price, and a receipt tells what they came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.commerce.receipts import check_prices, issue_receipt, want_receipt
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import take, want_lines
from onhand.kernel.refusing import OF_SELLING, OF_TAKING, Codes
from onhand.kernel.states import Outside
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class SellAtCounter(Command):
    """
    Sell at the counter: all lines or none, and a receipt.

    `prices` stand beside the lines, VAT included, in millionths of the currency; None is the price of the item, and no
    prices at all are those of the items.
    """

    kind: ClassVar[str] = "counter_sale"
    refuses: ClassVar[Codes] = OF_TAKING | OF_SELLING | {"PRICE_UNKNOWN"}

    site: str
    lines: tuple[Line, ...]
    prices: tuple[int | None, ...] = ()

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines)
        check_prices(self.lines, self.prices)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at the site, and the number of the receipt."""
        del book
        want_lines(wants, self.site, self.lines)
        want_receipt(wants)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Take the goods from what is available, then issue the receipt."""
        site = draft.book.site(self.site)
        take(draft, site, self.lines, Outside.CUSTOMER)
        issue_receipt(draft, site, self.lines, self.prices, issued_at=self.occurred_at)
