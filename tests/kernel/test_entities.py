"""The entities: their snapshots, their next and their withdrawn versions, and how the book finds them."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from onhand.kernel.accounts.api_key import ApiKey
from onhand.kernel.accounts.user_account import UserAccount
from onhand.kernel.book import Book
from onhand.kernel.catalog.barcode import Barcode
from onhand.kernel.catalog.brand import Brand
from onhand.kernel.catalog.listing import Listing
from onhand.kernel.catalog.setting import Setting
from onhand.kernel.catalog.vendor import Vendor
from onhand.kernel.commerce.customer import Customer
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.commerce.payment import Payment
from onhand.kernel.commerce.receipt import Receipt, ReceiptLine
from onhand.kernel.commerce.sales_order import OrderLine, SalesOrder
from onhand.kernel.entities import ENTITIES
from onhand.kernel.entity import Entity, OpenLine, name_of, time_text
from onhand.kernel.lots.alert import Alert
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.lot_metadata import LotMetadata
from onhand.kernel.lots.stock_level import StockLevel
from onhand.kernel.money import RateTotal
from onhand.kernel.offline.offline_sale import OfflineSale, QueuedItem
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.pieces.piece import Piece
from onhand.kernel.pieces.transformation import Transformation
from onhand.kernel.planning.purchase import Purchase
from onhand.kernel.planning.reorder_point import ReorderPoint
from onhand.kernel.promises.reservation import Reservation, WantedLine
from onhand.kernel.promises.waiting_line import Ticket, WaitingLine
from onhand.kernel.recipes.deduction import Deduction, DeductionPart, SoldItem
from onhand.kernel.recipes.mapping import IngredientMapping
from onhand.kernel.recipes.recipe import InForce, Recipe
from onhand.kernel.recipes.recipe_version import RecipeLine, RecipeVersion
from onhand.kernel.recipes.refusal_tally import RefusalTally
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.serial import Serial
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.product import OptionValue, Product
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.transit import Transit
from onhand.kernel.stock.unit import Unit
from onhand.kernel.webhooks.webhook import Webhook

NOON = datetime(2026, 1, 31, 12, 0, 0, 5, tzinfo=UTC)
EACH: list[Entity] = [
    Site(id=1, code="london", name="London"),
    Location(id=2, site_id=1, code="R-1", retired=True),
    Product(id=3, code="P", name="Pipe"),
    Item(id=4, sku="A", name="A", product_id=3, measure="m"),
    Lot(id=5, item_id=4, code="L", received_at=NOON, expires_on=date(2026, 6, 1)),
    Lot(id=6, item_id=4, code="M", received_at=NOON),
    Unit(id=7, item_id=4, code="SN-1", lot_id=5),
    Reservation(id=8, site_id=1, status="active", lines=(OpenLine(1, 2), OpenLine(3, 4)), expires_at=NOON),
    Reservation(id=9, site_id=1, status="active", lines=()),
    Reservation(
        id=11,
        site_id=1,
        status="pending",
        lines=(),
        wanted=(WantedLine("A", 2), WantedLine("A", 1, "L", "R-1", "SN-1")),
        hold_seconds=60,
        rank=-3,
    ),
    WaitingLine(id=12, site="london", sku="A", tickets=(Ticket(-3, 11),)),
    Item(id=63, sku="T-S", name="T", price=2_500_000, vat_rate=5_500_000, options=(OptionValue("size", "S"),)),
    Product(id=64, code="T", name="T", options=(OptionValue("size", "S"), OptionValue("size", "M"))),
    Barcode(id=65, code="5010029", item_id=4),
    Purchase(
        id=68, site_id=1, status="expected", lines=(OpenLine(1, 2),), supplier="Acme", expected_on=date(2026, 6, 1)
    ),
    ReorderPoint(id=69, site_id=1, item_id=4, point=5, target=9),
    Setting(id=66, name="time_zone", value="Europe/London"),
    Receipt(
        id=67,
        number=1,
        site_id=1,
        status="issued",
        issued_at=NOON,
        sold=(ReceiptLine("A", "A", 1_000_000, "m", 30_000, 20_000_000, 20_000, 10_000, 30_000),),
        rates=(RateTotal(20_000_000, 20_000, 10_000, 30_000),),
        net=20_000,
        vat=10_000,
        gross=30_000,
    ),
    Serial(
        id=20,
        unit_id=7,
        status="reserved",
        condition="A",
        document_type="cart",
        document_id="c",
        reserved_by="ann",
        reserved_until=NOON,
        reservation_id=8,
    ),
    Customer(id=21, code="c-1", name="Ann", email="a@b.c"),
    Invoice(
        id=22,
        number="I-1",
        site_id=1,
        status="paid",
        reservation_id=8,
        line_count=1,
        prices_include_vat=True,
        net=1,
        vat=0,
        gross=1,
        sold=(OpenLine(1, 2),),
        delivery={"carrier": "x"},
    ),
    InvoiceLine(
        id=23, invoice_id=22, position=1, item_id=4, quantity=1, price=1, vat_rate=0, net=1, vat=0, gross=1, unit_id=7
    ),
    Payment(id=24, amount=5, paid_at=NOON, invoice_id=22),
    SalesOrder(
        id=25,
        number="O-1",
        status="placed",
        reservations=(8, 9),
        ordered=(OrderLine("A", 1, 2, 3),),
        rates=(RateTotal(3, 1, 0, 1),),
        net=1,
        vat=0,
        gross=1,
    ),
    Webhook(
        id=26,
        name="books",
        url="https://example.com/",
        kinds=("sell",),
        credentials=("c-2", "c-1"),
        older_until=NOON,
        status="disabled",
        because="gone",
        start=3,
        run=2,
    ),
    Transit(id=10, source_site_id=1, target_site_id=2, status="in_transit", lines=(OpenLine(1, 2),)),
    Recipe(id=101, product_id=3, versions=(InForce(0, 102),)),
    RecipeVersion(
        id=102,
        product_id=3,
        yield_unit="piece",
        yield_numerator=1,
        yield_denominator=2,
        ingredients=(RecipeLine(1, "Butter", 0, "g", 10, 1, 50_000),),
    ),
    IngredientMapping(id=103, site_id=1, ingredient="Butter", unit="g", item_id=4, numerator=1, denominator=1000),
    Deduction(
        id=104,
        site_id=1,
        transaction="t-1",
        status="deducted",
        items=(SoldItem("P", "Pipe", 2, "deducted"),),
        parts=(DeductionPart(1, "Butter", 5, 20),),
    ),
    Transformation(id=31, number=3, kind="cut", item_id=4, lines=(OpenLine(1, 9),), used=9, made=7, rest=1, kerf=1),
    Piece(id=32, kind="cut", size=7, creator=3, origin_id=31, status="available", holding_id=1),
    Vendor(id=13, name="Acme Farms"),
    Brand(id=14, name="Green Leaf"),
    UserAccount(id=201, name="ann", role="clerk", sites=("london",), credential="c-1"),
    ApiKey(id=202, key_hash="0" * 64, name="till-7", role="clerk", expires_at=NOON),
    RefusalTally(id=106, site="soho", hour="2026-01-31T12", process="p", refused=3),
    OfflineSale(
        id=105,
        site_id=1,
        transaction="t-2",
        status="pending",
        reason="offline",
        device="till-7",
        sequence=3,
        sold_at=NOON,
        arrived_at=NOON,
        items=(QueuedItem("P", 2, ""),),
        errors=("P - Butter: Need 2, Have 1 (Short: 1)",),
    ),
    Alert(
        id=17,
        rule="low_stock",
        site_id=1,
        item_id=4,
        lot_id=0,
        severity="warning",
        status="open",
        raised_at=NOON,
        facts={"available": "1"},
    ),
    StockLevel(id=18, site_id=1, item_id=4, low=3),
    LotMetadata(id=16, lot_id=5, facts={"thc": "ND"}),
    Listing(id=15, brand_id=14, name="Blue Dream", item_id=4),
]


@pytest.mark.parametrize("entity", EACH, ids=lambda entity: f"{entity.entity}-{entity.id}")
def test_a_snapshot_gives_the_entity_back(entity: Entity) -> None:
    """P11: a snapshot holds plain JSON values only, and the entity is made from it again."""
    snapshot = entity.snapshot()

    assert type(entity).restore(snapshot) == entity
    assert {type(value) for value in snapshot.values()} <= {str, int, bool, type(None), list, dict}
    assert ENTITIES[entity.entity] is type(entity)
    assert name_of(entity)[0] == entity.entity
    assert entity.next().version == entity.version + 1


def test_every_kind_of_entity_is_covered() -> None:
    """The cases above are all kinds that there are."""
    assert {entity.entity for entity in EACH} == ENTITIES.keys()


def test_no_kind_of_entity_is_left_out() -> None:
    """Every subclass of Entity in the kernel, all of which the operations load, is in the list of kinds."""
    modules = [module for name, module in sys.modules.items() if name.startswith("onhand.kernel.")]
    found = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}

    assert OPERATIONS
    assert {kind for kind in found if issubclass(kind, Entity)} - {Entity} == {*ENTITIES.values()}


def test_what_is_withdrawn() -> None:
    """P14: an undone unit is retired, an undone promise released, an undone transfer cancelled, a line left."""
    withdrawn = {entity.id: entity.withdrawn() for entity in EACH}

    assert all(withdrawn[entity.id] is entity for entity in EACH if type(entity).withdrawn is Entity.withdrawn)
    unit, reservation, transfer, piece = withdrawn[7], withdrawn[8], withdrawn[10], withdrawn[32]
    assert withdrawn[31].version == 1
    assert isinstance(piece, Piece)
    assert (piece.status, piece.creator, piece.origin_id) == ("undone", 3, 31)
    assert isinstance(unit, Unit)
    assert unit.retired
    assert isinstance(reservation, Reservation)
    assert (reservation.status, reservation.lines) == ("released", ())
    assert isinstance(transfer, Transit)
    assert (transfer.status, transfer.lines) == ("cancelled", ())
    waiting, line = withdrawn[11], withdrawn[12]
    assert isinstance(waiting, Reservation)
    assert (waiting.status, waiting.wanted, waiting.rank) == ("released", None, None)
    assert isinstance(line, WaitingLine)
    assert line.tickets == ()
    assert withdrawn[20].snapshot()["status"] == "gone"
    assert withdrawn[20].snapshot()["reservation_id"] is None
    assert withdrawn[22].snapshot()["status"] == withdrawn[25].snapshot()["status"] == "cancelled"
    assert withdrawn[23].snapshot()["is_open"] is False
    assert withdrawn[24].snapshot()["amount"] == 0
    deduction = withdrawn[104]
    assert isinstance(deduction, Deduction)
    assert (deduction.status, [item.status for item in deduction.items]) == ("voided", ["voided"])


def test_times_are_written_in_utc() -> None:
    """Times in facts and snapshots always show microseconds and UTC."""
    assert time_text(datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=1)))) == (
        "2026-01-31T11:00:00.000000+00:00"
    )


def test_entities_are_found_by_id_and_by_name() -> None:
    """What is in the book is found; a wrong kind under an id is no match."""
    book = Book()
    for entity in EACH:
        book.put(entity)

    assert book.get(Lot, 5).code == "L"
    assert book.site("london").id == 1
    assert book.unit(book.item("A"), "SN-1").id == 7
    with pytest.raises(KeyError):
        book.get(Lot, 4)
    book.entities["lot", 99] = EACH[0]
    with pytest.raises(KeyError):
        book.get(Lot, 99)
    with pytest.raises(Refused) as caught:
        book.unit(Item(id=44, sku="B", name="B"), "SN-1")
    assert caught.value.code == "UNIT_NOT_FOUND"
