"""The catalogue of refusals: each code can be provoked, tells its facts, and reads as a sentence."""

import asyncio
import pickle
from collections.abc import Callable
from datetime import timedelta
from string import Formatter

import pytest

from onhand.kernel.accounts.create_key import CreateKey
from onhand.kernel.accounts.define_user import DefineUser
from onhand.kernel.accounts.revoke_key import RevokeKey
from onhand.kernel.catalog.define_variants import DefineVariants
from onhand.kernel.command import LINES_MAX, Line
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.commerce.take_back_invoice import TakeBackInvoice
from onhand.kernel.lots.acknowledge_alert import AcknowledgeAlert
from onhand.kernel.lots.cost_steps import parse_cost
from onhand.kernel.lots.set_lot_costs import SetLotCosts
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.kernel.lots.set_lot_status import SetLotStatus
from onhand.kernel.lots.take_in import TakeIn
from onhand.kernel.offline.sync_sale import SyncSale
from onhand.kernel.planning.receive_incoming import ReceiveIncoming
from onhand.kernel.promises.claim_reservations import ClaimReservations
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.line import WAITING_MAX
from onhand.kernel.promises.offer_reservation import OfferReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import QUANTITY_MAX, SCALE, parse_quantity
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.recipes.measures import parse_ratio
from onhand.kernel.recipes.void_deduction import VoidDeduction
from onhand.kernel.refusals import CATALOGUE, Refused
from onhand.kernel.serials.grade_serial import GradeSerial
from onhand.kernel.serials.repair_serial import RepairSerial
from onhand.kernel.stock import refusals as core
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.define import Define, ItemLine, ProductLine
from onhand.kernel.stock.product import OptionValue
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.webhooks.create_webhook import CreateWebhook
from onhand.kernel.webhooks.disable_webhook import DisableWebhook
from onhand.kernel.webhooks.targets import check_target, read_target
from onhand.ledger.asking import Asking
from onhand.ledger.commerce.counter import Counter
from tests.kernel.pieces import provoked_pieces as pieces
from tests.property.kitchen import deduct, define_recipe, map_ingredients
from tests.property.world import World, furnished, lines


def stocked() -> World:
    """Make a world: posting 2 brought ten of A and the unit SN-1, posting 3 reserved four."""
    world = furnished()
    world.execute(
        Receive(key="po", site="london", lines=(*lines(("A", 10)), Line("B", SCALE, unit="SN-1")), reason="first order")
    )
    world.execute(Reserve(key="cart", site="london", lines=lines(("A", 4)), document_type="cart", document_id="c-1"))
    return world


def _reservation(world: World) -> int:
    return world.journal[2].made("reservation")


def _sell(world: World, *parts: Line, key: str = "sale", site: str = "london") -> None:
    world.execute(Sell(key=key, site=site, lines=parts))


def _reused_key(world: World) -> None:
    _sell(world, Line("A", SCALE), key="po")


def _released_twice(world: World) -> None:
    for key in ("1", "2"):
        world.execute(ReleaseReservation(key=key, reservation=_reservation(world)))


def _reverted_twice(world: World) -> None:
    for key in ("1", "2"):
        world.execute(Revert(key=key, number=3))


def _received_again(world: World) -> None:
    world.execute(Receive(key="again", site="london", lines=(Line("B", SCALE, unit="SN-1"),)))


def _to_the_same_place(world: World) -> None:
    world.execute(Transfer(key="t", site="london", target="london", lines=lines(("A", 1))))


def croffle(world: World) -> World:
    """Make one A the only ingredient of the product P."""
    world.execute(Receive(key="apples", site="london", lines=lines(("A", 1))))
    define_recipe(world, "P", Ingredient("Apple", "1"))
    map_ingredients(world, ("Apple", "piece", "A"))
    return world


def _deducted_twice(world: World) -> None:
    croffle(world)
    for key in ("1", "2"):
        deduct(world, "P", key=key, transaction="t-1")


def _voided_twice(world: World) -> None:
    croffle(world)
    deduct(world, "P", transaction="t-1")
    for key in ("1", "2"):
        world.execute(VoidDeduction(key=key, site="london", transaction="t-1", reason="wrong table"))


def _a_lot(world: World, status: str = "LIVE") -> None:
    world.execute(Receive(key="lot", site="london", lines=lines(("A", 2, "L-1")), expires_on=world.now.date()))
    if status != "LIVE":
        world.execute(SetLotStatus(key="status", sku="A", lot="L-1", status=status, reason="looked at"))


def _taken_in_differently(world: World) -> None:
    for number, grade in enumerate(("A", "B")):
        told = {"vendor": "V", "brand": "B", "product": "P", "category": "C", "site": "london", "lot": "L-1"}
        world.execute(TakeIn(key=f"intake-{number}", quantity=SCALE, grade=grade, **told))  # type: ignore[arg-type]  # all are text


def _same_webhook_twice(world: World) -> None:
    for key in ("w-1", "w-2"):
        world.execute(CreateWebhook(key=key, name="books", url="https://example.com/"))


def _same_key_twice(world: World) -> None:
    for key in ("1", "2"):
        world.execute(CreateKey(key=key, name="till", role="clerk", key_hash="0" * 64))


def _cost_mode_after_sale(world: World) -> None:
    _a_lot(world)
    world.execute(SetLotCosts(key="c1", sku="A", lot="L-1", cost_mode="FIXED", unit_cost=SCALE, reason="as invoiced"))
    _sell(world, *lines(("A", 1, "L-1")))
    world.execute(
        SetLotCosts(key="c2", sku="A", lot="L-1", cost_mode="RANGE", cost_min=0, cost_max=SCALE, reason="as invoiced")
    )


def _close_with_goods(world: World) -> None:
    _a_lot(world, "CLOSED")


def _receive_into_closed(world: World) -> None:
    _a_lot(world)
    world.execute(Adjust(key="gone", site="london", lines=lines(("A", -2, "L-1")), reason="fire"))
    world.execute(SetLotStatus(key="close", sku="A", lot="L-1", status="CLOSED", reason="nothing left"))
    world.execute(Receive(key="more", site="london", lines=lines(("A", 1, "L-1"))))


def _sell_on_hold(world: World) -> None:
    _a_lot(world, "ON_HOLD")
    _sell(world, *lines(("A", 1, "L-1")))


def _sell_expired(world: World) -> None:
    _a_lot(world)
    world.pass_time(24 * 3600)
    _sell(world, *lines(("A", 1, "L-1")))


PROVOKED: dict[str, tuple[Callable[[World], object], str]] = {
    "INVALID_COMMAND": (
        lambda world: world.execute(Revert(key="r", number=0)),
        "The request is not well formed: number is not a whole number from 1.",
    ),
    "INVALID_TEXT": (
        lambda world: _sell(world, Line("A\x00", 1)),
        "sku is not acceptable text: it holds the character U+0000.",
    ),
    "INVALID_TIME": (
        lambda world: world.execute(Reserve(key="r", site="london", lines=lines(("A", 1)), expires_at=world.now)),
        "expires_at is not an acceptable time: it has passed.",
    ),
    "INVALID_QUANTITY": (lambda _: parse_quantity("1e3"), "'1e3' is not a quantity."),
    "NEGATIVE_QUANTITY": (lambda world: _sell(world, Line("A", -SCALE)), "-1 is not above zero."),
    "QUANTITY_TOO_LARGE": (
        lambda world: world.execute(Receive(key="r", site="london", lines=(Line("A", QUANTITY_MAX),))),
        "9000000000010 is more than 9000000000000.",
    ),
    "TOO_MANY_LINES": (
        lambda world: _sell(world, *[Line("A", 1)] * (LINES_MAX + 1)),
        "10001 lines are more than 10000.",
    ),
    "IDEMPOTENCY_KEY_REUSED": (_reused_key, "The key po was used for other content in posting 2."),
    "UNKNOWN_SITE": (lambda world: _sell(world, Line("A", 1), site="paris"), "There is no site paris."),
    "UNKNOWN_LOCATION": (
        lambda world: _sell(world, Line("A", 1, location="R-9")),
        "There is no location R-9 in site london.",
    ),
    "UNKNOWN_ITEM": (lambda world: _sell(world, Line("a", 1)), "There is no item a."),
    "BATCH_NOT_FOUND": (lambda world: _sell(world, Line("A", 1, lot="L-9")), "There is no lot L-9 of item A."),
    "UNIT_NOT_FOUND": (lambda world: _sell(world, Line("A", 1, unit="SN-1")), "There is no unit SN-1 of A."),
    "UNIT_ALREADY_EXISTS": (_received_again, "The unit SN-1 exists already."),
    "RESERVATION_NOT_FOUND": (
        lambda world: world.execute(ReleaseReservation(key="r", reservation=1)),
        "There is no reservation 1.",
    ),
    "TRANSFER_NOT_FOUND": (lambda world: world.execute(Arrive(key="r", transfer=1)), "There is no transfer 1."),
    "POSTING_NOT_FOUND": (lambda world: world.execute(Revert(key="r", number=99)), "There is no posting 99."),
    "VERSION_CONFLICT": (
        lambda world: _sell(world, Line("A", 1, version=1)),
        "Version 1 was expected of holding A, version 2 is there.",
    ),
    "MEASURE_FIXED": (
        lambda world: world.execute(Define(key="m", items=(ItemLine("A", measure="kg"),))),
        "Item A is kept at london, so its measure stays piece.",
    ),
    "REASON_REQUIRED": (
        lambda world: world.execute(Adjust(key="r", site="london", lines=lines(("A", 1)))),
        "A reason is required.",
    ),
    "SAME_PLACE": (_to_the_same_place, "Source and target are the same."),
    "INVALID_STATUS_TRANSITION": (_released_twice, "reservation 12 is released, so it cannot become released."),
    "RESERVATION_NOT_EXPIRED": (
        lambda world: world.execute(ExpireReservation(key="r", reservation=_reservation(world))),
        "Reservation 12 is valid until it is released.",
    ),
    "NOT_REVERTIBLE": (
        lambda world: world.execute(Revert(key="r", number=1)),
        "Posting 1 cannot be undone: it changed the catalogue; define it anew.",
    ),
    "ALREADY_REVERTED": (_reverted_twice, "Posting 3 was undone by posting 4."),
    "REVERT_BLOCKED": (
        lambda world: world.execute(Revert(key="r", number=2)),
        (
            "Posting 2 cannot be undone; later postings stand in the way: "
            "posting 3, kind reserve, by somebody, at 2026-01-31T12:00:00.000000+00:00, document c-1."
        ),
    ),
    "COUNTED_BELOW_PROMISED": (
        lambda world: world.execute(Count(key="c", site="london", lines=lines(("A", 3)))),
        "Less was counted than is promised: site london, sku A, counted 3, promised 4.",
    ),
    "INVALID_RATIO": (lambda _: parse_ratio("1/0"), "'1/0' is not an amount."),
    "UNKNOWN_PRODUCT": (lambda world: deduct(world, "TEA"), "There is no product TEA."),
    "RECIPE_MISSING": (
        lambda world: (world.execute(Define(key="d", products=(ProductLine("P"),))), deduct(world, "P")),
        "There is no recipe for P.",
    ),
    "RECIPE_CYCLE": (
        lambda world: define_recipe(world, "P", Ingredient("P", "1", is_product=True)),
        "The recipe of P would need itself: P > P.",
    ),
    "UNIT_NOT_CONVERTIBLE": (
        lambda world: map_ingredients(world, ("Butter", "g", "A")),
        "g cannot be converted to piece.",
    ),
    "MAPPING_MISSING": (
        lambda world: (define_recipe(world, "P", Ingredient("Butter", "1", "g")), deduct(world, "P")),
        "At london there is no item for Butter (g).",
    ),
    "TRANSACTION_EXISTS": (_deducted_twice, "Transaction t-1 of london was deducted before."),
    "TRANSACTION_NOT_FOUND": (
        lambda world: world.execute(VoidDeduction(key="v", site="london", transaction="t-9", reason="r")),
        "There is no transaction t-9 at london.",
    ),
    "ALREADY_VOIDED": (_voided_twice, "Transaction t-1 of london is voided already."),
    "OFFLINE_SALE_NOT_FOUND": (
        lambda world: world.execute(SyncSale(key="s", offline_sale=1)),
        "There is no offline sale 1.",
    ),
    "INSUFFICIENT_INGREDIENTS": (
        lambda world: deduct(croffle(world), ("P", 8)),
        "Not enough ingredients: P - Apple: Need 8, Have 7 (Short: 1).",
    ),
    "INSUFFICIENT_INVENTORY": (
        lambda world: _sell(world, *lines(("A", 7))),
        "Not enough stock: A at london: need 7, have 6.",
    ),
    **pieces.PROVOKED,
    "INVALID_COST": (
        lambda _: parse_cost("1.005", "unit_cost"),
        "unit_cost is not acceptable: '1.005' is no amount with at most two decimals.",
    ),
    "INVALID_METADATA": (
        lambda _: SetLotMetadata(key="m", sku="A", lot="L", metadata={"thc": "100.1"}),
        "The metadata is not acceptable: field thc, detail '100.1' is not from 0 to 100.",
    ),
    "ALERT_NOT_FOUND": (lambda world: world.execute(AcknowledgeAlert(key="a", alert=1)), "There is no alert 1."),
    "INTAKE_CONTRADICTS": (_taken_in_differently, "grade is known as A, so it cannot be taken in as B."),
    "USER_NOT_FOUND": (
        lambda world: world.execute(DefineUser(key="u", user="bob", role="clerk", retired=True)),
        "There is no user bob.",
    ),
    "KEY_NOT_FOUND": (lambda world: world.execute(RevokeKey(key="k", api_key=99)), "There is no API key 99."),
    "KEY_EXISTS": (_same_key_twice, "This API key is known already."),
    "WEBHOOK_TARGET_FORBIDDEN": (
        lambda _: check_target(read_target("http://example.com/")),
        "The address of the webhook cannot be called: only https is allowed.",
    ),
    "WEBHOOK_NOT_FOUND": (
        lambda world: world.execute(DisableWebhook(key="w", webhook=99)),
        "There is no webhook 99.",
    ),
    "WEBHOOK_EXISTS": (_same_webhook_twice, "There is a webhook books already."),
    "VALUE_TOO_LARGE": (
        lambda world: world.execute(
            Receive(key="dear", site="london", lines=(Line("A", 2 * QUANTITY_MAX // 3, unit_cost=2 * SCALE),))
        ),
        "The value that it would lead to is more than 9000000000000.",
    ),
    "COST_MODE_FIXED": (
        _cost_mode_after_sale,
        "Lot L-1 of item A was sold from in posting 6, so its cost mode stays FIXED.",
    ),
    "LOT_NOT_EMPTY": (_close_with_goods, "Lot L-1 of item A still has 2, so it cannot become CLOSED."),
    "LOT_CLOSED": (_receive_into_closed, "Lot L-1 of item A is closed."),
    "LOT_NOT_FOR_SALE": (_sell_on_hold, "Lot L-1 of item A is ON_HOLD, so nothing of it can be sold."),
    "LOT_EXPIRED": (_sell_expired, "The last good day of lot L-1 of item A was 2026-01-31."),
}


def _wait(world: World, key: str, **told: int) -> int:
    return world.execute(
        Reserve(key=key, site="london", lines=lines(("A", 7)), hold_seconds=60, **told)  # type: ignore[arg-type]  # told is a priority
    ).made("reservation")


def _overtaking(world: World) -> None:
    _wait(world, "1")
    world.execute(Reserve(key="2", site="london", lines=lines(("A", 1))))


def _out_of_turn(world: World) -> None:
    _wait(world, "1")
    world.execute(OfferReservation(key="3", reservation=_wait(world, "2")))


def _in_a_full_line(world: World) -> None:
    for number in range(WAITING_MAX + 1):
        _wait(world, str(number))


def _due(world: World) -> int:
    posting = world.execute(
        Reserve(
            key="due",
            site="london",
            lines=(Line("B", SCALE, unit="SN-1"),),
            expires_at=world.now + timedelta(seconds=1),
        )
    )
    world.pass_time(1)
    return posting.made("reservation")


def _claimed_by_another(world: World) -> None:
    due = _due(world)
    world.execute(ClaimReservations(key="c", worker="w-1", reservations=(due,)))
    world.execute(ExpireReservation(key="e", reservation=due, claimant="w-2"))


PROVOKED |= {
    "OTHERS_WAIT": (_overtaking, "1 wait for A at london already."),
    "WAITING_LINE_FULL": (_in_a_full_line, "No more than 1000 can wait for A at london."),
    "NOT_NEXT_IN_LINE": (_out_of_turn, "Reservation 15 has 1 before it in the line for A at london."),
    "NOTHING_TO_CLAIM": (
        lambda world: world.execute(ClaimReservations(key="c", worker="w-1", reservations=(_reservation(world), 99))),
        "None of the 2 reservations can be claimed.",
    ),
    "RESERVATION_CLAIMED": (
        _claimed_by_another,
        "Reservation 13 was claimed by w-1 until 2026-01-31T12:01:01.000000+00:00.",
    ),
}


class _NoReceipts:
    """A store in which nothing was ever sold."""

    def __init__(self) -> None:
        """Be the reading of the shop as well."""
        self.shop = self

    async def receipt(self, number: int) -> None:
        """Find no receipt."""


def _taken_barcode(world: World) -> None:
    for sku in ("A", "B"):
        world.execute(Define(key=sku, items=(ItemLine(sku, barcode="5010029"),)))


def _vanishing_variant(world: World) -> None:
    size = OptionValue("size", "S")
    world.execute(DefineVariants(key="1", product="T", options=(size,)))
    world.execute(Receive(key="2", site="london", lines=lines(("T-S", 2))))
    world.execute(DefineVariants(key="3", product="T", options=(size._replace(value="M"),)))


PROVOKED |= {
    "PURCHASE_NOT_FOUND": (
        lambda world: world.execute(ReceiveIncoming(key="r", purchase=1)),
        "There is no purchase 1.",
    ),
    "RECEIPT_NOT_FOUND": (
        lambda _: asyncio.run(Counter(None, Asking(_NoReceipts(), 1)).get_receipt(7)),  # type: ignore[arg-type]  # asks no more
        "There is no receipt 7.",
    ),
    "CHECK_DIGIT_WRONG": (
        lambda world: world.execute(Define(key="b", items=(ItemLine("A", barcode="4006381333932"),))),
        "The barcode 4006381333932 is misread or misspelt: its last digit should be 1.",
    ),
    "BARCODE_TAKEN": (_taken_barcode, "The barcode 5010029 stands for item A."),
    "PRICE_UNKNOWN": (
        lambda world: world.execute(SellAtCounter(key="s", site="london", lines=lines(("A", 1)))),
        "There is no price for A.",
    ),
    "VARIANT_HAS_STOCK": (
        _vanishing_variant,
        "Variants that would vanish still have stock: sku T-S, site london, left 2.",
    ),
}


def _invoice(world: World, key: str = "i", *, quantity: int = 1, **told: object) -> None:
    world.execute(Receive(key=f"more for {key}", site="london", lines=lines(("A", 5))))
    command: dict[str, object] = {"number": "I-1", **told}
    sold = (SaleLine("A", quantity * SCALE, SCALE),)
    world.execute(IssueInvoice(key=key, site="london", lines=sold, **command))  # type: ignore[arg-type]  # told is a number, customer or cart


def _delivered(world: World) -> None:
    _invoice(world)
    world.execute(Pay(key="p", invoice="I-1", amount=SCALE))
    world.execute(DeliverInvoice(key="d", invoice="I-1"))


def _committed_by_hand(world: World) -> None:
    _invoice(world)
    world.execute(CommitReservation(key="c", reservation=world.journal[-1].made("reservation")))


def _overpaid(world: World) -> None:
    _invoice(world)
    world.execute(Pay(key="p", invoice="I-1", amount=2 * SCALE))


def _returned_twice(world: World) -> None:
    _delivered(world)
    for key in ("1", "2"):
        world.execute(TakeBackInvoice(key=key, invoice="I-1", site="london", lines=lines(("A", 1))))


def _numbered_twice(world: World) -> None:
    _invoice(world)
    _invoice(world, "again")


def _there_twice(world: World) -> None:
    world.execute(GradeSerial(key="g", sku="B", unit="SN-1", condition="new"))
    world.execute(TakeBack(key="t", site="leeds", lines=(Line("B", SCALE, unit="SN-1"),)))


PROVOKED |= {
    "UNKNOWN_CUSTOMER": (lambda world: _invoice(world, customer="ann"), "There is no customer ann."),
    "DOCUMENT_NOT_FOUND": (
        lambda world: world.execute(Pay(key="p", invoice="I-9", amount=10_000)),
        "There is no invoice I-9.",
    ),
    "DOCUMENT_EXISTS": (_numbered_twice, "There is an invoice I-1 already."),
    "RESERVATION_OWNED": (
        _committed_by_hand,
        "Reservation 14 belongs to invoice I-1, so it is not committed by itself.",
    ),
    "RESERVATION_DIFFERS": (
        lambda world: _invoice(world, cart=_reservation(world)),
        "Reservation 12 holds something else than the lines: 4 of A, not 1.",
    ),
    "PAYMENT_TOO_LARGE": (_overpaid, "2.00 is more than the 1.00 that is due on invoice I-1."),
    "RETURN_TOO_LARGE": (_returned_twice, "No more than 0 of A can come back on invoice I-1."),
    "NOTHING_TO_REPAIR": (
        lambda world: world.execute(RepairSerial(key="r", sku="B", unit="SN-1", reason="check")),
        "There is nothing to repair on unit SN-1.",
    ),
    "SERIAL_NOT_WHOLE": (_there_twice, "The serial SN-1 would be there 2 times."),
}


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_code_is_reachable(code: str) -> None:
    """L6: every code of the catalogue is provoked here, tells all its facts and no others, and changes nothing."""
    provoke, sentence = PROVOKED[code]
    world = stocked()

    with pytest.raises(Refused) as caught:
        provoke(world)

    assert caught.value.code == code
    assert set(caught.value.facts) == set(CATALOGUE[code].facts)
    assert str(caught.value) == sentence
    assert world.balance("A") >= 6 * SCALE


def test_no_case_is_for_a_code_that_is_gone() -> None:
    """The cases above and the catalogue are the same codes."""
    assert PROVOKED.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_each_entry_is_well_formed(entry: object) -> None:
    """L6: a sentence names only facts that its code has, ends as a sentence, and the explanation is one too."""
    assert entry in CATALOGUE.values()
    told = next(known for known in CATALOGUE.values() if known is entry)

    named = [name for _, name, _, _ in Formatter().parse(told.sentence) if name is not None]

    assert set(named) <= set(told.facts)
    assert len(set(told.facts)) == len(told.facts)
    assert told.code == told.code.upper()
    for text in (told.sentence, told.explanation):
        assert text.isascii()
        assert text.endswith(".")


def test_the_precedence_is_written_down() -> None:
    """What is wrong with the request comes before what is unknown, and that before what cannot be done."""
    order = list(CATALOGUE)

    assert order[0] == "INVALID_COMMAND"
    assert order.index("TOO_MANY_LINES") < order.index("IDEMPOTENCY_KEY_REUSED") < order.index("UNKNOWN_SITE")
    assert order.index("POSTING_NOT_FOUND") < order.index("VERSION_CONFLICT") < order.index("REASON_REQUIRED")
    assert core.ENTRIES[-1].code == "INSUFFICIENT_INVENTORY"
    assert order[: len(core.ENTRIES)] == [entry.code for entry in core.ENTRIES]


def test_a_refusal_travels() -> None:
    """A refusal keeps its code and facts when it is sent to another process, and names of facts may be keywords."""
    refused = Refused("INVALID_STATUS_TRANSITION", **{"entity": "reservation 7", "from": "active", "to": "pending"})

    copied = pickle.loads(pickle.dumps(refused))  # noqa: S301 - made in the same line

    assert (copied.code, copied.facts, str(copied)) == (refused.code, refused.facts, str(refused))
    assert str(copied) == "reservation 7 is active, so it cannot become pending."


def test_facts_cannot_format_themselves() -> None:
    """T15: braces in what somebody sent are text."""
    assert str(Refused("UNKNOWN_SITE", site="{0.__class__} {site}")) == "There is no site {0.__class__} {site}."


def test_an_empty_define_is_no_refusal() -> None:
    """Control: what is refused above is refused for its own reason, since an act without content passes."""
    assert stocked().execute(Define(key="nothing")).changes == ()
