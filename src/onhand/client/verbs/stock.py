"""
What is told of stock, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.shared import Line, Posted, State
from onhand.client.shapes.stock import Difference, Explanation, HoldingAnswer, Then
from onhand.client.speaking import About, AsyncSpeaker, Day, Moment, Page, Quantity, Speaker


class ListHoldingsTold(TypedDict, total=False):
    """What `list_holdings` is told."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    empty: bool  # Whether holdings without any quantity are listed.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ListHoldingsAtTold(TypedDict, total=False):
    """What `list_holdings_at` is told."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    number: int  # The number of a posting in the journal, or of a document.
    recorded_at: Moment  # When it was recorded: RFC 3339 in UTC.
    occurred_at: Moment  # When it happened, if not now: RFC 3339 with a time zone.
    empty: bool  # Whether holdings without any quantity are listed.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class DifferenceTold(TypedDict, total=False):
    """What `difference` is told."""

    since: Required[int | Moment]  # Only after this posting, or since this day or moment.
    until: int | Moment  # Only up to this posting, day or moment.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ExplainTold(TypedDict, total=False):
    """What `explain` is told."""

    site: Required[str]  # The code of a site.
    sku: Required[str]  # The code of an item.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.
    unit: str  # The code of a unit, or a unit of measure.
    state: str  # A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.
    before: str  # As it was before.
    limit: int  # How many rows at most.


class ReceiveTold(About, total=False):
    """What `receive` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    expires_on: Day  # The last good day, as 2026-01-31.
    day: Day  # The day that codes given out carry, as 2026-01-31.
    status: str  # The status.


class TakeInTold(About, total=False):
    """What `take_in` is told."""

    vendor: Required[str]  # The name of a vendor.
    brand: Required[str]  # The name of a brand.
    product: Required[str]  # The code of a product.
    category: Required[str]  # The category.
    quantity: Required[Quantity]  # How much, in the item's measure.
    site: Required[str]  # The code of a site.
    subcategory: str  # The subcategory.
    grade: str  # The grade.
    strain_id: int  # The number of the strain, a whole number from 1.
    measure: str  # The measure of the item, as piece, kg or m.
    zone: str  # The zone of the location.
    rack: str  # The rack of the location.
    shelf: str  # The shelf of the location.
    bin: str  # The bin of the location.
    cost_mode: str  # FIXED or RANGE; without it no cost is known.
    unit_cost: Quantity  # What one cost, in the currency of the org, with at most two decimals.
    cost_min: Quantity  # The least that one cost, in the currency of the org, with at most two decimals.
    cost_max: Quantity  # The most that one cost, in the currency of the org, with at most two decimals.
    payment_terms: str  # COD, NET_7, NET_15, NET_30, CONSIGNMENT or PARTIAL.
    expires_on: Day  # The last good day, as 2026-01-31.
    day: Day  # The day that codes given out carry, as 2026-01-31.
    status: str  # The status.
    sku: str  # The code of an item.
    lot: str  # The code of a lot.


class SellTold(About, total=False):
    """What `sell` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class TakeBackTold(About, total=False):
    """What `take_back` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class MoveTold(About, total=False):
    """What `move` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    source: State  # Where from: a state, or the outside.
    target: Required[State]  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.


class TransferTold(About, total=False):
    """What `transfer` is told."""

    site: Required[str]  # The code of a site.
    target: Required[str]  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    target_location: str  # The code of a location at the target.
    in_transit: bool  # Whether the goods are on their way until they are received.


class ArriveTold(About, total=False):
    """What `arrive` is told."""

    transfer: Required[int]  # The number of a transfer.
    lines: Sequence[Line]  # The lines, all or none of which are done.
    close: bool  # Whether what has not come is written off.


class AdjustTold(About, total=False):
    """What `adjust` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class CountTold(About, total=False):
    """What `count` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class AllowNegativeTold(About, total=False):
    """What `allow_negative` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.


class StockVerbs(Speaker):
    """The verbs."""

    def list_holdings(self, **told: Unpack[ListHoldingsTold]) -> Page[HoldingAnswer]:
        """
        List holdings as they are; those without any quantity only with `empty`.

        GET /api/holdings, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/holdings", told)

    def list_holdings_at(self, **told: Unpack[ListHoldingsAtTold]) -> Then:
        """
        List holdings as they were at any moment.

        GET /api/holdings/at, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/holdings/at", told)

    def difference(self, **told: Unpack[DifferenceTold]) -> Difference:
        """
        List the holdings that moved after one moment and up to another, with what moved them.

        The cursor keeps to the moments of its page.

        GET /api/holdings/difference, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/holdings/difference", told)

    def explain(self, **told: Unpack[ExplainTold]) -> Explanation:
        """
        Explain a figure: what is in a state at a place, or on hand there, by the movements that made it.

        The last movements come first, in the order of the journal, with what was brought forward; `before` takes the
        cursor `earlier` of an explanation and gives the movements before.

        GET /api/holdings/explanation, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/holdings/explanation", told)

    def receive(self, **told: Unpack[ReceiveTold]) -> Posted:
        """
        Take goods in.

        A line's lot is found or made; NEW_LOT makes one with the next code of `day`. A line's unit is made. A line's
        state says where the goods stand at first: available unless told, or in quarantine, on hold, defective, a
        sample. Lots that are made are LIVE, unless `status` says that they are AWAITING_INTAKE.

        POST /api/receipts-of-goods, for admin, clerk, manager.
        """
        return self._write("POST", "/api/receipts-of-goods", told)

    def take_in(self, **told: Unpack[TakeInTold]) -> Posted:
        """
        Take the goods of a vendor in as a lot.

        Vendor, brand, product, item, location and lot are found by what is told, or made. Brand and product name an
        item; where they are new it is made, with a sku from the sequence, unless `sku` names one. Without `lot` a new
        one is made, with the next code of `day`. Costs are in the currency of the org.

        POST /api/intakes, for admin, clerk, manager.
        """
        return self._write("POST", "/api/intakes", told)

    def sell(self, **told: Unpack[SellTold]) -> Posted:
        """
        Hand goods over to a customer: all lines or none.

        POST /api/sales, for admin, clerk, manager.
        """
        return self._write("POST", "/api/sales", told)

    def take_back(self, **told: Unpack[TakeBackTold]) -> Posted:
        """
        Take goods back; each line's state says whether they are available, in quarantine or defective.

        POST /api/returns, for admin, clerk, manager.
        """
        return self._write("POST", "/api/returns", told)

    def move(self, **told: Unpack[MoveTold]) -> Posted:
        """
        Move goods of a site from one state to another, with a reason.

        POST /api/moves, for admin, clerk, manager.
        """
        return self._write("POST", "/api/moves", told)

    def transfer(self, **told: Unpack[TransferTold]) -> Posted:
        """
        Move goods to another site, or to another location of the same site: all lines or none.

        In transit, the goods are incoming at the target until its arrivals say what came.

        POST /api/transfers, for admin, clerk, manager.
        """
        return self._write("POST", "/api/transfers", told)

    def arrive(self, **told: Unpack[ArriveTold]) -> Posted:
        """
        Receive a transfer: all that is on its way, or some lines.

        With `close`, what has not come is written off as lost, and a reason is required; without, it stays on its way.
        A line of zero says that nothing of an item came.

        POST /api/transfers/{transfer}/arrivals, for admin, clerk, manager.
        """
        return self._write("POST", "/api/transfers/{transfer}/arrivals", told)

    def adjust(self, **told: Unpack[AdjustTold]) -> Posted:
        """
        Correct what is available: lines above zero were found, lines below zero are lost.

        What is lost is taken from available only, so nothing that is reserved, sold, held or in quarantine can be lost.

        POST /api/adjustments, for admin, manager.
        """
        return self._write("POST", "/api/adjustments", told)

    def count(self, **told: Unpack[CountTold]) -> Posted:
        """
        Bring holdings to what was counted on hand; each line names exactly one holding.

        The difference is found or lost, from what is available. What was counted is kept as evidence, difference or
        not.

        POST /api/counts, for admin, clerk, manager.
        """
        return self._write("POST", "/api/counts", told)

    def allow_negative(self, **told: Unpack[AllowNegativeTold]) -> Posted:
        """
        Set how far items may fall below zero at a site; a line's quantity is the limit, and zero forbids it again.

        Only stock without lot, location and unit can be negative, since a lot that is not there cannot be picked.

        POST /api/negative-stock, for admin, manager.
        """
        return self._write("POST", "/api/negative-stock", told)


class AsyncStockVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def list_holdings(self, **told: Unpack[ListHoldingsTold]) -> Page[HoldingAnswer]:
        """
        List holdings as they are; those without any quantity only with `empty`.

        GET /api/holdings, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/holdings", told)

    async def list_holdings_at(self, **told: Unpack[ListHoldingsAtTold]) -> Then:
        """
        List holdings as they were at any moment.

        GET /api/holdings/at, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/holdings/at", told)

    async def difference(self, **told: Unpack[DifferenceTold]) -> Difference:
        """
        List the holdings that moved after one moment and up to another, with what moved them.

        The cursor keeps to the moments of its page.

        GET /api/holdings/difference, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/holdings/difference", told)

    async def explain(self, **told: Unpack[ExplainTold]) -> Explanation:
        """
        Explain a figure: what is in a state at a place, or on hand there, by the movements that made it.

        The last movements come first, in the order of the journal, with what was brought forward; `before` takes the
        cursor `earlier` of an explanation and gives the movements before.

        GET /api/holdings/explanation, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/holdings/explanation", told)

    async def receive(self, **told: Unpack[ReceiveTold]) -> Posted:
        """
        Take goods in.

        A line's lot is found or made; NEW_LOT makes one with the next code of `day`. A line's unit is made. A line's
        state says where the goods stand at first: available unless told, or in quarantine, on hold, defective, a
        sample. Lots that are made are LIVE, unless `status` says that they are AWAITING_INTAKE.

        POST /api/receipts-of-goods, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/receipts-of-goods", told)

    async def take_in(self, **told: Unpack[TakeInTold]) -> Posted:
        """
        Take the goods of a vendor in as a lot.

        Vendor, brand, product, item, location and lot are found by what is told, or made. Brand and product name an
        item; where they are new it is made, with a sku from the sequence, unless `sku` names one. Without `lot` a new
        one is made, with the next code of `day`. Costs are in the currency of the org.

        POST /api/intakes, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/intakes", told)

    async def sell(self, **told: Unpack[SellTold]) -> Posted:
        """
        Hand goods over to a customer: all lines or none.

        POST /api/sales, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/sales", told)

    async def take_back(self, **told: Unpack[TakeBackTold]) -> Posted:
        """
        Take goods back; each line's state says whether they are available, in quarantine or defective.

        POST /api/returns, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/returns", told)

    async def move(self, **told: Unpack[MoveTold]) -> Posted:
        """
        Move goods of a site from one state to another, with a reason.

        POST /api/moves, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/moves", told)

    async def transfer(self, **told: Unpack[TransferTold]) -> Posted:
        """
        Move goods to another site, or to another location of the same site: all lines or none.

        In transit, the goods are incoming at the target until its arrivals say what came.

        POST /api/transfers, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/transfers", told)

    async def arrive(self, **told: Unpack[ArriveTold]) -> Posted:
        """
        Receive a transfer: all that is on its way, or some lines.

        With `close`, what has not come is written off as lost, and a reason is required; without, it stays on its way.
        A line of zero says that nothing of an item came.

        POST /api/transfers/{transfer}/arrivals, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/transfers/{transfer}/arrivals", told)

    async def adjust(self, **told: Unpack[AdjustTold]) -> Posted:
        """
        Correct what is available: lines above zero were found, lines below zero are lost.

        What is lost is taken from available only, so nothing that is reserved, sold, held or in quarantine can be lost.

        POST /api/adjustments, for admin, manager.
        """
        return await self._write("POST", "/api/adjustments", told)

    async def count(self, **told: Unpack[CountTold]) -> Posted:
        """
        Bring holdings to what was counted on hand; each line names exactly one holding.

        The difference is found or lost, from what is available. What was counted is kept as evidence, difference or
        not.

        POST /api/counts, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/counts", told)

    async def allow_negative(self, **told: Unpack[AllowNegativeTold]) -> Posted:
        """
        Set how far items may fall below zero at a site; a line's quantity is the limit, and zero forbids it again.

        Only stock without lot, location and unit can be negative, since a lot that is not there cannot be picked.

        POST /api/negative-stock, for admin, manager.
        """
        return await self._write("POST", "/api/negative-stock", told)
