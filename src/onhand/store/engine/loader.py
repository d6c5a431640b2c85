"""
Loading what a batch wants into its book, set by set, each name once.

Names come first, since holdings are found by ids; what holdings refer to comes after them. The passes go on until
nothing is missing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from onhand.kernel.book import Book
from onhand.kernel.entities import ENTITIES
from onhand.kernel.entity import Entity, Name
from onhand.kernel.holding import HoldingKey
from onhand.kernel.wants import Wants
from onhand.store.engine.arrays import Bigints
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.entity_tables import entity_of, name_columns
from onhand.store.engine.exchange import BoundStatement, Exchange
from onhand.store.engine.neighbours import Ahead
from onhand.store.engine.postings import PostingLoader
from onhand.store.engine.rows import DriverRow, holding_key, holding_of
from onhand.store.engine.statements import Statements


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
        self._loaded: dict[str, set[Any]] = {name: set() for name, _ in Wants(date.min).sets()}
        """What was wanted and loaded before, by the names of what can be wanted."""
        self.has_read_history = False
        """Whether postings were read; later ones may undo them or follow them, so such a book is not kept."""
        self._waiting: list[DriverRow] = []
        self._ahead = Ahead()
        self._postings = PostingLoader(self.rows)

    def known_places(self, book: Book, wants: Wants) -> list[BoundStatement]:
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
        site_ids, firsts, lasts = zip(*self._ahead.spans(pairs, self._exchange.size), strict=True)
        return [self._call("load_places", site_ids=Bigints(site_ids), firsts=Bigints(firsts), lasts=Bigints(lasts))]

    def lacks(self, wants: Wants) -> bool:
        """Tell whether anything that is wanted was not loaded yet; then the database has to be asked."""
        return any(not wanted <= self._loaded[name] for name, wanted in wants.sets())

    def take(self, rows: Sequence[DriverRow]) -> None:
        """Take the holdings of places that were asked for; they are put into the book once their names are known."""
        self._waiting += self._ahead.kept(rows)

    async def load(self, book: Book, wants: Wants) -> None:
        """Load what is wanted and was not asked for yet."""
        units = [("unit", code) for _, code in wants.units]
        await self._named(book, [("site", code) for code in wants.sites])
        await self._named(book, [("item", sku) for sku in wants.items])
        await self._named(book, [*wants.names, *units, *self._inner_names(book, wants)])
        await self._with_ids(book, wants.entities)
        await self._held(book, wants, units)
        await self._settle(book)
        if wants.postings or wants.takers or wants.chains:
            await self._history(book, wants)
            await self._settle(book)
            self._postings.assemble(book)
        for name, wanted in wants.sets():
            self._loaded[name] |= wanted

    async def rows(self, statement: str, **params: object) -> list[DriverRow]:
        """Run a statement of this org and take its rows."""
        (rows,) = await self._exchange.run(self._call(statement, **params))
        return rows

    def _call(self, statement: str, **params: object) -> BoundStatement:
        return BoundStatement(self._statements[statement], {"org_id": self._org_id, **params})

    def _new(self, kind: str, wanted: Iterable[Any]) -> list[Any]:
        """Give what was not asked for yet, and note that it is."""
        fresh = [value for value in wanted if (kind, value) not in self._asked]
        self._asked.update((kind, value) for value in fresh)
        return fresh

    def _known(self, book: Book, *name: object) -> Entity | None:
        """Find an entity of the catalogue by its name, in the book or in what this process remembers."""
        return book.names.get(name) or self._cache.names.get(name)

    def _inner_names(self, book: Book, wants: Wants) -> list[Name]:
        """Give the names of wanted locations and lots, which are unique within a site or an item, if that is known."""
        named = [("location", self._known(book, "site", site), code) for site, code in wants.locations]
        named += [("lot", self._known(book, "item", sku), code) for sku, code in wants.lots]
        return [(kind, outer.id, code) for kind, outer, code in named if outer is not None]

    async def _named(self, book: Book, names: Iterable[Name]) -> None:
        """Put the entities with some names into the book, from what this process remembers or from the database."""
        fresh = [name for name in names if name not in self._asked]
        self._asked.update(fresh)
        known = [entity for name in fresh if (entity := self._cache.names.get(name)) is not None]
        self._put(book, known)
        unknown: dict[str, list[Name]] = {}
        for name in fresh:
            if name not in book.names:
                unknown.setdefault(str(name[0]), []).append(name[1:])
        for word, values in unknown.items():
            kind = ENTITIES[word]
            rows = await self.rows(f"load_{word}_by_name", **name_columns(kind, values))
            await self._learn(book, [entity_of(kind, row) for row in rows])

    async def _with_ids(self, book: Book, wanted: Iterable[tuple[str, int]]) -> None:
        """Put the entities with some ids into the book."""
        unknown: dict[str, list[int]] = {}
        for word, entity_id in wanted:
            if ("id", word, entity_id) not in self._asked:
                self._asked.add(("id", word, entity_id))
                if (word, entity_id) not in book.entities:
                    unknown.setdefault(word, []).append(entity_id)
        for word, ids in unknown.items():
            rows = await self.rows(f"load_{word}", ids=ids)
            await self._learn(book, [entity_of(ENTITIES[word], row) for row in rows])

    async def _held(self, book: Book, wants: Wants, units: Iterable[Name]) -> None:
        """Load the holdings of places, of units and by ids; they wait until what they refer to is known."""
        if places := self.known_places(book, wants):
            for rows in await self._exchange.run(*places):
                self.take(rows)
        known = [unit.id for name in units if (unit := book.names.get(name)) is not None]
        await self._named(book, [("serial", unit_id) for unit_id in known])
        if ids := self._new("unit holdings", known):
            self._waiting += await self.rows("load_unit_holdings", ids=ids)
        if ids := self._new("holding", wants.holdings):
            self._waiting += await self.rows("load_holdings", ids=ids)
        items = [item.id for sku in wants.everywhere if (item := self._known(book, "item", sku)) is not None]
        if ids := self._new("item holdings", items):
            self._waiting += await self.rows("load_item_holdings", ids=ids)
        if sequences := self._new("sequence", wants.codes):
            book.codes.update({row[0]: row[1] for row in await self.rows("load_sequences", names=sequences)})

    async def _settle(self, book: Book) -> None:
        """Put the waiting holdings into the book, after what they refer to, and those of their lots in other places."""
        while self._waiting:
            rows, self._waiting = self._waiting, []
            await self._put_holdings(book, rows)
        self._know_ahead(book)

    def _know_ahead(self, book: Book) -> None:
        """Note the places that were read ahead as asked for and loaded, with the items that they hold."""
        for site_id, item_id in self._ahead.taken:
            site, item = self._cache.entities["site", site_id], self._cache.entities["item", item_id]
            self._put(book, [item])
            place = _code(site), str(item.snapshot()["sku"])
            self._places.add(place)
            self._asked.add(("item", place[1]))
            self._loaded["places"].add(place)
            self._loaded["items"].add(place[1])
        self._ahead.taken.clear()

    async def _put_holdings(self, book: Book, rows: Sequence[DriverRow]) -> None:
        keys = [holding_key(row) for row in rows]
        await self._refer(book, keys)
        for row, key in zip(rows, keys, strict=True):
            if row[0] not in book.holdings:
                lot = None if key.lot_id is None else _code(book.entities["lot", key.lot_id])
                unit = None if key.unit_id is None else _code(book.entities["unit", key.unit_id])
                book.put_holding(holding_of(row, key, self._cache.place(key, lot, unit)))

    async def _refer(self, book: Book, keys: Sequence[HoldingKey]) -> None:
        """Load the sites, items, locations, lots and units that some holdings refer to."""
        referred = {("site", key.site_id) for key in keys} | {("item", key.item_id) for key in keys}
        referred |= {("location", key.location_id) for key in keys if key.location_id is not None}
        unknown = referred - self._cache.entities.keys()
        for word in dict.fromkeys(word for word, _ in unknown):
            rows = await self.rows(f"load_{word}", ids=[entity_id for kind, entity_id in unknown if kind == word])
            self._cache.add(entity_of(ENTITIES[word], row) for row in rows)
        await self._with_ids(book, {("lot", key.lot_id) for key in keys if key.lot_id is not None})
        unit_ids = {key.unit_id for key in keys if key.unit_id is not None}
        await self._with_ids(book, {("unit", unit_id) for unit_id in unit_ids})
        await self._with_ids(book, {("piece", unit_id) for unit_id in unit_ids})  # what a piece is has its unit's id
        await self._named(book, [("serial", unit_id) for unit_id in unit_ids])

    async def _history(self, book: Book, wants: Wants) -> None:
        self.has_read_history = True
        if numbers := self._new("posting", wants.postings):
            holding_ids = await self._postings.read(numbers)
            if ids := self._new("holding", holding_ids - book.holdings.keys()):
                self._waiting += await self.rows("load_holdings", ids=ids)
        for taker in self._new("taker", wants.takers):
            book.takers[taker] = await self._postings.takers(taker)
        for chain in self._new("chain", wants.chains):
            book.chains[chain] = await self._postings.chain(chain)

    async def _learn(self, book: Book, entities: Sequence[Entity]) -> None:
        """Put what was loaded into the book; with a lot go all of its holdings, which together decide its status."""
        self._cache.add(entities)
        self._put(book, entities)
        lots = [entity.id for entity in entities if entity.entity == "lot"]
        if ids := self._new("lot holdings", lots):
            self._waiting += await self.rows("load_lot_holdings", ids=ids)

    def _put(self, book: Book, entities: Iterable[Entity]) -> None:
        for entity in entities:
            if (entity.entity, entity.id) not in book.entities:
                book.put(entity)


def _code(entity: Entity) -> str:
    return str(entity.snapshot()["code"])
