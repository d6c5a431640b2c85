"""A purchase: goods that a supplier is expected to bring."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from onhand.kernel.entity import Entity, OpenLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase(Entity):
    """Goods ordered from a supplier, incoming at a site until they come or are cancelled."""

    entity: ClassVar[str] = "purchase"
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    status: str
    lines: tuple[OpenLine, ...]
    supplier: str | None = None
    expected_on: date | None = None

    def withdrawn(self) -> Self:
        """Give the purchase as cancelled, with nothing on its way."""
        return self.next(status="cancelled", lines=())
