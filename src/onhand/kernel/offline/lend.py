"""Lend: a till gets a slice of the stock, which nobody else can sell while it is offline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.recipes.deducting import Sold, SoldOrder, check_items, plan_slice, want_deduction
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_DEDUCTIONS, OF_QUANTITIES, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants

TILL = "till"
"""The type of document of which a slice is: the till that it was lent to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lend(Command):
    """
    Reserve the ingredients of so many products for a till: its slice.

    Each product is counted by itself, its ingredients rounded up, so that no basket within the slice can be short.
    The slice is a reservation: used by the sales that name it, given back by releasing it, over at `expires_at`.
    """

    kind: ClassVar[str] = "lend"
    refuses: ClassVar[Codes] = OF_DEDUCTIONS | OF_QUANTITIES | {"UNKNOWN_SITE"}

    site: str
    device: str
    items: tuple[Sold, ...]
    expires_at: datetime | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_code(self.device, "device")
        check_items(self.items)
        for item in self.items:
            if item.quantity % SCALE:
                raise Refused("INVALID_QUANTITY", quantity=quantity_text(item.quantity))
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want recipes, then mappings, then places."""
        return want_deduction(book, wants, self._order())

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Move the ingredients from available to reserved and make the reservation."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        site = draft.book.site(self.site)
        lines = plan_slice(draft, self._order())
        draft.make(
            Reservation(
                id=draft.next_id(),
                site_id=site.id,
                status="active",
                lines=merged(take(draft, site, lines, State.RESERVED)),
                expires_at=self.expires_at,
                document_type=TILL,
                document_id=self.device,
            )
        )

    def _order(self) -> SoldOrder:
        return SoldOrder(self.site, None, self.items)
