"""The queue of offline sales: finding one, and trying to deduct it."""

from collections.abc import Iterator

from onhand.kernel.book import Book
from onhand.kernel.canonical import microseconds
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named
from onhand.kernel.offline.offline_sale import OfflineSale
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.recipes.deducting import DeductionPlan, Sold, SoldOrder, plan, want_deduction
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants

OFFLINE, INSUFFICIENT = "offline", "insufficient_stock"


def want_sale(book: Book, wants: Wants, number: int) -> bool:
    """Want an offline sale, its site, and what deducting it needs."""
    wants.entities.add(("offline_sale", number))
    sale = book.entities.get(("offline_sale", number))
    if not isinstance(sale, OfflineSale):
        return True
    wants.entities.add(("site", sale.site_id))
    wants.names.add(("deduction", sale.site_id, sale.transaction))
    site = book.entities.get(("site", sale.site_id))
    return not isinstance(site, Site) or want_deduction(book, wants, _order(site, sale, sale.slice))


def named_sale(book: Book, number: int) -> Iterator[Named]:
    """Give the offline sale that a command names; a slice of another site is no matter of it, so it is not named."""
    found = book.entities.get(("offline_sale", number))
    if isinstance(found, OfflineSale):
        yield Named(frozenset({found.site_id}), Refused("OFFLINE_SALE_NOT_FOUND", offline_sale=number))


def find_sale(book: Book, number: int) -> OfflineSale:
    """Find an offline sale by its number."""
    found = book.entities.get(("offline_sale", number))
    if not isinstance(found, OfflineSale):
        raise Refused("OFFLINE_SALE_NOT_FOUND", offline_sale=number)
    return found


def plan_sale(draft: Draft, sale: OfflineSale) -> DeductionPlan:
    """
    Plan the deduction of an offline sale, by the recipes of its time.

    A slice that its site never lent is of no use to it, and no reason to turn the sale away.

    Raises:
        Refused: As deducting does.
    """
    site = draft.book.get(Site, sale.site_id)
    lent = None if sale.slice is None else draft.book.entities.get(("reservation", sale.slice))
    is_its_own = isinstance(lent, Reservation) and lent.site_id == sale.site_id
    return plan(draft, _order(site, sale, sale.slice if is_its_own else None), microseconds(sale.sold_at))


def errors_of(refused: Refused) -> tuple[str, ...]:
    """Give what stands in the way of a deduction, each error as people read it."""
    errors = refused.facts.get("errors")
    return tuple(map(str, errors)) if isinstance(errors, list | tuple) else (str(refused),)


def _order(site: Site, sale: OfflineSale, lent: int | None) -> SoldOrder:
    items = tuple(Sold(item.product, item.quantity, item.name or None) for item in sale.items)
    return SoldOrder(site.code, sale.transaction, items, lent)
