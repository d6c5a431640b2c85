"""
What is told of lots, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from onhand.client.shapes.lots import AlertAnswer, GetLotMetadataAnswer, LotAnswer, Recipient
from onhand.client.shapes.shared import Line, Posted
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Quantity, Speaker, Versioned


class ListLotsTold(TypedDict, total=False):
    """What `list_lots` is told."""

    status: str  # The status.
    category: str  # The category.
    subcategory: str  # The subcategory.
    brand: str  # The name of a brand.
    vendor: str  # The name of a vendor.
    site: str  # The code of a site.
    since: Moment  # Only after this posting, or since this day or moment.
    until: Moment  # Only up to this posting, day or moment.
    q: str  # A sku, a barcode, or words of a name.
    order: str  # The number of an order.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetLotTold(TypedDict, total=False):
    """What `get_lot` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.


class ListRecipientsTold(TypedDict, total=False):
    """What `list_recipients` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetLotMetadataTold(TypedDict, total=False):
    """What `get_lot_metadata` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.


class SetLotMetadataTold(About, Versioned, total=False):
    """What `set_lot_metadata` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.
    metadata: Required[Mapping[str, Any]]  # What is told of a lot beside its facts.


class SetLotCostsTold(About, Versioned, total=False):
    """What `set_lot_costs` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.
    cost_mode: str  # FIXED or RANGE; without it no cost is known.
    unit_cost: Quantity  # What one cost, in the currency of the org, with at most two decimals.
    cost_min: Quantity  # The least that one cost, in the currency of the org, with at most two decimals.
    cost_max: Quantity  # The most that one cost, in the currency of the org, with at most two decimals.


class SetLotStatusTold(About, Versioned, total=False):
    """What `set_lot_status` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.
    status: Required[str]  # The status.


class RecallLotTold(About, Versioned, total=False):
    """What `recall_lot` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.


class ReleaseLotTold(About, Versioned, total=False):
    """What `release_lot` is told."""

    sku: Required[str]  # The code of an item.
    lot: Required[str]  # The code of a lot.


class ListAlertsTold(TypedDict, total=False):
    """What `list_alerts` is told."""

    status: str  # The status.
    rule: str  # The rule that raised the alert: low_stock, out_of_stock, negative, expiring, expired or on_hold.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class AcknowledgeAlertTold(About, total=False):
    """What `acknowledge_alert` is told."""

    alert: Required[int]  # The number of an alert.


class SetLowStockTold(About, total=False):
    """What `set_low_stock` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class LotsVerbs(Speaker):
    """The verbs."""

    def list_lots(self, **told: Unpack[ListLotsTold]) -> Page[LotAnswer]:
        """
        List lots, in the order newest, oldest, expires_on (those that expire) or code.

        `q` is some words, each of which begins a word of the lot's code, vendor, brand, product or category. `site`
        asks for lots that are or were there, `since` and `until` for those that came in between.

        GET /api/lots, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/lots", told)

    def get_lot(self, **told: Unpack[GetLotTold]) -> LotAnswer:
        """
        Give one lot; raises Refused BATCH_NOT_FOUND.

        GET /api/items/{sku}/lots/{lot}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/{sku}/lots/{lot}", told)

    def list_recipients(self, **told: Unpack[ListRecipientsTold]) -> Page[Recipient]:
        """
        List who received goods of a lot, from the journal: each sale and each use that was not undone.

        GET /api/items/{sku}/lots/{lot}/recipients, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/{sku}/lots/{lot}/recipients", told)

    def get_lot_metadata(self, **told: Unpack[GetLotMetadataTold]) -> GetLotMetadataAnswer:
        """
        Give what is told of a lot beside its facts, and what is wrong with it.

        GET /api/items/{sku}/lots/{lot}/metadata, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/items/{sku}/lots/{lot}/metadata", told)

    def set_lot_metadata(self, **told: Unpack[SetLotMetadataTold]) -> Posted:
        """
        Tell the metadata of a lot, in place of what was told before.

        PUT /api/items/{sku}/lots/{lot}/metadata, for admin, manager.
        """
        return self._write("PUT", "/api/items/{sku}/lots/{lot}/metadata", told)

    def set_lot_costs(self, **told: Unpack[SetLotCostsTold]) -> Posted:
        """
        Set the costs of a lot: FIXED with a unit cost, RANGE with a least and a greatest, or none.

        PUT /api/items/{sku}/lots/{lot}/costs, for admin, manager.
        """
        return self._write("PUT", "/api/items/{sku}/lots/{lot}/costs", told)

    def set_lot_status(self, **told: Unpack[SetLotStatusTold]) -> Posted:
        """
        Give a lot another status, as the table of transitions allows; the goods stay in the states where they are.

        PUT /api/items/{sku}/lots/{lot}/status, for admin, manager.
        """
        return self._write("PUT", "/api/items/{sku}/lots/{lot}/status", told)

    def recall_lot(self, **told: Unpack[RecallLotTold]) -> Posted:
        """
        Quarantine a lot everywhere: what is available or on hold goes into quarantine, and nothing is sold any more.

        What is promised stays promised, and what is on its way stays so, but neither can be handed over while the lot
        is QUARANTINED. A lot that is closed stays closed.

        POST /api/items/{sku}/lots/{lot}/recall, for admin, manager.
        """
        return self._write("POST", "/api/items/{sku}/lots/{lot}/recall", told)

    def release_lot(self, **told: Unpack[ReleaseLotTold]) -> Posted:
        """
        End the quarantine or hold of a lot: what is in quarantine or on hold is available again, in all places.

        The lot is LIVE, or SOLD_OUT where nothing of it is left.

        POST /api/items/{sku}/lots/{lot}/release, for admin, manager.
        """
        return self._write("POST", "/api/items/{sku}/lots/{lot}/release", told)

    def list_alerts(self, **told: Unpack[ListAlertsTold]) -> Page[AlertAnswer]:
        """
        List alerts, the latest first: those that are open or acknowledged, unless a status is told.

        GET /api/alerts, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/alerts", told)

    def acknowledge_alert(self, **told: Unpack[AcknowledgeAlertTold]) -> Posted:
        """
        Say that somebody sees to an alert; only the facts resolve it.

        POST /api/alerts/{alert}/acknowledgement, for admin, clerk, manager.
        """
        return self._write("POST", "/api/alerts/{alert}/acknowledgement", told)

    def set_low_stock(self, **told: Unpack[SetLowStockTold]) -> Posted:
        """
        Set up to what quantity items are low at a site; where it is set, being out of stock is alerted too.

        PUT /api/low-stock, for admin, manager.
        """
        return self._write("PUT", "/api/low-stock", told)


class AsyncLotsVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def list_lots(self, **told: Unpack[ListLotsTold]) -> Page[LotAnswer]:
        """
        List lots, in the order newest, oldest, expires_on (those that expire) or code.

        `q` is some words, each of which begins a word of the lot's code, vendor, brand, product or category. `site`
        asks for lots that are or were there, `since` and `until` for those that came in between.

        GET /api/lots, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/lots", told)

    async def get_lot(self, **told: Unpack[GetLotTold]) -> LotAnswer:
        """
        Give one lot; raises Refused BATCH_NOT_FOUND.

        GET /api/items/{sku}/lots/{lot}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/{sku}/lots/{lot}", told)

    async def list_recipients(self, **told: Unpack[ListRecipientsTold]) -> Page[Recipient]:
        """
        List who received goods of a lot, from the journal: each sale and each use that was not undone.

        GET /api/items/{sku}/lots/{lot}/recipients, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/{sku}/lots/{lot}/recipients", told)

    async def get_lot_metadata(self, **told: Unpack[GetLotMetadataTold]) -> GetLotMetadataAnswer:
        """
        Give what is told of a lot beside its facts, and what is wrong with it.

        GET /api/items/{sku}/lots/{lot}/metadata, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/items/{sku}/lots/{lot}/metadata", told)

    async def set_lot_metadata(self, **told: Unpack[SetLotMetadataTold]) -> Posted:
        """
        Tell the metadata of a lot, in place of what was told before.

        PUT /api/items/{sku}/lots/{lot}/metadata, for admin, manager.
        """
        return await self._write("PUT", "/api/items/{sku}/lots/{lot}/metadata", told)

    async def set_lot_costs(self, **told: Unpack[SetLotCostsTold]) -> Posted:
        """
        Set the costs of a lot: FIXED with a unit cost, RANGE with a least and a greatest, or none.

        PUT /api/items/{sku}/lots/{lot}/costs, for admin, manager.
        """
        return await self._write("PUT", "/api/items/{sku}/lots/{lot}/costs", told)

    async def set_lot_status(self, **told: Unpack[SetLotStatusTold]) -> Posted:
        """
        Give a lot another status, as the table of transitions allows; the goods stay in the states where they are.

        PUT /api/items/{sku}/lots/{lot}/status, for admin, manager.
        """
        return await self._write("PUT", "/api/items/{sku}/lots/{lot}/status", told)

    async def recall_lot(self, **told: Unpack[RecallLotTold]) -> Posted:
        """
        Quarantine a lot everywhere: what is available or on hold goes into quarantine, and nothing is sold any more.

        What is promised stays promised, and what is on its way stays so, but neither can be handed over while the lot
        is QUARANTINED. A lot that is closed stays closed.

        POST /api/items/{sku}/lots/{lot}/recall, for admin, manager.
        """
        return await self._write("POST", "/api/items/{sku}/lots/{lot}/recall", told)

    async def release_lot(self, **told: Unpack[ReleaseLotTold]) -> Posted:
        """
        End the quarantine or hold of a lot: what is in quarantine or on hold is available again, in all places.

        The lot is LIVE, or SOLD_OUT where nothing of it is left.

        POST /api/items/{sku}/lots/{lot}/release, for admin, manager.
        """
        return await self._write("POST", "/api/items/{sku}/lots/{lot}/release", told)

    async def list_alerts(self, **told: Unpack[ListAlertsTold]) -> Page[AlertAnswer]:
        """
        List alerts, the latest first: those that are open or acknowledged, unless a status is told.

        GET /api/alerts, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/alerts", told)

    async def acknowledge_alert(self, **told: Unpack[AcknowledgeAlertTold]) -> Posted:
        """
        Say that somebody sees to an alert; only the facts resolve it.

        POST /api/alerts/{alert}/acknowledgement, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/alerts/{alert}/acknowledgement", told)

    async def set_low_stock(self, **told: Unpack[SetLowStockTold]) -> Posted:
        """
        Set up to what quantity items are low at a site; where it is set, being out of stock is alerted too.

        PUT /api/low-stock, for admin, manager.
        """
        return await self._write("PUT", "/api/low-stock", told)
