"""An invoice: goods reserved, sold and delivered to a customer, for money."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity, OpenLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Entity):
    """
    An invoice, with what its lines come to in millionths of the currency, and what of it is paid.

    While it is open its goods are reserved; once it is paid they are `sold`, until they are delivered.
    """

    entity: ClassVar[str] = "invoice"
    named_by: ClassVar[tuple[str, ...]] = ("number",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"site", "customer", "reservation"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    number: str
    site_id: int
    status: str
    reservation_id: int
    line_count: int
    prices_include_vat: bool
    net: int
    vat: int
    gross: int
    paid: int = 0
    customer_id: int | None = None
    sold: tuple[OpenLine, ...] | None = None
    delivery: Mapping[str, str] | None = None

    def withdrawn(self) -> Self:
        """Give the invoice as cancelled."""
        return self.next(status="cancelled", sold=None)
