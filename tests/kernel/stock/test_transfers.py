"""Transferring: at once, in transit, received whole, in part, or given up with a reason."""

import pytest

from onhand.kernel.command import Line
from onhand.kernel.quantity import SCALE
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.transfer import Transfer
from tests.property.world import World, furnished, lines


def stocked() -> World:
    """Make a world with ten A in two lots at london."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 4, "L", "R-1"), ("A", 6, "M"))))
    return world


def under_way() -> tuple[World, int]:
    """Make a world with nine A on their way to a rack in leeds, and give the transfer's id."""
    world = stocked()
    posting = world.execute(
        Transfer(key="t", site="london", target="leeds", lines=lines(("A", 9)), target_location="R-1", in_transit=True)
    )
    return world, posting.made("transfer")


def test_at_once() -> None:
    """L19: goods leave one site and are available at the other in the same posting, lot by lot."""
    world = stocked()

    posting = world.execute(Transfer(key="t", site="london", target="leeds", lines=lines(("A", 9))))

    ends = [(movement.place.site, movement.source, movement.target) for movement in posting.movements]
    assert (
        ends
        == [("london", State.AVAILABLE, Outside.ELSEWHERE)] * 2 + [("leeds", Outside.ELSEWHERE, State.AVAILABLE)] * 2
    )
    assert world.balance("A", site="london") == SCALE
    assert world.balance("A", site="leeds", lot="L") == 4 * SCALE
    assert world.balance("A", site="leeds", lot="M") == 5 * SCALE
    assert not any(change.entity == "transfer" for change in posting.changes)


def test_within_a_site() -> None:
    """L19: goods move between locations; where some of them are there already, they are not moved to themselves."""
    world = stocked()

    world.execute(
        Transfer(key="1", site="london", target="london", lines=lines(("A", 4, None, "R-1")), target_location="R-2")
    )

    assert {holding.place.location for holding in world.holdings("A") if any(holding.balances)} == {"R-2", None}
    assert world.refusal(Transfer(key="2", site="london", target="london", lines=lines(("A", 6, "M")))).code == (
        "SAME_PLACE"
    )
    same = Transfer(key="3", site="london", target="london", lines=lines(("A", 10)), target_location="R-2")
    before = world.snapshot()
    assert world.refusal(same).code == "SAME_PLACE"
    assert world.snapshot() == before
    world.execute(Transfer(key="4", site="london", target="london", lines=lines(("A", 4, "L"))))
    assert world.balance("A") == 10 * SCALE


def test_a_unit_goes_with_its_name_and_lot() -> None:
    """L19: a unit is the same unit at the other site."""
    world = stocked()
    world.execute(Receive(key="u", site="london", lines=(Line("A", SCALE, lot="L", unit="SN-1"),)))

    world.execute(Transfer(key="t", site="london", target="leeds", lines=(Line("A", SCALE, unit="SN-1"),)))

    assert [holding.place for holding in world.holdings("A") if holding.place.unit and any(holding.balances)] == [
        ("leeds", "A", None, "L", "SN-1")
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"lines": lines(("A", 11))}, "INSUFFICIENT_INVENTORY"),
        ({"site": "paris"}, "UNKNOWN_SITE"),
        ({"target": "paris"}, "UNKNOWN_SITE"),
        ({"target_location": "R-9"}, "UNKNOWN_LOCATION"),
    ],
)
def test_what_cannot_go_stays(more: dict[str, object], code: str) -> None:
    """L19: more than there is, or a place that is not known, moves nothing."""
    world = stocked()
    before = world.snapshot()
    values: dict[str, object] = {"site": "london", "target": "leeds", "lines": lines(("A", 1)), **more}

    refused = world.refusal(Transfer(key="t", **values))  # type: ignore[arg-type]  # each value has its field's type

    assert refused.code == code
    assert world.snapshot() == before


def test_in_transit() -> None:
    """L19, B21: goods on their way are incoming at the target: neither available here nor there."""
    world, transfer = under_way()

    found = world.book.transfer(transfer)
    assert found.status == "in_transit"
    assert sum(line.quantity for line in found.lines) == 9 * SCALE
    assert world.balance("A", site="leeds") == 0
    assert world.balance("A", State.INCOMING, site="leeds") == 9 * SCALE
    assert world.balance("A", site="london") == SCALE


def test_received_whole() -> None:
    """L19: without lines all that is on its way becomes available, and the transfer is closed."""
    world, transfer = under_way()

    world.execute(Arrive(key="1", transfer=transfer))

    assert world.balance("A", site="leeds") == 9 * SCALE
    assert (world.book.transfer(transfer).status, world.book.transfer(transfer).lines) == ("received", ())
    assert world.refusal(Arrive(key="2", transfer=transfer)).code == "INVALID_STATUS_TRANSITION"
    refused = world.refusal(Arrive(key="2", transfer=transfer, lines=lines(("A", 1))))
    assert str(refused) == f"transfer {transfer} is received, so it cannot become received."


def test_received_in_part() -> None:
    """L19, B21: a partial receipt leaves the rest in transit; the last part closes it without any loss."""
    world, transfer = under_way()

    world.execute(Arrive(key="1", transfer=transfer, lines=lines(("A", 2, "L"), ("A", 1, "M", "R-1"))))

    assert world.book.transfer(transfer).status == "in_transit"
    assert world.balance("A", State.INCOMING) == 6 * SCALE
    posting = world.execute(Arrive(key="2", transfer=transfer, lines=lines(("A", 6)), close=True))
    assert world.book.transfer(transfer).status == "received"
    assert world.balance("A", site="leeds") == 9 * SCALE
    assert {movement.target for movement in posting.movements} == {State.AVAILABLE}


def test_closed_with_a_difference() -> None:
    """L19, B21: what has not come is lost, with a reason; without one nothing is done."""
    world, transfer = under_way()
    before = world.snapshot()

    refused = world.refusal(Arrive(key="1", transfer=transfer, lines=lines(("A", 7)), close=True))
    assert refused.code == "REASON_REQUIRED"
    assert world.snapshot() == before

    posting = world.execute(Arrive(key="2", transfer=transfer, lines=lines(("A", 7)), close=True, reason="two broken"))
    lost = [movement.quantity for movement in posting.movements if movement.target == Outside.LOSS]
    assert sum(lost) == 2 * SCALE
    assert world.balance("A", State.INCOMING) == 0
    assert (world.book.transfer(transfer).status, world.book.transfer(transfer).lines) == ("received", ())


def test_closed_when_nothing_came() -> None:
    """L19, B21: a transfer that is lost whole is closed by a line of zero, with a reason; without one it stays open."""
    world, transfer = under_way()
    nothing = lines(("A", 0))
    before = world.snapshot()

    assert world.refusal(Arrive(key="1", transfer=transfer, lines=nothing, close=True)).code == "REASON_REQUIRED"
    assert world.snapshot() == before

    waiting = world.execute(Arrive(key="2", transfer=transfer, lines=nothing))
    assert waiting.movements == ()
    assert world.book.transfer(transfer).status == "in_transit"
    assert world.balance("A", State.INCOMING) == 9 * SCALE

    posting = world.execute(Arrive(key="3", transfer=transfer, lines=nothing, close=True, reason="the van burned"))
    assert {(movement.source, movement.target) for movement in posting.movements} == {(State.INCOMING, Outside.LOSS)}
    assert sum(movement.quantity for movement in posting.movements) == 9 * SCALE
    assert world.balance("A", site="leeds") == 0
    assert (world.book.transfer(transfer).status, world.book.transfer(transfer).lines) == ("received", ())


def test_nothing_of_another_item_closes_nothing() -> None:
    """L19: a line of zero of an item that the transfer does not carry is refused, so a slip cannot write it all off."""
    world, transfer = under_way()

    refused = world.refusal(Arrive(key="1", transfer=transfer, lines=lines(("B", 0)), close=True, reason="a slip"))

    assert refused.code == "INSUFFICIENT_INVENTORY"
    assert refused.facts["shortages"] == [{"site": "leeds", "sku": "B", "requested": "0", "available": "0"}]


def test_no_more_arrives_than_left() -> None:
    """L19: every line that names more than is on its way is told."""
    world, transfer = under_way()

    refused = world.refusal(Arrive(key="1", transfer=transfer, lines=lines(("A", 5, "L"), ("A", 1, None, "R-2"))))

    assert refused.facts["shortages"] == [
        {"site": "leeds", "sku": "A", "requested": "5", "available": "4"},
        {"site": "leeds", "sku": "A", "requested": "1", "available": "0"},
    ]
    assert world.refusal(Arrive(key="2", transfer=999)).code == "TRANSFER_NOT_FOUND"
