"""What is known, on PostgreSQL."""

from collections.abc import Sequence

from onhand.ledger.catalog.port import CatalogItem, CustomerAnswer, LocationAnswer, ProductAnswer, SiteAnswer
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresCatalog:
    """Reads of one org; each list has an index in the order of its codes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def sites(self, after: str, limit: int) -> Sequence[SiteAnswer]:
        """Sites, the retired ones too."""
        return answers_of(SiteAnswer, await self._reader.ask("read_sites", after=after, limit=limit))

    async def locations(self, site_id: int, after: str, limit: int) -> Sequence[LocationAnswer]:
        """Locations of a site, the retired ones too."""
        rows = await self._reader.ask("read_locations_of_site", site_id=site_id, after=after, limit=limit)
        return answers_of(LocationAnswer, rows)

    async def products(self, after: str, limit: int) -> Sequence[ProductAnswer]:
        """Products, the retired ones too."""
        return answers_of(ProductAnswer, await self._reader.ask("read_products", after=after, limit=limit))

    async def items(self, product: str | None, after: str, limit: int) -> Sequence[CatalogItem]:
        """Items, of one product or of any, the retired ones too."""
        return answers_of(CatalogItem, await self._reader.ask("read_items", product=product, after=after, limit=limit))

    async def customers(self, after: str, limit: int) -> Sequence[CustomerAnswer]:
        """Customers."""
        return answers_of(CustomerAnswer, await self._reader.ask("read_customers", after=after, limit=limit))

    async def site(self, code: str) -> SiteAnswer | None:
        """A site by its code, also one that is retired."""
        return next(iter(answers_of(SiteAnswer, await self._reader.ask("read_known_site", code=code))), None)

    async def product(self, code: str) -> ProductAnswer | None:
        """A product by its code, also one that is retired."""
        return next(iter(answers_of(ProductAnswer, await self._reader.ask("read_known_product", code=code))), None)

    async def item(self, sku: str) -> CatalogItem | None:
        """An item by its sku, also one that is retired."""
        return next(iter(answers_of(CatalogItem, await self._reader.ask("read_known_item", sku=sku))), None)

    async def customer(self, code: str) -> CustomerAnswer | None:
        """A customer by his code."""
        return next(iter(answers_of(CustomerAnswer, await self._reader.ask("read_known_customer", code=code))), None)
