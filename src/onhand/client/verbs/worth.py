"""
What is told of worth, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Required, TypedDict, Unpack

from onhand.client.shapes.worth import ItemTotal, Totals
from onhand.client.speaking import AsyncSpeaker, Speaker


class ProductTotalsTold(TypedDict, total=False):
    """What `product_totals` is told."""

    product: str  # The code of a product.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ItemTotalsTold(TypedDict, total=False):
    """What `item_totals` is told."""

    skus: Required[str]  # The codes of items, separated by commas.


class LiveTold(TypedDict, total=False):
    """What `live` is told."""

    skus: Required[str]  # The codes of items, separated by commas.
    site: str  # The code of a site.


class WorthVerbs(Speaker):
    """The verbs."""

    def product_totals(self, **told: Unpack[ProductTotalsTold]) -> Totals:
        """
        List products with what there is of all their variants at all sites, as far as the projection has read.

        GET /api/products/totals, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/products/totals", told)

    def item_totals(self, **told: Unpack[ItemTotalsTold]) -> list[ItemTotal]:
        """
        Give the totals of some items, in their order, as far as the projection has read.

        GET /api/items/totals, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/totals", told)

    def live(self, **told: Unpack[LiveTold]) -> list[ItemTotal]:
        """
        Give what is held of up to a thousand items at this moment, at one site or at all, in one call.

        GET /api/items/live, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/live", told)


class AsyncWorthVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def product_totals(self, **told: Unpack[ProductTotalsTold]) -> Totals:
        """
        List products with what there is of all their variants at all sites, as far as the projection has read.

        GET /api/products/totals, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/products/totals", told)

    async def item_totals(self, **told: Unpack[ItemTotalsTold]) -> list[ItemTotal]:
        """
        Give the totals of some items, in their order, as far as the projection has read.

        GET /api/items/totals, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/totals", told)

    async def live(self, **told: Unpack[LiveTold]) -> list[ItemTotal]:
        """
        Give what is held of up to a thousand items at this moment, at one site or at all, in one call.

        GET /api/items/live, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/live", told)
