"""Totals for catalogue pages: read off the journal beside the act, or asked of the holdings themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.ledger.asking import LIMIT_MAX, Asking, check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.worth.totals_port import Followed, ItemTotal, ProductTotal

SLICE = 10_000
"""So many postings are read in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Products with their totals, right for the posting `number`."""

    number: int
    products: Page[ProductTotal]


class TotalsQuestions(Asking):
    """Keeps the totals up with the journal, and answers from them."""

    async def follow_totals(self) -> Followed:
        """Read on to where the journal ends now; any number of processes may do so at once."""
        while True:
            followed = await self.reading.totals.follow(SLICE)
            if followed.number >= followed.head:
                return followed

    async def rebuild_totals(self) -> Followed:
        """Make the totals anew from the whole journal; until that is done, the old ones are answered."""
        return await self.reading.totals.rebuild()

    async def product_totals(self, product: str | None = None, *, after: str | None = None, limit: int = 50) -> Totals:
        """List products with what there is of all their variants at all sites, as far as the projection has read."""
        check_page(limit)
        check_codes(product=product)
        cursor = await self._cursor("product_totals", product)
        (go_on,) = cursor.read(after, int) or (0,)
        if product is not None and await self.reading.catalog.product(product) is None:
            raise Refused("UNKNOWN_PRODUCT", product=product)
        number = await self.reading.totals.number()
        rows = await self.reading.totals.products(product, go_on, limit + 1)
        return Totals(number=number, products=cursor.page(rows, limit, lambda product: (product.id,)))

    async def item_totals(self, skus: Iterable[str]) -> tuple[ItemTotal, ...]:
        """Give the totals of some items, in their order, as far as the projection has read."""
        wanted = _skus(skus)
        return _all(wanted, await self.reading.totals.items(wanted))

    async def live(self, skus: Iterable[str], *, site: str | None = None) -> tuple[ItemTotal, ...]:
        """Give what is held of up to a thousand items at this moment, at one site or at all, in one call."""
        wanted = _skus(skus)
        check_codes(site=site)
        found = await self.reading.find(Where(site))
        return _all(wanted, await self.reading.totals.live(wanted, found.site_id))


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
