"""Serials: the status of a single item follows from where its unit stands, whatever operation put it there."""

from datetime import timedelta

import pytest

from onhand.kernel.command import Command, Line
from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.serials.grade_serial import GradeSerial
from onhand.kernel.serials.receive_serials import ReceiveSerials, SerialLine
from onhand.kernel.serials.serial import Serial
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from tests.property.world import World, furnished

UNIT = (Line("A", SCALE, unit="SN-1"),)


@pytest.fixture
def world() -> World:
    """A world with the serial SN-1 of A at london, in condition new."""
    world = furnished()
    world.execute(ReceiveSerials(key="po", site="london", serials=(SerialLine("A", "SN-1", "new"),)))
    return world


def serial(world: World, unit: str = "SN-1") -> Serial:
    """Give the serial of a unit."""
    found = world.book.names["serial", world.book.unit(world.book.item("A"), unit).id]
    assert isinstance(found, Serial)
    return found


def steps(world: World) -> list[tuple[str, str, str]]:
    """Give the steps of all serials: from, to, reason."""
    return [
        (change.before["status"], change.after["status"], change.action)
        for posting in world.journal
        for change in posting.changes
        if change.entity == "serial" and change.before and change.before["status"] != change.after["status"]
    ]


def invoiced(world: World, number: str = "I-1", **told: object) -> None:
    """Make an invoice over SN-1."""
    line = SaleLine("A", SCALE, 100 * SCALE, unit="SN-1")
    world.execute(IssueInvoice(key=number, site="london", number=number, lines=(line,), actor="ann", **told))  # type: ignore[arg-type]  # told is an expiry or a cart


def test_an_invoice_drives_it_from_available_to_delivered(world: World) -> None:
    """S2, S5: invoice created, paid in part, paid in full, delivered: each step with its reason, the part without."""
    invoiced(world)
    reserved = serial(world)
    world.execute(Pay(key="p1", invoice="I-1", amount=40 * SCALE))
    assert serial(world) == reserved
    world.execute(Pay(key="p2", invoice="I-1", amount=60 * SCALE))
    assert world.balance("A", State.SOLD) == SCALE
    world.execute(DeliverInvoice(key="d", invoice="I-1", delivery={"carrier": "post", "tracking": "T-1"}))

    assert steps(world) == [
        ("available", "reserved", "invoice_created"),
        ("reserved", "sold", "invoice_paid"),
        ("sold", "delivered", "delivered"),
    ]
    assert (reserved.reserved_by, reserved.document_type, reserved.document_id) == ("ann", "invoice", "I-1")
    assert serial(world).document_id == "I-1"
    assert not any(any(holding.balances) for holding in world.holdings("A"))


def test_a_cancelled_invoice_frees_it(world: World) -> None:
    """S2, S5: reserved goes back to available when the invoice is cancelled, and the serial is for nobody."""
    invoiced(world)

    world.execute(CancelInvoice(key="c", invoice="I-1"))

    assert steps(world)[-1] == ("reserved", "available", "invoice_cancelled")
    assert (serial(world).document_id, serial(world).reservation_id) == (None, None)
    assert world.balance("A") == SCALE


def test_an_expired_invoice_frees_it(world: World) -> None:
    """S2, S3: the expiry of an invoice's reservation cancels the invoice, and is the reason that is kept."""
    invoiced(world, expires_at=world.now + timedelta(seconds=9))
    assert serial(world).reserved_until == world.now + timedelta(seconds=9)
    world.pass_time(9)

    world.execute(ExpireReservation(key="e", reservation=serial(world).reservation_id or 0))

    assert steps(world)[-1] == ("reserved", "available", "reservation_expired")
    assert world.book.names["invoice", "I-1"].snapshot()["status"] == "cancelled"


def test_a_direct_sale_hands_it_over(world: World) -> None:
    """S2: what is sold at the counter goes from available to sold and, since it is handed over, to delivered."""
    world.execute(Sell(key="s", site="london", lines=UNIT, document_type="receipt", document_id="R-1"))

    assert steps(world) == [("available", "sold", "direct_sale"), ("sold", "delivered", "delivered")]
    assert (serial(world).document_type, serial(world).document_id) == ("receipt", "R-1")


@pytest.mark.parametrize("state", [State.AVAILABLE, State.QUARANTINE, State.DEFECTIVE])
def test_a_return_brings_it_back(world: World, state: State) -> None:
    """S2, C17: a delivered serial comes back by an explicit return, to the state that the line decides."""
    world.execute(Sell(key="s", site="london", lines=UNIT))

    world.execute(TakeBack(key="r", site="leeds", lines=(UNIT[0]._replace(state=state),)))

    assert steps(world)[-1] == ("delivered", "available", "returned")
    assert world.balance("A", state, site="leeds") == SCALE
    assert serial(world).document_id is None


def test_a_return_on_its_invoice_brings_it_back(world: World) -> None:
    """C17, S2: what was delivered on an invoice comes back on it once, and may be sold again."""
    invoiced(world)
    world.execute(Pay(key="p", invoice="I-1", amount=100 * SCALE))
    world.execute(DeliverInvoice(key="d", invoice="I-1"))
    back = TakeBackInvoice(key="r", invoice="I-1", site="london", lines=(UNIT[0]._replace(state=State.QUARANTINE),))
    world.execute(back)

    assert world.balance("A", State.QUARANTINE) == SCALE
    again = TakeBackInvoice(key="r2", invoice="I-1", site="london", lines=UNIT)
    assert world.refusal(again).code == "RETURN_TOO_LARGE"
    world.execute(
        Move(key="m", site="london", lines=UNIT, source=State.QUARANTINE, target=State.AVAILABLE, reason="ok")
    )
    invoiced(world, "I-2")
    assert serial(world).document_id == "I-2"


REFUSED: list[tuple[str, Command]] = [
    ("reserved", Sell(key="x", site="london", lines=UNIT)),
    ("reserved", Reserve(key="x", site="london", lines=UNIT)),
    ("reserved", DeliverInvoice(key="x", invoice="I-1")),
    ("reserved", TakeBack(key="x", site="london", lines=UNIT)),
    ("sold", Sell(key="x", site="london", lines=UNIT)),
    ("sold", Pay(key="x", invoice="I-1", amount=SCALE)),
    ("sold", TakeBack(key="x", site="london", lines=UNIT)),
    ("delivered", Sell(key="x", site="london", lines=UNIT)),
    ("delivered", DeliverInvoice(key="x", invoice="I-1")),
    ("delivered", CancelInvoice(key="x", invoice="I-1")),
    ("delivered", Receive(key="x", site="london", lines=UNIT)),
]


@pytest.mark.parametrize(("status", "command"), REFUSED, ids=lambda value: getattr(value, "kind", value))
def test_everything_else_is_refused(world: World, status: str, command: Command) -> None:
    """S2: no operation takes a serial where its table does not lead, and nothing changes."""
    invoiced(world)
    if status in {"sold", "delivered"}:
        world.execute(Pay(key="p", invoice="I-1", amount=100 * SCALE))
    if status == "delivered":
        world.execute(DeliverInvoice(key="d", invoice="I-1"))
    assert serial(world).status == status
    before = world.snapshot()

    world.refusal(command)

    assert world.snapshot() == before


def test_a_refused_step_tells_from_and_to(world: World) -> None:
    """S2: the refusal names the status that it has and the one that was asked for."""
    invoiced(world)
    world.execute(Pay(key="p", invoice="I-1", amount=100 * SCALE))
    world.execute(DeliverInvoice(key="d", invoice="I-1"))

    refused = world.refusal(DeliverInvoice(key="d2", invoice="I-1"))

    assert (refused.facts["from"], refused.facts["to"]) == ("delivered", "delivered")


def test_moving_it_about_changes_no_status(world: World) -> None:
    """S1: a serial that is transferred, in transit, in quarantine or on hold is still for nobody."""
    world.execute(Transfer(key="t", site="london", target="leeds", lines=UNIT))
    world.execute(Move(key="m", site="leeds", lines=UNIT, target=State.HOLD, reason="look"))

    assert steps(world) == []
    assert serial(world).status == "available"


def test_what_is_lost_is_gone(world: World) -> None:
    """S1: a serial that is written off is gone, and available when it is found."""
    lost = (UNIT[0]._replace(quantity=-SCALE),)
    world.execute(Adjust(key="a", site="london", lines=lost, reason="stolen"))
    assert serial(world).status == "gone"

    world.execute(Adjust(key="b", site="london", lines=UNIT, reason="found"))

    assert steps(world) == [("available", "gone", "corrected"), ("gone", "available", "corrected")]


def test_a_cart_becomes_the_invoice(world: World) -> None:
    """S6: the cart's reservation is the invoice's from then on; the serial says so, and did not come free between."""
    cart = world.execute(
        Reserve(
            key="cart",
            site="london",
            lines=UNIT,
            expires_at=world.now + timedelta(seconds=60),
            document_type="cart",
            document_id="s-7",
        )
    ).made("reservation")
    assert (serial(world).document_id, serial(world).status) == ("s-7", "reserved")

    invoiced(world, cart=cart)

    found = serial(world)
    assert (found.document_type, found.document_id, found.reserved_until) == ("invoice", "I-1", None)
    assert found.reservation_id == cart
    assert steps(world) == [("available", "reserved", "invoice_created")]
    world.pass_time(61)
    assert world.refusal(ExpireReservation(key="e", reservation=cart)).code == "RESERVATION_NOT_EXPIRED"


def test_a_unit_is_sold_once(world: World) -> None:
    """S4: a second invoice over the same serial is refused whole, its other lines too."""
    world.execute(Receive(key="more", site="london", lines=(Line("B", 5 * SCALE),)))
    invoiced(world)
    both = (SaleLine("B", SCALE, SCALE), SaleLine("A", SCALE, SCALE, unit="SN-1"))

    refused = world.refusal(IssueInvoice(key="2", site="london", lines=both))

    assert refused.code == "INSUFFICIENT_INVENTORY"
    assert world.balance("B") == 5 * SCALE


def test_a_grade_is_kept_with_its_serial(world: World) -> None:
    """S1: the condition changes without the status; a unit that was none becomes a serial as it stands."""
    world.execute(Receive(key="old", site="london", lines=(Line("A", SCALE, unit="SN-2"),)))

    world.execute(GradeSerial(key="g1", sku="A", unit="SN-1", condition="scratched"))
    world.execute(GradeSerial(key="g2", sku="A", unit="SN-2", condition="used"))

    assert (serial(world).condition, serial(world).status) == ("scratched", "available")
    assert (serial(world, "SN-2").condition, serial(world, "SN-2").status) == ("used", "available")


def test_undoing_goes_back_step_by_step(world: World) -> None:
    """P14, S2: each posting of a serial's life can be undone, and its status is the one before."""
    invoiced(world)
    pay = world.execute(Pay(key="p", invoice="I-1", amount=100 * SCALE))
    deliver = world.execute(DeliverInvoice(key="d", invoice="I-1"))

    world.execute(Revert(key="r1", number=deliver.number))
    assert serial(world).status == "sold"
    world.execute(Revert(key="r2", number=pay.number))
    assert serial(world).status == "reserved"
    assert world.book.names["invoice", "I-1"].snapshot()["paid"] == 0
    world.execute(Revert(key="r3", number=3))
    assert (serial(world).status, serial(world).reservation_id) == ("available", None)
    world.execute(Revert(key="r4", number=2))

    gone = next(entity for entity in world.book.entities.values() if isinstance(entity, Serial))
    assert gone.status == "gone"
    world.execute(ReceiveSerials(key="again", site="london", serials=(SerialLine("A", "SN-1", "new"),)))
    assert serial(world).status == "available"
