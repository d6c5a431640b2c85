"""
What is told of worth, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Required, TypedDict, Unpack

from onhand.client.shapes.worth import CostReport, GetReportAnswer, ItemTotal, Totals, Valuation
from onhand.client.speaking import AsyncSpeaker, Moment, Speaker


class ProductTotalsTold(TypedDict, total=False):
    """What `product_totals` is told."""

    product: str  # The code of a product.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ItemTotalsTold(TypedDict, total=False):
    """What `item_totals` is told."""

    skus: Required[str]  # The codes of items, separated by commas.


class LiveTotalsTold(TypedDict, total=False):
    """What `live_totals` is told."""

    skus: Required[str]  # The codes of items, separated by commas.
    site: str  # The code of a site.


class ValuationTold(TypedDict, total=False):
    """What `valuation` is told."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    number: int  # The number of a posting in the journal, or of a document.
    recorded_at: Moment  # When it was recorded: RFC 3339 in UTC.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class CostReportTold(TypedDict, total=False):
    """What `cost_report` is told."""

    since: Required[int | Moment]  # Only after this posting, or since this day or moment.
    until: int | Moment  # Only up to this posting, day or moment.
    site: str  # The code of a site.


class GetReportTold(TypedDict, total=False):
    """What `get_report` is told."""

    day: Required[str]  # The day that codes given out carry, as 2026-01-31.


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

    def live_totals(self, **told: Unpack[LiveTotalsTold]) -> list[ItemTotal]:
        """
        Give what is held of up to a thousand items at this moment, at one site or at all, in one call.

        GET /api/items/live, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/live", told)

    def valuation(self, **told: Unpack[ValuationTold]) -> Valuation:
        """
        Tell what the goods of each item at each site are worth, now or at a moment, by item and site.

        GET /api/valuation, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/valuation", told)

    def cost_report(self, **told: Unpack[CostReportTold]) -> CostReport:
        """
        Report how the value of stock came from one moment to another: opening, what came, what went, closing.

        A moment is a posting's number, or a time. What is on its way is no part of the value: it goes out when it is
        sent, to `elsewhere`, and comes in when it arrives, from `incoming`. So opening + in - out = closing, to the
        last millionth.

        GET /api/cost-report, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/cost-report", told)

    def get_report(self, **told: Unpack[GetReportTold]) -> GetReportAnswer:
        """
        Give the report of a day, if it was made: its postings by kind, its VAT, and what was reserved at its end.

        The worker makes the report of each day when that is over; then it stays as it is.

        GET /api/reports/{day}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/reports/{day}", told)


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

    async def live_totals(self, **told: Unpack[LiveTotalsTold]) -> list[ItemTotal]:
        """
        Give what is held of up to a thousand items at this moment, at one site or at all, in one call.

        GET /api/items/live, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/live", told)

    async def valuation(self, **told: Unpack[ValuationTold]) -> Valuation:
        """
        Tell what the goods of each item at each site are worth, now or at a moment, by item and site.

        GET /api/valuation, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/valuation", told)

    async def cost_report(self, **told: Unpack[CostReportTold]) -> CostReport:
        """
        Report how the value of stock came from one moment to another: opening, what came, what went, closing.

        A moment is a posting's number, or a time. What is on its way is no part of the value: it goes out when it is
        sent, to `elsewhere`, and comes in when it arrives, from `incoming`. So opening + in - out = closing, to the
        last millionth.

        GET /api/cost-report, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/cost-report", told)

    async def get_report(self, **told: Unpack[GetReportTold]) -> GetReportAnswer:
        """
        Give the report of a day, if it was made: its postings by kind, its VAT, and what was reserved at its end.

        The worker makes the report of each day when that is over; then it stays as it is.

        GET /api/reports/{day}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/reports/{day}", told)
