"""Orders: placed on reservations of one or more branches, paid, fulfilled, handed over, or cancelled at any point."""

from datetime import timedelta

import pytest

from onhand.kernel.command import Line
from onhand.kernel.commerce.cancel_order import CancelOrder
from onhand.kernel.commerce.commit_order import CommitOrder
from onhand.kernel.commerce.fulfil_order import FulfilOrder
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.place_order import PlaceOrder
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.promises.reserve_across import ReserveAcross
from onhand.kernel.promises.split import split
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import State
from onhand.kernel.stock.receive import Receive
from tests.property.world import World, furnished, lines

WANTED = lines(("A", 5), ("B", 2))
PRICED = (SaleLine("A", 5 * SCALE, 2 * SCALE), SaleLine("B", 2 * SCALE, SCALE))
STEPS = ("placed", "paid", "fulfilled")


@pytest.fixture
def world() -> World:
    """A world with three of A and two of B at london, four of A at leeds."""
    world = furnished()
    world.execute(Receive(key="po-1", site="london", lines=lines(("A", 3), ("B", 2))))
    world.execute(Receive(key="po-2", site="leeds", lines=lines(("A", 4))))
    return world


def reserve(world: World, seconds: int = 60) -> tuple[int, ...]:
    """Reserve what is wanted from both branches."""
    posting = world.execute(
        ReserveAcross(
            key="cart",
            sites=("london", "leeds"),
            lines=WANTED,
            expires_at=world.now + timedelta(seconds=seconds),
        )
    )
    made = [change for change in posting.changes if (change.entity, change.action) == ("reservation", "created")]
    return tuple(change.entity_id for change in made)


def ordered(world: World, until: str) -> SalesOrder:
    """Bring an order as far as told."""
    world.execute(PlaceOrder(key="o", number="O-1", reservations=reserve(world), lines=PRICED))
    steps = {
        "paid": Pay(key="p", order="O-1", amount=12 * SCALE),
        "fulfilled": FulfilOrder(key="f", order="O-1"),
        "completed": CommitOrder(key="c", order="O-1"),
    }
    for status, command in steps.items():
        if order(world).status == until:
            break
        world.execute(command)
        assert order(world).status == status
    return order(world)


def order(world: World) -> SalesOrder:
    """Give the order."""
    found = world.book.names["sales_order", "O-1"]
    assert isinstance(found, SalesOrder)
    return found


def test_an_order_is_split_over_branches(world: World) -> None:
    """C8: five of A are three from london and two from leeds, one reservation each; each branch keeps its own."""
    reservations = reserve(world)

    assert len(reservations) == 2
    assert world.balance("A", State.RESERVED, site="london") == 3 * SCALE
    assert world.balance("A", State.RESERVED, site="leeds") == 2 * SCALE
    assert world.balance("A", site="leeds") == 2 * SCALE


def test_what_no_branch_has_is_refused_whole(world: World) -> None:
    """C8: if all branches together have too little, nothing is reserved anywhere, and every shortage is told."""
    before = world.snapshot()

    refused = world.refusal(
        ReserveAcross(key="x", sites=("london", "leeds"), lines=lines(("A", 8), ("B", 3)), policy="in_order")
    )

    assert [shortage["sku"] for shortage in refused.facts["shortages"]] == ["A", "B"]  # type: ignore[attr-defined]  # a list of facts
    assert world.snapshot() == before


def test_what_others_wait_for_is_not_there(world: World) -> None:
    """C8, C18: a branch whose goods somebody waits for gives none of them."""
    world.execute(Reserve(key="w", site="leeds", lines=lines(("A", 9)), hold_seconds=60))

    refused = world.refusal(ReserveAcross(key="x", sites=("london", "leeds"), lines=lines(("A", 4))))

    assert refused.code == "INSUFFICIENT_INVENTORY"


SHELVES = [{"A": 3, "B": 0}, {"A": 2, "B": 5}, {"A": 6, "B": 6}]


@pytest.mark.parametrize(
    ("policy", "wanted", "given"),
    [
        ("in_order", {"A": 4, "B": 1}, [{"A": 3}, {"A": 1, "B": 1}, {}]),
        ("fewest_branches", {"A": 4, "B": 1}, [{}, {}, {"A": 4, "B": 1}]),
        ("fewest_branches", {"A": 2, "B": 1}, [{}, {"A": 2, "B": 1}, {}]),
        ("fewest_branches", {"A": 8}, [{"A": 3}, {}, {"A": 5}]),
        ("one_branch", {"A": 4, "B": 1}, [{}, {}, {"A": 4, "B": 1}]),
        ("one_branch", {"A": 7}, None),
        ("fewest_branches", {"A": 11}, [{"A": 3}, {"A": 2}, {"A": 6}]),
        ("fewest_branches", {"A": 12}, None),
        ("in_order", {"A": 12}, None),
    ],
)
def test_the_policies(policy: str, wanted: dict[str, int], given: list[dict[str, int]] | None) -> None:
    """C8: each policy splits as it says; where it finds no way, it says so."""
    assert split(wanted, SHELVES, policy) == given


def test_an_order_goes_its_way(world: World) -> None:
    """C5: placed, paid, fulfilled, completed; the goods are reserved until they are handed over, from each branch."""
    assert ordered(world, "completed").paid == 12 * SCALE

    for site in ("london", "leeds"):
        assert world.balance("A", State.RESERVED, site=site) == 0
    assert world.balance("A") == 2 * SCALE
    assert {world.book.reservation(number).status for number in order(world).reservations} == {"committed"}


def test_no_step_is_left_out(world: World) -> None:
    """C5: what is not paid is not fulfilled, and what is not fulfilled is not handed over."""
    ordered(world, "placed")

    for command in (FulfilOrder(key="f", order="O-1"), CommitOrder(key="c", order="O-1")):
        assert world.refusal(command).code == "INVALID_STATUS_TRANSITION"


@pytest.mark.parametrize("step", STEPS)
def test_it_is_cancelled_at_any_point_before(world: World, step: str) -> None:
    """C5: cancelled at any point before it is handed over, all branches have their goods again."""
    ordered(world, step)

    world.execute(CancelOrder(key="x", order="O-1"))

    assert (world.balance("A"), world.balance("B")) == (7 * SCALE, 2 * SCALE)
    assert order(world).status == "cancelled"
    assert world.refusal(CancelOrder(key="y", order="O-1")).code == "INVALID_STATUS_TRANSITION"
    if order(world).paid:
        world.execute(Refund(key="r", order="O-1", amount=12 * SCALE))
    assert order(world).paid == 0


def test_what_is_handed_over_is_not_cancelled(world: World) -> None:
    """C5: a completed order is over; its goods come back by a return."""
    ordered(world, "completed")

    assert world.refusal(CancelOrder(key="x", order="O-1")).facts["from"] == "completed"


def test_an_unpaid_order_ends_with_its_reservation(world: World) -> None:
    """C5: where nobody pays, the expiry of one branch's reservation cancels the order and frees the other's too."""
    ordered(world, "placed")
    world.pass_time(61)

    world.execute(ExpireReservation(key="e", reservation=order(world).reservations[0]))

    assert order(world).status == "cancelled"
    assert (world.balance("A"), world.balance("B")) == (7 * SCALE, 2 * SCALE)
    assert world.refusal(Pay(key="late", order="O-1", amount=SCALE)).code == "INVALID_STATUS_TRANSITION"


def test_a_paid_order_does_not_expire(world: World) -> None:
    """C5: once it is paid, its goods wait for it however long it takes."""
    ordered(world, "paid")
    world.pass_time(3600)

    refused = world.refusal(ExpireReservation(key="e", reservation=order(world).reservations[0]))

    assert refused.code == "RESERVATION_NOT_EXPIRED"


def test_an_order_holds_what_its_lines_say(world: World) -> None:
    """C5: an order over something else than its reservations hold is refused; so is a second one on them."""
    reservations = reserve(world)
    other = (SaleLine("A", 4 * SCALE, SCALE), SaleLine("B", 2 * SCALE, SCALE))

    wrong = world.refusal(PlaceOrder(key="1", reservations=reservations, lines=other))
    world.execute(PlaceOrder(key="2", number="O-1", reservations=reservations, lines=PRICED))
    twice = world.refusal(PlaceOrder(key="3", number="O-2", reservations=reservations, lines=PRICED))

    assert (wrong.code, wrong.facts["difference"]) == ("RESERVATION_DIFFERS", "5 of A, not 4")
    assert twice.code == "RESERVATION_OWNED"


def test_the_same_order_twice_is_one(world: World) -> None:
    """C15: a retry under its key is the same order; another order under its number is refused."""
    reservations = reserve(world)
    command = PlaceOrder(key="o", number="O-1", reservations=reservations, lines=PRICED)
    first = world.execute(command)

    again = world.execute(command)

    assert (again.number, again.replayed) == (first.number, True)
    more = world.execute(Reserve(key="m", site="leeds", lines=lines(("A", 1)))).made("reservation")
    other = PlaceOrder(key="o2", number="O-1", reservations=(more,), lines=(SaleLine("A", SCALE, 0),))
    assert world.refusal(other).code == "DOCUMENT_EXISTS"


def test_branches_are_told_with_care(world: World) -> None:
    """C8: no branch, the same one twice, too many, lines that name a lot, and unknown policies are refused."""
    for told in (
        {"sites": ()},
        {"sites": ("london", "london")},
        {"sites": tuple(f"s-{number}" for number in range(13))},
        {"lines": (Line("A", SCALE, "L"),)},
        {"policy": "cheapest"},
    ):
        command = {"sites": ("london",), "lines": WANTED, "policy": "in_order", **told}
        with pytest.raises(Exception, match="not well formed"):
            ReserveAcross(key="x", **command)  # type: ignore[arg-type]  # told wrongly on purpose
    assert world.balance("A") == 7 * SCALE
