"""Take in: goods of a vendor come in as a lot, and what is not known of them yet is made known in the same posting."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.brand import Brand
from onhand.kernel.catalog.codes import (
    is_given_lot,
    next_lot_code,
    next_sku,
    note_batch,
    want_batch_code,
    want_lot_code,
    want_sku,
)
from onhand.kernel.catalog.listing import Listing
from onhand.kernel.catalog.vendor import Vendor
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.lots.cost_steps import check_costs
from onhand.kernel.lots.lot import Lot
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.quantity import QUANTITY_MAX, quantity_text, shown
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_QUANTITIES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.product import Product
from onhand.kernel.stock.receive import LOT_ARRIVALS, check_open
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code, check_day
from onhand.kernel.wants import Wants

PAYMENT_TERMS = ("COD", "NET_7", "NET_15", "NET_30", "CONSIGNMENT", "PARTIAL")
_LENGTHS = {"vendor": 255, "brand": 255, "product": 500, "category": 100, "site": 100}
_LENGTHS_IF_TOLD = {
    "subcategory": 100,
    "grade": 10,
    "zone": 50,
    "rack": 50,
    "shelf": 50,
    "bin": 50,
    "sku": 100,
    "lot": 100,
    "measure": 100,
}
_OF_THE_LOT = (
    "category",
    "subcategory",
    "grade",
    "strain_id",
    "cost_mode",
    "unit_cost",
    "cost_min",
    "cost_max",
    "payment_terms",
    "expires_on",
)
_KEY_LENGTH_MAX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn(Command):
    """
    Take the goods of a vendor in as a lot.

    Vendor, brand, product, item, location and lot are found by what is told, or made. Brand and product name an item;
    where they are new it is made, with a sku from the sequence, unless `sku` names one. Without `lot` a new one is
    made, with the next code of `day`. Costs are millionths of the currency.
    """

    kind: ClassVar[str] = "intake"
    refuses: ClassVar[Codes] = OF_QUANTITIES | {
        "UNKNOWN_SITE",
        "UNKNOWN_ITEM",
        "INVALID_COST",
        "INTAKE_CONTRADICTS",
        "VALUE_TOO_LARGE",
        "LOT_CLOSED",
    }

    vendor: str
    brand: str
    product: str
    category: str
    quantity: int
    site: str
    subcategory: str | None = None
    grade: str | None = None
    strain_id: int | None = None
    measure: str | None = None
    zone: str | None = None
    rack: str | None = None
    shelf: str | None = None
    bin: str | None = None
    cost_mode: str | None = None
    unit_cost: int | None = None
    cost_min: int | None = None
    cost_max: int | None = None
    payment_terms: str | None = None
    expires_on: date | None = None
    day: date | None = None
    status: str | None = None
    sku: str | None = None
    lot: str | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        for field, length_max in _LENGTHS.items():
            check_code(getattr(self, field), field, length_max)
        for field, length_max in _LENGTHS_IF_TOLD.items():
            if getattr(self, field) is not None:
                check_code(getattr(self, field), field, length_max)
        for field in ("zone", "rack", "shelf", "bin"):
            if "/" in (getattr(self, field) or ""):
                raise Refused("INVALID_TEXT", field=field, detail="it holds a slash, which parts locations")
        if type(self.quantity) is not int:
            raise Refused("INVALID_QUANTITY", quantity=shown(self.quantity))
        if self.quantity <= 0:
            raise Refused("NEGATIVE_QUANTITY", quantity=quantity_text(max(self.quantity, -QUANTITY_MAX)))
        if self.quantity > QUANTITY_MAX:
            raise Refused("QUANTITY_TOO_LARGE", quantity=shown(self.quantity), quantity_max=quantity_text(QUANTITY_MAX))
        if self.strain_id is not None:
            check_number(self.strain_id, "strain_id")
        check_costs(self.cost_mode, self.unit_cost, self.cost_min, self.cost_max)
        if self.payment_terms not in {None, *PAYMENT_TERMS}:
            raise Refused("INVALID_COMMAND", detail=f"payment_terms is one of {', '.join(PAYMENT_TERMS)}")
        if self.status not in {None, *LOT_ARRIVALS}:
            raise Refused("INVALID_COMMAND", detail=f"a lot begins as {' or '.join(LOT_ARRIVALS)}")
        for field in ("expires_on", "day"):
            if getattr(self, field) is not None:
                check_day(getattr(self, field), field)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want all that is named; the item follows from brand and product, and its lot and holdings from the item."""
        day = self.day or wants.today
        wants.sites.add(self.site)
        wants.names.update({("vendor", self.vendor), ("brand", self.brand)})
        if self._location is not None:
            wants.locations.add((self.site, self._location))
        want_sku(wants, key_of(self.brand), key_of(self.product), day)
        if self.lot is None:
            want_lot_code(wants, day)
        else:
            want_batch_code(wants, self.lot)
        if self.sku is not None:
            self._want_item(wants, self.sku)
        brand = book.names.get(("brand", self.brand))
        if isinstance(brand, Brand):
            wants.names.add(("listing", brand.id, self.product))
            listing = book.names.get(("listing", brand.id, self.product))
            if isinstance(listing, Listing):
                wants.entities.add(("item", listing.item_id))
                item = book.entities.get(("item", listing.item_id))
                if isinstance(item, Item):
                    self._want_item(wants, item.sku)
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make known what is not, then receive the goods."""
        site = draft.book.site(self.site)
        vendor = self._vendor(draft)
        brand = self._brand(draft)
        item = self._item(draft, brand)
        location = self._place(draft, site)
        lot = self._lot(draft, item, vendor, brand)
        holding = draft.holding(site, item, location=location, lot=lot)
        draft.move(holding, Outside.SUPPLIER, State.AVAILABLE, self.quantity)
        note_batch(draft, holding, lot.code)

    def _want_item(self, wants: Wants, sku: str) -> None:
        wants.items.add(sku)
        wants.places.add((self.site, sku))
        if self.lot is not None:
            wants.lots.add((sku, self.lot))

    @property
    def _location(self) -> str | None:
        parts = [self.zone or "", self.rack or "", self.shelf or "", self.bin or ""]
        return "/".join(parts).rstrip("/") or None

    def _vendor(self, draft: Draft) -> Vendor:
        known = draft.book.names.get(("vendor", self.vendor))
        if isinstance(known, Vendor):
            return known
        vendor = Vendor(id=draft.next_id(), name=self.vendor)
        draft.make(vendor)
        return vendor

    def _brand(self, draft: Draft) -> Brand:
        known = draft.book.names.get(("brand", self.brand))
        if isinstance(known, Brand):
            return known
        brand = Brand(id=draft.next_id(), name=self.brand)
        draft.make(brand)
        return brand

    def _item(self, draft: Draft, brand: Brand) -> Item:
        """Find the item of brand and product, or make it with its product."""
        listing = draft.book.names.get(("listing", brand.id, self.product))
        if isinstance(listing, Listing):
            item = draft.book.item(draft.book.get(Item, listing.item_id).sku)
            self._agree("sku", item.sku, self.sku)
            self._agree("measure", item.measure, self.measure)
            return item
        if self.sku is not None:
            item = draft.book.item(self.sku)
            self._agree("measure", item.measure, self.measure)
        else:
            item = self._new_item(draft)
        draft.make(Listing(id=draft.next_id(), brand_id=brand.id, name=self.product, item_id=item.id))
        return item

    def _new_item(self, draft: Draft) -> Item:
        sku = next_sku(draft, key_of(self.brand), key_of(self.product), self.day or draft.today)
        product = Product(id=draft.next_id(), code=sku, name=self.product)
        draft.make(product)
        item = Item(
            id=draft.next_id(), sku=sku, name=self.product, product_id=product.id, measure=self.measure or "piece"
        )
        draft.make(item)
        return item

    def _place(self, draft: Draft, site: Site) -> Location | None:
        """Find the location, or make it."""
        if self._location is None:
            return None
        known = draft.book.names.get(("location", site.id, self._location))
        if isinstance(known, Location):
            return draft.book.location(site, self._location)
        location = Location(
            id=draft.next_id(),
            site_id=site.id,
            code=self._location,
            zone=self.zone,
            rack=self.rack,
            shelf=self.shelf,
            bin=self.bin,
        )
        draft.make(location)
        return location

    def _lot(self, draft: Draft, item: Item, vendor: Vendor, brand: Brand) -> Lot:
        """Find the lot, and refuse what is told of it differently; or make it."""
        facts = {name: getattr(self, name) for name in _OF_THE_LOT}
        known = None if self.lot is None else draft.book.names.get(("lot", item.id, self.lot))
        if isinstance(known, Lot):
            check_open(known, item.sku)
            for name, told in {**facts, "vendor_id": vendor.id, "brand_id": brand.id}.items():
                self._agree(name, getattr(known, name), told)
            return known
        if self.lot is not None and is_given_lot(self.lot):
            raise Refused("INVALID_TEXT", field="lot", detail="codes of this form are given out by the ledger")
        lot = Lot(
            id=draft.next_id(),
            item_id=item.id,
            code=self.lot or next_lot_code(draft, self.day or draft.today),
            received_at=draft.now,
            status=self.status or "LIVE",
            status_since=draft.now,
            vendor_id=vendor.id,
            brand_id=brand.id,
            label=f"{self.vendor} {self.brand} {self.product}",
            **facts,
        )
        draft.make(lot)
        return lot

    def _agree(self, field: str, known: object, told: object) -> None:
        if told is not None and told != known:
            raise Refused("INTAKE_CONTRADICTS", field=field, known=str(known), told=str(told))


def key_of(name: str) -> str:
    """Give the letters and digits of a name that stand in codes: upper case, ASCII, 24 at most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z0-9]", "", plain)[:_KEY_LENGTH_MAX] or "X"
