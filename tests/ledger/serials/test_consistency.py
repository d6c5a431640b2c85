"""Damage made with plain SQL is found, told with its remedy, and repaired by postings that say so."""

from datetime import timedelta

import psycopg
import pytest

from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish
from tests.ledger.soundness import flaws


@pytest.fixture
async def dealer(stock: Stock) -> Stock:
    """A ledger with ten of A; SN-1 is reserved, SN-2 sold, SN-3 delivered and SN-4 available."""
    await furnish(stock, ("A", 10))
    await stock.define(items=["M"], key="M")
    await stock.serials.receive(site="london", serials=[("M", f"SN-{number}") for number in range(1, 5)], key="po")
    for number in range(1, 4):
        lines = [{"sku": "M", "unit": f"SN-{number}", "price": 10}, {"sku": "A", "quantity": 1, "price": 1}]
        await stock.invoices.issue(site="london", number=f"I-{number}", lines=lines, key=f"i-{number}")
        if number > 1:
            await stock.invoices.pay(invoice=f"I-{number}", amount=11, key=f"p-{number}")
    await stock.invoices.deliver(invoice="I-3", key="d-3")
    return stock


def damage(database: TestDatabase, *statements: str) -> None:
    """Do what nobody should, without triggers, as somebody with a backup in his hand might."""
    with psycopg.connect(database.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


def serial_of(unit: str) -> str:
    """A condition that finds the serial of a unit."""
    return f"unit_id = (SELECT id FROM unit WHERE code = '{unit}')"


def state_of(database: TestDatabase, unit: str) -> tuple[object, ...]:
    """The status of a serial, and what of it is available, reserved and sold."""
    rows = query(
        database.admin_url,
        f"""SELECT status, sum(available) / 1000000, sum(reserved) / 1000000, sum(sold) / 1000000
              FROM serial JOIN holding USING (org_id, unit_id) WHERE serial.{serial_of(unit)} GROUP BY status""",
    )
    return rows[0]


FREE = "document_type = NULL, document_id = NULL, reserved_by = NULL, reservation_id = NULL"
TAKEN = "document_type = 'invoice', document_id = 'I-9', reservation_id = 99999"
BY_HAND = {
    "reserved, though nobody has it": (
        [f"UPDATE serial SET status = 'reserved', {TAKEN} WHERE {serial_of('SN-4')}"],
        "status_against_place",
        "SN-4",
        ("available", 1, 0, 0),
    ),
    "available, though an invoice has it": (
        [f"UPDATE serial SET status = 'available', {FREE} WHERE {serial_of('SN-1')}"],
        "status_against_place",
        "SN-1",
        ("reserved", 0, 1, 0),
    ),
    "its reservation is gone": (
        ["UPDATE reservation SET status = 'released' WHERE document_id = 'I-1'"],
        "reserved_without_document",
        "SN-1",
        ("available", 1, 0, 0),
    ),
    "reserved and moved back by hand": (
        [f"UPDATE holding SET reserved = 0, available = 1000000 WHERE {serial_of('SN-1')}"],
        "status_against_place",
        "SN-1",
        ("reserved", 0, 1, 0),
    ),
    "sold, but on no invoice": (
        ["UPDATE invoice SET status = 'cancelled', sold = NULL WHERE number = 'I-2'"],
        "sold_without_invoice",
        "SN-2",
        ("available", 1, 0, 0),
    ),
    "sold and delivered by hand": (
        [f"UPDATE serial SET status = 'delivered' WHERE {serial_of('SN-2')}"],
        "status_against_place",
        "SN-2",
        ("sold", 0, 0, 1),
    ),
    "delivered and still available": (
        [f"UPDATE serial SET status = 'available', {FREE} WHERE {serial_of('SN-3')}"],
        "status_against_place",
        "SN-3",
        ("delivered", 0, 0, 0),
    ),
}


@pytest.mark.parametrize("what", BY_HAND)
async def test_a_damaged_serial_is_found_and_repaired(dealer: Stock, database: TestDatabase, what: str) -> None:
    """S8: what plain SQL did to a serial is found with its remedy; the repair is a posting that says why."""
    statements, kind, unit, repaired = BY_HAND[what]
    assert await dealer.find_inconsistencies() == ()
    damage(database, *statements)

    found = await dealer.find_inconsistencies()
    before = state_of(database, unit)
    postings = await dealer.repair_inconsistencies()

    assert (kind, f"serial {unit}") in [(one.kind, one.subject) for one in found]
    assert all(one.detail and one.remedy for one in found)
    assert state_of(database, unit) == repaired != before
    assert {posting.kind for posting in postings} <= {"repair_serial", "repair_holding"}
    assert all(posting.reason for posting in postings)
    assert [one for one in await dealer.find_inconsistencies() if one.kind != "money_astray"] == []
    history = await dealer.serials.history(unit)
    assert history.rows[-1].reason_code == "CORRECTED" or before[0] == repaired[0]
    assert not [flaw for flaw in flaws(database.admin_url) if "serial" in flaw]


async def test_quantities_that_are_bound_otherwise_are_put_right(dealer: Stock, database: TestDatabase) -> None:
    """S8: what is reserved or sold without a promise is free again; what is promised is reserved again."""
    item = "item_id = (SELECT id FROM item WHERE sku = 'A')"
    damage(database, f"UPDATE holding SET available = available - 3000000, reserved = reserved + 3000000 WHERE {item}")
    (too_much,) = await dealer.find_inconsistencies()
    await dealer.repair_inconsistencies()
    assert (too_much.kind, too_much.detail) == ("reserved_otherwise", "4 are reserved, 1 are promised")
    assert query(database.admin_url, f"SELECT available, reserved, sold FROM holding WHERE {item}") == [
        (7_000_000, 1_000_000, 1_000_000)
    ]

    damage(database, f"UPDATE holding SET available = available + 1000000, sold = 0 WHERE {item}")
    (too_little,) = await dealer.find_inconsistencies()
    await dealer.repair_inconsistencies([too_little])

    assert too_little.kind == "sold_otherwise"
    assert query(database.admin_url, f"SELECT available, reserved, sold FROM holding WHERE {item}") == [
        (7_000_000, 1_000_000, 1_000_000)
    ]
    assert await dealer.repair_inconsistencies() == ()


async def test_reservations_of_nothing_and_old_ones(dealer: Stock, database: TestDatabase) -> None:
    """S8: a reservation whose invoice is over, or that is older than the limit, is found and released."""
    cart = await dealer.reserve(site="london", lines=[("A", 2)], key="cart")
    damage(database, "UPDATE invoice SET status = 'cancelled' WHERE number = 'I-1'")

    orphan = [one for one in await dealer.find_inconsistencies() if one.kind == "reservation_of_nothing"]
    old = [
        one
        for one in await dealer.find_inconsistencies(reserved_at_most=timedelta(0))
        if one.kind == "reservation_too_old"
    ]
    await dealer.repair_inconsistencies(reserved_at_most=timedelta(0))

    assert len(orphan) == 1
    assert [one.subject for one in old] == [f"reservation {cart.made('reservation')}"]
    assert query(database.admin_url, "SELECT status, count(*) FROM reservation GROUP BY 1 ORDER BY 1") == [
        ("committed", 2),
        ("released", 2),
    ]


async def test_money_is_told_and_left_to_people(dealer: Stock, database: TestDatabase) -> None:
    """S8: payments that do not add up are found, and no program corrects them."""
    damage(
        database, "UPDATE payment SET amount = amount - 1000000 WHERE amount > 0 AND id = (SELECT max(id) FROM payment)"
    )

    (found,) = await dealer.find_inconsistencies()

    assert (found.kind, found.subject, found.repair) == ("money_astray", "invoice I-3", None)
    assert found.detail == "11.00 are told as paid, 10.00 came"
    assert await dealer.repair_inconsistencies() == ()


async def test_what_is_paid_is_never_too_old(dealer: Stock) -> None:
    """S8: the goods of a paid order wait for it however old its reservation is."""
    cart = await dealer.reserve(site="london", lines=[("A", 2)], key="cart")
    await dealer.orders.place(reservations=[cart.made("reservation")], lines=[("A", 2, 1)], number="O-1", key="o")
    assert len(await dealer.find_inconsistencies(reserved_at_most=timedelta(0))) == 2

    await dealer.orders.pay(order="O-1", amount=2, key="p")

    assert [one.subject for one in await dealer.find_inconsistencies(reserved_at_most=timedelta(0))] != []
    assert (await dealer.orders.get("O-1")).status == "paid"
    await dealer.repair_inconsistencies(reserved_at_most=timedelta(0))
    assert (await dealer.orders.get("O-1")).status == "paid"
