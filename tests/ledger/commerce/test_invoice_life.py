"""Invoices and serials through the ledger: what they answer, their history, and that rows and journal agree."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from onhand import Refused
from onhand.kernel.quantity import SCALE
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws


@pytest.fixture
async def dealer(stock: Stock) -> Stock:
    """A ledger with ten of A and the serials SN-1 to SN-3 of M."""
    await furnish(stock, ("A", 10))
    await stock.define(items=["M"], locations=[("london", "R-1")], key="M")
    await stock.serials.receive(
        site="london",
        serials=[
            ("M", "SN-1", "new"),
            {"sku": "M", "unit": "SN-2", "condition": "used", "location": "R-1"},
            ("M", "SN-3"),
        ],
        key="po",
    )
    await stock.catalog.define_customer(code="ann", name="Ann", key="ann")
    return stock


async def test_the_life_of_an_invoice_and_its_serial(dealer: Stock, database: TestDatabase) -> None:
    """S1, S3, S5: status, place and for whom are told on the way; the history tells each step and its reason."""
    lines: list[Any] = [{"sku": "M", "unit": "SN-1", "price": "1200", "vat_rate": "20"}, ("A", 2, "3.50", "5")]
    await dealer.invoices.issue(site="london", number="I-1", customer="ann", lines=lines, key="i", actor="bob")
    reserved = await dealer.serials.get("SN-1")
    await dealer.invoices.pay(invoice="I-1", amount="207", method="card", key="p1")
    await dealer.invoices.pay(
        invoice="I-1", amount="1000", method="transfer", reference="T-1", key="p2", reason="paid late"
    )
    sold = await dealer.serials.get("SN-1")
    await dealer.invoices.deliver(invoice="I-1", delivery={"carrier": "post", "tracking": "RR1"}, key="d", actor="eve")

    assert (reserved.status, reserved.state, reserved.site, reserved.condition) == (
        "reserved",
        "reserved",
        "london",
        "new",
    )
    assert (reserved.document_type, reserved.document_id, reserved.reserved_by) == ("invoice", "I-1", "bob")
    assert (sold.status, sold.state, sold.reservation) == ("sold", "sold", None)
    found = await dealer.invoices.get("I-1")
    assert (found.status, found.customer, found.gross, found.paid) == ("delivered", "ann", Decimal(1207), Decimal(1207))
    assert found.net + found.vat == found.gross
    assert [(line.sku, line.unit, line.quantity) for line in found.lines] == [
        ("M", "SN-1", Decimal(1)),
        ("A", None, Decimal(2)),
    ]
    assert [(payment.amount, payment.method, payment.reference) for payment in found.payments] == [
        (Decimal(207), "card", None),
        (Decimal(1000), "transfer", "T-1"),
    ]
    assert found.delivery == {"carrier": "post", "tracking": "RR1"}
    history = await dealer.serials.history("SN-1")
    assert [(step.source, step.target, step.reason_code, step.actor) for step in history] == [
        ("available", "reserved", "INVOICE_CREATED", "bob"),
        ("reserved", "sold", "INVOICE_PAID", "test"),
        ("sold", "delivered", "DELIVERED", "eve"),
    ]
    assert {(step.reference_type, step.reference_id) for step in history} == {("invoice", "I-1")}
    assert [step.notes for step in history] == [None, "paid late", None]
    assert flaws(database.admin_url) == []
    assert (await dealer.verify()).ok


async def test_all_reason_codes_of_a_life(dealer: Stock, database: TestDatabase) -> None:
    """S3: cancelled, expired, sold directly, returned, corrected: each step has the code of the list."""
    await dealer.invoices.issue(site="london", number="I-1", lines=[{"sku": "M", "unit": "SN-2", "price": 0}], key="1")
    await dealer.invoices.cancel(invoice="I-1", key="2")
    soon = datetime.now(UTC) + timedelta(seconds=0.2)
    await dealer.invoices.issue(
        site="london", number="I-2", lines=[{"sku": "M", "unit": "SN-2", "price": 1}], expires_at=soon, key="3"
    )
    due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
    assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(1,)])
    await dealer.reservations.release_expired(worker="w")
    sale = await dealer.sell(site="london", lines=[{"sku": "M", "quantity": 1, "unit": "SN-2"}], key="4")
    await dealer.revert(number=sale.number, key="5", reason="wrong serial")
    await dealer.sell(site="london", lines=[{"sku": "M", "quantity": 1, "unit": "SN-2"}], key="6")
    await dealer.take_back(
        site="london", lines=[{"sku": "M", "quantity": 1, "unit": "SN-2", "state": "defective"}], key="7"
    )

    codes = [step.reason_code for step in await dealer.serials.history("SN-2")]

    sold = ["DIRECT_SALE", "DELIVERED"]
    created, cancelled, again, expired = codes[:4]
    assert (created, cancelled) == ("INVOICE_CREATED", "INVOICE_CANCELLED")
    assert (again, expired) == ("INVOICE_CREATED", "RESERVATION_EXPIRED")
    assert codes[4:] == [*sold, "CORRECTED", "CORRECTED", *sold, "RETURNED"]
    page = await dealer.serials.history("SN-2", limit=3)
    rest = await dealer.serials.history("SN-2", after=page.after)
    assert [step.reason_code for step in (*page, *rest)] == codes
    assert (await dealer.verify()).ok


async def test_serials_are_listed(dealer: Stock) -> None:
    """S1: serials are found by item, status and site, page by page; one that is unknown is refused."""
    await dealer.invoices.issue(site="london", lines=[{"sku": "M", "unit": "SN-2", "price": 0}], key="1")

    assert [serial.unit for serial in await dealer.serials.list(status="reserved")] == ["SN-2"]
    assert [serial.location for serial in await dealer.serials.list(status="reserved")] == ["R-1"]
    assert [serial.unit for serial in await dealer.serials.list(sku="M", site="london", status="available")] == [
        "SN-1",
        "SN-3",
    ]
    first = await dealer.serials.list(limit=2)
    assert [serial.unit for serial in await dealer.serials.list(after=first.after)] == ["SN-3"]
    with pytest.raises(Refused) as caught:
        await dealer.serials.get("SN-9")
    assert caught.value.code == "UNIT_NOT_FOUND"


async def test_lists_of_documents(dealer: Stock) -> None:
    """S5: invoices and orders are listed by status and customer, page by page; unknown ones are refused."""
    for number in range(3):
        await dealer.invoices.issue(
            site="london", lines=[("A", 1, 1)], number=f"I-{number}", customer="ann", key=f"{number}"
        )
    await dealer.invoices.cancel(invoice="I-1", key="c")

    page = await dealer.invoices.list(status="open", customer="ann", limit=1)
    assert [invoice.number for invoice in page] == ["I-0"]
    rest = await dealer.invoices.list(status="open", customer="ann", after=page.after)
    assert [invoice.number for invoice in rest] == ["I-2"]
    assert list(await dealer.orders.list()) == []
    for asked in (dealer.invoices.get("I-9"), dealer.orders.get("O-9")):
        with pytest.raises(Refused) as caught:
            await asked
        assert caught.value.code == "DOCUMENT_NOT_FOUND"


async def test_two_invoices_never_wait_for_each_other(dealer: Stock, database: TestDatabase) -> None:
    """S4: invoices over the same serials in opposite order, from two processes' connections: one gets all, at once."""
    units = [f"SN-{number}" for number in range(1, 4)]
    async with ledger(database) as other:
        for number in range(10):
            attempts = [
                who.invoices.issue(
                    site="london",
                    number=f"I-{number}-{place}",
                    lines=[{"sku": "M", "unit": unit, "price": 0} for unit in order],
                    key=f"{number}-{place}",
                )
                for place, (who, order) in enumerate([(dealer, units), (other, units[::-1])])
            ]
            outcomes = await asyncio.gather(*attempts, return_exceptions=True)
            refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
            assert [outcome.code for outcome in refused] == ["INSUFFICIENT_INVENTORY"]
            assert sum(1 for serial in await dealer.serials.list(status="reserved")) == 3
            won = next(place for place, outcome in enumerate(outcomes) if not isinstance(outcome, Refused))
            await dealer.invoices.cancel(invoice=f"I-{number}-{won}", key=f"cancel-{number}")
    assert flaws(database.admin_url) == []


REFUSED_BY_HAND = {
    "serial_follows_its_transitions": "UPDATE serial SET status = 'delivered' WHERE status = 'available'",
    "serial_reserved_for_a_reservation": "UPDATE serial SET status = 'reserved' WHERE status = 'available'",
    "serial_unit_unique": """
        INSERT INTO serial (org_id, id, version, unit_id, status)
        SELECT org_id, 9999, 1, unit_id, 'gone' FROM serial LIMIT 1""",
    "invoice_line_unit_on_one_open_document": """
        INSERT INTO invoice_line
        SELECT org_id, 9999, 1, invoice_id, 99, item_id, quantity, price, vat_rate, net, vat, gross, unit_id, true, 0
          FROM invoice_line WHERE unit_id IS NOT NULL""",
    "invoice_follows_its_transitions": "UPDATE invoice SET status = 'delivered', version = version + 1",
    "invoice_paid_at_most_in_full": "UPDATE invoice SET paid = -1",
    "invoice_open_is_not_paid": "UPDATE invoice SET paid = gross",
    "invoice_paid_is_paid": "UPDATE invoice SET status = 'paid'",
    "invoice_adds_up": "UPDATE invoice SET vat = vat + 1",
    "invoice_line_adds_up": "UPDATE invoice_line SET vat = vat + 1",
    "invoice_line_returned_at_most_all": "UPDATE invoice_line SET returned = quantity + 1",
    "invoice_line_unit_is_one": "UPDATE invoice_line SET quantity = 2 WHERE unit_id IS NOT NULL",
    "payment_of_one_document": "UPDATE payment SET invoice_id = NULL",
}


def refusal_by_hand(database: TestDatabase, statement: str) -> str:
    """What the database says to its superuser, at the latest at the end of the transaction."""
    try:
        query(database.admin_url, f"BEGIN; {statement}; COMMIT")
    except psycopg.errors.IntegrityError as error:
        return f"{error.diag.constraint_name} {error}"
    return "nothing"


async def test_the_database_refuses_what_the_kernel_does(dealer: Stock, database: TestDatabase) -> None:
    """S2, S5: what a row can express is refused by the database too, even to its superuser."""
    lines = [{"sku": "M", "unit": "SN-1", "price": 10}]
    await dealer.invoices.issue(site="london", number="I-1", lines=lines, key="i")
    await dealer.invoices.pay(invoice="I-1", amount=1, key="p")

    said = {rule: refusal_by_hand(database, statement) for rule, statement in REFUSED_BY_HAND.items()}

    assert {
        rule: text
        for rule, text in said.items()
        if not text.startswith(f"{rule} ") and "so it cannot become" not in text
    } == {}
    assert (await dealer.verify()).ok


async def test_events_can_be_read_on_by_number(dealer: Stock) -> None:
    """C7: many items decrement and are restored in one posting each, an event each, in order; a refused one is none."""
    start = (await dealer.head()).number
    lines: list[Any] = [
        ("A", 3),
        {"sku": "M", "quantity": 1, "unit": "SN-1"},
        {"sku": "M", "quantity": 1, "unit": "SN-2"},
    ]
    sale = await dealer.sell(site="london", lines=lines, key="s")
    with pytest.raises(Refused):
        await dealer.sell(site="london", lines=[("A", 1), {"sku": "M", "quantity": 1, "unit": "SN-1"}], key="x")
    back = await dealer.take_back(site="london", lines=lines, key="r")

    events = [event.number for event in await dealer.list_postings(since=start)]
    assert events == [sale.number, back.number] == [start + 1, start + 2]
    told = [await dealer.get_posting(number) for number in events]
    of_items = [sorted((movement.place.sku, movement.quantity) for movement in event.movements) for event in told]
    assert of_items == [[("A", 3 * SCALE), ("M", SCALE), ("M", SCALE)]] * 2
    left = [movement.balances[0] for event in told for movement in event.movements if movement.place.sku == "A"]
    assert left == [7 * SCALE, 10 * SCALE]


async def test_money_adds_up_in_the_rows(dealer: Stock, database: TestDatabase) -> None:
    """S5, C14: what is paid is the sum of the payments, and an invoice the sum of its lines."""
    await dealer.invoices.issue(
        site="london", number="I-1", lines=[("A", 3, "3.33", "19"), ("A", 1, "0.01", "7")], key="1"
    )
    await dealer.invoices.pay(invoice="I-1", amount="5", key="p1")
    paid = await dealer.invoices.pay(invoice="I-1", amount="5", key="p2")
    await dealer.invoices.cancel(invoice="I-1", key="c")
    await dealer.invoices.refund(invoice="I-1", amount="3", key="r")

    rows = query(
        database.admin_url,
        """SELECT paid, (SELECT sum(amount) FROM payment WHERE invoice_id = invoice.id),
                  gross, (SELECT sum(gross) FROM invoice_line WHERE invoice_id = invoice.id),
                  vat, (SELECT sum(vat) FROM invoice_line WHERE invoice_id = invoice.id) FROM invoice""",
    )

    ((kept, payments, gross, of_lines, vat, vat_of_lines),) = rows
    assert (kept, payments) == (7 * SCALE, 7 * SCALE)
    assert (gross, vat) == (of_lines, vat_of_lines)
    assert paid.made("payment") > 0
