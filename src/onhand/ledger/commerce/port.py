"""What questions about documents and single items ask of a store."""

from typing import NamedTuple, Protocol

from onhand.ledger.commerce.answers import InvoiceAnswer, OrderAnswer, SerialAnswer, SerialStep
from onhand.ledger.core.answers import Page


class InvoicesWanted(NamedTuple):
    """Which invoices are asked for; None is any."""

    number: str | None = None
    status: str | None = None
    customer: str | None = None
    after_id: int = 0


class OrdersWanted(NamedTuple):
    """Which orders are asked for; None is any."""

    number: str | None = None
    status: str | None = None
    after_id: int = 0


class SerialsWanted(NamedTuple):
    """Which single items are asked for; None is any."""

    unit: str | None = None
    sku: str | None = None
    status: str | None = None
    site: str | None = None
    after_id: int = 0


class DocumentsReading(Protocol):
    """Reads of documents and single items; a page's `after` is left to who asks."""

    async def invoices(self, wanted: InvoicesWanted, limit: int) -> Page[InvoiceAnswer]:
        """Invoices with their lines and payments."""
        ...

    async def orders(self, wanted: OrdersWanted, limit: int) -> Page[OrderAnswer]:
        """Orders with their lines and payments."""
        ...

    async def serials(self, wanted: SerialsWanted, limit: int) -> Page[SerialAnswer]:
        """Single items with where they are."""
        ...

    async def serial_steps(self, serial_id: int, after: tuple[int, int], limit: int) -> Page[SerialStep]:
        """The steps of a single item's status."""
        ...
