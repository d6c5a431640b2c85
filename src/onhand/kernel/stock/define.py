"""Define: make sites, locations, products and items known, or change what is known of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.catalog.barcodes import define_barcode, want_barcode
from onhand.kernel.catalog.codes import is_given_sku, next_sku, want_sku
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.draft import Draft
from onhand.kernel.money import check_price, check_rate
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.pick import PICK_POLICIES
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.product import Product
from onhand.kernel.stock.site import Site
from onhand.kernel.text import LOCATION_LENGTH_MAX, check_code, check_day
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

_NAME_LENGTH_MAX = 500


class SiteLine(NamedTuple):
    """A site to define; its name is its code where none is told."""

    code: str
    name: str | None = None
    version: int | None = None


class LocationLine(NamedTuple):
    """A location of a site to define."""

    site: str
    code: str


class ProductLine(NamedTuple):
    """A product to define; its name is its code where none is told."""

    code: str
    name: str | None = None


class ItemLine(NamedTuple):
    """
    An item to define.

    Without a sku, one is given from the sequence of its brand, its product and `day`. What is None stays as it is; a
    barcode is added to those that the item has, and one of 8, 12, 13 or 14 digits needs the right check digit. `price`
    is in millionths of the currency, VAT included, `vat_rate` in millionths of a percent.
    """

    sku: str | None = None
    name: str | None = None
    product: str | None = None
    measure: str | None = None
    pick_policy: str | None = None
    brand: str | None = None
    day: date | None = None
    version: int | None = None
    price: int | None = None
    vat_rate: int | None = None
    barcode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Define(Command):
    """Make things of the catalogue known; what is known already and told alike stays untouched."""

    kind: ClassVar[str] = "define"
    refuses: ClassVar[Codes] = frozenset(
        {"TOO_MANY_LINES", "UNKNOWN_SITE", "VERSION_CONFLICT", "MEASURE_FIXED", "CHECK_DIGIT_WRONG", "BARCODE_TAKEN"}
    )

    sites: tuple[SiteLine, ...] = ()
    locations: tuple[LocationLine, ...] = ()
    products: tuple[ProductLine, ...] = ()
    items: tuple[ItemLine, ...] = ()

    def check(self) -> None:
        """Refuse what is not well formed."""
        lines = len(self.sites) + len(self.locations) + len(self.products) + len(self.items)
        if lines > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=lines, lines_max=LINES_MAX)
        for site in self.sites:
            check_code(site.code, "site")
            _check_name(site.name)
            check_version(site.version)
        for location in self.locations:
            check_code(location.site, "site")
            check_code(location.code, "location", LOCATION_LENGTH_MAX)
        for product in self.products:
            check_code(product.code, "product")
            _check_name(product.name)
        for item in self.items:
            _check_item(item)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want all that is named, and the items that its barcodes stand for."""
        wants.sites.update(site.code for site in self.sites)
        wants.sites.update(location.site for location in self.locations)
        wants.locations.update(self.locations)
        wants.names.update(("product", product.code) for product in self.products)
        for item in self.items:
            if item.product is not None:
                wants.names.add(("product", item.product))
            if item.barcode is not None:
                want_barcode(wants, book, item.barcode)
            if item.sku is not None:
                wants.items.add(item.sku)
            else:
                want_sku(wants, str(item.brand), str(item.product), item.day or wants.today)
            if _is_remeasured(book, item):
                wants.everywhere.add(str(item.sku))
        return any(item.barcode is not None or item.measure is not None for item in self.items)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites, and those of the locations."""
        codes = [*(site.code for site in self.sites), *(location.site for location in self.locations)]
        return named_sites(book, *codes)

    def decide(self, draft: Draft) -> None:
        """Make what is missing, change what is told differently."""
        for site in self.sites:
            _define_site(draft, site)
        for location in self.locations:
            _define_location(draft, location)
        for product in self.products:
            define_product(draft, product.code, product.name)
        for item in self.items:
            _define_item(draft, item)


def _check_name(name: str | None) -> None:
    if name is not None:
        check_code(name, "name", _NAME_LENGTH_MAX)


def _check_item(item: ItemLine) -> None:
    _check_name(item.name)
    for field, value in (
        ("sku", item.sku),
        ("product", item.product),
        ("measure", item.measure),
        ("brand", item.brand),
        ("barcode", item.barcode),
    ):
        if value is not None:
            check_code(value, field)
    if item.day is not None:
        check_day(item.day, "day")
    check_version(item.version)
    if item.price is not None:
        check_price(item.price)
    if item.vat_rate is not None:
        check_rate(item.vat_rate)
    if item.sku is None and not (item.brand and item.product and item.day):
        raise Refused("INVALID_COMMAND", detail="an item needs a sku, or brand, product and day to be given one")
    if item.pick_policy is not None and item.pick_policy not in PICK_POLICIES:
        raise Refused("INVALID_COMMAND", detail=f"pick_policy is one of {', '.join(PICK_POLICIES)}")


def _define_site(draft: Draft, line: SiteLine) -> None:
    known = draft.book.names.get(("site", line.code))
    if not isinstance(known, Site):
        expect(None, line.version, f"site {line.code}")
        draft.make(Site(id=draft.next_id(), code=line.code, name=line.name or line.code))
        return
    expect(known, line.version, f"site {line.code}")
    if known.retired or line.name not in {None, known.name}:
        draft.change(known, known.next(name=line.name or known.name, retired=False))


def _define_location(draft: Draft, line: LocationLine) -> None:
    site = draft.book.site(line.site)
    known = draft.book.names.get(("location", site.id, line.code))
    if not isinstance(known, Location):
        draft.make(Location(id=draft.next_id(), site_id=site.id, code=line.code))
    elif known.retired:
        draft.change(known, known.next(retired=False))


def define_product(draft: Draft, code: str, name: str | None) -> Product:
    """Make a product known, or change its name where another is told."""
    known = draft.book.product(code)
    if known is None:
        if is_given_sku(code):
            raise Refused("INVALID_TEXT", field="product", detail="codes of this form are given out by the ledger")
        known = Product(id=draft.next_id(), code=code, name=name or code)
        draft.make(known)
    elif known.retired or name not in {None, known.name}:
        changed = known.next(name=name or known.name, retired=False)
        draft.change(known, changed)
        known = changed
    return known


def _define_item(draft: Draft, line: ItemLine) -> None:
    product = None if line.product is None else define_product(draft, line.product, None)
    known = None if line.sku is None else draft.book.names.get(("item", line.sku))
    if isinstance(known, Item):
        expect(known, line.version, f"item {line.sku}")
        if _is_remeasured(draft.book, line):
            _check_unkept(draft.book, known)
        told = _told(known, line, product)
        if told != known or known.retired:
            told = told.next(retired=False)
            draft.change(known, told)
    else:
        expect(None, line.version, f"item {line.sku}")
        if line.sku is not None and is_given_sku(line.sku):
            raise Refused("INVALID_TEXT", field="sku", detail="codes of this form are given out by the ledger")
        sku = line.sku or next_sku(draft, str(line.brand), str(line.product), line.day or draft.today)
        told = _told(Item(id=draft.next_id(), sku=sku, name=line.name or sku), line, product)
        draft.make(told)
    if line.barcode is not None:
        define_barcode(draft, told, line.barcode)


def _is_remeasured(book: Book, line: ItemLine) -> bool:
    """Tell whether an item that is known is to be counted in something else."""
    known = book.names.get(("item", line.sku))
    return isinstance(known, Item) and line.measure not in {None, known.measure}


def _check_unkept(book: Book, item: Item) -> None:
    """Refuse another measure for what was ever kept anywhere, since its history is told in the one that it has."""
    for holding in book.holdings.values():
        if holding.key.item_id == item.id:
            raise Refused("MEASURE_FIXED", sku=item.sku, site=holding.place.site, measure=item.measure)


def _told(item: Item, line: ItemLine, product: Product | None) -> Item:
    return replace(
        item,
        name=line.name or item.name,
        product_id=item.product_id if product is None else product.id,
        measure=line.measure or item.measure,
        pick_policy=line.pick_policy or item.pick_policy,
        price=item.price if line.price is None else line.price,
        vat_rate=item.vat_rate if line.vat_rate is None else line.vat_rate,
    )
