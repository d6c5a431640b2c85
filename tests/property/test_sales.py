"""The laws of invoices, orders, receipts and serials, on random lives."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.kernel.command import Command, Line
from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.cancel_order import CancelOrder
from onhand.kernel.commerce.commit_order import CommitOrder
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.fulfil_order import FulfilOrder
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.invoice_line import InvoiceLine
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.payment import Payment
from onhand.kernel.commerce.place_order import PlaceOrder
from onhand.kernel.commerce.receipt import Receipt
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.commerce.take_back_at_counter import TakeBackAtCounter
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.money import CENT
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.receive_serials import ReceiveSerials, SerialLine
from onhand.kernel.serials.serial import Serial
from onhand.kernel.states import State
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.transitions import TRANSITIONS
from tests.property.world import World, furnished, lines

UNITS = ("SN-1", "SN-2", "SN-3")
KINDS = ("invoice", "cart", "invoice_cart", "pay", "deliver", "cancel", "return", "refund", "sell", "take_back")
MORE = ("release", "transfer", "move", "revert", "revert", "cart_of_both", "counter_sale", "counter_return", "expire")
ORDERS = (
    "order",
    "pay_order",
    "go_on",
    "go_on",
    "go_on",
    "go_on",
    "fulfil_order",
    "commit_order",
    "cancel_order",
    "refund_order",
)
LIVES = st.lists(
    st.tuples(
        st.sampled_from((*KINDS, "invoice", "pay", "deliver", *MORE, *ORDERS)), st.integers(0, 11), st.integers(1, 3)
    ),
    min_size=10,
    max_size=40,
)


def command_of(world: World, kind: str, choice: int, size: int, key: str) -> Command:
    """Make the command of an act, as things stand."""
    unit = UNITS[choice % 3]
    number = f"I-{choice % 4}"
    line = Line("S", SCALE, unit=unit)
    held = [entity for entity in world.book.entities.values() if isinstance(entity, Reservation)]
    reservation = held[choice % len(held)].id if held else 999
    site = ("london", "leeds")[choice % 2]
    sold = (SaleLine("S", SCALE, 10 * SCALE, 20 * SCALE, unit=unit), SaleLine("A", size * SCALE, 333_333, 7 * SCALE))
    match kind:
        case "invoice":
            return IssueInvoice(key=key, site="london", number=number, lines=sold[: 1 + choice % 2])
        case "cart":
            return Reserve(key=key, site="london", lines=(line,))
        case "invoice_cart":
            return IssueInvoice(key=key, site="london", number=number, lines=sold[:1], cart=reservation)
        case "cart_of_both":
            return Reserve(
                key=key,
                site="london",
                lines=(line, Line("A", size * SCALE)),
                expires_at=world.now + timedelta(seconds=size),
            )
        case "expire":
            return ExpireReservation(key=key, reservation=reservation)
        case "counter_sale":
            return SellAtCounter(
                key=key, site=site, lines=(line, Line("A", size * SCALE)), prices=(10 * SCALE, 333_333)
            )
        case "counter_return":
            return TakeBackAtCounter(key=key, site=site, lines=(Line("A", size * SCALE),), prices=(333_333,))
        case _ if kind in ORDERS:
            return order_command(world, kind, choice, size, key)
        case "pay":
            return Pay(key=key, invoice=number, amount=size * 5 * SCALE)
        case "deliver":
            return DeliverInvoice(key=key, invoice=number, lines=(line,) if choice % 2 else ())
        case "cancel":
            return CancelInvoice(key=key, invoice=number)
        case "return":
            return TakeBackInvoice(key=key, invoice=number, site=site, lines=(line,))
        case "refund":
            return Refund(key=key, invoice=number, amount=size * 5 * SCALE)
        case "sell":
            return Sell(key=key, site=site, lines=(line,))
        case "take_back":
            return TakeBack(key=key, site=site, lines=(line._replace(state=State.DEFECTIVE),))
        case "release":
            return ReleaseReservation(key=key, reservation=reservation)
        case "transfer":
            return Transfer(key=key, site=site, target=("leeds", "london")[choice % 2], lines=(line,))
        case "move":
            states = (State.AVAILABLE, State.HOLD, State.DEFECTIVE)
            source, target = states[choice % 3], states[(choice + 1) % 3]
            return Move(key=key, site="london", lines=(line,), source=source, target=target, reason="moved")
        case _:
            return Revert(key=key, number=max(1, len(world.journal) - choice // 3), cascade=choice % 2 == 0)


def order_command(world: World, kind: str, choice: int, size: int, key: str) -> Command:
    """Make the command of an act on an order; it is placed on a reservation that is there, over what that holds."""
    number = f"O-{choice % 2}"
    found = world.book.names.get(("sales_order", number))
    if kind == "go_on" and isinstance(found, SalesOrder):
        kind = {"placed": "pay_order", "paid": "fulfil_order", "fulfilled": "commit_order"}.get(found.status, "order")
    match kind:
        case "order" | "go_on":
            open_ones = [
                entity for entity in world.book.entities.values() if isinstance(entity, Reservation) and entity.lines
            ]
            if not open_ones:
                return FulfilOrder(key=key, order=number)
            cart = open_ones[choice % len(open_ones)]
            places = [(world.book.holdings[part.holding_id].place, part.quantity) for part in cart.lines]
            told = tuple(
                SaleLine(place.sku, quantity, 333_333, (5_500_000, 19_000_000)[choice % 2], unit=place.unit)
                for place, quantity in places
            )
            return PlaceOrder(key=key, number=number, reservations=(cart.id,), lines=told)
        case "pay_order":
            due = found.gross - found.paid if isinstance(found, SalesOrder) else CENT
            return Pay(key=key, order=number, amount=due if size > 1 else CENT)
        case "fulfil_order":
            return FulfilOrder(key=key, order=number)
        case "commit_order":
            return CommitOrder(key=key, order=number)
        case "cancel_order":
            return CancelOrder(key=key, order=number)
        case _:
            return Refund(key=key, order=number, amount=size * CENT)


def lived(life: list[tuple[str, int, int]]) -> World:
    """Let three serials and some pieces go through a life; what is refused changes nothing."""
    world = furnished(skus=("A", "S"))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 9))))
    world.execute(ReceiveSerials(key="po-S", site="london", serials=tuple(SerialLine("S", unit) for unit in UNITS)))
    for turn, (kind, choice, size) in enumerate(life):
        world.pass_time(1)
        before = world.snapshot()
        try:
            world.execute(command_of(world, kind, choice, size, f"turn {turn}"))
        except Refused:
            assert world.snapshot() == before
    return world


LAW = settings(max_examples=120, deadline=None)


@LAW
@given(LIVES)
def test_a_serial_is_where_its_status_says(life: list[tuple[str, int, int]]) -> None:
    """S2: whatever is done and undone, a serial is reserved, sold or available exactly where its unit stands so."""
    world = lived(life)

    for serial in [entity for entity in world.book.entities.values() if isinstance(entity, Serial)]:
        holdings = world.book.unit_places.get(serial.unit_id, [])
        states = [state for holding in holdings for state in State if holding.balances[state]]
        assert len(states) <= 1
        match states:
            case []:
                assert serial.status in {"delivered", "gone"}
            case [State.RESERVED]:
                assert serial.status == "reserved"
            case [State.SOLD]:
                assert serial.status == "sold"
            case _:
                assert serial.status == "available"
        assert (serial.status == "reserved") == (serial.reservation_id is not None)


@LAW
@given(LIVES)
def test_every_step_is_one_of_the_table(life: list[tuple[str, int, int]]) -> None:
    """C1, S2: each change of a status in the journal is a step of its table, but for what an undoing sets back."""
    world = lived(life)

    for posting in world.journal:
        for change in posting.changes:
            if change.entity in TRANSITIONS and change.before is not None and change.action != "reverted":
                source, target = change.before["status"], change.after["status"]
                assert source == target or target in TRANSITIONS[change.entity][source]


@LAW
@given(LIVES)
def test_reserved_and_sold_are_what_documents_say(life: list[tuple[str, int, int]]) -> None:
    """S4, C1: units reserved are the sum of open reservations, units sold of paid invoices, holding by holding."""
    world = lived(life)

    bound: dict[tuple[int, State], int] = {}
    for entity in world.book.entities.values():
        if isinstance(entity, Reservation):
            for line in entity.lines:
                bound[line.holding_id, State.RESERVED] = bound.get((line.holding_id, State.RESERVED), 0) + line.quantity
        if isinstance(entity, Invoice):
            for line in entity.sold or ():
                bound[line.holding_id, State.SOLD] = bound.get((line.holding_id, State.SOLD), 0) + line.quantity
    for holding in world.book.holdings.values():
        for state in (State.RESERVED, State.SOLD):
            assert holding.balances[state] == bound.get((holding.id, state), 0)


@LAW
@given(LIVES)
def test_a_unit_is_on_at_most_one_open_document(life: list[tuple[str, int, int]]) -> None:
    """S4: no unit is on two open invoices, and what an open invoice or order holds is on no other reservation."""
    world = lived(life)

    entities = world.book.entities.values()
    on_invoices = [line.unit_id for line in entities if isinstance(line, InvoiceLine) and line.is_open and line.unit_id]
    assert len(on_invoices) == len(set(on_invoices))
    held = [
        world.book.holdings[line.holding_id].key.unit_id
        for entity in entities
        if isinstance(entity, Reservation)
        for line in entity.lines
    ]
    units = [unit for unit in held if unit is not None]
    assert len(units) == len(set(units))


@LAW
@given(LIVES)
def test_money_adds_up(life: list[tuple[str, int, int]]) -> None:
    """S5, C14: what is paid is the sum of the payments, never above gross; an invoice is the sum of its lines."""
    world = lived(life)

    entities = list(world.book.entities.values())
    for invoice in [entity for entity in entities if isinstance(entity, Invoice)]:
        payments = [entity for entity in entities if isinstance(entity, Payment) and entity.invoice_id == invoice.id]
        rows = [entity for entity in entities if isinstance(entity, InvoiceLine) and entity.invoice_id == invoice.id]
        assert invoice.paid == sum(payment.amount for payment in payments)
        assert 0 <= invoice.paid <= invoice.gross
        assert [invoice.net, invoice.vat, invoice.gross] == [
            sum(getattr(row, name) for row in rows) for name in ("net", "vat", "gross")
        ]
        assert invoice.status != "paid" or invoice.paid == invoice.gross


@LAW
@given(LIVES)
def test_money_of_orders_and_receipts_adds_up(life: list[tuple[str, int, int]]) -> None:
    """C14, C5: an order has its payments and no more, and is handed over paid; its rates, and a receipt's, make it."""
    world = lived(life)

    entities = list(world.book.entities.values())
    for document in [entity for entity in entities if isinstance(entity, SalesOrder | Receipt)]:
        for name in ("net", "vat", "gross"):
            assert getattr(document, name) == sum(getattr(rate, name) for rate in document.rates)
        assert document.net + document.vat == document.gross
    for order in [entity for entity in entities if isinstance(entity, SalesOrder)]:
        assert order.paid == sum(
            one.amount for one in entities if isinstance(one, Payment) and one.order_id == order.id
        )
        assert 0 <= order.paid <= order.gross
        assert order.status not in {"paid", "fulfilled"} or order.paid == order.gross
    numbers = sorted(entity.number for entity in entities if isinstance(entity, Receipt))
    assert numbers == list(range(1, len(numbers) + 1))


@LAW
@given(LIVES)
def test_an_open_order_holds_its_goods(life: list[tuple[str, int, int]]) -> None:
    """C5: while an order is open its reservations hold exactly its lines; once it is over they hold nothing."""
    world = lived(life)

    for order in [entity for entity in world.book.entities.values() if isinstance(entity, SalesOrder)]:
        held = [
            (world.book.holdings[part.holding_id].place.sku, part.quantity)
            for number in order.reservations
            for part in world.book.reservation(number).lines
            if world.book.reservation(number).owner_id == order.id
        ]
        is_open = order.status in {"placed", "paid", "fulfilled"}
        assert sorted(held) == (sorted((line.sku, line.quantity) for line in order.ordered) if is_open else [])
