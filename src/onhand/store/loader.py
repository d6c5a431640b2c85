"""
Loading what a batch wants into its book, set by set, each name once.

Names come first, since holdings are found by ids; what holdings refer to comes after them. The passes go on until
nothing is missing.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from onhand.kernel.book import Book
from onhand.kernel.entities import Entity
from onhand.kernel.wants import Wants
from onhand.store.arrays import Bigints
from onhand.store.catalog_cache import CatalogCache
from onhand.store.exchange import Call, Exchange
from onhand.store.postings import PostingLoader
from onhand.store.rows import (
    Row,
    holding_key,
    holding_of,
    item_of,
    location_of,
    lot_of,
    product_of,
    reservation_of,
    site_of,
    transfer_of,
    unit_of,
)
from onhand.store.statements import Statements


class Loader:
    """Loads into one book; knows what it has asked for already."""

    def __init__(self, exchange: Exchange, statements: Statements, cache: CatalogCache, org_id: int) -> None:
        """Load through a connection whose transaction holds the journal's lock."""
        self._exchange = exchange
        self._statements = statements
        self._cache = cache
        self._org_id = org_id
        self._places: set[tuple[str, str]] = set()
        self._asked: set[tuple[object, ...]] = set()
        self._waiting: list[Row] = []
        self._postings = PostingLoader(self.rows)

    def known_places(self, book: Book, wants: Wants) -> list[Call]:
        """Give the call, if any, for the holdings of places whose names are known; `take` takes the answer."""
        pairs: list[tuple[int, int]] = []
        for place in wants.places:
            if place in self._places:
                continue
            site, item = self._known(book, "site", place[0]), self._known(book, "item", place[1])
            if site is not None and item is not None:
                pairs.append((site.id, item.id))
                self._places.add(place)
        if not pairs:
            return []
        site_ids, item_ids = zip(*pairs, strict=True)
        return [self._call("load_places", site_ids=Bigints(site_ids), item_ids=Bigints(item_ids))]

    def take(self, rows: Sequence[Row]) -> None:
        """Take the holdings that were asked for; they are put into the book once their names are known."""
        self._waiting += rows

    async def load(self, book: Book, wants: Wants) -> None:
        """Load what is wanted and was not asked for yet."""
        await self._names(book, wants)
        if wants.lots or wants.units:
            await self._lots_and_units(book, wants)
        if places := self.known_places(book, wants):
            for rows in await self._exchange.run(*places):
                self.take(rows)
        await self._by_ids(wants)
        await self._settle(book)
        await self._documents(book, wants)
        if wants.postings or wants.takers or wants.chains:
            await self._history(book, wants)
            await self._settle(book)
            self._postings.assemble(book)

    async def rows(self, statement: str, **params: object) -> list[Row]:
        """Run a statement of this org and take its rows."""
        (rows,) = await self._exchange.run(self._call(statement, **params))
        return rows

    def _call(self, statement: str, **params: object) -> Call:
        return Call(self._statements[statement], {"org_id": self._org_id, **params})

    def _new(self, kind: str, wanted: Iterable[Any]) -> list[Any]:
        """Give what was not asked for yet, and note that it is."""
        fresh = [value for value in wanted if (kind, value) not in self._asked]
        self._asked.update((kind, value) for value in fresh)
        return fresh

    def _known(self, book: Book, *name: object) -> Entity | None:
        """Find an entity of the catalogue by its name, in the book or in what this process remembers."""
        return book.names.get(name) or self._cache.names.get(name)

    async def _names(self, book: Book, wants: Wants) -> None:
        sites = self._new("site", wants.sites)
        if unknown := [code for code in sites if not self._known(book, "site", code)]:
            await self._learn_sites(await self.rows("load_sites_by_code", codes=unknown))
        items = self._new("item", wants.items)
        if unknown := [sku for sku in items if not self._known(book, "item", sku)]:
            self._cache.add(map(item_of, await self.rows("load_items_by_sku", skus=unknown)))
        products = self._new("product", wants.products)
        if unknown := [code for code in products if not self._known(book, "product", code)]:
            self._cache.add(map(product_of, await self.rows("load_products_by_code", codes=unknown)))
        for kind, codes in (("site", sites), ("item", items), ("product", products)):
            self._put(book, [self._cache.names[kind, code] for code in codes if (kind, code) in self._cache.names])
        for site, code in self._new("location", wants.locations):
            await self._location(book, site, code)
        if sequences := self._new("sequence", wants.codes):
            book.codes.update({row[0]: row[1] for row in await self.rows("load_sequences", names=sequences)})

    async def _location(self, book: Book, site: str, code: str) -> None:
        known = self._known(book, "site", site)
        if known is None:
            return
        if known.id not in self._cache.sites:  # its locations were forgotten with it
            await self._learn_sites(await self.rows("load_sites", ids=[known.id]))
        location = self._cache.names.get(("location", known.id, code))
        self._put(book, [] if location is None else [location])

    async def _learn_sites(self, rows: Sequence[Row]) -> None:
        sites = [site_of(row) for row in rows]
        self._cache.add(sites)
        if sites:
            locations = await self.rows("load_locations_by_site", ids=[site.id for site in sites])
            self._cache.add(map(location_of, locations))

    async def _lots_and_units(self, book: Book, wants: Wants) -> None:
        named = [(self._known(book, "item", sku), code) for sku, code in self._new("lot name", wants.lots)]
        pairs = [(item.id, code) for item, code in named if item is not None]
        if pairs:
            lots = await self.rows(
                "load_lots_by_code", item_ids=[pair[0] for pair in pairs], codes=[pair[1] for pair in pairs]
            )
            self._put(book, map(lot_of, lots))
        if codes := self._new("unit name", {code for _, code in wants.units}):
            units = [unit_of(row) for row in await self.rows("load_units_by_code", codes=codes)]
            self._put(book, units)
            if units:
                self._waiting += await self.rows("load_unit_holdings", ids=[unit.id for unit in units])

    async def _by_ids(self, wants: Wants) -> None:
        if ids := self._new("holding", wants.holdings):
            self._waiting += await self.rows("load_holdings", ids=ids)

    async def _settle(self, book: Book) -> None:
        """Put the waiting holdings into the book, after what they refer to."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        keys = [holding_key(row) for row in rows]
        await self._refer(book, keys)
        for row, key in zip(rows, keys, strict=True):
            if row[0] not in book.holdings:
                lot = None if key.lot_id is None else _code(book.entities["lot", key.lot_id])
                unit = None if key.unit_id is None else _code(book.entities["unit", key.unit_id])
                book.put_holding(holding_of(row, key, self._cache.place(key, lot, unit)))

    async def _refer(self, book: Book, keys: Sequence[Any]) -> None:
        """Load the sites, items, lots and units that some holdings refer to."""
        if unknown := {key.site_id for key in keys} - self._cache.sites.keys():
            await self._learn_sites(await self.rows("load_sites", ids=list(unknown)))
        if unknown := {key.item_id for key in keys} - self._cache.items.keys():
            self._cache.add(map(item_of, await self.rows("load_items", ids=list(unknown))))
        if ids := self._new("lot", {key.lot_id for key in keys} - {None}):
            self._put(book, map(lot_of, await self.rows("load_lots", ids=ids)))
        if ids := self._new("unit", {key.unit_id for key in keys} - {None}):
            self._put(book, map(unit_of, await self.rows("load_units", ids=ids)))

    async def _documents(self, book: Book, wants: Wants) -> None:
        if ids := self._new("reservation", wants.reservations):
            self._put(book, map(reservation_of, await self.rows("load_reservations", ids=ids)))
        if ids := self._new("transfer", wants.transfers):
            self._put(book, map(transfer_of, await self.rows("load_transfers", ids=ids)))

    async def _history(self, book: Book, wants: Wants) -> None:
        if numbers := self._new("posting", wants.postings):
            holding_ids = await self._postings.read(numbers)
            if ids := self._new("holding", holding_ids - book.holdings.keys()):
                self._waiting += await self.rows("load_holdings", ids=ids)
        for taker in self._new("taker", wants.takers):
            book.takers[taker] = await self._postings.takers(taker)
        for chain in self._new("chain", wants.chains):
            book.chains[chain] = await self._postings.chain(chain)

    def _put(self, book: Book, entities: Iterable[Entity]) -> None:
        for entity in entities:
            if (entity.entity, entity.id) not in book.entities:
                book.put(entity)
                self._asked.add((entity.entity, entity.id))


def _code(entity: Entity) -> str:
    return str(entity.snapshot()["code"])
