"""What the questions about what is known need of a store, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onhand.kernel.exact import MoneyDecimal, RateDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswer:
    """A site as it is known."""

    id: int
    version: int
    code: str
    name: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationAnswer:
    """A location of a site."""

    id: int
    version: int
    site: str
    code: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAnswer:
    """A product as it is known; its items are listed by it."""

    id: int
    version: int
    code: str
    name: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogItem:
    """An item as it is known."""

    id: int
    version: int
    sku: str
    name: str
    product: str | None
    measure: str
    pick_policy: str
    price: MoneyDecimal | None
    vat_rate: RateDecimal
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAnswer:
    """A customer as he is known."""

    id: int
    version: int
    code: str
    name: str
    email: str | None
    vat_number: str | None


class CatalogReading(Protocol):
    """What is known: one by its code, or lists in the order of the codes, after the one that ended the page before."""

    async def sites(self, after: str, limit: int) -> Sequence[SiteAnswer]:
        """Sites, the retired ones too."""
        ...

    async def locations(self, site_id: int, after: str, limit: int) -> Sequence[LocationAnswer]:
        """Locations of a site, the retired ones too."""
        ...

    async def products(self, after: str, limit: int) -> Sequence[ProductAnswer]:
        """Products, the retired ones too."""
        ...

    async def items(self, product: str | None, after: str, limit: int) -> Sequence[CatalogItem]:
        """Items, of one product or of any, the retired ones too."""
        ...

    async def customers(self, after: str, limit: int) -> Sequence[CustomerAnswer]:
        """Customers."""
        ...

    async def site(self, code: str) -> SiteAnswer | None:
        """A site by its code, also one that is retired."""
        ...

    async def product(self, code: str) -> ProductAnswer | None:
        """A product by its code, also one that is retired."""
        ...

    async def item(self, sku: str) -> CatalogItem | None:
        """An item by its sku, also one that is retired."""
        ...

    async def customer(self, code: str) -> CustomerAnswer | None:
        """A customer by his code."""
        ...
