"""A line of an invoice: so much of an item, or one serial, at a price."""

from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine(Entity):
    """
    So much of an item, or one serial, at a price: quantity, price and amounts in millionths, the rate of a percent.

    It is open until its goods are delivered or the invoice is cancelled; a unit stands on one open line at most.
    """

    entity: ClassVar[str] = "invoice_line"
    named_by: ClassVar[tuple[str, ...]] = ("invoice_id", "position")
    refers_to: ClassVar[frozenset[str]] = frozenset({"invoice", "item", "unit"})

    invoice_id: int
    position: int
    item_id: int
    quantity: int
    price: int
    vat_rate: int
    net: int
    vat: int
    gross: int
    unit_id: int | None = None
    is_open: bool = True
    returned: int = 0

    def withdrawn(self) -> Self:
        """Give the line as closed."""
        return self.next(is_open=False)
