"""Questions about invoices, orders and single items."""

from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import INVOICE, SALES_ORDER, SERIAL
from onhand.ledger.asking import Asking, check_codes, check_page, check_status
from onhand.ledger.commerce.answers import InvoiceAnswer, OrderAnswer, SerialAnswer, SerialStep
from onhand.ledger.commerce.port import InvoicesWanted, OrdersWanted, SerialsWanted
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where


class Documents(Asking):
    """What is invoiced, ordered, paid and delivered, and where each single item is in its life."""

    async def invoices(
        self,
        *,
        status: str | None = None,
        customer: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[InvoiceAnswer]:
        """List invoices with their lines and payments."""
        check_page(limit)
        check_status(status, INVOICE)
        check_codes(customer=customer)
        cursor = await self._cursor("invoices", status, customer)
        (go_on,) = cursor.read(after, int) or (0,)
        if customer is not None and await self.reading.catalog.customer(customer) is None:
            raise Refused("UNKNOWN_CUSTOMER", customer=customer)
        wanted = InvoicesWanted(status=status, customer=customer, after_id=go_on)
        found = await self.reading.documents.invoices(wanted, limit + 1)
        return cursor.page(found.rows, limit, lambda invoice: (invoice.id,))

    async def invoice_of(self, number: str) -> InvoiceAnswer:
        """Give an invoice with its lines and payments; raises Refused DOCUMENT_NOT_FOUND."""
        check_codes(number=number)
        for found in await self.reading.documents.invoices(InvoicesWanted(number=number), 1):
            return found
        raise Refused("DOCUMENT_NOT_FOUND", document="invoice", number=number)

    async def orders(
        self, *, status: str | None = None, after: str | None = None, limit: int = 50
    ) -> Page[OrderAnswer]:
        """List orders with their lines and payments."""
        check_page(limit)
        check_status(status, SALES_ORDER)
        cursor = await self._cursor("orders", status)
        (go_on,) = cursor.read(after, int) or (0,)
        found = await self.reading.documents.orders(OrdersWanted(status=status, after_id=go_on), limit + 1)
        return cursor.page(found.rows, limit, lambda order: (order.id,))

    async def order_of(self, number: str) -> OrderAnswer:
        """Give an order with its lines and payments; raises Refused DOCUMENT_NOT_FOUND."""
        check_codes(number=number)
        for found in await self.reading.documents.orders(OrdersWanted(number=number), 1):
            return found
        raise Refused("DOCUMENT_NOT_FOUND", document="order", number=number)

    async def serials(
        self,
        *,
        sku: str | None = None,
        status: str | None = None,
        site: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[SerialAnswer]:
        """List single items with their condition, status and place, and for whom they are."""
        check_page(limit)
        check_status(status, SERIAL)
        check_codes(sku=sku, site=site)
        await self.reading.find(Where(site=site, sku=sku))
        cursor = await self._cursor("serials", sku, status, site)
        (go_on,) = cursor.read(after, int) or (0,)
        wanted = SerialsWanted(sku=sku, status=status, site=site, after_id=go_on)
        found = await self.reading.documents.serials(wanted, limit + 1)
        return cursor.page(found.rows, limit, lambda serial: (serial.id,))

    async def serial(self, unit: str) -> SerialAnswer:
        """Give a single item by its serial number; raises Refused UNIT_NOT_FOUND."""
        check_codes(unit=unit)
        for found in await self.reading.documents.serials(SerialsWanted(unit=unit), 1):
            return found
        raise Refused("UNIT_NOT_FOUND", sku="any item", unit=unit)

    async def serial_history(self, unit: str, *, after: str | None = None, limit: int = 50) -> Page[SerialStep]:
        """Tell each step of a single item's status: from, to, reason code, document, who, when, notes."""
        check_page(limit)
        serial = await self.serial(unit)
        cursor = await self._cursor("serial_history", serial.id)
        number, line = cursor.read(after, int, int) or (0, 0)
        found = await self.reading.documents.serial_steps(serial.id, (number, line), limit + 1)
        return cursor.page(found.rows, limit, lambda step: (step.number, step.line))
