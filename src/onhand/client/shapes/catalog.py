"""
What lines and answers of catalog look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import NotRequired, TypedDict

from onhand.client.speaking import Day, Quantity


class CatalogItem(TypedDict):
    """Catalog item."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    sku: str  # The code of an item.
    name: str  # The name.
    product: str | None  # The code of a product.
    measure: str  # The measure of the item, as piece, kg or m.
    pick_policy: str  # The order in which lots are taken: fefo, fifo or lifo.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: str | None
    vat_rate: str  # The rate of VAT, in percent; null takes the item's.
    retired: bool  # Whether it is out of use.


class ItemLine(TypedDict):
    """Item line."""

    sku: NotRequired[str]  # The code of an item.
    name: NotRequired[str]  # The name.
    product: NotRequired[str]  # The code of a product.
    measure: NotRequired[str]  # The measure of the item, as piece, kg or m.
    pick_policy: NotRequired[str]  # The order in which lots are taken: fefo, fifo or lifo.
    brand: NotRequired[str]  # The name of a brand.
    day: NotRequired[Day]  # The day that codes given out carry, as 2026-01-31.
    version: NotRequired[int]  # The version, a whole number; another one than told is refused.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: NotRequired[Quantity]
    vat_rate: NotRequired[Quantity]  # The rate of VAT, in percent; null takes the item's.
    barcode: NotRequired[str]  # The barcode, with its check digit.


class LocationAnswer(TypedDict):
    """Location answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    site: str  # The code of a site.
    code: str  # The code.
    retired: bool  # Whether it is out of use.


class LocationLine(TypedDict):
    """Location line."""

    site: str  # The code of a site.
    code: str  # The code.


class OptionValue(TypedDict):
    """Option value."""

    option: str  # The name of an option.
    value: str  # What goods are worth, in the currency of the org; or the value of an option.


class ProductAnswer(TypedDict):
    """Product answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    code: str  # The code.
    name: str  # The name.
    retired: bool  # Whether it is out of use.


class ProductLine(TypedDict):
    """Product line."""

    code: str  # The code.
    name: NotRequired[str]  # The name.


class SiteAnswer(TypedDict):
    """Site answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    code: str  # The code.
    name: str  # The name.
    retired: bool  # Whether it is out of use.


class SiteLine(TypedDict):
    """Site line."""

    code: str  # The code.
    name: NotRequired[str]  # The name.
    version: NotRequired[int]  # The version, a whole number; another one than told is refused.


class ItemAnswer(TypedDict):
    """Item answer."""

    id: int  # The number by which the thing is known in its org.
    sku: str  # The code of an item.
    name: str  # The name.
    measure: str  # The measure of the item, as piece, kg or m.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: str | None
    vat_rate: str  # The rate of VAT, in percent; null takes the item's.
    options: list[OptionValue]  # The options, as size and colour, with their values.
    found_by: str  # What it was found by: sku, barcode or name.
