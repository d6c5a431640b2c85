"""Footprints: what each command wants to have loaded before it decides."""

import pytest

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.define import Define, ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.receive import NEW_LOT, Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.wants import Wants
from tests.property.world import START, furnished, lines


def wanted(command: Command, book: Book | None = None) -> dict[str, object]:
    """Give what a command wants to have loaded, without what it does not want."""
    wants = Wants(START.date())
    command.footprint(book or Book(), wants)
    return {name: value for name, value in wants.sets() if value}


NAMED = lines(("A", 1, "L", "R-1", "SN-1"), ("B", 1))
NAMES = {"sites": {"london"}, "items": {"A", "B"}, "lots": {("A", "L")}, "units": {("A", "SN-1")}}
TAKEN = {**NAMES, "places": {("london", "B")}, "locations": {("london", "R-1")}}
LINES = {("waiting_line", "london", "A"), ("waiting_line", "london", "B")}
PUT = {**TAKEN, "places": {("london", "A"), ("london", "B")}}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Sell(key="k", site="london", lines=NAMED), TAKEN),
        (Reserve(key="k", site="london", lines=NAMED), {**TAKEN, "names": LINES}),
        (
            Reserve(key="k", site="london", lines=NAMED, hold_seconds=1),
            {**TAKEN, "names": LINES, "codes": {"WAIT-london"}},
        ),
        (Adjust(key="k", site="london", lines=NAMED, reason="r"), PUT),
        (Receive(key="k", site="london", lines=NAMED), {**PUT, "codes": {"BCH-L"}}),
        (
            Receive(key="k", site="london", lines=lines(("A", 1, NEW_LOT))),
            {
                "sites": {"london"},
                "items": {"A"},
                "places": {("london", "A")},
                "lots": {("A", NEW_LOT)},
                "codes": {"LOT-20260131"},
            },
        ),
        (
            AllowNegative(key="k", site="london", lines=lines(("A", 1))),
            {"sites": {"london"}, "items": {"A"}, "places": {("london", "A")}},
        ),
        (
            Transfer(key="k", site="london", target="leeds", lines=lines(("A", 1)), target_location="R-2"),
            {
                "sites": {"london", "leeds"},
                "items": {"A"},
                "places": {("london", "A"), ("leeds", "A")},
                "locations": {("leeds", "R-2")},
            },
        ),
        (CommitReservation(key="k", reservation=7), {"entities": {("reservation", 7)}}),
        (ExpireReservation(key="k", reservation=7), {"entities": {("reservation", 7)}}),
        (Arrive(key="k", transfer=7), {"entities": {("transfer", 7)}}),
        (Revert(key="k", number=7), {"postings": {7}}),
        (
            Define(
                key="k",
                sites=(SiteLine("s"),),
                locations=(LocationLine("t", "R"),),
                products=(ProductLine("p"),),
                items=(ItemLine("A", product="q"), ItemLine(brand="B", product="r", day=START.date())),
            ),
            {
                "sites": {"s", "t"},
                "locations": {("t", "R")},
                "names": {("product", "p"), ("product", "q"), ("product", "r")},
                "items": {"A"},
                "codes": {"B-r-20260131"},
            },
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Command) else "",
)
def test_a_command_wants_what_it_touches(command: Command, expected: dict[str, object]) -> None:
    """All that a decision may look up is wanted before, and nothing else."""
    assert wanted(command) == expected


def test_what_is_open_wants_its_holdings() -> None:
    """Once a reservation or a transfer is loaded its holdings are wanted, and then nothing more."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 2))))
    cart = world.execute(Reserve(key="2", site="london", lines=lines(("A", 1)))).made("reservation")
    way = world.execute(Transfer(key="3", site="london", target="leeds", lines=lines(("A", 1)), in_transit=True))
    here, there = (holding.id for holding in world.holdings("A"))

    assert wanted(CommitReservation(key="k", reservation=cart), world.book) == {
        "entities": {("reservation", cart)},
        "holdings": {here},
    }
    assert wanted(Arrive(key="k", transfer=way.made("transfer")), world.book)["holdings"] == {there}
    assert not CommitReservation(key="k", reservation=cart).footprint(world.book, Wants(START.date()))
