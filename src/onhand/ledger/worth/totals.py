"""Totals for catalogue pages: read off the journal beside the act, or asked of the holdings themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.ledger.asking import LIMIT_MAX, check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.worth.totals_port import ItemTotal, ProductTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Products with their totals, right for the posting `number`."""

    number: int
    products: Page[ProductTotal]


class TotalsQuestions(Namespace):
    """Answers from the totals."""

    _name = "reports"

    @question
    async def product_totals(self, product: str | None = None, *, after: str | None = None, limit: int = 50) -> Totals:
        """List products with what there is of all their variants at all sites, as far as the projection has read."""
        check_page(limit)
        check_codes(product=product)
        cursor = await self._cursor("product_totals", product)
        (go_on,) = cursor.read(after, int) or (0,)
        if product is not None and await self._reading.catalog.product(product) is None:
            raise Refused("UNKNOWN_PRODUCT", product=product)
        number = await self._reading.totals.number()
        rows = await self._reading.totals.products(product, go_on, limit + 1)
        return Totals(number=number, products=cursor.page(rows, limit, lambda product: (product.id,)))

    @question
    async def item_totals(self, skus: Iterable[str]) -> tuple[ItemTotal, ...]:
        """Give the totals of some items, in their order, as far as the projection has read."""
        wanted = _skus(skus)
        return _all(wanted, await self._reading.totals.items(wanted))

    @question
    async def live_totals(self, skus: Iterable[str], *, site: str | None = None) -> tuple[ItemTotal, ...]:
        """Give what is held of up to a thousand items at this moment, at one site or at all, in one call."""
        wanted = _skus(skus)
        check_codes(site=site)
        found = await self._reading.find(Where(site))
        return _all(wanted, await self._reading.totals.live(wanted, found.site_id))


def _skus(skus: Iterable[str]) -> list[str]:
    if isinstance(skus, str):
        raise Refused("INVALID_COMMAND", detail="skus are a list")
    wanted = list(dict.fromkeys(skus))
    if not 1 <= len(wanted) <= LIMIT_MAX:
        raise Refused("INVALID_COMMAND", detail=f"1 to {LIMIT_MAX} items can be asked for")
    for sku in wanted:
        check_code(sku, "sku")
    return wanted


def _all(wanted: Iterable[str], found: Iterable[ItemTotal]) -> tuple[ItemTotal, ...]:
    known = {total.sku: total for total in found}
    for sku in wanted:
        if sku not in known:
            raise Refused("UNKNOWN_ITEM", sku=sku)
    return tuple(known.values())
