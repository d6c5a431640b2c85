"""Questions about invoices, orders and single items."""

from collections.abc import Sequence
from typing import TypeVar

from onhand.kernel.refusals import Refused
from onhand.ledger.answers import Page
from onhand.ledger.asking import Asking, check_codes, check_limit
from onhand.ledger.cursors import read_cursor, write_cursor
from onhand.ledger.documents_answers import InvoiceAnswer, OrderAnswer, SerialAnswer, SerialStep
from onhand.ledger.documents_reading import InvoicesWanted, OrdersWanted, SerialsWanted

Row = TypeVar("Row", InvoiceAnswer, OrderAnswer, SerialAnswer)


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
        check_limit(limit)
        check_codes(status=status, customer=customer)
        (go_on,) = read_cursor("invoices", after, 1) or (0,)
        wanted = InvoicesWanted(status=status, customer=customer, after_id=go_on)
        return _page("invoices", (await self.reading.documents.invoices(wanted, limit + 1)).rows, limit)

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
        check_limit(limit)
        check_codes(status=status)
        (go_on,) = read_cursor("orders", after, 1) or (0,)
        found = await self.reading.documents.orders(OrdersWanted(status=status, after_id=go_on), limit + 1)
        return _page("orders", found.rows, limit)

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
        check_limit(limit)
        check_codes(sku=sku, status=status, site=site)
        (go_on,) = read_cursor("serials", after, 1) or (0,)
        wanted = SerialsWanted(sku=sku, status=status, site=site, after_id=go_on)
        return _page("serials", (await self.reading.documents.serials(wanted, limit + 1)).rows, limit)

    async def serial(self, unit: str) -> SerialAnswer:
        """Give a single item by its serial number; raises Refused UNIT_NOT_FOUND."""
        check_codes(unit=unit)
        for found in await self.reading.documents.serials(SerialsWanted(unit=unit), 1):
            return found
        raise Refused("UNIT_NOT_FOUND", sku="any", unit=unit)

    async def serial_history(self, unit: str, *, after: str | None = None, limit: int = 50) -> Page[SerialStep]:
        """Tell each step of a single item's status: from, to, reason code, document, who, when, notes."""
        check_limit(limit)
        number, line = read_cursor("steps", after, 2) or (0, 0)
        serial = await self.serial(unit)
        found = await self.reading.documents.serial_steps(serial.id, (number, line), limit + 1)
        kept = found.rows[:limit]
        last = (kept[-1].number, kept[-1].line) if len(found.rows) > limit else None
        return Page(rows=kept, after=write_cursor("steps", last))


def _page(kind: str, rows: Sequence[Row], limit: int) -> Page[Row]:
    kept = tuple(rows[:limit])
    return Page(rows=kept, after=write_cursor(kind, (kept[-1].id,) if len(rows) > limit else None))
