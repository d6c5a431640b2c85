"""
What is told of catalog, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.catalog import (
    CatalogItem,
    ItemAnswer,
    ItemLine,
    LocationAnswer,
    LocationLine,
    OptionValue,
    ProductAnswer,
    ProductLine,
    SiteAnswer,
    SiteLine,
)
from onhand.client.shapes.shared import Posted
from onhand.client.speaking import About, AsyncSpeaker, Day, Page, Quantity, Speaker, Versioned


class DefineTold(About, total=False):
    """What `define` is told."""

    sites: Sequence[SiteLine]  # Sites, by their codes.
    locations: Sequence[LocationLine]  # Locations.
    products: Sequence[ProductLine]  # Products.
    items: Sequence[ItemLine]  # The items.


class DefineSiteTold(About, Versioned, total=False):
    """What `define_site` is told."""

    code: Required[str]  # The code.
    name: str  # The name.


class GetSiteTold(TypedDict, total=False):
    """What `get_site` is told."""

    code: Required[str]  # The code.


class DefineLocationTold(About, total=False):
    """What `define_location` is told."""

    site: Required[str]  # The code of a site.
    code: Required[str]  # The code.


class DefineProductTold(About, total=False):
    """What `define_product` is told."""

    code: Required[str]  # The code.
    name: str  # The name.


class GetProductTold(TypedDict, total=False):
    """What `get_product` is told."""

    code: Required[str]  # The code.


class DefineItemTold(About, Versioned, total=False):
    """What `define_item` is told."""

    sku: Required[str]  # The code of an item.
    name: str  # The name.
    product: str  # The code of a product.
    measure: str  # The measure of the item, as piece, kg or m.
    pick_policy: str  # The order in which lots are taken: fefo, fifo or lifo.
    brand: str  # The name of a brand.
    day: Day  # The day that codes given out carry, as 2026-01-31.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: Quantity
    vat_rate: Quantity  # The rate of VAT, in percent; null takes the item's.
    barcode: str  # The barcode, with its check digit.


class GetItemTold(TypedDict, total=False):
    """What `get_item` is told."""

    sku: Required[str]  # The code of an item.


class DefineVariantsTold(About, total=False):
    """What `define_variants` is told."""

    product: Required[str]  # The code of a product.
    options: Required[Sequence[OptionValue]]  # The options, as size and colour, with their values.
    name: str  # The name.
    measure: str  # The measure of the item, as piece, kg or m.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: Quantity
    vat_rate: Quantity  # The rate of VAT, in percent; null takes the item's.


class ConfigureTold(About, total=False):
    """What `configure` is told."""

    settings: Required[Mapping[str, str]]  # Settings by name, as time_zone and currency.


class ListSitesTold(TypedDict, total=False):
    """What `list_sites` is told."""

    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ListLocationsTold(TypedDict, total=False):
    """What `list_locations` is told."""

    site: Required[str]  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ListProductsTold(TypedDict, total=False):
    """What `list_products` is told."""

    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ListItemsTold(TypedDict, total=False):
    """What `list_items` is told."""

    product: str  # The code of a product.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class FindItemsTold(TypedDict, total=False):
    """What `find_items` is told."""

    q: Required[str]  # A sku, a barcode, or words of a name.
    limit: int  # How many rows at most.


class CatalogVerbs(Speaker):
    """The verbs."""

    def define(self, **told: Unpack[DefineTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        POST /api/definitions, for admin, manager.
        """
        return self._write("POST", "/api/definitions", told)

    def define_site(self, **told: Unpack[DefineSiteTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/sites/{code}, for admin, manager.
        """
        return self._write("PUT", "/api/sites/{code}", told)

    def get_site(self, **told: Unpack[GetSiteTold]) -> SiteAnswer:
        """
        Give a site; raises Refused UNKNOWN_SITE.

        GET /api/sites/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{code}", told)

    def define_location(self, **told: Unpack[DefineLocationTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/sites/{site}/locations/{code}, for admin, manager.
        """
        return self._write("PUT", "/api/sites/{site}/locations/{code}", told)

    def define_product(self, **told: Unpack[DefineProductTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/products/{code}, for admin, manager.
        """
        return self._write("PUT", "/api/products/{code}", told)

    def get_product(self, **told: Unpack[GetProductTold]) -> ProductAnswer:
        """
        Give a product; raises Refused UNKNOWN_PRODUCT.

        GET /api/products/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/products/{code}", told)

    def define_item(self, **told: Unpack[DefineItemTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/items/{sku}, for admin, manager.
        """
        return self._write("PUT", "/api/items/{sku}", told)

    def get_item(self, **told: Unpack[GetItemTold]) -> CatalogItem:
        """
        Give an item; raises Refused UNKNOWN_ITEM.

        GET /api/items/{sku}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/{sku}", told)

    def define_variants(self, **told: Unpack[DefineVariantsTold]) -> Posted:
        """
        Make an item for each combination of the options' values, as every size in every colour.

        `options` are all values of all options, in the order in which they are shown. Variants that are there stay as
        they are. Those that vanish are retired if nothing of them is left in any state at any site; otherwise all is
        refused. `measure`, `price` and `vat_rate` are for new variants.

        PUT /api/products/{product}/variants, for admin, manager.
        """
        return self._write("PUT", "/api/products/{product}/variants", told)

    def configure(self, **told: Unpack[ConfigureTold]) -> Posted:
        """
        Choose settings, as pairs of name and value; those that are not named stay as they are.

        PUT /api/settings, for admin, manager.
        """
        return self._write("PUT", "/api/settings", told)

    def settings(self) -> dict[str, str]:
        """
        Give every setting of the org, chosen or not.

        GET /api/settings, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/settings", {})

    def list_sites(self, **told: Unpack[ListSitesTold]) -> Page[SiteAnswer]:
        """
        List the sites.

        GET /api/sites, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites", told)

    def list_locations(self, **told: Unpack[ListLocationsTold]) -> Page[LocationAnswer]:
        """
        List the locations of a site.

        GET /api/sites/{site}/locations, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{site}/locations", told)

    def list_products(self, **told: Unpack[ListProductsTold]) -> Page[ProductAnswer]:
        """
        List the products.

        GET /api/products, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/products", told)

    def list_items(self, **told: Unpack[ListItemsTold]) -> Page[CatalogItem]:
        """
        List the items, or those of one product.

        GET /api/items, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items", told)

    def find_items(self, **told: Unpack[FindItemsTold]) -> list[ItemAnswer]:
        """
        Find items by sku, by barcode, or by words of their names as far as they are typed; the best first.

        A number that finds nothing and has the length of a barcode but a wrong check digit is refused with
        CHECK_DIGIT_WRONG, since it was misread or misspelt.

        GET /api/items/search, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/search", told)


class AsyncCatalogVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def define(self, **told: Unpack[DefineTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        POST /api/definitions, for admin, manager.
        """
        return await self._write("POST", "/api/definitions", told)

    async def define_site(self, **told: Unpack[DefineSiteTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/sites/{code}, for admin, manager.
        """
        return await self._write("PUT", "/api/sites/{code}", told)

    async def get_site(self, **told: Unpack[GetSiteTold]) -> SiteAnswer:
        """
        Give a site; raises Refused UNKNOWN_SITE.

        GET /api/sites/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{code}", told)

    async def define_location(self, **told: Unpack[DefineLocationTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/sites/{site}/locations/{code}, for admin, manager.
        """
        return await self._write("PUT", "/api/sites/{site}/locations/{code}", told)

    async def define_product(self, **told: Unpack[DefineProductTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/products/{code}, for admin, manager.
        """
        return await self._write("PUT", "/api/products/{code}", told)

    async def get_product(self, **told: Unpack[GetProductTold]) -> ProductAnswer:
        """
        Give a product; raises Refused UNKNOWN_PRODUCT.

        GET /api/products/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/products/{code}", told)

    async def define_item(self, **told: Unpack[DefineItemTold]) -> Posted:
        """
        Make things of the catalogue known; what is known already and told alike stays untouched.

        PUT /api/items/{sku}, for admin, manager.
        """
        return await self._write("PUT", "/api/items/{sku}", told)

    async def get_item(self, **told: Unpack[GetItemTold]) -> CatalogItem:
        """
        Give an item; raises Refused UNKNOWN_ITEM.

        GET /api/items/{sku}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/{sku}", told)

    async def define_variants(self, **told: Unpack[DefineVariantsTold]) -> Posted:
        """
        Make an item for each combination of the options' values, as every size in every colour.

        `options` are all values of all options, in the order in which they are shown. Variants that are there stay as
        they are. Those that vanish are retired if nothing of them is left in any state at any site; otherwise all is
        refused. `measure`, `price` and `vat_rate` are for new variants.

        PUT /api/products/{product}/variants, for admin, manager.
        """
        return await self._write("PUT", "/api/products/{product}/variants", told)

    async def configure(self, **told: Unpack[ConfigureTold]) -> Posted:
        """
        Choose settings, as pairs of name and value; those that are not named stay as they are.

        PUT /api/settings, for admin, manager.
        """
        return await self._write("PUT", "/api/settings", told)

    async def settings(self) -> dict[str, str]:
        """
        Give every setting of the org, chosen or not.

        GET /api/settings, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/settings", {})

    async def list_sites(self, **told: Unpack[ListSitesTold]) -> Page[SiteAnswer]:
        """
        List the sites.

        GET /api/sites, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites", told)

    async def list_locations(self, **told: Unpack[ListLocationsTold]) -> Page[LocationAnswer]:
        """
        List the locations of a site.

        GET /api/sites/{site}/locations, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{site}/locations", told)

    async def list_products(self, **told: Unpack[ListProductsTold]) -> Page[ProductAnswer]:
        """
        List the products.

        GET /api/products, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/products", told)

    async def list_items(self, **told: Unpack[ListItemsTold]) -> Page[CatalogItem]:
        """
        List the items, or those of one product.

        GET /api/items, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items", told)

    async def find_items(self, **told: Unpack[FindItemsTold]) -> list[ItemAnswer]:
        """
        Find items by sku, by barcode, or by words of their names as far as they are typed; the best first.

        A number that finds nothing and has the length of a barcode but a wrong check digit is refused with
        CHECK_DIGIT_WRONG, since it was misread or misspelt.

        GET /api/items/search, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/search", told)
