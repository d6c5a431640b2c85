"""
What lines and answers of worth look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Balances
from onhand.client.speaking import Page


class ItemTotal(TypedDict):
    """Item total."""

    sku: str  # The code of an item.
    balances: Balances  # The quantities by state after it, in the item's measure.


class ProductTotal(TypedDict):
    """Product total."""

    id: int  # The number by which the thing is known in its org.
    code: str  # The code.
    name: str  # The name.
    variants: int  # How many items the product has, a whole number.
    balances: Balances  # The quantities by state after it, in the item's measure.


class Totals(TypedDict):
    """Totals."""

    number: int  # The number of a posting in the journal, or of a document.
    products: Page[ProductTotal]  # Products.
