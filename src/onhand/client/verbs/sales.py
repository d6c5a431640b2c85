"""
What is told of sales, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.sales import ReceiptAnswer, VatReport
from onhand.client.shapes.shared import Line, Posted
from onhand.client.speaking import About, AsyncSpeaker, Day, Page, Quantity, Speaker


class SellAtCounterTold(About, total=False):
    """What `sell_at_counter` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    # The price of one of each line, VAT included, in the currency of the org; null takes the item's.
    prices: Sequence[Quantity | None]


class TakeBackAtCounterTold(About, total=False):
    """What `take_back_at_counter` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[Line]]  # The lines, all or none of which are done.
    # The price of one of each line, VAT included, in the currency of the org; null takes the item's.
    prices: Sequence[Quantity | None]


class ListReceiptsTold(TypedDict, total=False):
    """What `list_receipts` is told."""

    site: str  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetReceiptTold(TypedDict, total=False):
    """What `get_receipt` is told."""

    number: Required[int]  # The number of a posting in the journal, or of a document.


class VatReportTold(TypedDict, total=False):
    """What `vat_report` is told."""

    since: Required[Day]  # Only after this posting, or since this day or moment.
    until: Required[Day]  # Only up to this posting, day or moment.
    site: str  # The code of a site.


class SalesVerbs(Speaker):
    """The verbs."""

    def sell_at_counter(self, **told: Unpack[SellAtCounterTold]) -> Posted:
        """
        Sell at the counter: all lines or none, and a receipt.

        `prices` stand beside the lines, VAT included, in the currency of the org; None is the price of the item, and no
        prices at all are those of the items.

        POST /api/counter-sales, for admin, clerk, manager.
        """
        return self._write("POST", "/api/counter-sales", told)

    def take_back_at_counter(self, **told: Unpack[TakeBackAtCounterTold]) -> Posted:
        """
        Take goods back at the counter, and give the money back: all lines or none.

        Each line's state is available, quarantine or defective. `prices` are as at a counter sale: what the customer
        had paid for one, VAT included; None is the price of the item. The receipt has quantities and amounts below
        zero.

        POST /api/counter-returns, for admin, clerk, manager.
        """
        return self._write("POST", "/api/counter-returns", told)

    def list_receipts(self, **told: Unpack[ListReceiptsTold]) -> Page[ReceiptAnswer]:
        """
        List receipts, the newest first.

        GET /api/receipts, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/receipts", told)

    def get_receipt(self, **told: Unpack[GetReceiptTold]) -> ReceiptAnswer:
        """
        Give a receipt; raises Refused RECEIPT_NOT_FOUND.

        GET /api/receipts/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/receipts/{number}", told)

    def vat_report(self, **told: Unpack[VatReportTold]) -> VatReport:
        """
        Report net, VAT and gross of each rate, of the days from `since` to `until` in the org's time zone.

        Receipts count when they are issued, invoices when they are made, orders when they are paid. What is voided,
        cancelled or brought back counts against the day on which that happens, so a report of days gone by stays as it
        was. Orders are of no site, so the report of one is without them.

        GET /api/vat-report, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/vat-report", told)


class AsyncSalesVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def sell_at_counter(self, **told: Unpack[SellAtCounterTold]) -> Posted:
        """
        Sell at the counter: all lines or none, and a receipt.

        `prices` stand beside the lines, VAT included, in the currency of the org; None is the price of the item, and no
        prices at all are those of the items.

        POST /api/counter-sales, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/counter-sales", told)

    async def take_back_at_counter(self, **told: Unpack[TakeBackAtCounterTold]) -> Posted:
        """
        Take goods back at the counter, and give the money back: all lines or none.

        Each line's state is available, quarantine or defective. `prices` are as at a counter sale: what the customer
        had paid for one, VAT included; None is the price of the item. The receipt has quantities and amounts below
        zero.

        POST /api/counter-returns, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/counter-returns", told)

    async def list_receipts(self, **told: Unpack[ListReceiptsTold]) -> Page[ReceiptAnswer]:
        """
        List receipts, the newest first.

        GET /api/receipts, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/receipts", told)

    async def get_receipt(self, **told: Unpack[GetReceiptTold]) -> ReceiptAnswer:
        """
        Give a receipt; raises Refused RECEIPT_NOT_FOUND.

        GET /api/receipts/{number}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/receipts/{number}", told)

    async def vat_report(self, **told: Unpack[VatReportTold]) -> VatReport:
        """
        Report net, VAT and gross of each rate, of the days from `since` to `until` in the org's time zone.

        Receipts count when they are issued, invoices when they are made, orders when they are paid. What is voided,
        cancelled or brought back counts against the day on which that happens, so a report of days gone by stays as it
        was. Orders are of no site, so the report of one is without them.

        GET /api/vat-report, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/vat-report", told)
