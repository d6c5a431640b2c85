"""Lots: their statuses, what may be sold of them, what makes them sold out and live again, and their recall."""

from datetime import date, timedelta

import pytest

from onhand.kernel.command import Command
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.recall_lot import RecallLot
from onhand.kernel.lots.release_lot import ReleaseLot
from onhand.kernel.lots.set_lot_status import SetLotStatus
from onhand.kernel.posting import Posting
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from tests.property.world import World, furnished, lines

FOR_SALE = ("LIVE", "PHOTOGRAPHY_COMPLETE")
BLOCKED = ("AWAITING_INTAKE", "ON_HOLD", "QUARANTINED")


def stocked(status: str = "LIVE", *, expires_on: date | None = None) -> World:
    """Make a world whose item A lies in lot L-1 with some status, ten units in london."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10, "L-1")), expires_on=expires_on))
    if status != "LIVE":
        give(world, status)
    return world


def give(world: World, status: str) -> Posting:
    """Give the lot a status."""
    key = f"status-{len(world.journal)}"
    return world.execute(SetLotStatus(key=key, sku="A", lot="L-1", status=status, reason="looked at"))


def status(world: World) -> str:
    """Give the status of the lot."""
    return lot(world).status


def lot(world: World) -> Lot:
    """Give the lot."""
    (found,) = [entity for entity in world.book.entities.values() if isinstance(entity, Lot)]
    return found


def sell(quantity: int, code: str | None = None) -> Sell:
    """Make the command that sells so much of A, of a lot or as the ledger picks."""
    return Sell(key=f"sell-{quantity}-{code}", site="london", lines=lines(("A", quantity, code)))


def refusal(world: World, command: Command) -> Refused:
    """Give the refusal of a command, having checked that it changed nothing."""
    before = world.snapshot()
    refused = world.refusal(command)
    assert world.snapshot() == before
    return refused


@pytest.mark.parametrize("told", [None, "LIVE", "AWAITING_INTAKE"])
def test_a_received_lot_is_live_unless_told(told: str | None) -> None:
    """L16: a lot begins as LIVE, or as AWAITING_INTAKE where that is told."""
    world = furnished()

    world.execute(Receive(key="po", site="london", lines=lines(("A", 10, "L-1")), status=told))

    assert (status(world), lot(world).status_since) == (told or "LIVE", world.now)


@pytest.mark.parametrize("told", ["SOLD_OUT", "ON_HOLD", "live", ""])
def test_a_lot_begins_with_no_other_status(told: str) -> None:
    """L16: a lot is not received as anything else."""
    with pytest.raises(Refused, match="a lot begins as LIVE or AWAITING_INTAKE"):
        Receive(key="po", site="london", lines=lines(("A", 10, "L-1")), status=told)


def test_a_status_has_a_reason_and_a_moment() -> None:
    """L16, L17: a step is one change with before and after, when and why; steps that stop sales need a reason."""
    world = stocked()
    world.pass_time(60)

    posting = give(world, "ON_HOLD")

    (change,) = posting.changes
    assert change.before is not None
    assert (change.before["status"], change.after["status"], posting.reason) == ("LIVE", "ON_HOLD", "looked at")
    assert lot(world).status_since == world.now
    with pytest.raises(Refused, match="A reason is required"):
        SetLotStatus(key="k", sku="A", lot="L-1", status="ON_HOLD")
    assert SetLotStatus(key="k", sku="A", lot="L-1", status="LIVE").reason is None


@pytest.mark.parametrize(
    ("source", "target"), [("AWAITING_INTAKE", "SOLD_OUT"), ("CLOSED", "LIVE"), ("CLOSED", "ON_HOLD"), ("LIVE", "LIVE")]
)
def test_a_step_that_the_table_does_not_have_is_refused(source: str, target: str) -> None:
    """L16: AWAITING_INTAKE to SOLD_OUT, and CLOSED to anything, are refused with both statuses."""
    world = stocked()
    if source == "CLOSED":
        world.execute(Adjust(key="gone", site="london", lines=lines(("A", -10, "L-1")), reason="fire"))
    if source != "LIVE":
        give(world, source)

    refused = refusal(world, SetLotStatus(key="k", sku="A", lot="L-1", status=target, reason="why not"))

    assert refused.code == "INVALID_STATUS_TRANSITION"
    assert refused.facts == {"entity": "lot L-1", "from": source, "to": target}


@pytest.mark.parametrize(("version", "fits"), [(0, False), (1, True), (2, False)])
def test_a_step_can_expect_a_version(version: int, fits: object) -> None:
    """L16: a step that was decided on another version of the lot is refused."""
    world = stocked()
    command = SetLotStatus(key="k", sku="A", lot="L-1", status="LIVE", reason="r", version=version)
    step = SetLotStatus(key="k", sku="A", lot="L-1", status="ON_HOLD", reason="r", version=version)

    if fits:
        world.execute(step)
        assert status(world) == "ON_HOLD"
    else:
        assert refusal(world, step).code == refusal(world, command).code == "VERSION_CONFLICT"


@pytest.mark.parametrize("code", ["L-1", None])
@pytest.mark.parametrize("told", [*FOR_SALE, *BLOCKED])
def test_only_what_is_for_sale_is_sold(told: str, code: str | None) -> None:
    """L16: sales and promises come from LIVE and PHOTOGRAPHY_COMPLETE lots only, named or picked."""
    world = stocked(told)
    acts: list[Command] = [sell(3, code), Reserve(key="r", site="london", lines=lines(("A", 2, code)))]

    if told in FOR_SALE:
        for act in acts:
            world.execute(act)
        assert world.balance("A") == 5 * SCALE
        return
    for act in acts:
        refused = refusal(world, act)
        if code is None:
            assert refused.code == "INSUFFICIENT_INVENTORY"
            assert isinstance(refused.facts["shortages"], list)
            assert refused.facts["shortages"][0]["blocked"] == [{"lot": "L-1", "quantity": "10", "because": told}]
        else:
            assert (refused.code, refused.facts) == ("LOT_NOT_FOR_SALE", {"sku": "A", "lot": "L-1", "status": told})


def test_lots_that_may_not_be_sold_are_passed_over() -> None:
    """L16, B22: picking goes on to the next lot that may be sold; expired goods are passed over as well."""
    world = furnished()
    today = world.now.date()
    for code, days in (("OLD", -1), ("DUE", 0), ("HELD", 1), ("FRESH", 2)):
        expires_on = today + timedelta(days)
        world.execute(Receive(key=code, site="london", lines=lines(("A", 5, code)), expires_on=expires_on))
    world.execute(SetLotStatus(key="h", sku="A", lot="HELD", status="ON_HOLD", reason="smells"))

    posting = world.execute(sell(8))
    refused = refusal(world, sell(3))

    assert [(movement.place.lot, movement.quantity // SCALE) for movement in posting.movements] == [
        ("DUE", 5),
        ("FRESH", 3),
    ]
    assert str(refused) == (
        "Not enough stock: A at london: need 3, have 2 (and what cannot be sold: "
        "5 of lot OLD, expired after 2026-01-30, 5 of lot HELD, ON_HOLD)."
    )


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
def test_expired_goods_are_not_sold(days: int, fits: object) -> None:
    """B22: on the last good day a lot is sold, on the day after it is refused, with the day."""
    world = stocked(expires_on=furnished().now.date() + timedelta(days))

    if fits:
        world.execute(sell(1, "L-1"))
    else:
        assert refusal(world, sell(1, "L-1")).facts == {"sku": "A", "lot": "L-1", "expires_on": "2026-01-30"}


@pytest.mark.parametrize("told", BLOCKED)
def test_what_may_not_be_sold_can_be_moved_and_written_off(told: str) -> None:
    """L16, L17: a lot that may not be sold can be named to be brought elsewhere, moved between states, or lost."""
    world = stocked(told, expires_on=date(2026, 1, 1))

    assert refusal(world, Transfer(key="t", site="london", target="leeds", lines=lines(("A", 1)))).code == (
        "INSUFFICIENT_INVENTORY"
    )
    world.execute(Transfer(key="t", site="london", target="leeds", lines=lines(("A", 1, "L-1"))))
    world.execute(Move(key="m", site="london", lines=lines(("A", 1)), target=State.DEFECTIVE, reason="broken"))
    world.execute(Adjust(key="a", site="london", lines=lines(("A", -1)), reason="thrown away"))

    assert world.balance("A", site="leeds") == SCALE
    assert world.balance("A", site="london") == 7 * SCALE


def test_a_promise_is_not_kept_from_a_lot_that_may_not_be_sold() -> None:
    """L16, B22: what was promised before a recall, or has expired since, is not handed over."""
    world = stocked(expires_on=furnished().now.date())
    reservation = world.execute(Reserve(key="r", site="london", lines=lines(("A", 4)))).made("reservation")
    commit = CommitReservation(key="c", reservation=reservation)

    give(world, "QUARANTINED")
    assert refusal(world, commit).code == "LOT_NOT_FOR_SALE"
    give(world, "LIVE")
    world.pass_time(24 * 3600)
    assert refusal(world, commit).code == "LOT_EXPIRED"


def test_the_last_unit_sold_makes_it_sold_out() -> None:
    """L16: the last unit in any place makes a lot SOLD_OUT, a return makes it LIVE again, each in the same posting."""
    world = stocked()
    world.execute(Transfer(key="t", site="london", target="leeds", lines=lines(("A", 4, "L-1"))))

    world.execute(sell(6, "L-1"))
    assert status(world) == "LIVE"
    last = world.execute(Sell(key="last", site="leeds", lines=lines(("A", 4))))
    assert [(change.action, change.after["status"]) for change in last.changes] == [("sold_out", "SOLD_OUT")]
    back = world.execute(TakeBack(key="b", site="leeds", lines=lines(("A", 1, "L-1"))))

    assert [(change.action, change.after["status"]) for change in back.changes] == [("restocked", "LIVE")]
    assert status(world) == "LIVE"


def test_what_is_promised_or_on_its_way_is_not_sold_out() -> None:
    """L16: a lot is sold out when nothing of it is on hand and nothing is on its way."""
    world = stocked()
    reservation = world.execute(Reserve(key="r", site="london", lines=lines(("A", 1)))).made("reservation")
    sent = Transfer(key="t", site="london", target="leeds", lines=lines(("A", 1)), in_transit=True)
    transfer = world.execute(sent).made("transfer")

    world.execute(sell(8))
    assert status(world) == "LIVE"
    world.execute(CommitReservation(key="c", reservation=reservation))
    assert status(world) == "LIVE"
    world.execute(Arrive(key="a", transfer=transfer))
    world.execute(Sell(key="last", site="leeds", lines=lines(("A", 1))))

    assert status(world) == "SOLD_OUT"


def test_goods_that_were_lost_are_not_sold_out() -> None:
    """L16: only sale and use make a lot sold out; what was lost leaves the status to people."""
    world = stocked()

    world.execute(Adjust(key="a", site="london", lines=lines(("A", -10, "L-1")), reason="fire"))

    assert status(world) == "LIVE"


def test_a_sold_out_lot_is_short() -> None:
    """L3, L16: who comes too late is told the shortage, whether or not a lot is named."""
    world = stocked()
    world.execute(sell(10))

    assert refusal(world, sell(1, "L-1")).code == refusal(world, sell(1)).code == "INSUFFICIENT_INVENTORY"


def test_more_goods_make_a_sold_out_lot_live() -> None:
    """L16: goods received into a lot that was sold out make it LIVE."""
    world = stocked()
    world.execute(sell(10))

    world.execute(Receive(key="more", site="london", lines=lines(("A", 1, "L-1"))))

    assert status(world) == "LIVE"


def test_undoing_a_sale_gives_the_status_back() -> None:
    """L16, P8: undoing the sale that sold a lot out restores the status that it had, exactly; redoing it as well."""
    world = stocked("PHOTOGRAPHY_COMPLETE")
    sale = world.execute(sell(10))

    undoing = world.execute(Revert(key="u", number=sale.number))
    assert status(world) == "PHOTOGRAPHY_COMPLETE"
    world.execute(Revert(key="redo", number=undoing.number))

    assert (status(world), world.balance("A")) == ("SOLD_OUT", 0)


def test_undoing_an_earlier_sale_follows_the_goods() -> None:
    """L16, P8: sales of one lot can be undone in any order; the status says what the goods say."""
    world = stocked()
    first, last = world.execute(sell(4)), world.execute(sell(6))

    undoing = world.execute(Revert(key="u1", number=first.number))
    assert [(change.action, change.after["status"]) for change in undoing.changes] == [("restocked", "LIVE")]
    world.execute(Revert(key="u2", number=last.number))
    assert (status(world), world.balance("A")) == ("LIVE", 10 * SCALE)
    world.execute(Revert(key="redo", number=undoing.number))

    assert (status(world), world.balance("A")) == ("LIVE", 6 * SCALE)


def test_undoing_a_step_follows_the_table() -> None:
    """L16, P8: a step is undone as exactly as anything, but nothing leads out of CLOSED."""
    world = stocked("AWAITING_INTAKE")
    live = give(world, "LIVE")
    world.execute(Revert(key="u", number=live.number))
    assert status(world) == "AWAITING_INTAKE"
    world.execute(Adjust(key="gone", site="london", lines=lines(("A", -10, "L-1")), reason="fire"))
    closing = give(world, "CLOSED")

    refused = refusal(world, Revert(key="no", number=closing.number))

    assert refused.facts == {"entity": "lot L-1", "from": "CLOSED", "to": "AWAITING_INTAKE"}


@pytest.mark.parametrize("told", ["SOLD_OUT", "CLOSED"])
def test_a_lot_with_goods_is_not_ended(told: str) -> None:
    """L16: a lot of which something is there is neither sold out nor closed."""
    world = stocked()

    refused = refusal(world, SetLotStatus(key="k", sku="A", lot="L-1", status=told, reason="done"))

    assert refused.facts == {"sku": "A", "lot": "L-1", "on_hand": "10", "status": told}


def scattered() -> World:
    """Make a world whose lot lies in three places, partly promised, on hold, and on its way."""
    world = stocked()
    world.execute(Transfer(key="t1", site="london", target="leeds", lines=lines(("A", 4)), target_location="R-1"))
    world.execute(Transfer(key="t2", site="london", target="leeds", lines=lines(("A", 1)), in_transit=True))
    world.execute(Reserve(key="r", site="london", lines=lines(("A", 2))))
    world.execute(Move(key="m", site="leeds", lines=lines(("A", 1)), target=State.HOLD, reason="checked"))
    return world


def test_a_recall_quarantines_all_places_at_once() -> None:
    """B22: a recall moves all that is available or on hold, in all places, in one posting, and stops every sale."""
    world = scattered()

    posting = world.execute(RecallLot(key="k", sku="A", lot="L-1", reason="glass"))

    assert {(movement.place.site, movement.place.location) for movement in posting.movements} == {
        ("london", None),
        ("leeds", "R-1"),
    }
    assert world.balance("A", State.QUARANTINE) == 7 * SCALE
    assert world.balance("A") == world.balance("A", State.HOLD) == 0
    assert (world.balance("A", State.RESERVED), world.balance("A", State.INCOMING)) == (2 * SCALE, SCALE)
    assert status(world) == "QUARANTINED"
    assert (
        refusal(world, CommitReservation(key="c", reservation=world.journal[4].made("reservation"))).code
        == "LOT_NOT_FOR_SALE"
    )


def test_a_recall_can_be_undone_and_ended() -> None:
    """B22, P8: undoing a recall puts everything where it was; releasing the lot makes all of it available."""
    world = scattered()
    before = world.balances()
    recall = world.execute(RecallLot(key="k", sku="A", lot="L-1", reason="glass"))
    world.execute(Revert(key="u", number=recall.number))
    assert (world.balances(), status(world)) == (before, "LIVE")
    world.execute(RecallLot(key="k2", sku="A", lot="L-1", reason="glass"))

    world.execute(ReleaseLot(key="f", sku="A", lot="L-1", reason="was no glass"))

    assert (world.balance("A"), status(world)) == (7 * SCALE, "LIVE")


def test_a_lot_of_which_nothing_is_left_can_be_recalled() -> None:
    """B22: a lot that is sold out, or closed, can be recalled, for the sake of who received it."""
    world = stocked()
    world.execute(sell(10))
    world.execute(RecallLot(key="k", sku="A", lot="L-1", reason="glass"))
    assert status(world) == "QUARANTINED"
    world.execute(ReleaseLot(key="f", sku="A", lot="L-1", reason="was no glass"))
    assert status(world) == "SOLD_OUT"
    give(world, "CLOSED")

    posting = world.execute(RecallLot(key="k2", sku="A", lot="L-1", reason="glass after all"))

    assert [(change.action, change.after["status"]) for change in posting.changes] == [("recalled", "CLOSED")]


@pytest.mark.parametrize("kind", [RecallLot, ReleaseLot])
def test_a_recall_needs_a_reason_and_a_lot(kind: type[RecallLot | ReleaseLot]) -> None:
    """B22, L17: both ways need a reason, and a lot that is there."""
    with pytest.raises(Refused, match="A reason is required"):
        kind(key="k", sku="A", lot="L-1")
    assert stocked().refusal(kind(key="k", sku="A", lot="L-9", reason="r")).code == "BATCH_NOT_FOUND"
