"""A receipt: what a customer gets at the counter."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from onhand.kernel.entity import Entity
from onhand.kernel.money import RateTotal


class ReceiptLine(NamedTuple):
    """One line of a receipt: what, how much, at which price, and what it comes to; below zero where it was returned."""

    sku: str
    name: str
    quantity: int
    measure: str
    price: int
    vat_rate: int
    net: int
    vat: int
    gross: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Entity):
    """
    What was sold at a counter and what it came to. It never changes but for being voided, and never vanishes.

    Receipts are numbered without gap in the org. `issued_at` is when the sale happened.
    """

    entity: ClassVar[str] = "receipt"
    named_by: ClassVar[tuple[str, ...]] = ("number",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    number: int
    site_id: int
    status: str
    issued_at: datetime
    sold: tuple[ReceiptLine, ...]
    rates: tuple[RateTotal, ...]
    net: int
    vat: int
    gross: int

    def withdrawn(self) -> Self:
        """Give the receipt as voided; its number is not given again."""
        return self.next(status="voided")
