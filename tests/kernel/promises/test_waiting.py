"""The waiting line: who cannot be served stands in line, and is offered what comes free in turn."""

from datetime import timedelta

import pytest

from onhand.kernel.promises.claim_reservations import ClaimReservations
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.offer_reservation import OfferReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.promises.waiting_line import WaitingLine
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import State
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from tests.property.world import World, furnished, lines


@pytest.fixture
def world() -> World:
    """A world with two of A and two of B at london, and one customer who has all of A."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2), ("B", 2))))
    reserve(world, "first", ("A", 2), expires=60)
    return world


def reserve(
    world: World,
    key: str,
    *parts: tuple[str, int],
    hold: int | None = 900,
    priority: int = 0,
    expires: int | None = None,
) -> int:
    """Reserve parts in london, waiting in line where they are not there."""
    expires_at = None if expires is None else world.now + timedelta(seconds=expires)
    command = Reserve(
        key=key, site="london", lines=lines(*parts), hold_seconds=hold, priority=priority, expires_at=expires_at
    )
    return world.execute(command).made("reservation")


def status(world: World, reservation: int) -> str:
    """Give the status of a reservation."""
    return world.book.reservation(reservation).status


def in_line(world: World, sku: str) -> list[int]:
    """Give who waits for an item, in turn."""
    line = world.book.names["waiting_line", "london", sku]
    assert isinstance(line, WaitingLine)
    return [ticket.reservation_id for ticket in line.tickets]


def test_who_cannot_be_served_waits(world: World) -> None:
    """C18: where all is reserved the promise is pending; it waits with what it wants and reserves nothing."""
    waiting = reserve(world, "second", ("A", 1), ("B", 1))

    found = world.book.reservation(waiting)
    assert (found.status, found.lines, found.hold_seconds) == ("pending", (), 900)
    assert [(line.sku, line.quantity) for line in found.wanted or ()] == [("A", SCALE), ("B", SCALE)]
    assert (in_line(world, "A"), in_line(world, "B")) == ([waiting], [waiting])
    assert world.balance("B") == 2 * SCALE


def test_who_can_be_served_does_not_wait(world: World) -> None:
    """C18: with the goods there and nobody in line, a promise that would wait is active at once."""
    found = world.book.reservation(reserve(world, "second", ("B", 2), expires=60))

    assert (found.status, found.wanted, found.hold_seconds, found.rank) == ("active", None, None, None)
    assert world.balance("B", State.RESERVED) == 2 * SCALE


def test_the_next_in_line_is_offered_what_expires(world: World) -> None:
    """C18: when a reservation expires, the next in line has it, for as long as was told; those behind wait on."""
    first = world.journal[2].made("reservation")
    second, third = reserve(world, "second", ("A", 2)), reserve(world, "third", ("A", 1))
    world.pass_time(60)
    world.execute(ExpireReservation(key="e", reservation=first))

    assert world.refusal(OfferReservation(key="o", reservation=third)).code == "NOT_NEXT_IN_LINE"
    world.execute(OfferReservation(key="o", reservation=second))

    found = world.book.reservation(second)
    assert (found.status, found.expires_at, found.wanted) == ("active", world.now + timedelta(seconds=900), None)
    assert in_line(world, "A") == [third]
    assert world.refusal(OfferReservation(key="o-2", reservation=third)).code == "INSUFFICIENT_INVENTORY"


def test_only_who_waits_is_offered(world: World) -> None:
    """C18: what is active already, or being ended by a worker, is offered nothing; nor is it twice."""
    first = world.journal[2].made("reservation")
    waiting = reserve(world, "second", ("A", 1), expires=60)
    world.pass_time(60)
    world.execute(ClaimReservations(key="c", worker="w", reservations=(waiting,)))
    before = world.snapshot()

    for number, found in ((first, "active"), (waiting, "releasing")):
        refused = world.refusal(OfferReservation(key="o", reservation=number))
        assert (refused.code, refused.facts["from"]) == ("INVALID_STATUS_TRANSITION", found)
    assert world.snapshot() == before


def test_nobody_passes_those_who_wait(world: World) -> None:
    """C18: who comes later gets nothing of what those in line wait for, even if there were enough for him."""
    waiting = reserve(world, "second", ("A", 2))
    world.execute(Receive(key="one more", site="london", lines=lines(("A", 1))))

    refused = world.refusal(Reserve(key="late", site="london", lines=lines(("A", 1))))
    behind = reserve(world, "behind", ("A", 1))

    assert (refused.code, refused.facts["waiting"]) == ("OTHERS_WAIT", 1)
    assert in_line(world, "A") == [waiting, behind]
    world.execute(Sell(key="till", site="london", lines=lines(("A", 1))))  # the counter hands over what lies there
    assert world.balance("A") == 0


def test_who_leaves_frees_his_place(world: World) -> None:
    """C18: a pending promise that is released or expires leaves every line, and the next one's turn comes."""
    second, third = reserve(world, "second", ("A", 1), ("B", 1)), reserve(world, "third", ("A", 1), expires=30)
    fourth = reserve(world, "fourth", ("A", 1))

    world.execute(ReleaseReservation(key="r", reservation=second))
    world.pass_time(30)
    world.execute(ExpireReservation(key="e", reservation=third))

    assert (status(world, second), status(world, third)) == ("released", "expired")
    assert (in_line(world, "A"), in_line(world, "B")) == ([fourth], [])


def test_a_priority_goes_ahead_by_so_many_places(world: World) -> None:
    """C19: a priority of two passes those whose tickets are less than two older, and no more."""
    plain = [reserve(world, f"plain {number}", ("A", 1)) for number in range(4)]

    favoured = reserve(world, "vip", ("A", 1), priority=2)

    assert in_line(world, "A") == [*plain[:3], favoured, plain[3]]


def test_two_baskets_stand_in_one_order_in_all_lines(world: World) -> None:
    """C18: what is ahead in one line is ahead in each other, so that no two baskets wait for each other."""
    world.execute(Sell(key="till", site="london", lines=lines(("B", 2))))
    for number in range(3):
        reserve(world, f"only B {number}", ("B", 1))
    one = reserve(world, "one", ("A", 1), ("B", 1))
    two = reserve(world, "two", ("A", 1), ("B", 1), priority=4)

    assert [waiting for waiting in in_line(world, "B") if waiting in {one, two}] == in_line(world, "A")


def test_a_place_in_line_can_be_undone(world: World) -> None:
    """P14, C18: undoing the promise takes it out of line; undoing an offer puts it back."""
    waiting = reserve(world, "second", ("A", 1))
    world.execute(Receive(key="more", site="london", lines=lines(("A", 1))))
    offer = world.execute(OfferReservation(key="o", reservation=waiting))

    world.execute(Revert(key="undo offer", number=offer.number))
    assert (status(world, waiting), in_line(world, "A")) == ("pending", [waiting])
    world.execute(Revert(key="undo promise", number=4))

    assert (status(world, waiting), in_line(world, "A")) == ("released", [])
