"""A payment: money that came, or went back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Entity):
    """Money for an invoice or an order, in millionths of the currency; below zero where it went back."""

    entity: ClassVar[str] = "payment"
    refers_to: ClassVar[frozenset[str]] = frozenset({"invoice", "sales_order"})

    amount: int
    paid_at: datetime
    method: str | None = None
    reference: str | None = None
    invoice_id: int | None = None
    order_id: int | None = None

    def withdrawn(self) -> Self:
        """Give the payment as one of nothing."""
        return self.next(amount=0)
