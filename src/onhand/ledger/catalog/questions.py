"""What is known: sites, locations, products, items and customers, one by its code or all in the order of theirs."""

from onhand.kernel.refusals import Refused
from onhand.ledger.asking import Asking, check_codes, check_page
from onhand.ledger.catalog.port import CatalogItem, CustomerAnswer, LocationAnswer, ProductAnswer, SiteAnswer
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where


class CatalogQuestions(Asking):
    """What has been made known; retired things are in the lists and say so."""

    async def sites(self, *, after: str | None = None, limit: int = 50) -> Page[SiteAnswer]:
        """List the sites."""
        check_page(limit)
        cursor = await self._cursor("sites")
        (spot,) = cursor.read(after, str) or ("",)
        return cursor.page(await self.reading.catalog.sites(spot, limit + 1), limit, lambda site: (site.code,))

    async def site(self, site: str) -> SiteAnswer:
        """Give a site; raises Refused UNKNOWN_SITE."""
        check_codes(site=site)
        found = await self.reading.catalog.site(site)
        if found is None:
            raise Refused("UNKNOWN_SITE", site=site)
        return found

    async def locations(self, site: str, *, after: str | None = None, limit: int = 50) -> Page[LocationAnswer]:
        """List the locations of a site."""
        check_page(limit)
        check_codes(site=site)
        found = await self.reading.find(Where(site))
        if found.site_id is None:
            raise Refused("UNKNOWN_SITE", site=site)
        cursor = await self._cursor("locations", found.site_id)
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self.reading.catalog.locations(found.site_id, spot, limit + 1)
        return cursor.page(rows, limit, lambda location: (location.code,))

    async def products(self, *, after: str | None = None, limit: int = 50) -> Page[ProductAnswer]:
        """List the products."""
        check_page(limit)
        cursor = await self._cursor("products")
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self.reading.catalog.products(spot, limit + 1)
        return cursor.page(rows, limit, lambda product: (product.code,))

    async def product(self, product: str) -> ProductAnswer:
        """Give a product; raises Refused UNKNOWN_PRODUCT."""
        check_codes(product=product)
        found = await self.reading.catalog.product(product)
        if found is None:
            raise Refused("UNKNOWN_PRODUCT", product=product)
        return found

    async def items(
        self, product: str | None = None, *, after: str | None = None, limit: int = 50
    ) -> Page[CatalogItem]:
        """List the items, or those of one product."""
        check_page(limit)
        check_codes(product=product)
        cursor = await self._cursor("items", product)
        (spot,) = cursor.read(after, str) or ("",)
        if product is not None:
            await self.product(product)
        return cursor.page(await self.reading.catalog.items(product, spot, limit + 1), limit, lambda item: (item.sku,))

    async def item(self, sku: str) -> CatalogItem:
        """Give an item; raises Refused UNKNOWN_ITEM."""
        check_codes(sku=sku)
        found = await self.reading.catalog.item(sku)
        if found is None:
            raise Refused("UNKNOWN_ITEM", sku=sku)
        return found

    async def customers(self, *, after: str | None = None, limit: int = 50) -> Page[CustomerAnswer]:
        """List the customers."""
        check_page(limit)
        cursor = await self._cursor("customers")
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self.reading.catalog.customers(spot, limit + 1)
        return cursor.page(rows, limit, lambda customer: (customer.code,))

    async def customer_of(self, customer: str) -> CustomerAnswer:
        """Give a customer by his code; raises Refused UNKNOWN_CUSTOMER."""
        check_codes(customer=customer)
        found = await self.reading.catalog.customer(customer)
        if found is None:
            raise Refused("UNKNOWN_CUSTOMER", customer=customer)
        return found
