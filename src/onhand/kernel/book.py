"""
The book: what a batch has loaded of the ledger, and what its accepted drafts have made of it.

Looking something up that is not there is a refusal, since everything a command names was wanted before.
"""

from bisect import insort
from operator import attrgetter
from typing import TypeVar

from onhand.kernel.entity import Entity, Name, name_of
from onhand.kernel.holding import Holding, HoldingKey
from onhand.kernel.lots.lot import Lot
from onhand.kernel.posting import Posting
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.product import Product
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.transit import Transit
from onhand.kernel.stock.unit import Unit

_ID = attrgetter("id")
EntityKind = TypeVar("EntityKind", bound=Entity)
Where = TypeVar("Where", int, tuple[int, int])


class Book:
    """Entities and holdings by id and by name; only drafts change them."""

    def __init__(self, id_last: int = 0) -> None:
        """Start empty, with the last id that the org has given out."""
        self.id_last = id_last
        self.entities: dict[tuple[str, int], Entity] = {}
        self.names: dict[Name, Entity] = {}
        self.holdings: dict[int, Holding] = {}
        self.keys: dict[HoldingKey, Holding] = {}
        self.places: dict[tuple[int, int], list[Holding]] = {}
        """Holdings by site id and item id, units left out, in the order of their ids."""
        self.unit_places: dict[int, list[Holding]] = {}
        self.lot_places: dict[int, list[Holding]] = {}
        """Holdings by lot id; where a lot is in the book, all of its holdings are."""
        self.codes: dict[str, int] = {}
        """The last number of each sequence."""
        self.codes_given: set[str] = set()
        """The sequences that gave numbers out since the book was last written."""
        self.postings: dict[int, Posting] = {}
        self.reverted: dict[int, int] = {}
        """For each loaded posting that was undone, the number of the posting that undid it."""
        self.takers: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self.chains: dict[tuple[str, int, int], tuple[int, ...]] = {}

    # ---- putting in what was loaded

    def put(self, entity: Entity) -> None:
        """Put an entity in, in place of its earlier version."""
        self.entities[entity.entity, entity.id] = entity
        self.names[name_of(entity)] = entity

    def put_holding(self, holding: Holding) -> None:
        """Put a holding in."""
        self.holdings[holding.id] = holding
        key = holding.key
        self.keys[key] = holding
        if key.unit_id is None:
            _insert(self.places, (key.site_id, key.item_id), holding)
        else:
            _insert(self.unit_places, key.unit_id, holding)
        if key.lot_id is not None:
            _insert(self.lot_places, key.lot_id, holding)

    def drop_holding(self, holding: Holding) -> None:
        """Take a holding out that a dropped draft had opened."""
        key = holding.key
        del self.holdings[holding.id], self.keys[key]
        if key.unit_id is None:
            _remove(self.places, (key.site_id, key.item_id), holding)
        else:
            _remove(self.unit_places, key.unit_id, holding)
        if key.lot_id is not None:
            _remove(self.lot_places, key.lot_id, holding)

    def drop(self, entity: Entity) -> None:
        """Take an entity out that a dropped draft had made."""
        del self.entities[entity.entity, entity.id], self.names[name_of(entity)]

    # ---- looking up by the names that people use

    def site(self, code: str) -> Site:
        """Find a site by its code."""
        found = self.names.get(("site", code))
        if not isinstance(found, Site) or found.retired:
            raise Refused("UNKNOWN_SITE", site=code)
        return found

    def item(self, sku: str) -> Item:
        """Find an item by its code."""
        found = self.names.get(("item", sku))
        if not isinstance(found, Item) or found.retired:
            raise Refused("UNKNOWN_ITEM", sku=sku)
        return found

    def location(self, site: Site, code: str) -> Location:
        """Find a location of a site by its code."""
        found = self.names.get(("location", site.id, code))
        if not isinstance(found, Location) or found.retired:
            raise Refused("UNKNOWN_LOCATION", site=site.code, location=code)
        return found

    def lot(self, item: Item, code: str) -> Lot:
        """Find a lot of an item by its code."""
        found = self.names.get(("lot", item.id, code))
        if not isinstance(found, Lot):
            raise Refused("BATCH_NOT_FOUND", sku=item.sku, lot=code)
        return found

    def unit(self, item: Item, code: str) -> Unit:
        """Find a unit of an item by its code."""
        found = self.names.get(("unit", code))
        if not isinstance(found, Unit) or found.item_id != item.id or found.retired:
            raise Refused("UNIT_NOT_FOUND", sku=item.sku, unit=code)
        return found

    def product(self, code: str) -> Product | None:
        """Find a product by its code, if it is there."""
        found = self.names.get(("product", code))
        return found if isinstance(found, Product) else None

    def reservation(self, number: int) -> Reservation:
        """Find a reservation by its number."""
        found = self.entities.get(("reservation", number))
        if not isinstance(found, Reservation):
            raise Refused("RESERVATION_NOT_FOUND", reservation=number)
        return found

    def transfer(self, number: int) -> Transit:
        """Find a transfer by its number."""
        found = self.entities.get(("transfer", number))
        if not isinstance(found, Transit):
            raise Refused("TRANSFER_NOT_FOUND", transfer=number)
        return found

    def posting(self, number: int) -> Posting:
        """Find an earlier posting by its number."""
        found = self.postings.get(number)
        if found is None:
            raise Refused("POSTING_NOT_FOUND", number=number)
        return found

    # ---- looking up by id

    def get(self, kind: type[EntityKind], entity_id: int) -> EntityKind:
        """Find an entity that something in the book refers to."""
        found = self.entities[kind.entity, entity_id]
        if not isinstance(found, kind):
            raise KeyError(kind.entity, entity_id)
        return found

    def at(self, site: Site, item: Item) -> list[Holding]:
        """List the holdings of an item at a site, units left out."""
        return self.places.get((site.id, item.id), [])


def _insert(places: dict[Where, list[Holding]], where: Where, holding: Holding) -> None:
    """Put a holding where its id belongs, so that a decision does not depend on what was loaded first."""
    found = places.setdefault(where, [])
    if not found or found[-1].id < holding.id:
        found.append(holding)
    else:
        insort(found, holding, key=_ID)


def _remove(places: dict[Where, list[Holding]], where: Where, holding: Holding) -> None:
    places[where].remove(holding)
    if not places[where]:
        del places[where]
