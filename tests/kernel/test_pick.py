"""Picking: which lots serve a line, in which order, and what is told when there is not enough."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.kernel.command import Command, Line
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.sharing import share
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.define import Define, LocationLine
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.transfer import Transfer
from tests.property.world import World, furnished, lines

# Received in this order, five units each; OLD came first but expires last, and KEEPS never expires.
LOTS = (("OLD", date(2026, 12, 1)), ("MID", date(2026, 6, 1)), ("NEW", date(2026, 3, 1)), ("KEEPS", None))


def stocked(pick_policy: str | None = None) -> World:
    """Make a world whose item A lies in four lots and beside them, five units each."""
    world = furnished(pick_policy=pick_policy)
    world.execute(Receive(key="loose", site="london", lines=lines(("A", 5))))
    for lot, expires_on in LOTS:
        world.pass_time(60)
        world.execute(Receive(key=lot, site="london", lines=lines(("A", 5, lot)), expires_on=expires_on))
    return world


def taken(world: World, *parts: tuple[object, ...]) -> list[tuple[str | None, int]]:
    """Sell some lines, and give the lot and the whole units of each movement."""
    posting = world.execute(Sell(key=f"sell-{len(world.journal)}", site="london", lines=lines(*parts)))
    return [(movement.place.lot, movement.quantity // SCALE) for movement in posting.movements]


@pytest.mark.parametrize(
    ("pick_policy", "order"),
    [
        (None, ["NEW", "MID", "OLD", "KEEPS", None]),
        ("fefo", ["NEW", "MID", "OLD", "KEEPS", None]),
        ("fifo", ["OLD", "MID", "NEW", "KEEPS", None]),
        ("lifo", ["KEEPS", "NEW", "MID", "OLD", None]),
    ],
)
def test_the_policy_gives_the_order(pick_policy: str | None, order: list[str | None]) -> None:
    """B22: lots are taken first expiry first, first in first or last in first; goods without a lot come last."""
    world = stocked(pick_policy)

    assert taken(world, ("A", 23)) == [(lot, 5) for lot in order[:4]] + [(order[4], 3)]


def test_lots_that_expire_together_go_first_in_first_out() -> None:
    """FEFO falls back to FIFO, and that to the order of ids."""
    world = furnished()
    for lot in ("Z", "Y"):
        world.execute(Receive(key=lot, site="london", lines=lines(("A", 2, lot)), expires_on=date(2026, 6, 1)))

    assert taken(world, ("A", 3)) == [("Z", 2), ("Y", 1)]


def test_a_named_lot_comes_before_the_policy() -> None:
    """A line that names a lot takes from that lot alone."""
    world = stocked()

    assert taken(world, ("A", 3, "OLD")) == [("OLD", 3)]
    refused = world.refusal(Sell(key="more", site="london", lines=lines(("A", 3, "OLD"))))
    assert refused.facts["shortages"] == [
        {"site": "london", "sku": "A", "lot": "OLD", "requested": "3", "available": "2"}
    ]


def test_narrow_lines_are_served_first() -> None:
    """R3: a line that leaves the choice does not take the lot that another line of the command names."""
    world = stocked()

    assert taken(world, ("A", 20), ("A", 5, "NEW")) == [("NEW", 5), ("MID", 5), ("OLD", 5), ("KEEPS", 5), (None, 5)]


def test_lines_that_meet_in_one_holding_share_it() -> None:
    """R3: a line that names a lot leaves to one that names a location what that cannot get elsewhere."""
    world = furnished()
    for key, lot, location in (("1", "L", "R-1"), ("2", "L", "R-2"), ("3", "M", "R-2")):
        world.execute(Receive(key=key, site="london", lines=lines(("A", 5, lot, location))))

    posting = world.execute(
        Sell(key="s", site="london", lines=lines(("A", 4), ("A", 5, "L"), ("A", 3, None, "R-1"), ("A", 2, "L", "R-1")))
    )
    taken = Counter[tuple[str | None, str | None]]()
    for movement in posting.movements:
        taken[movement.place.lot, movement.place.location] += movement.quantity // SCALE

    assert taken == {("L", "R-1"): 5, ("L", "R-2"): 5, ("M", "R-2"): 4}


@given(
    there=st.lists(st.integers(0, 6), min_size=9, max_size=9),
    by_lot=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    by_location=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    anywhere=st.integers(0, 9),
)
def test_what_can_be_served_is_and_nothing_more(
    there: list[int], by_lot: list[int], by_location: list[int], anywhere: int
) -> None:
    """R3, T1: lines by lot, by location and by neither are all served where Hall's condition holds, and never else."""
    cells = [(lot, location) for lot in range(3) for location in range(3)]
    demands = [(by_lot[n], [cell for cell in cells if cell[0] == n]) for n in range(3)]
    demands += [(by_location[n], [cell for cell in cells if cell[1] == n]) for n in range(3)]
    demands.append((anywhere, cells))
    stock = dict(zip(cells, there, strict=True))
    fits = all(
        sum(demands[n][0] for n in chosen)
        <= sum(stock[cell] for cell in {cell for n in chosen for cell in demands[n][1]})
        for size in range(len(demands) + 1)
        for chosen in combinations(range(len(demands)), size)
    )

    takers = share(
        [quantity for quantity, _ in demands],
        [[cells.index(cell) for cell in choice] for _, choice in demands],
        dict(enumerate(there)),
    )

    assert (takers is not None) == fits
    if takers is not None:
        taken = [[takers[cell].get(n, 0) for cell in range(9)] for n in range(len(demands))]
        assert [sum(parts) for parts in taken] == [quantity for quantity, _ in demands]
        assert all(sum(parts) <= stock for parts, stock in zip(zip(*taken, strict=True), there, strict=True))
        assert all(part >= 0 for parts in taken for part in parts)


@pytest.mark.parametrize(("places", "is_shared"), [(1_999, True), (2_000, False)])
def test_beyond_a_bound_lines_that_meet_are_taken_in_order(places: int, is_shared: bool) -> None:  # noqa: FBT001 - a column
    """T1: beyond the bound of sharing, lines that meet may be refused though all could be served; none oversell."""
    world = furnished()
    codes = [f"P-{number}" for number in range(places)]
    world.execute(Define(key="d", locations=tuple(LocationLine("london", code) for code in codes)))
    world.execute(Receive(key="1", site="london", lines=lines(*(("A", 1, "L", code) for code in codes))))
    sale = Sell(key="s", site="london", lines=lines(("A", places - 1, "L"), ("A", 1, None, "P-0")))

    if is_shared:
        assert sum(movement.quantity for movement in world.execute(sale).movements) == places * SCALE
    else:
        assert world.refusal(sale).code == "INSUFFICIENT_INVENTORY"
        assert world.balance("A") == places * SCALE


def test_lines_for_the_same_are_summed_before_the_check() -> None:
    """R3: two lines that each would fit are refused together when their sum does not fit; nothing is taken."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10))))
    before = world.snapshot()

    refused = world.refusal(Sell(key="sale", site="london", lines=lines(("A", 6), ("A", 6))))

    assert refused.code == "INSUFFICIENT_INVENTORY"
    assert refused.facts["shortages"] == [{"site": "london", "sku": "A", "requested": "12", "available": "10"}]
    assert world.snapshot() == before
    assert taken(world, ("A", 6), ("A", 4)) == [(None, 6), (None, 4)]


def test_all_shortages_are_told_together() -> None:
    """R2, R3: every short line is told at once, each with what is needed and what is there; nothing is taken."""
    world = furnished(skus=("A", "B", "C"))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 1), ("B", 9, "L"), ("C", 2, None, "R-1"))))
    before = world.snapshot()

    refused = world.refusal(
        Sell(key="sale", site="london", lines=lines(("B", 9), ("A", 2), ("B", 10, "L"), ("C", 3, None, "R-1")))
    )

    assert refused.facts["shortages"] == [
        {"site": "london", "sku": "B", "lot": "L", "requested": "10", "available": "9"},
        {"site": "london", "sku": "C", "location": "R-1", "requested": "3", "available": "2"},
        {"site": "london", "sku": "A", "requested": "2", "available": "1"},
    ]
    assert str(refused) == (
        "Not enough stock: B L at london: need 10, have 9; C R-1 at london: need 3, have 2; "
        "A at london: need 2, have 1."
    )
    assert world.snapshot() == before


@pytest.mark.parametrize(("quantity", "fits"), [(99, True), (100, True), (101, False)])
def test_the_last_unit_is_sold_and_no_more(quantity: int, fits: object) -> None:
    """L3: one less than there is and exactly what there is are sold; one more is refused."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 100))))
    sale = Sell(key="sale", site="london", lines=lines(("A", quantity)))

    if fits:
        world.execute(sale)
    else:
        assert world.refusal(sale).code == "INSUFFICIENT_INVENTORY"

    assert world.balance("A") == (100 - quantity if fits else 100) * SCALE


def test_a_location_and_another_site_are_apart() -> None:
    """L19, R6: a line takes only from its site and from the location that it names."""
    world = furnished()
    world.execute(Receive(key="1", site="london", lines=lines(("A", 2, None, "R-1"), ("A", 3, None, "R-2"))))
    world.execute(Receive(key="2", site="leeds", lines=lines(("A", 50))))

    world.execute(Sell(key="3", site="london", lines=lines(("A", 2, None, "R-2"))))

    assert (
        world.refusal(Sell(key="4", site="london", lines=lines(("A", 2, None, "R-2")))).code == "INSUFFICIENT_INVENTORY"
    )
    assert world.refusal(Sell(key="5", site="london", lines=lines(("A", 4)))).code == "INSUFFICIENT_INVENTORY"
    assert world.balance("A", site="leeds") == 50 * SCALE


def test_a_unit_is_taken_only_by_its_name() -> None:
    """A line without a unit never takes one, and a named unit is found wherever it lies in the site."""
    world = furnished()
    world.execute(
        Receive(key="po", site="london", lines=lines(("A", 1, None, "R-1", "SN-1"), ("A", 1, "L", None, "SN-2")))
    )

    assert world.refusal(Sell(key="1", site="london", lines=lines(("A", 1)))).code == "INSUFFICIENT_INVENTORY"
    assert world.refusal(Sell(key="2", site="leeds", lines=lines(("A", 1, None, None, "SN-1")))).code == (
        "INSUFFICIENT_INVENTORY"
    )
    posting = world.execute(Sell(key="3", site="london", lines=lines(("A", 1, None, None, "SN-1"))))
    assert [movement.place.unit for movement in posting.movements] == ["SN-1"]
    refused = world.refusal(Sell(key="4", site="london", lines=lines(("A", 1, None, None, "SN-1"))))
    assert str(refused) == "Not enough stock: A SN-1 at london: need 1, have 0."


def test_negative_stock_only_by_policy_and_to_its_limit() -> None:
    """R11, B28: without a policy nothing falls below zero; with one, lots go first and then the limit is exact."""
    world = stocked()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 3))))

    assert world.refusal(Sell(key="29", site="london", lines=lines(("A", 29)))).facts["shortages"] == [
        {"site": "london", "sku": "A", "requested": "29", "available": "28"}
    ]
    order = taken(world, ("A", 27))
    assert order == [("NEW", 5), ("MID", 5), ("OLD", 5), ("KEEPS", 5), (None, 5), (None, 2)]
    assert world.balance("A") == -2 * SCALE
    assert world.refusal(Sell(key="2", site="london", lines=lines(("A", 2)))).code == "INSUFFICIENT_INVENTORY"
    assert taken(world, ("A", 1)) == [(None, 1)]
    assert world.balance("A") == -3 * SCALE
    assert world.refusal(Sell(key="leeds", site="leeds", lines=lines(("A", 1)))).code == "INSUFFICIENT_INVENTORY"


def test_goods_elsewhere_in_the_site_go_first() -> None:
    """B28: the holding that may be negative is picked after those that may not, even if it was there before them."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 3))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2), ("A", 2, None, "R-1"))))

    posting = world.execute(Sell(key="sale", site="london", lines=lines(("A", 3))))

    assert [(movement.place.location, movement.quantity // SCALE) for movement in posting.movements] == [
        ("R-1", 2),
        (None, 1),
    ]


@pytest.mark.parametrize("units", [1, 2, 3])
@pytest.mark.parametrize(
    "kind",
    [
        lambda taken: Move(key="m", site="london", lines=taken, target=State.HOLD, reason="check"),
        lambda taken: Transfer(key="t", site="london", target="leeds", lines=taken),
        lambda taken: Transfer(key="t", site="london", target="leeds", lines=taken, in_transit=True),
        lambda taken: Adjust(key="a", site="london", reason="lost", lines=tuple(owed(line) for line in taken)),
    ],
    ids=["move", "transfer", "in transit", "adjust"],
)
def test_what_is_not_there_is_not_moved(kind: Callable[[tuple[Line, ...]], Command], units: int) -> None:
    """R11, B28: the allowance is for promises and sales; nothing else may take more than the two that are there."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 5))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2))))
    command = kind(lines(("A", units)))
    before = world.snapshot()

    if units > 2:
        assert world.refusal(command).facts["shortages"] == [
            {"site": "london", "sku": "A", "requested": "3", "available": "2"}
        ]
        assert world.snapshot() == before
    else:
        world.execute(command)
        assert world.balance("A", site="london") == (2 - units) * SCALE


def owed(line: Line) -> Line:
    """Turn the sign of a line around."""
    return line._replace(quantity=-line.quantity)


@pytest.mark.parametrize(("units", "fits"), [(6, True), (7, True), (8, False)])
@pytest.mark.parametrize("kind", [Sell, Reserve])
def test_promises_and_sales_may_be_owed(kind: type[Sell | Reserve], units: int, fits: object) -> None:
    """R11, B28: two that are there and five that are allowed can be promised or sold, and not one more."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 5))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2))))
    command = kind(key="k", site="london", lines=lines(("A", units)))

    if fits:
        world.execute(command)
        assert world.balance("A") == (2 - units) * SCALE
    else:
        assert world.refusal(command).facts["shortages"] == [
            {"site": "london", "sku": "A", "requested": "8", "available": "7"}
        ]


def test_below_zero_nothing_is_there_to_move() -> None:
    """R11: where stock is owed already, what may be moved is zero, not less, and other holdings still serve."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 5))))
    world.execute(Sell(key="sale", site="london", lines=lines(("A", 3))))
    world.execute(Receive(key="po", site="london", lines=lines(("A", 2, None, "R-1"))))

    refused = world.refusal(Transfer(key="1", site="london", target="leeds", lines=lines(("A", 3))))
    assert refused.facts["shortages"] == [{"site": "london", "sku": "A", "requested": "3", "available": "2"}]
    posting = world.execute(Transfer(key="2", site="london", target="leeds", lines=lines(("A", 2))))
    left = {movement.place.location for movement in posting.movements if movement.place.site == "london"}
    assert left == {"R-1"}
    assert world.balance("A", site="london") == -3 * SCALE


def test_only_available_goes_below_zero() -> None:
    """B28: the policy is about available stock; other states never fall below zero."""
    world = furnished()
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("A", 3))))
    back = Move(
        key="back", site="london", lines=lines(("A", 1)), source=State.HOLD, target=State.AVAILABLE, reason="found"
    )

    assert world.refusal(back).code == "INSUFFICIENT_INVENTORY"


def test_a_version_guards_what_was_read() -> None:
    """P13: a line decided on an old version is refused with both versions; several lines share the version before."""
    world = furnished()
    world.execute(Receive(key="po", site="london", lines=lines(("A", 10, "L"))))
    told = {"lot": "L", "version": 1}

    stale = Line("A", SCALE, lot="L", version=0)
    refused = world.refusal(Sell(key="1", site="london", lines=(Line("A", SCALE, lot="L"), stale)))
    assert refused.facts == {"entity": "holding A L", "expected": 0, "actual": 1}
    assert str(refused) == "Version 0 was expected of holding A L, version 1 is there."

    world.execute(Sell(key="2", site="london", lines=(Line("A", SCALE, **told), Line("A", SCALE, version=1))))  # type: ignore[arg-type]  # one kind of value each

    assert world.refusal(Sell(key="3", site="london", lines=(Line("A", SCALE, version=1),))).facts["actual"] == 3


def test_the_version_of_several_holdings_is_their_sum() -> None:
    """P13: where a line leaves the choice, any change of any of the holdings changes the version; none is zero."""
    world = stocked()

    assert world.refusal(Sell(key="1", site="london", lines=(Line("A", SCALE, version=0),))).facts["actual"] == 5
    world.execute(Sell(key="2", site="london", lines=(Line("A", SCALE, version=5),)))
    assert world.refusal(Sell(key="3", site="london", lines=(Line("A", SCALE, version=5),))).facts["actual"] == 6
    assert world.refusal(Sell(key="4", site="leeds", lines=(Line("A", SCALE, version=0),))).code == (
        "INSUFFICIENT_INVENTORY"
    )


@pytest.mark.parametrize("kind", [Sell, Reserve, Move, Transfer])
def test_whoever_takes_wants_it_loaded(kind: type) -> None:
    """Unknown names are refused by every operation that takes: site, item, lot, location, unit."""
    world = furnished()
    more: dict[type, dict[str, object]] = {
        Move: {"target": State.HOLD, "reason": "check"},
        Transfer: {"target": "leeds"},
    }

    def code(site: str, line: Line) -> str:
        return world.refusal(kind(key="k", site=site, lines=(line,), **more.get(kind, {}))).code

    assert code("paris", Line("A", 1)) == "UNKNOWN_SITE"
    assert code("london", Line("X", 1)) == "UNKNOWN_ITEM"
    assert code("london", Line("A", 1, lot="X")) == "BATCH_NOT_FOUND"
    assert code("london", Line("A", 1, location="X")) == "UNKNOWN_LOCATION"
    assert code("london", Line("A", 1, unit="X")) == "UNIT_NOT_FOUND"


def test_received_at_orders_exactly() -> None:
    """FIFO tells lots apart that came a microsecond after each other."""
    world = furnished(pick_policy="fifo")
    world.now = datetime(2026, 1, 31, tzinfo=UTC)
    for lot in ("Z", "Y", "X"):
        world.now += timedelta(microseconds=1)
        world.execute(Receive(key=lot, site="london", lines=lines(("A", 1, lot))))

    assert taken(world, ("A", 3)) == [("Z", 1), ("Y", 1), ("X", 1)]
