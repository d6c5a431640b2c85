"""
What is told of planning, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.planning import (
    Demand,
    Position,
    Promisable,
    PurchaseAnswer,
    ReorderLine,
    ReorderProposalsAnswer,
)
from onhand.client.shapes.shared import Line, Posted
from onhand.client.speaking import About, AsyncSpeaker, Day, Page, Speaker


class OrderIncomingTold(About, total=False):
    """What `order_incoming` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    supplier: str  # Who supplies it.
    expected_on: Day  # The day on which it is expected, as 2026-01-31.


class ListPurchasesTold(TypedDict, total=False):
    """What `list_purchases` is told."""

    site: str  # The code of a site.
    expected: bool  # Whether only what is still expected is listed.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetPurchaseTold(TypedDict, total=False):
    """What `get_purchase` is told."""

    purchase: Required[int]  # The number of a purchase.


class ReceiveIncomingTold(About, total=False):
    """What `receive_incoming` is told."""

    purchase: Required[int]  # The number of a purchase.
    lines: Sequence[Line]  # The lines, all or none of which are done.
    close: bool  # Whether what has not come is written off.


class SetReorderPointsTold(About, total=False):
    """What `set_reorder_points` is told."""

    site: Required[str]  # The code of a site.
    points: Required[Sequence[ReorderLine]]  # The reorder points.


class PromisableTold(TypedDict, total=False):
    """What `promisable` is told."""

    site: Required[str]  # The code of a site.
    sku: Required[str]  # The code of an item.


class DemandTold(TypedDict, total=False):
    """What `demand` is told."""

    since: Required[Day]  # Only after this posting, or since this day or moment.
    until: Required[Day]  # Only up to this posting, day or moment.
    site: str  # The code of a site.


class PositionsTold(TypedDict, total=False):
    """What `positions` is told."""

    site: Required[str]  # The code of a site.


class ReorderProposalsTold(TypedDict, total=False):
    """What `reorder_proposals` is told."""

    site: str  # The code of a site.
    lead_days: int  # How many days pass until ordered goods come.
    review_days: int  # How many days pass until one orders again.
    weeks: int  # How many weeks are looked back.
    until: Day  # The last day that is looked at; yesterday.


class PlanningVerbs(Speaker):
    """The verbs."""

    def order_incoming(self, **told: Unpack[OrderIncomingTold]) -> Posted:
        """
        Order goods: they are incoming at the site, beside what is on hand, and may be expected on a day.

        POST /api/purchases, for admin, manager.
        """
        return self._write("POST", "/api/purchases", told)

    def list_purchases(self, **told: Unpack[ListPurchasesTold]) -> Page[PurchaseAnswer]:
        """
        List purchases with what they still wait for; only those that are expected, unless told.

        GET /api/purchases, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/purchases", told)

    def get_purchase(self, **told: Unpack[GetPurchaseTold]) -> PurchaseAnswer:
        """
        Give a purchase by its number, whatever has become of it; raises Refused PURCHASE_NOT_FOUND.

        GET /api/purchases/{purchase}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/purchases/{purchase}", told)

    def receive_incoming(self, **told: Unpack[ReceiveIncomingTold]) -> Posted:
        """
        Receive what was ordered: all that is expected, or some lines; a line of zero says that nothing of an item came.

        With `close`, what has not come is not expected any more; a purchase of which nothing ever came is cancelled.

        POST /api/purchases/arrivals, for admin, clerk, manager.
        """
        return self._write("POST", "/api/purchases/arrivals", told)

    def set_reorder_points(self, **told: Unpack[SetReorderPointsTold]) -> Posted:
        """
        Decide reorder points of items at a site, or leave them to the forecast again.

        POST /api/reorder-points, for admin, manager.
        """
        return self._write("POST", "/api/reorder-points", told)

    def promisable(self, **told: Unpack[PromisableTold]) -> list[Promisable]:
        """
        Tell what is available of an item at a site, then what is expected, day by day.

        GET /api/promisable, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/promisable", told)

    def demand(self, **told: Unpack[DemandTold]) -> list[Demand]:
        """
        Tell what was taken of each item on each day of the org, less what came back; both days included.

        GET /api/demand, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/demand", told)

    def positions(self, **told: Unpack[PositionsTold]) -> list[Position]:
        """
        Tell what there is of each item at a site, what is expected, and its reorder point if one is set.

        GET /api/positions, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/positions", told)

    def reorder_proposals(self, **told: Unpack[ReorderProposalsTold]) -> ReorderProposalsAnswer:
        """
        Propose what to order at a site, from reorder points that are set and from forecasts of demand.

        A forecast that did not beat repeating the last week says so, and the last week is used. POST /api/purchases
        turns what is proposed into incoming stock.

        GET /api/reorder-proposals, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/reorder-proposals", told)


class AsyncPlanningVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def order_incoming(self, **told: Unpack[OrderIncomingTold]) -> Posted:
        """
        Order goods: they are incoming at the site, beside what is on hand, and may be expected on a day.

        POST /api/purchases, for admin, manager.
        """
        return await self._write("POST", "/api/purchases", told)

    async def list_purchases(self, **told: Unpack[ListPurchasesTold]) -> Page[PurchaseAnswer]:
        """
        List purchases with what they still wait for; only those that are expected, unless told.

        GET /api/purchases, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/purchases", told)

    async def get_purchase(self, **told: Unpack[GetPurchaseTold]) -> PurchaseAnswer:
        """
        Give a purchase by its number, whatever has become of it; raises Refused PURCHASE_NOT_FOUND.

        GET /api/purchases/{purchase}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/purchases/{purchase}", told)

    async def receive_incoming(self, **told: Unpack[ReceiveIncomingTold]) -> Posted:
        """
        Receive what was ordered: all that is expected, or some lines; a line of zero says that nothing of an item came.

        With `close`, what has not come is not expected any more; a purchase of which nothing ever came is cancelled.

        POST /api/purchases/arrivals, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/purchases/arrivals", told)

    async def set_reorder_points(self, **told: Unpack[SetReorderPointsTold]) -> Posted:
        """
        Decide reorder points of items at a site, or leave them to the forecast again.

        POST /api/reorder-points, for admin, manager.
        """
        return await self._write("POST", "/api/reorder-points", told)

    async def promisable(self, **told: Unpack[PromisableTold]) -> list[Promisable]:
        """
        Tell what is available of an item at a site, then what is expected, day by day.

        GET /api/promisable, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/promisable", told)

    async def demand(self, **told: Unpack[DemandTold]) -> list[Demand]:
        """
        Tell what was taken of each item on each day of the org, less what came back; both days included.

        GET /api/demand, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/demand", told)

    async def positions(self, **told: Unpack[PositionsTold]) -> list[Position]:
        """
        Tell what there is of each item at a site, what is expected, and its reorder point if one is set.

        GET /api/positions, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/positions", told)

    async def reorder_proposals(self, **told: Unpack[ReorderProposalsTold]) -> ReorderProposalsAnswer:
        """
        Propose what to order at a site, from reorder points that are set and from forecasts of demand.

        A forecast that did not beat repeating the last week says so, and the last week is used. POST /api/purchases
        turns what is proposed into incoming stock.

        GET /api/reorder-proposals, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/reorder-proposals", told)
