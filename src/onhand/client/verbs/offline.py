"""
What is told of offline, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.offline import OfflineSaleAnswer, SyncSalesAnswer
from onhand.client.shapes.shared import Posted, Sold
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Speaker, Versioned, Write


class QueueSaleTold(About, total=False):
    """What `queue_sale` is told."""

    transaction: Required[str]  # The number of the sale, as the till tells it.
    site: Required[str]  # The code of a site.
    items: Required[Sequence[Sold]]  # The items.
    device: Required[str]  # The name of the till.
    sequence: int  # The place of the sale among those that the device sold at one time.
    slice: int  # The number of the slice that was lent to the till.
    short: bool  # Whether the till knew that there is not enough.


class ListOfflineSalesTold(TypedDict, total=False):
    """What `list_offline_sales` is told."""

    site: str  # The code of a site.
    status: str  # The status.
    id: int  # The number by which the thing is known in its org.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetOfflineSaleTold(TypedDict, total=False):
    """What `get_offline_sale` is told."""

    offline_sale: Required[int]  # The number of a sale in the queue.


class SyncSaleTold(About, total=False):
    """What `sync_sale` is told."""

    offline_sale: Required[int]  # The number of a sale in the queue.


class SyncSalesTold(Write, total=False):
    """What `sync_sales` is told."""

    site: Required[str]  # The code of a site.


class ApproveSaleTold(About, Versioned, total=False):
    """What `approve_sale` is told."""

    offline_sale: Required[int]  # The number of a sale in the queue.


class RejectSaleTold(About, Versioned, total=False):
    """What `reject_sale` is told."""

    offline_sale: Required[int]  # The number of a sale in the queue.


class LendTold(About, total=False):
    """What `lend` is told."""

    site: Required[str]  # The code of a site.
    device: Required[str]  # The name of the till.
    items: Required[Sequence[Sold]]  # The items.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.


class OfflineVerbs(Speaker):
    """The verbs."""

    def queue_sale(self, **told: Unpack[QueueSaleTold]) -> Posted:
        """
        Take a sale into the queue as it is; nothing about it is looked up, so that nothing of it can be lost.

        It was sold at `occurred_at`, on a device that numbers its sales by `sequence`. What was `short` of stock when
        it was tried waits for a manager at once.

        POST /api/offline-sales, for admin, clerk, manager.
        """
        return self._write("POST", "/api/offline-sales", told)

    def list_offline_sales(self, **told: Unpack[ListOfflineSalesTold]) -> Page[OfflineSaleAnswer]:
        """
        List the queue in the order in which it was sold, whatever has become of the sales.

        GET /api/offline-sales, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/offline-sales", told)

    def get_offline_sale(self, **told: Unpack[GetOfflineSaleTold]) -> OfflineSaleAnswer:
        """
        Give a sale of the queue by its number there; raises Refused OFFLINE_SALE_NOT_FOUND.

        GET /api/offline-sales/{offline_sale}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/offline-sales/{offline_sale}", told)

    def sync_sale(self, **told: Unpack[SyncSaleTold]) -> Posted:
        """
        Deduct a sale that waits; whatever stands in the way is kept with it, and then a manager has to decide.

        POST /api/offline-sales/{offline_sale}/synchronisation, for admin, clerk, manager.
        """
        return self._write("POST", "/api/offline-sales/{offline_sale}/synchronisation", told)

    def sync_sales(self, **told: Unpack[SyncSalesTold]) -> SyncSalesAnswer:
        """
        Deduct what waits at a site, in the order in which it was sold.

        Safe to do twice, or by two people at once: each sale is deducted once. What cannot be deducted waits for a
        manager. A trial tries each of the first hundred by itself.

        POST /api/sites/{site}/offline-sales/synchronisation, for admin, clerk, manager.
        """
        return self._write("POST", "/api/sites/{site}/offline-sales/synchronisation", told)

    def approve_sale(self, **told: Unpack[ApproveSaleTold]) -> Posted:
        """
        Deduct a sale that waits, by a manager's decision and with its reason.

        What stood in the way is mended before: the stock is corrected, the mapping made, or the item allowed below
        zero.

        POST /api/offline-sales/{offline_sale}/approval, for admin, manager.
        """
        return self._write("POST", "/api/offline-sales/{offline_sale}/approval", told)

    def reject_sale(self, **told: Unpack[RejectSaleTold]) -> Posted:
        """
        Leave the stock as it is, by a manager's decision and with its reason; the sale stays in the queue.

        POST /api/offline-sales/{offline_sale}/rejection, for admin, manager.
        """
        return self._write("POST", "/api/offline-sales/{offline_sale}/rejection", told)

    def lend(self, **told: Unpack[LendTold]) -> Posted:
        """
        Reserve the ingredients of so many products for a till: its slice.

        Each product is counted by itself, its ingredients rounded up, so that no basket within the slice can be short.
        The slice is a reservation: used by the sales that name it, given back by releasing it, over at `expires_at`.

        POST /api/slices, for admin, clerk, manager.
        """
        return self._write("POST", "/api/slices", told)


class AsyncOfflineVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def queue_sale(self, **told: Unpack[QueueSaleTold]) -> Posted:
        """
        Take a sale into the queue as it is; nothing about it is looked up, so that nothing of it can be lost.

        It was sold at `occurred_at`, on a device that numbers its sales by `sequence`. What was `short` of stock when
        it was tried waits for a manager at once.

        POST /api/offline-sales, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/offline-sales", told)

    async def list_offline_sales(self, **told: Unpack[ListOfflineSalesTold]) -> Page[OfflineSaleAnswer]:
        """
        List the queue in the order in which it was sold, whatever has become of the sales.

        GET /api/offline-sales, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/offline-sales", told)

    async def get_offline_sale(self, **told: Unpack[GetOfflineSaleTold]) -> OfflineSaleAnswer:
        """
        Give a sale of the queue by its number there; raises Refused OFFLINE_SALE_NOT_FOUND.

        GET /api/offline-sales/{offline_sale}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/offline-sales/{offline_sale}", told)

    async def sync_sale(self, **told: Unpack[SyncSaleTold]) -> Posted:
        """
        Deduct a sale that waits; whatever stands in the way is kept with it, and then a manager has to decide.

        POST /api/offline-sales/{offline_sale}/synchronisation, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/offline-sales/{offline_sale}/synchronisation", told)

    async def sync_sales(self, **told: Unpack[SyncSalesTold]) -> SyncSalesAnswer:
        """
        Deduct what waits at a site, in the order in which it was sold.

        Safe to do twice, or by two people at once: each sale is deducted once. What cannot be deducted waits for a
        manager. A trial tries each of the first hundred by itself.

        POST /api/sites/{site}/offline-sales/synchronisation, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/sites/{site}/offline-sales/synchronisation", told)

    async def approve_sale(self, **told: Unpack[ApproveSaleTold]) -> Posted:
        """
        Deduct a sale that waits, by a manager's decision and with its reason.

        What stood in the way is mended before: the stock is corrected, the mapping made, or the item allowed below
        zero.

        POST /api/offline-sales/{offline_sale}/approval, for admin, manager.
        """
        return await self._write("POST", "/api/offline-sales/{offline_sale}/approval", told)

    async def reject_sale(self, **told: Unpack[RejectSaleTold]) -> Posted:
        """
        Leave the stock as it is, by a manager's decision and with its reason; the sale stays in the queue.

        POST /api/offline-sales/{offline_sale}/rejection, for admin, manager.
        """
        return await self._write("POST", "/api/offline-sales/{offline_sale}/rejection", told)

    async def lend(self, **told: Unpack[LendTold]) -> Posted:
        """
        Reserve the ingredients of so many products for a till: its slice.

        Each product is counted by itself, its ingredients rounded up, so that no basket within the slice can be short.
        The slice is a reservation: used by the sales that name it, given back by releasing it, over at `expires_at`.

        POST /api/slices, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/slices", told)
