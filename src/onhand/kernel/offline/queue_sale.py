"""Queue a sale: what a till sold without network, or without enough stock, waits to be deducted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.offline.finding import INSUFFICIENT, OFFLINE
from onhand.kernel.offline.offline_sale import OfflineSale, QueuedItem
from onhand.kernel.recipes.deducting import Sold, check_items
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_QUANTITIES, Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSale(Command):
    """
    Take a sale into the queue as it is; nothing about it is looked up, so that nothing of it can be lost.

    It was sold at `occurred_at`, on a device that numbers its sales by `sequence`. What was `short` of stock when
    it was tried waits for a manager at once.
    """

    kind: ClassVar[str] = "queue_sale"
    refuses: ClassVar[Codes] = OF_QUANTITIES | {"UNKNOWN_SITE", "TRANSACTION_EXISTS"}

    transaction: str
    site: str
    items: tuple[Sold, ...]
    device: str
    sequence: int = 0
    slice: int | None = None
    short: bool = False

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.transaction, "transaction")
        check_code(self.site, "site")
        check_code(self.device, "device")
        check_number(self.sequence, "sequence", least=0)
        check_items(self.items)
        if self.slice is not None:
            check_number(self.slice, "slice")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want what has the transaction's name already."""
        wants.sites.add(self.site)
        site = book.names.get(("site", self.site))
        if site is None:
            return True
        wants.names.update((word, site.id, self.transaction) for word in ("offline_sale", "deduction"))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site; a slice is not looked up, and one of another site is of no use to the sale."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make the sale that waits."""
        site = draft.book.site(self.site)
        if any((word, site.id, self.transaction) in draft.book.names for word in ("offline_sale", "deduction")):
            raise Refused("TRANSACTION_EXISTS", site=site.code, transaction=self.transaction)
        draft.make(
            OfflineSale(
                id=draft.next_id(),
                site_id=site.id,
                transaction=self.transaction,
                status="insufficient_stock" if self.short else "pending",
                reason=INSUFFICIENT if self.short else OFFLINE,
                device=self.device,
                sequence=self.sequence,
                sold_at=self.occurred_at or draft.now,
                arrived_at=draft.now,
                items=tuple(QueuedItem(item.product, item.quantity, item.name or "") for item in self.items),
                slice=self.slice,
            )
        )
