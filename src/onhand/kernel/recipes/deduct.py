"""Deduct: a sale takes the ingredients of what was sold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.canonical import microseconds
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations, named_sites
from onhand.kernel.recipes.deducting import Sold, SoldOrder, carry_out, check_items, plan, want_deduction
from onhand.kernel.refusing import OF_DEDUCTIONS, OF_QUANTITIES, Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct(Command):
    """
    Take the ingredients of all that a transaction sold from the stock of its site, or nothing.

    The recipes are those in force when it was sold, which is `occurred_at`. With `slice`, the goods that were lent to
    the till are used first.
    """

    kind: ClassVar[str] = "deduct"
    refuses: ClassVar[Codes] = (
        OF_DEDUCTIONS | OF_QUANTITIES | {"UNKNOWN_SITE", "RESERVATION_NOT_FOUND", "TRANSACTION_EXISTS"}
    )

    transaction: str
    site: str
    items: tuple[Sold, ...]
    slice: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.transaction, "transaction")
        check_code(self.site, "site")
        check_items(self.items)
        if self.slice is not None:
            check_number(self.slice, "slice")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want recipes, then mappings, then places."""
        return want_deduction(book, wants, self._order())

    def names_made(self, book: Book, wants: Wants) -> bool:
        """Want what has the transaction's name already."""
        site = book.names.get(("site", self.site))
        if site is None:
            return True
        wants.names.add(("deduction", site.id, self.transaction))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site and the slice."""
        yield from named_sites(book, self.site)
        yield from named_reservations(book, self.slice)

    def decide(self, draft: Draft) -> None:
        """Fit everything, then take it."""
        moment = None if self.occurred_at is None else microseconds(self.occurred_at)
        carry_out(draft, plan(draft, self._order(), moment))

    def _order(self) -> SoldOrder:
        return SoldOrder(self.site, self.transaction, self.items, self.slice)
