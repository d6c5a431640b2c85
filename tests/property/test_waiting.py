"""The laws of the waiting line, on random crowds."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.kernel.promises.offer_reservation import OfferReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.stock.receive import Receive
from tests.property.world import World, furnished, lines

PRIORITY_MAX = 5


@dataclass
class Waiter:
    """Somebody in line, and when he was served."""

    reservation: int
    priority: int
    served: int | None = None


CROWDS = st.lists(st.one_of(st.integers(0, PRIORITY_MAX), st.none()), min_size=5, max_size=40)
"""Who comes, by priority; None is one piece that comes free."""


def served(crowd: list[int | None]) -> tuple[World, list[Waiter]]:
    """Let a crowd come to an empty shelf, and offer each piece that comes free to the first in line."""
    world = furnished()
    waiters: list[Waiter] = []
    for number, priority in enumerate([*crowd, *[None] * len(crowd)]):
        if priority is None:
            world.execute(Receive(key=f"{number}", site="london", lines=lines(("A", 1))))
            _offer(world, waiters, number)
            continue
        posting = world.execute(
            Reserve(key=f"{number}", site="london", lines=lines(("A", 1)), hold_seconds=60, priority=priority)
        )
        waiters.append(Waiter(posting.made("reservation"), priority))
        if world.book.reservation(waiters[-1].reservation).status == "active":
            waiters[-1].served = number
    return world, waiters


def _offer(world: World, waiters: list[Waiter], number: int) -> None:
    """Offer to whoever's turn it is; to all others it is refused."""
    waiting = [waiter for waiter in waiters if waiter.served is None]
    for waiter in waiting:
        offer = OfferReservation(key=f"offer {number} {waiter.reservation}", reservation=waiter.reservation)
        if world.book.reservation(waiter.reservation).status == "pending" and _is_first(world, waiter):
            world.execute(offer)
            waiter.served = number
            return
        assert world.refusal(offer).code == "NOT_NEXT_IN_LINE"


def _is_first(world: World, waiter: Waiter) -> bool:
    tickets = world.book.names["waiting_line", "london", "A"].snapshot()["tickets"]
    return bool(tickets[0][1] == waiter.reservation)


@settings(max_examples=60, deadline=None)
@given(CROWDS)
def test_nobody_starves(crowd: list[int | None]) -> None:
    """C19: nobody is overtaken by more later comers than the highest priority exceeds his own; all are served."""
    _, waiters = served(crowd)

    for position, waiter in enumerate(waiters):
        assert waiter.served is not None
        later = [other for other in waiters[position + 1 :] if other.served is not None]
        overtaking = [other for other in later if (other.served or 0) < waiter.served]
        assert len(overtaking) <= PRIORITY_MAX - waiter.priority
        assert all(other.priority > waiter.priority for other in overtaking)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.just(3), st.none()), min_size=5, max_size=40))
def test_equals_are_served_in_turn(crowd: list[int | None]) -> None:
    """C18: those of one priority are served in the order in which they came."""
    _, waiters = served(crowd)

    order = [waiter.served or 0 for waiter in waiters]
    assert order == sorted(order)
