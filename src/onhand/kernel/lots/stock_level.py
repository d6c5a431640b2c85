"""A stock level: below what quantity an item runs low at a site."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel(Entity):
    """Up to what quantity, in millionths, an item is low at a site; goods that are units do not count."""

    entity: ClassVar[str] = "stock_level"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "item_id")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site", "item"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    item_id: int
    low: int

    def withdrawn(self) -> "StockLevel":
        """Give the level that tells nothing: below zero."""
        return self.next(low=-1)
