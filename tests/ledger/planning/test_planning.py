"""Incoming stock, what may be promised by a day, reorder points, and what forecasts are made from."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import psycopg
import pytest

from onhand import Refused
from onhand.kernel.transitions import PURCHASE
from onhand.ledger.planning.port import Demand
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish
from tests.ledger.soundness import flaws

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


async def incoming(stock: Stock, sku: str) -> tuple[int, int]:
    """What is available and what is incoming of an item, in whole units."""
    ((_, balances),) = await stock.reports.live_totals([sku])
    assert balances.available % 1 == balances.incoming % 1 == 0
    return int(balances.available), int(balances.incoming)


async def test_ordered_goods_are_incoming_until_they_come(stock: Stock, database: TestDatabase) -> None:
    """B31: ordered goods stand beside what is on hand, cannot be sold, and come in parts."""
    await furnish(stock, ("A", 5))
    ordered = await stock.planning.order_incoming(
        site="london", lines=[("A", 10)], supplier="Acme", expected_on=JUNE, key="1"
    )
    number = ordered.made("purchase")
    assert await incoming(stock, "A") == (5, 10)
    with pytest.raises(Refused, match="need 6, have 5"):
        await stock.sell(site="london", lines=[("A", 6)], key="2")

    await stock.planning.receive_incoming(purchase=number, lines=[("A", 4)], key="3")
    (waiting,) = await stock.planning.list_purchases("london")
    assert (await incoming(stock, "A"), waiting.lines) == ((9, 6), (("A", Decimal(6)),))
    await stock.planning.receive_incoming(purchase=number, key="4")

    assert await incoming(stock, "A") == (15, 0)
    assert [(bought.status, bought.supplier) for bought in await stock.planning.list_purchases(expected=False)] == [
        ("received", "Acme")
    ]
    with pytest.raises(Refused, match="is received, so it cannot become received"):
        await stock.planning.receive_incoming(purchase=number, key="5")
    assert flaws(database.admin_url) == []
    assert (await stock.verify()).ok


async def test_what_will_not_come_is_not_expected_any_more(stock: Stock) -> None:
    """B31: closing a purchase takes what is left back to the supplier; one that never brought anything is cancelled."""
    await furnish(stock, ("A", 5))
    numbers = [
        (await stock.planning.order_incoming(site="london", lines=[("A", 10)], key=key)).made("purchase")
        for key in ("1", "2")
    ]

    await stock.planning.receive_incoming(purchase=numbers[0], lines=[("A", 3)], close=True, key="3")
    await stock.planning.receive_incoming(purchase=numbers[1], lines=[("A", 0)], close=True, key="4")

    assert await incoming(stock, "A") == (8, 0)
    assert [bought.status for bought in await stock.planning.list_purchases(expected=False)] == [
        "received",
        "cancelled",
    ]
    assert (await stock.verify()).ok


async def test_more_than_was_ordered_is_refused(stock: Stock) -> None:
    """B31: what nobody ordered is received for itself, so that a purchase never brings more than was ordered."""
    await furnish(stock, ("A", 5))
    ordered = await stock.planning.order_incoming(site="london", lines=[("A", 10)], key="1")

    with pytest.raises(Refused, match="need 11, have 10"):
        await stock.planning.receive_incoming(purchase=ordered.made("purchase"), lines=[("A", 11)], key="2")


async def test_an_order_is_undone(stock: Stock) -> None:
    """B31: undoing an order cancels the purchase; undoing a receipt brings its goods back to incoming."""
    await furnish(stock, ("A", 5))
    ordered = await stock.planning.order_incoming(site="london", lines=[("A", 10)], key="1")
    came = await stock.planning.receive_incoming(purchase=ordered.made("purchase"), key="2")

    await stock.revert(number=came.number, reason="wrong van", key="3")
    assert await incoming(stock, "A") == (5, 10)
    await stock.revert(number=ordered.number, reason="never mind", key="4")

    assert await incoming(stock, "A") == (5, 0)
    assert [bought.status for bought in await stock.planning.list_purchases(expected=False)] == ["cancelled"]
    assert (await stock.verify()).ok


async def test_what_may_be_promised_by_a_day(stock: Stock) -> None:
    """B31: by a day may be promised what is available, and what is expected until then."""
    await furnish(stock, ("A", 5))
    await stock.reserve(site="london", lines=[("A", 2)], key="cart")
    for key, day, quantity in (("1", JUNE, 10), ("2", JULY, 20), ("3", None, 40)):
        await stock.planning.order_incoming(site="london", lines=[("A", quantity)], expected_on=day, key=key)

    promised = [
        await stock.planning.available_to_promise("london", "A", on) for on in (None, date(2026, 5, 31), JUNE, JULY)
    ]

    assert promised == [3, 3, 13, 33]


async def test_a_reorder_point_is_set_and_left_to_the_forecast(stock: Stock) -> None:
    """B26: somebody decides the point and the target of an item at a site, and can leave them to the forecast again."""
    await furnish(stock, ("A", 5), ("B", 7))
    await stock.planning.set_reorder_points(site="london", points={"A": (4, "12.5"), "B": (1, 2)}, key="1")
    await stock.planning.set_reorder_points(site="london", points={"B": None}, key="2")

    told = {position.sku: (position.point, position.target) for position in await stock.planning.positions("london")}

    assert told == {"A": (Decimal(4), Decimal("12.5")), "B": (None, None)}
    for wrong in ((5, 4), (-1, 4)):
        with pytest.raises(Refused, match="a reorder point is from zero on"):
            await stock.planning.set_reorder_points(site="london", points={"A": wrong}, key="3")


async def test_demand_is_what_was_taken_less_what_came_back(stock: Stock) -> None:
    """S15: demand is counted by days of the org; what was moved, lost or reserved is none."""
    await stock.catalog.configure(settings={"time_zone": "Europe/London"}, key="zone")
    await furnish(stock, ("A", 50))
    late, next_day = datetime(2026, 6, 30, 23, 30, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)
    await stock.sell(site="london", lines=[("A", 3)], key="1", occurred_at=late)
    held = await stock.reserve(site="london", lines=[("A", 4)], key="2", occurred_at=next_day)
    await stock.reservations.commit(reservation=held.made("reservation"), key="3", occurred_at=next_day)
    await stock.take_back(site="london", lines=[("A", 1)], key="4", occurred_at=next_day)
    await stock.adjust(site="london", lines=[("A", -5)], reason="lost", key="5", occurred_at=next_day)

    assert [*await stock.planning.demand(date(2026, 6, 1), date(2026, 7, 31))] == [Demand("A", JULY, Decimal(6))]
    assert not await stock.planning.demand(date(2026, 6, 1), date(2026, 6, 30), site="london")


async def test_the_database_keeps_the_steps_of_purchases(stock: Stock, database: TestDatabase) -> None:
    """B31: the database has the kernel's table of transitions, and plain SQL goes no other way."""
    for source, target in product(PURCHASE, repeat=2):
        ((allowed,),) = query(database.admin_url, f"SELECT purchase_status_may_follow('{source}', '{target}')")
        assert allowed == (source == target or target in PURCHASE[source])
    await furnish(stock, ("A", 5))
    ordered = await stock.planning.order_incoming(site="london", lines=[("A", 10)], key="1")
    await stock.planning.receive_incoming(purchase=ordered.made("purchase"), key="2")

    with pytest.raises(psycopg.errors.CheckViolation, match="cannot become expected"):
        query(database.admin_url, "UPDATE purchase SET status = 'expected'")
