"""
What a process remembers of the catalogue, and when it must forget.

The journal row, which every batch locks, tells the number of the last posting that changed the catalogue. As long as it
is the number that this cache was filled under, what it holds is what stands in the database.
"""

from collections.abc import Iterable

from onhand.kernel.book import Name, name_of
from onhand.kernel.entities import Entity, Item, Location, Product, Site
from onhand.kernel.holding import HoldingKey, Place

_ENTITIES_MAX = 200_000


class CatalogCache:
    """Sites, locations, products and items by name and by id."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.number = -1
        self.names: dict[Name, Entity] = {}
        self.sites: dict[int, Site] = {}
        self.items: dict[int, Item] = {}
        self.locations: dict[int, Location] = {}

    def keep_up(self, catalog_number: int) -> None:
        """Forget everything if the catalogue has changed since, or if there is too much of it."""
        if catalog_number != self.number or len(self.names) > _ENTITIES_MAX:
            self.number = catalog_number
            self.names.clear()
            self.sites.clear()
            self.items.clear()
            self.locations.clear()

    def add(self, entities: Iterable[Site | Location | Product | Item]) -> None:
        """Remember some entities."""
        for entity in entities:
            self.names[name_of(entity)] = entity
            match entity:
                case Site():
                    self.sites[entity.id] = entity
                case Item():
                    self.items[entity.id] = entity
                case Location():
                    self.locations[entity.id] = entity
                case Product():
                    pass

    def place(self, key: HoldingKey, lot: str | None, unit: str | None) -> Place:
        """Give the codes of a holding's key; its site, item and location are known."""
        location = None if key.location_id is None else self.locations[key.location_id].code
        return Place(self.sites[key.site_id].code, self.items[key.item_id].sku, location, lot, unit)
