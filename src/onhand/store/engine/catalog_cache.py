"""
What a process remembers of the catalogue, and when it must forget.

The journal row, which every batch locks, tells the number of the last posting that changed the catalogue. As long as it
is the number that this cache was filled under, what it holds is what stands in the database.
"""

from collections.abc import Iterable

from onhand.kernel.entities import CATALOG
from onhand.kernel.entity import Entity, Name, name_of
from onhand.kernel.holding import HoldingKey, Place
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.site import Site

_ENTITIES_MAX = 200_000


class CatalogCache:
    """The entities of the catalogue by name and by id."""

    def __init__(self) -> None:
        self.number = -1
        self.names: dict[Name, Entity] = {}
        self.entities: dict[tuple[str, int], Entity] = {}

    def keep_up(self, catalog_number: int) -> None:
        """Forget everything if the catalogue has changed since, or if there is too much of it."""
        if catalog_number != self.number or len(self.names) > _ENTITIES_MAX:
            self.number = catalog_number
            self.names.clear()
            self.entities.clear()

    def add(self, entities: Iterable[Entity]) -> None:
        """Remember those of some entities that are of the catalogue."""
        for entity in entities:
            if entity.entity in CATALOG:
                self.names[name_of(entity)] = entity
                self.entities[entity.entity, entity.id] = entity

    def place(self, key: HoldingKey, lot: str | None, unit: str | None) -> Place:
        """Give the codes of a holding's key; its site, item and location are known."""
        site, item = self.entities["site", key.site_id], self.entities["item", key.item_id]
        location = None if key.location_id is None else self.entities["location", key.location_id]
        if not isinstance(site, Site) or not isinstance(item, Item) or not isinstance(location, Location | None):
            raise KeyError(key)
        return Place(site.code, item.sku, None if location is None else location.code, lot, unit)
