"""What is known: sites, locations, products, items and customers, one by its code or all in the order of theirs."""

from onhand.kernel.refusals import Refused
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.catalog.port import CatalogItem, CustomerAnswer, LocationAnswer, ProductAnswer, SiteAnswer
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.namespace import Namespace, question


class CatalogQuestions(Namespace):
    """What has been made known; retired things are in the lists and say so."""

    _name = "catalog"

    @question
    async def list_sites(self, *, after: str | None = None, limit: int = 50) -> Page[SiteAnswer]:
        """List the sites."""
        check_page(limit)
        cursor = await self._cursor("sites")
        (spot,) = cursor.read(after, str) or ("",)
        return cursor.page(await self._reading.catalog.sites(spot, limit + 1), limit, lambda site: (site.code,))

    @question
    async def get_site(self, site: str) -> SiteAnswer:
        """Give a site; raises Refused UNKNOWN_SITE."""
        check_codes(site=site)
        found = await self._reading.catalog.site(site)
        if found is None:
            raise Refused("UNKNOWN_SITE", site=site)
        return found

    @question
    async def list_locations(self, site: str, *, after: str | None = None, limit: int = 50) -> Page[LocationAnswer]:
        """List the locations of a site."""
        check_page(limit)
        check_codes(site=site)
        found = await self._reading.find(Where(site))
        if found.site_id is None:
            raise Refused("UNKNOWN_SITE", site=site)
        cursor = await self._cursor("locations", found.site_id)
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self._reading.catalog.locations(found.site_id, spot, limit + 1)
        return cursor.page(rows, limit, lambda location: (location.code,))

    @question
    async def list_products(self, *, after: str | None = None, limit: int = 50) -> Page[ProductAnswer]:
        """List the products."""
        check_page(limit)
        cursor = await self._cursor("products")
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self._reading.catalog.products(spot, limit + 1)
        return cursor.page(rows, limit, lambda product: (product.code,))

    @question
    async def get_product(self, product: str) -> ProductAnswer:
        """Give a product; raises Refused UNKNOWN_PRODUCT."""
        check_codes(product=product)
        found = await self._reading.catalog.product(product)
        if found is None:
            raise Refused("UNKNOWN_PRODUCT", product=product)
        return found

    @question
    async def list_items(
        self, product: str | None = None, *, after: str | None = None, limit: int = 50
    ) -> Page[CatalogItem]:
        """List the items, or those of one product."""
        check_page(limit)
        check_codes(product=product)
        cursor = await self._cursor("items", product)
        (spot,) = cursor.read(after, str) or ("",)
        if product is not None:
            await self.get_product(product)
        return cursor.page(await self._reading.catalog.items(product, spot, limit + 1), limit, lambda item: (item.sku,))

    @question
    async def get_item(self, sku: str) -> CatalogItem:
        """Give an item; raises Refused UNKNOWN_ITEM."""
        check_codes(sku=sku)
        found = await self._reading.catalog.item(sku)
        if found is None:
            raise Refused("UNKNOWN_ITEM", sku=sku)
        return found

    @question
    async def list_customers(self, *, after: str | None = None, limit: int = 50) -> Page[CustomerAnswer]:
        """List the customers."""
        check_page(limit)
        cursor = await self._cursor("customers")
        (spot,) = cursor.read(after, str) or ("",)
        rows = await self._reading.catalog.customers(spot, limit + 1)
        return cursor.page(rows, limit, lambda customer: (customer.code,))

    @question
    async def get_customer(self, customer: str) -> CustomerAnswer:
        """Give a customer by his code; raises Refused UNKNOWN_CUSTOMER."""
        check_codes(customer=customer)
        found = await self._reading.catalog.customer(customer)
        if found is None:
            raise Refused("UNKNOWN_CUSTOMER", customer=customer)
        return found
