"""
What is told of serials, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Required, TypedDict, Unpack

from onhand.client.shapes.serials import (
    Dashboard,
    FindInconsistenciesAnswer,
    InvoiceStatus,
    ReleaseExpiredAnswer,
    RepairInconsistenciesAnswer,
    RepairInvoiceAnswer,
    SerialAnswer,
    SerialLine,
    SerialStep,
)
from onhand.client.shapes.shared import Line, Posted, SaleLine
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Quantity, Speaker, Versioned, Write


class ReceiveSerialsTold(About, total=False):
    """What `receive_serials` is told."""

    site: Required[str]  # The code of a site.
    serials: Required[Sequence[SerialLine]]  # The serial numbers.
    unit_cost: Quantity  # What one costs, in the currency of the org; a plain decimal.


class ListSerialsTold(TypedDict, total=False):
    """What `list_serials` is told."""

    sku: str  # The code of an item.
    status: str  # The status.
    site: str  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GetSerialTold(TypedDict, total=False):
    """What `get_serial` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.


class SerialHistoryTold(TypedDict, total=False):
    """What `serial_history` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class GradeSerialTold(About, Versioned, total=False):
    """What `grade_serial` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.
    sku: Required[str]  # The code of an item.
    condition: Required[str]  # The condition of the single item.


class ReserveInvoiceTold(About, total=False):
    """What `reserve_invoice` is told."""

    site: Required[str]  # The code of a site.
    lines: Required[Sequence[SaleLine]]  # The lines, all or none of which are done.
    number: str  # The number of a posting in the journal, or of a document.
    customer: str  # The customer.
    cart: int  # The number of the reservation that becomes the invoice's.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.
    prices_include_vat: bool  # Whether the prices hold the VAT.


class ReleaseInvoiceTold(About, Versioned, total=False):
    """What `release_invoice` is told."""

    invoice: Required[str]  # The number of an invoice.


class MarkSoldTold(About, Versioned, total=False):
    """What `mark_sold` is told."""

    amount: Quantity  # How much, in the currency of the org.
    invoice: str  # The number of an invoice.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.


class MarkDeliveredTold(About, Versioned, total=False):
    """What `mark_delivered` is told."""

    invoice: Required[str]  # The number of an invoice.
    lines: Sequence[Line]  # The lines, all or none of which are done.
    delivery: Mapping[str, str]  # What is told of the delivery: carrier, tracking, recipient, address, note.


class InvoiceStatusTold(TypedDict, total=False):
    """What `invoice_status` is told."""

    id: Required[str]  # The number by which the thing is known in its org.


class TransitionInvoiceTold(About, Versioned, total=False):
    """What `transition_invoice` is told."""

    id: Required[str]  # The number by which the thing is known in its org.
    to: Required[Literal["paid", "delivered", "cancelled"]]  # The status that the invoice shall have.
    amount: Quantity  # How much, in the currency of the org.
    method: str  # How it was paid.
    reference: str  # The reference of the payment.
    lines: Sequence[Line]  # The lines, all or none of which are done.
    delivery: Mapping[str, str]  # What is told of the delivery: carrier, tracking, recipient, address, note.


class RepairInvoiceTold(Write, total=False):
    """What `repair_invoice` is told."""

    id: Required[str]  # The number by which the thing is known in its org.


class ItemStatusesTold(TypedDict, total=False):
    """What `item_statuses` is told."""

    sku: str  # The code of an item.
    status: str  # The status.
    site: str  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ItemHistoryTold(TypedDict, total=False):
    """What `item_history` is told."""

    unit: Required[str]  # The code of a unit, or a unit of measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class DashboardTold(TypedDict, total=False):
    """What `dashboard` is told."""

    expiring_seconds: int  # What ends within so many seconds ends soon; 30 days at most.
    limit: int  # How many rows at most.


class FindInconsistenciesTold(TypedDict, total=False):
    """What `find_inconsistencies` is told."""

    reserved_days_max: int  # How many days a reservation may be old that nothing paid stands behind.
    limit: int  # At most so many of each kind.


class SerialsVerbs(Speaker):
    """The verbs."""

    def receive_serials(self, **told: Unpack[ReceiveSerialsTold]) -> Posted:
        """
        Take single items in; each serial number is unique in the org.

        `unit_cost` is what each of them costs, in the currency of the org.

        POST /api/serials, for admin, clerk, manager.
        """
        return self._write("POST", "/api/serials", told)

    def list_serials(self, **told: Unpack[ListSerialsTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/serials, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials", told)

    def get_serial(self, **told: Unpack[GetSerialTold]) -> SerialAnswer:
        """
        Give a single item by its serial number; raises Refused UNIT_NOT_FOUND.

        GET /api/serials/{unit}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials/{unit}", told)

    def serial_history(self, **told: Unpack[SerialHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/serials/{unit}/history, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/serials/{unit}/history", told)

    def grade_serial(self, **told: Unpack[GradeSerialTold]) -> Posted:
        """
        Set the condition of a unit; one that was no serial is kept as one from now on.

        PUT /api/serials/{unit}/grade, for admin, clerk, manager.
        """
        return self._write("PUT", "/api/serials/{unit}/grade", told)

    def reserve_invoice(self, **told: Unpack[ReserveInvoiceTold]) -> Posted:
        """
        Make an invoice and reserve its goods: all lines or none.

        With `cart`, the reservation of that number becomes the invoice's; the lines are then what it holds, with
        prices. Units are sold as single items. After `expires_at` the invoice may expire, as long as it is not paid.

        POST /api/inventory/lifecycle/reserve, for admin, clerk, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/reserve", told)

    def release_invoice(self, **told: Unpack[ReleaseInvoiceTold]) -> Posted:
        """
        Cancel an invoice: what it had reserved, or sold and not yet delivered, is available again.

        POST /api/inventory/lifecycle/release, for admin, clerk, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/release", told)

    def mark_sold(self, **told: Unpack[MarkSoldTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/inventory/lifecycle/mark-sold, for admin, clerk, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/mark-sold", told)

    def mark_delivered(self, **told: Unpack[MarkDeliveredTold]) -> Posted:
        """
        Hand over what is paid: all of it, or some lines.

        `delivery` tells of it: carrier, tracking, recipient, address, note.

        POST /api/inventory/lifecycle/mark-delivered, for admin, clerk, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/mark-delivered", told)

    def invoice_status(self, **told: Unpack[InvoiceStatusTold]) -> InvoiceStatus:
        """
        Tell where an invoice and its single items stand, and what may follow; raises DOCUMENT_NOT_FOUND.

        GET /api/inventory/lifecycle/invoice/{id}/status, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/inventory/lifecycle/invoice/{id}/status", told)

    def transition_invoice(self, **told: Unpack[TransitionInvoiceTold]) -> Posted:
        """
        Bring an invoice to another status.

        Paid pays what is due unless an amount is told, delivered hands its goods over, cancelled makes them available
        again. Every other status is refused with from and to.

        POST /api/inventory/lifecycle/invoice/{id}/transition, for admin, clerk, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/invoice/{id}/transition", told)

    def repair_invoice(self, **told: Unpack[RepairInvoiceTold]) -> RepairInvoiceAnswer:
        """
        Repair what is out of line at an invoice: its items, its goods, its reservation.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inventory/lifecycle/invoice/{id}/fix-inconsistencies, for admin, manager.
        """
        return self._write("POST", "/api/inventory/lifecycle/invoice/{id}/fix-inconsistencies", told)

    def item_statuses(self, **told: Unpack[ItemStatusesTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/inventory/lifecycle/items/status, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/inventory/lifecycle/items/status", told)

    def item_history(self, **told: Unpack[ItemHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/inventory/lifecycle/items/history, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/inventory/lifecycle/items/history", told)

    def dashboard(self, **told: Unpack[DashboardTold]) -> Dashboard:
        """
        Show how many items, invoices and reservations are where, what ends soon, what is wrong and what happened.

        GET /api/inventory/lifecycle/dashboard, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/inventory/lifecycle/dashboard", told)

    def release_expired(self, **told: Unpack[Write]) -> ReleaseExpiredAnswer:
        """
        End the reservations whose time has passed, and offer what came free to those who wait.

        Each is ended once, however many workers and callers do so at once. A trial tells the first hundred that are
        due.

        DELETE /api/inventory/lifecycle/cleanup-expired, for admin, manager.
        """
        return self._write("DELETE", "/api/inventory/lifecycle/cleanup-expired", told)

    def find_inconsistencies(self, **told: Unpack[FindInconsistenciesTold]) -> FindInconsistenciesAnswer:
        """
        Find what is out of line: serials against their place and documents, holdings against promises, old
        reservations, money against payments.

        GET /api/inconsistencies, for admin, auditor, clerk, manager, viewer.
        """  # noqa: D205 - one sentence, longer than a line
        return self._ask("/api/inconsistencies", told)

    def repair_inconsistencies(self, **told: Unpack[Write]) -> RepairInconsistenciesAnswer:
        """
        Repair what is out of line: a hundred of each kind at most.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inconsistencies/repairs, for admin, manager.
        """
        return self._write("POST", "/api/inconsistencies/repairs", told)


class AsyncSerialsVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def receive_serials(self, **told: Unpack[ReceiveSerialsTold]) -> Posted:
        """
        Take single items in; each serial number is unique in the org.

        `unit_cost` is what each of them costs, in the currency of the org.

        POST /api/serials, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/serials", told)

    async def list_serials(self, **told: Unpack[ListSerialsTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/serials, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials", told)

    async def get_serial(self, **told: Unpack[GetSerialTold]) -> SerialAnswer:
        """
        Give a single item by its serial number; raises Refused UNIT_NOT_FOUND.

        GET /api/serials/{unit}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials/{unit}", told)

    async def serial_history(self, **told: Unpack[SerialHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/serials/{unit}/history, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/serials/{unit}/history", told)

    async def grade_serial(self, **told: Unpack[GradeSerialTold]) -> Posted:
        """
        Set the condition of a unit; one that was no serial is kept as one from now on.

        PUT /api/serials/{unit}/grade, for admin, clerk, manager.
        """
        return await self._write("PUT", "/api/serials/{unit}/grade", told)

    async def reserve_invoice(self, **told: Unpack[ReserveInvoiceTold]) -> Posted:
        """
        Make an invoice and reserve its goods: all lines or none.

        With `cart`, the reservation of that number becomes the invoice's; the lines are then what it holds, with
        prices. Units are sold as single items. After `expires_at` the invoice may expire, as long as it is not paid.

        POST /api/inventory/lifecycle/reserve, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/reserve", told)

    async def release_invoice(self, **told: Unpack[ReleaseInvoiceTold]) -> Posted:
        """
        Cancel an invoice: what it had reserved, or sold and not yet delivered, is available again.

        POST /api/inventory/lifecycle/release, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/release", told)

    async def mark_sold(self, **told: Unpack[MarkSoldTold]) -> Posted:
        """
        Record a payment, in part or in full; exactly one of `invoice` and `order` is told.

        Without an amount, all that is due is paid.

        A part changes nothing but what is paid. In full, the goods of an invoice are sold; those of an order stay
        reserved, and do not expire any more.

        POST /api/inventory/lifecycle/mark-sold, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/mark-sold", told)

    async def mark_delivered(self, **told: Unpack[MarkDeliveredTold]) -> Posted:
        """
        Hand over what is paid: all of it, or some lines.

        `delivery` tells of it: carrier, tracking, recipient, address, note.

        POST /api/inventory/lifecycle/mark-delivered, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/mark-delivered", told)

    async def invoice_status(self, **told: Unpack[InvoiceStatusTold]) -> InvoiceStatus:
        """
        Tell where an invoice and its single items stand, and what may follow; raises DOCUMENT_NOT_FOUND.

        GET /api/inventory/lifecycle/invoice/{id}/status, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/inventory/lifecycle/invoice/{id}/status", told)

    async def transition_invoice(self, **told: Unpack[TransitionInvoiceTold]) -> Posted:
        """
        Bring an invoice to another status.

        Paid pays what is due unless an amount is told, delivered hands its goods over, cancelled makes them available
        again. Every other status is refused with from and to.

        POST /api/inventory/lifecycle/invoice/{id}/transition, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/invoice/{id}/transition", told)

    async def repair_invoice(self, **told: Unpack[RepairInvoiceTold]) -> RepairInvoiceAnswer:
        """
        Repair what is out of line at an invoice: its items, its goods, its reservation.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inventory/lifecycle/invoice/{id}/fix-inconsistencies, for admin, manager.
        """
        return await self._write("POST", "/api/inventory/lifecycle/invoice/{id}/fix-inconsistencies", told)

    async def item_statuses(self, **told: Unpack[ItemStatusesTold]) -> Page[SerialAnswer]:
        """
        List single items with their condition, status and place, and for whom they are.

        GET /api/inventory/lifecycle/items/status, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/inventory/lifecycle/items/status", told)

    async def item_history(self, **told: Unpack[ItemHistoryTold]) -> Page[SerialStep]:
        """
        Tell each step of a single item's status: from, to, reason code, document, who, when, notes.

        GET /api/inventory/lifecycle/items/history, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/inventory/lifecycle/items/history", told)

    async def dashboard(self, **told: Unpack[DashboardTold]) -> Dashboard:
        """
        Show how many items, invoices and reservations are where, what ends soon, what is wrong and what happened.

        GET /api/inventory/lifecycle/dashboard, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/inventory/lifecycle/dashboard", told)

    async def release_expired(self, **told: Unpack[Write]) -> ReleaseExpiredAnswer:
        """
        End the reservations whose time has passed, and offer what came free to those who wait.

        Each is ended once, however many workers and callers do so at once. A trial tells the first hundred that are
        due.

        DELETE /api/inventory/lifecycle/cleanup-expired, for admin, manager.
        """
        return await self._write("DELETE", "/api/inventory/lifecycle/cleanup-expired", told)

    async def find_inconsistencies(self, **told: Unpack[FindInconsistenciesTold]) -> FindInconsistenciesAnswer:
        """
        Find what is out of line: serials against their place and documents, holdings against promises, old
        reservations, money against payments.

        GET /api/inconsistencies, for admin, auditor, clerk, manager, viewer.
        """  # noqa: D205 - one sentence, longer than a line
        return await self._ask("/api/inconsistencies", told)

    async def repair_inconsistencies(self, **told: Unpack[Write]) -> RepairInconsistenciesAnswer:
        """
        Repair what is out of line: a hundred of each kind at most.

        Each repair is a posting of its own; done again, nothing is out of line and nothing is done. A trial tells what
        would be done.

        POST /api/inconsistencies/repairs, for admin, manager.
        """
        return await self._write("POST", "/api/inconsistencies/repairs", told)
