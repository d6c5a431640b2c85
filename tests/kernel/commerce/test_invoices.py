"""Invoices: goods reserved, sold and delivered for money; lines of quantities and of serials."""

import pytest

from onhand.kernel.command import Line
from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.define_customer import DefineCustomer
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.payment import Payment
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.money import CENT
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import State
from onhand.kernel.stock.receive import Receive
from tests.property.world import World, furnished, lines

TEN = 10 * SCALE
VAT = 20 * SCALE
"""Twenty percent."""
LINES = (SaleLine("A", 3 * SCALE, 10 * SCALE, VAT), SaleLine("B", 2 * SCALE, 5 * SCALE))


@pytest.fixture
def world() -> World:
    """A world with ten of A and ten of B at london, and the customer ann."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10), ("B", 10))))
    world.execute(DefineCustomer(key="ann", code="ann", name="Ann", email="ann@example.org"))
    return world


def invoice(world: World, number: str = "I-1") -> Invoice:
    """Give an invoice."""
    found = world.book.names["invoice", number]
    assert isinstance(found, Invoice)
    return found


def make(world: World, key: str = "i", number: str | None = "I-1") -> None:
    """Make an invoice over three of A and two of B: 40.00 with 5.00 VAT."""
    world.execute(IssueInvoice(key=key, site="london", number=number, lines=LINES, customer="ann"))


def payments(world: World) -> list[int]:
    """Give the amounts of all payments."""
    return [entity.amount for entity in world.book.entities.values() if isinstance(entity, Payment)]


def test_its_totals_follow_the_rounding_rule(world: World) -> None:
    """S5, C14: an invoice keeps what its lines come to, net, VAT and gross, and each line its share."""
    make(world)

    found = invoice(world)
    assert (found.net, found.vat, found.gross) == (35 * SCALE, 5 * SCALE, 40 * SCALE)
    rows = [world.book.names["invoice_line", found.id, position].snapshot() for position in (1, 2)]
    assert [(row["net"], row["vat"], row["gross"]) for row in rows] == [
        (25 * SCALE, 5 * SCALE, 30 * SCALE),
        (TEN, 0, TEN),
    ]


def test_numbers_are_given_without_gap(world: World) -> None:
    """S5: without a number the next of the year is given; a refused invoice uses none up."""
    make(world, "1", None)
    world.refusal(IssueInvoice(key="x", site="london", lines=(SaleLine("A", 99 * SCALE),)))
    make(world, "2", None)

    assert ("invoice", "INV-2026-000001") in world.book.names
    assert ("invoice", "INV-2026-000002") in world.book.names


def test_parts_are_kept_and_change_nothing(world: World) -> None:
    """S5: payments in part are kept; only the last one sells the goods."""
    make(world)
    for number, amount in enumerate((TEN, TEN, 19 * SCALE)):
        world.execute(Pay(key=f"p{number}", invoice="I-1", amount=amount, method="cash", reference=f"till {number}"))
        assert (invoice(world).status, world.balance("A", State.RESERVED)) == ("open", 3 * SCALE)

    world.execute(Pay(key="last", invoice="I-1", amount=SCALE))

    assert (invoice(world).status, invoice(world).paid) == ("paid", 40 * SCALE)
    assert world.balance("A", State.SOLD) == 3 * SCALE
    assert world.balance("A", State.RESERVED) == 0
    assert payments(world) == [TEN, TEN, 19 * SCALE, SCALE]
    assert world.refusal(Pay(key="more", invoice="I-1", amount=SCALE)).code == "INVALID_STATUS_TRANSITION"


def test_it_is_delivered_in_parts(world: World) -> None:
    """S5: what is delivered leaves; the invoice is delivered with the last of it, and keeps what was told of it."""
    make(world)
    world.execute(Pay(key="p", invoice="I-1", amount=40 * SCALE))
    world.execute(DeliverInvoice(key="d1", invoice="I-1", lines=lines(("A", 2)), delivery={"carrier": "post"}))
    assert (invoice(world).status, world.balance("A", State.SOLD)) == ("paid", SCALE)

    world.execute(DeliverInvoice(key="d2", invoice="I-1", delivery={"recipient": "Ann"}))

    assert invoice(world).status == "delivered"
    assert invoice(world).delivery == {"carrier": "post", "recipient": "Ann"}
    assert world.balance("A", State.SOLD) == world.balance("B", State.SOLD) == 0


def test_nothing_unpaid_is_delivered(world: World) -> None:
    """S5: an open invoice is not delivered, and neither is more than was sold."""
    make(world)
    assert world.refusal(DeliverInvoice(key="d", invoice="I-1")).code == "INVALID_STATUS_TRANSITION"
    world.execute(Pay(key="p", invoice="I-1", amount=40 * SCALE))

    refused = world.refusal(DeliverInvoice(key="d", invoice="I-1", lines=lines(("A", 4))))

    assert refused.code == "INSUFFICIENT_INVENTORY"


@pytest.mark.parametrize("paid", [0, 10, 40])
def test_cancelling_frees_the_goods_and_keeps_the_money_in_sight(world: World, paid: int) -> None:
    """S5: cancelled before delivery, the goods are available; what was paid stays on it until it is given back."""
    make(world)
    if paid:
        world.execute(Pay(key="p", invoice="I-1", amount=paid * SCALE))

    world.execute(CancelInvoice(key="c", invoice="I-1"))

    assert (invoice(world).status, invoice(world).paid) == ("cancelled", paid * SCALE)
    assert (world.balance("A"), world.balance("B")) == (TEN, TEN)
    if paid:
        assert world.refusal(Refund(key="r", invoice="I-1", amount=paid * SCALE + CENT)).code == "PAYMENT_TOO_LARGE"
        world.execute(Refund(key="r", invoice="I-1", amount=paid * SCALE))
    assert invoice(world).paid == sum(payments(world)) == 0


def test_what_is_delivered_in_part_is_not_cancelled(world: World) -> None:
    """S5: once something was handed over, the rest comes back by a return, not by a cancellation."""
    make(world)
    world.execute(Pay(key="p", invoice="I-1", amount=40 * SCALE))
    world.execute(DeliverInvoice(key="d", invoice="I-1", lines=lines(("A", 1))))

    assert world.refusal(CancelInvoice(key="c", invoice="I-1")).facts["from"] == "delivered in part"


def test_releasing_its_reservation_cancels_it(world: World) -> None:
    """S5: an invoice never stays open without its goods."""
    make(world)

    world.execute(ReleaseReservation(key="r", reservation=invoice(world).reservation_id))

    assert invoice(world).status == "cancelled"


def test_returns_decide_line_by_line(world: World) -> None:
    """C17: of what was delivered, one is fine, one is defective, one is looked at; more does not come back."""
    make(world)
    world.execute(Pay(key="p", invoice="I-1", amount=40 * SCALE))
    world.execute(DeliverInvoice(key="d", invoice="I-1", lines=lines(("A", 3))))
    back = (
        Line("A", SCALE, state=State.AVAILABLE),
        Line("A", SCALE, state=State.DEFECTIVE),
        Line("A", SCALE, state=State.QUARANTINE),
    )
    world.execute(TakeBackInvoice(key="r", invoice="I-1", site="leeds", lines=back))

    for state in (State.AVAILABLE, State.DEFECTIVE, State.QUARANTINE):
        assert world.balance("A", state, site="leeds") == SCALE
    for key, sku in (("r1", "A"), ("r2", "B")):  # B is sold, but not delivered
        refused = world.refusal(TakeBackInvoice(key=key, invoice="I-1", site="leeds", lines=lines((sku, 1))))
        assert (refused.code, refused.facts["returnable"]) == ("RETURN_TOO_LARGE", "0")


def test_a_cart_of_quantities_becomes_the_invoice(world: World) -> None:
    """S6: the lines are exactly what the cart holds, or it is refused with the difference."""
    cart = world.execute(Reserve(key="cart", site="london", lines=lines(("A", 3), ("B", 2)))).made("reservation")
    other = (SaleLine("A", 2 * SCALE, SCALE), SaleLine("B", 2 * SCALE, SCALE))
    refused = world.refusal(IssueInvoice(key="x", site="london", lines=other, cart=cart))
    assert refused.facts["difference"] == "3 of A, not 2"

    world.execute(IssueInvoice(key="i", site="london", number="I-1", lines=LINES, cart=cart))

    assert invoice(world).reservation_id == cart
    assert world.book.reservation(cart).document_id == "I-1"
    assert world.balance("A", State.RESERVED) == 3 * SCALE
    assert world.refusal(IssueInvoice(key="y", site="london", lines=LINES, cart=cart)).code == "RESERVATION_OWNED"


def test_all_lines_or_none(world: World) -> None:
    """S4: an invoice with one short line reserves nothing and tells every shortage."""
    before = world.snapshot()
    short = (SaleLine("A", SCALE, 0), SaleLine("B", 11 * SCALE, 0), SaleLine("A", TEN, 0))

    refused = world.refusal(IssueInvoice(key="i", site="london", lines=short))

    assert len(refused.facts["shortages"]) == 2  # type: ignore[arg-type]  # a list
    assert world.snapshot() == before


def test_a_customer_is_changed_where_told(world: World) -> None:
    """S5: what is not told of a customer stays as it is."""
    world.execute(DefineCustomer(key="c", code="ann", vat_number="GB1"))

    found = world.book.names["customer", "ann"].snapshot()
    assert (found["name"], found["email"], found["vat_number"]) == ("Ann", "ann@example.org", "GB1")
