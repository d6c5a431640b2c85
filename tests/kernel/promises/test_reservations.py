"""Reserving, releasing, committing and expiring: promises of stock."""

from datetime import timedelta

import pytest

from onhand.kernel.book import Book
from onhand.kernel.command import Line
from onhand.kernel.entity import OpenLine
from onhand.kernel.outstanding import settle
from onhand.kernel.posting import Posting
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from tests.property.world import START, World, furnished, lines


def promised(seconds: int | None = None) -> tuple[World, int]:
    """Make a world with a reservation of four A from lot L and three of B, and give its id."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10, "L"), ("B", 3))))
    posting = world.execute(
        Reserve(
            key="cart",
            site="london",
            lines=lines(("A", 3), ("B", 3), ("A", 1, "L")),
            expires_at=None if seconds is None else START + timedelta(seconds=seconds),
            priority=7,
            document_type="cart",
            document_id="c-1",
        )
    )
    return world, posting.made("reservation")


def status(world: World, reservation: int) -> str:
    """Give the status of a reservation."""
    return world.book.reservation(reservation).status


def test_a_promise_is_kept_aside() -> None:
    """C1, C9: reserved goods are on hand but not available, and the reservation says what it waits for."""
    world, reservation = promised(60)

    found = world.book.reservation(reservation)
    assert (found.status, found.priority, found.document_type, found.document_id) == ("active", 7, "cart", "c-1")
    assert found.expires_at == START + timedelta(seconds=60)
    assert {line.quantity for line in found.lines} == {4 * SCALE, 3 * SCALE}
    assert list(found.lines) == sorted(found.lines)
    assert world.balance("A") == 6 * SCALE
    assert world.balance("A", State.RESERVED) == 4 * SCALE
    assert next(world.holdings("A")).on_hand == 10 * SCALE
    assert world.refusal(Sell(key="sale", site="london", lines=lines(("A", 7)))).code == "INSUFFICIENT_INVENTORY"


def test_all_lines_or_none_are_promised() -> None:
    """C5, R3: a basket with one short line reserves nothing."""
    world, _ = promised()
    before = world.snapshot()

    refused = world.refusal(Reserve(key="2", site="london", lines=lines(("A", 1), ("B", 1))))

    assert refused.code == "INSUFFICIENT_INVENTORY"
    assert world.snapshot() == before


def test_releasing_makes_all_of_it_available() -> None:
    """C1: after the release nothing is reserved, and the reservation is closed for ever."""
    world, reservation = promised()

    posting = world.execute(ReleaseReservation(key="1", reservation=reservation))

    assert {(movement.source, movement.target) for movement in posting.movements} == {(State.RESERVED, State.AVAILABLE)}
    assert world.balance("A") == 10 * SCALE
    assert (status(world, reservation), world.book.reservation(reservation).lines) == ("released", ())
    closed = [ReleaseReservation(key="2", reservation=reservation), CommitReservation(key="2", reservation=reservation)]
    for command in [*closed, ExpireReservation(key="2", reservation=reservation)]:
        assert world.refusal(command).code == "INVALID_STATUS_TRANSITION"


def test_committing_hands_all_of_it_over() -> None:
    """C5: a commit without lines takes all that is reserved to the customer."""
    world, reservation = promised()

    posting = world.execute(CommitReservation(key="1", reservation=reservation))

    assert {(movement.source, movement.target) for movement in posting.movements} == {
        (State.RESERVED, Outside.CUSTOMER)
    }
    assert world.balance("A", State.RESERVED) == world.balance("B", State.RESERVED) == 0
    assert status(world, reservation) == "committed"
    refused = world.refusal(CommitReservation(key="2", reservation=reservation, lines=lines(("A", 1))))
    assert refused.code == "INVALID_STATUS_TRANSITION"


def test_committing_in_part_leaves_the_rest_reserved() -> None:
    """C5: parts are handed over one by one; the last part closes the reservation."""
    world, reservation = promised()

    world.execute(CommitReservation(key="1", reservation=reservation, lines=lines(("A", 1))))
    assert status(world, reservation) == "active"
    assert {line.quantity for line in world.book.reservation(reservation).lines} == {3 * SCALE}
    world.execute(CommitReservation(key="2", reservation=reservation, lines=lines(("A", 3, "L"))))
    assert len(world.book.reservation(reservation).lines) == 1
    world.execute(CommitReservation(key="3", reservation=reservation, lines=lines(("B", 3))))

    assert status(world, reservation) == "committed"
    assert world.balance("A", State.RESERVED) == world.balance("B", State.RESERVED) == 0


def test_no_more_is_committed_than_is_reserved() -> None:
    """C5: every line that asks for more than is open is told, and nothing is handed over."""
    world, reservation = promised()
    before = world.snapshot()

    refused = world.refusal(
        CommitReservation(key="1", reservation=reservation, lines=lines(("A", 3), ("A", 2), ("B", 4), ("A", 1, "M")))
    )

    assert refused.code == "INSUFFICIENT_INVENTORY"
    assert refused.facts["shortages"] == [
        {"site": "london", "sku": "A", "requested": "1", "available": "0"},
        {"site": "london", "sku": "A", "requested": "2", "available": "1"},
        {"site": "london", "sku": "B", "requested": "4", "available": "3"},
    ]
    assert world.snapshot() == before


def test_narrow_lines_are_settled_first() -> None:
    """C5: a line that leaves the choice does not take what another line of the same commit names."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 1, "L", "R-1"), ("A", 1, "M", "R-2"))))
    world.execute(Receive(key="unit", site="london", lines=(Line("A", SCALE, unit="SN-1"),)))
    wanted = (*lines(("A", 2)), Line("A", SCALE, unit="SN-1"))
    reservation = world.execute(Reserve(key="cart", site="london", lines=wanted)).made("reservation")

    parts = (*lines(("A", 1), ("A", 1, "L"), ("A", 1, None, "R-2")),)
    posting = world.execute(CommitReservation(key="1", reservation=reservation, lines=parts))

    assert [movement.place.lot for movement in posting.movements] == ["L", "M", None]
    assert posting.movements[2].place.unit == "SN-1"
    assert status(world, reservation) == "committed"


@pytest.mark.parametrize(
    ("seconds", "passed", "expires"), [(60, 59, False), (60, 60, True), (60, 61, True), (None, 10**6, False)]
)
def test_only_the_time_expires(seconds: int | None, passed: float, expires: object) -> None:
    """T11, C1: a reservation expires at its time by the journal's clock, not a microsecond early, and never without."""
    world, reservation = promised(seconds)
    world.pass_time(passed - 0.000_001)
    if seconds is not None and passed == seconds:
        assert world.refusal(ExpireReservation(key="early", reservation=reservation)).code == "RESERVATION_NOT_EXPIRED"
    world.pass_time(0.000_001)
    command = ExpireReservation(key="1", reservation=reservation)

    if expires:
        world.execute(command)
        assert status(world, reservation) == "expired"
        assert world.balance("A") == 10 * SCALE
    else:
        until = "it is released" if seconds is None else "2026-01-31T12:01:00.000000+00:00"
        assert world.refusal(command).facts == {"reservation": reservation, "expires_at": until}


def test_a_late_commit_holds_while_nobody_has_expired_it() -> None:
    """C5: after its time a reservation is still good until somebody expires it; then it is gone."""
    world, reservation = promised(60)
    world.pass_time(61)

    world.execute(CommitReservation(key="1", reservation=reservation, lines=lines(("B", 3))))
    world.execute(ExpireReservation(key="2", reservation=reservation))

    assert world.refusal(CommitReservation(key="3", reservation=reservation)).code == "INVALID_STATUS_TRANSITION"
    assert world.balance("A") == 10 * SCALE


def test_a_promise_does_not_begin_in_the_past() -> None:
    """T11: a reservation that would expire at once is refused."""
    world, _ = promised()
    late = Reserve(key="1", site="london", lines=lines(("A", 1)), expires_at=world.now + timedelta(microseconds=1))

    assert (
        world.refusal(Reserve(key="2", site="london", lines=lines(("A", 1)), expires_at=world.now)).code
        == "INVALID_TIME"
    )
    assert isinstance(world.execute(late), Posting)


def test_an_unknown_reservation() -> None:
    """An id that is not a reservation's, such as a holding's, is refused."""
    world, _ = promised()

    for command in (
        ReleaseReservation(key="1", reservation=1),
        CommitReservation(key="1", reservation=999),
        ExpireReservation(key="1", reservation=2),
    ):
        assert world.refusal(command).code == "RESERVATION_NOT_FOUND"


def test_nothing_waits_nowhere() -> None:
    """Settling lines against nothing is a shortage, not a failure."""
    with pytest.raises(Refused) as caught:
        settle(Book(), (), lines(("A", 1)))

    assert caught.value.facts["shortages"] == [{"site": "nowhere", "sku": "A", "requested": "1", "available": "0"}]
    assert settle(Book(), (OpenLine(1, 2),), ()) == ([OpenLine(1, 2)], ())
