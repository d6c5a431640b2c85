"""An order: what a customer wants sent, from placing it to handing it over."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from onhand.kernel.entity import Entity
from onhand.kernel.money import RateTotal


class OrderLine(NamedTuple):
    """So much of an item at a price, in millionths; the rate in millionths of a percent."""

    sku: str
    quantity: int
    price: int
    vat_rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrder(Entity):
    """An order of a customer, with what each VAT rate of it comes to; each branch that serves it has a reservation."""

    entity: ClassVar[str] = "sales_order"
    named_by: ClassVar[tuple[str, ...]] = ("number",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"customer"})

    number: str
    status: str
    reservations: tuple[int, ...]
    ordered: tuple[OrderLine, ...]
    rates: tuple[RateTotal, ...]
    net: int
    vat: int
    gross: int
    paid: int = 0
    customer_id: int | None = None

    def withdrawn(self) -> Self:
        """Give the order as cancelled."""
        return self.next(status="cancelled")
