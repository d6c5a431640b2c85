"""
The entities: every kind of thing that a ledger knows; each has a file in the folder of its family.

To add one, add a file with a subclass of Entity, its table in a migration, and its name here.
"""

from collections.abc import Mapping
from graphlib import TopologicalSorter

from onhand.kernel.accounts.api_key import ApiKey
from onhand.kernel.accounts.user_account import UserAccount
from onhand.kernel.catalog.barcode import Barcode
from onhand.kernel.catalog.brand import Brand
from onhand.kernel.catalog.listing import Listing
from onhand.kernel.catalog.setting import Setting
from onhand.kernel.catalog.vendor import Vendor
from onhand.kernel.commerce.customer import Customer
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.commerce.payment import Payment
from onhand.kernel.commerce.receipt import Receipt
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.entity import Entity
from onhand.kernel.lots.alert import Alert
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.lot_metadata import LotMetadata
from onhand.kernel.lots.stock_level import StockLevel
from onhand.kernel.offline.offline_sale import OfflineSale
from onhand.kernel.pieces.piece import Piece
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.planning.purchase import Purchase
from onhand.kernel.planning.reorder_point import ReorderPoint
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.promises.waiting_line import WaitingLine
from onhand.kernel.recipes.deduction import Deduction
from onhand.kernel.recipes.mapping import IngredientMapping
from onhand.kernel.recipes.recipe import Recipe
from onhand.kernel.recipes.recipe_version import RecipeVersion
from onhand.kernel.recipes.refusal_tally import RefusalTally
from onhand.kernel.serials.serial import Serial
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.product import Product
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.transit import Transit
from onhand.kernel.stock.unit import Unit
from onhand.kernel.webhooks.webhook import Webhook

_KINDS: tuple[type[Entity], ...] = (
    Alert,
    ApiKey,
    Barcode,
    Brand,
    Customer,
    Deduction,
    Invoice,
    InvoiceLine,
    Item,
    Listing,
    Location,
    Lot,
    LotMetadata,
    IngredientMapping,
    OfflineSale,
    Payment,
    Piece,
    Product,
    Purchase,
    Receipt,
    Recipe,
    RecipeVersion,
    RefusalTally,
    ReorderPoint,
    Reservation,
    SalesOrder,
    Serial,
    Setting,
    Site,
    StockLevel,
    Transit,
    Transformation,
    Unit,
    UserAccount,
    Vendor,
    WaitingLine,
    Webhook,
)
"""By their words: the order of saving follows this one where nothing else decides."""


def _ordered() -> dict[str, type[Entity]]:
    known = {kind.entity: kind for kind in _KINDS}
    order = TopologicalSorter({kind.entity: sorted(kind.refers_to) for kind in _KINDS})
    return {word: known[word] for word in order.static_order()}


ENTITIES: Mapping[str, type[Entity]] = _ordered()
"""Every kind of entity by its word, each after those that it refers to; so they are saved."""

CATALOG = frozenset(kind.entity for kind in ENTITIES.values() if kind.is_catalog)
"""The kinds that make up the catalogue; the journal remembers when they last changed."""
