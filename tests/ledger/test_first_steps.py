"""The first steps that a user takes."""

import pytest

import onhand
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase


async def test_a_sale_can_be_made_and_undone(stock: Stock) -> None:
    """Goods that were received are sold, and a voided sale puts them back."""
    await stock.define(sites=["london"], items=["85123A"], key="d-1")
    await stock.receive(site="london", lines=[("85123A", 600)], key="po-1")

    sale = await stock.sell(site="london", lines=[("85123A", 6)], key="till-7/000123")
    undone = await stock.revert(number=sale.number, reason="voided", key="till-7/000124")

    assert [movement.quantity for movement in sale.movements] == [6_000_000]
    assert undone.reverts == (sale.number,)
    assert undone.movements[0].balances[0] == 600_000_000


def test_the_same_without_await(database_url: str) -> None:
    """The synchronous facade has the same verbs."""
    with onhand.connect_sync(database_url) as stock:
        stock.define(sites=["london"], items=["85123A"], key="d-1")
        received = stock.receive(site="london", lines=[("85123A", "600.5")], key="po-1")

    assert received.movements[0].quantity == 600_500_000


async def test_what_is_not_there_is_refused(stock: Stock) -> None:
    """A number that names nothing is refused by name, whatever it should name."""
    for ask, code in (
        (stock.reservations.release(reservation=999, key="a"), "RESERVATION_NOT_FOUND"),
        (stock.arrive(transfer=999, key="b"), "TRANSFER_NOT_FOUND"),
        (stock.revert(number=999, key="c"), "POSTING_NOT_FOUND"),
    ):
        with pytest.raises(onhand.Refused) as refused:
            await ask

        assert refused.value.code == code


async def test_another_process_cannot_be_told_another_measure(stock: Stock, database: TestDatabase) -> None:
    """What is kept at any site, a unit too, keeps its measure, as a process finds that knows nothing of it yet."""
    await stock.define(sites=["london", "leeds"], items=["A", "B", "C"], key="d-1")
    await stock.receive(site="leeds", lines=[("A", 1)], key="po-1")
    await stock.serials.receive(site="leeds", serials=[("B", "SN-1")], key="po-2")

    async with onhand.connect(database.engine_url) as other:
        for sku in ("A", "B"):
            with pytest.raises(onhand.Refused) as refused:
                await other.define(items=[{"sku": sku, "measure": "kg"}], key=f"m-{sku}")
            assert refused.value.facts == {"sku": sku, "site": "leeds", "measure": "piece"}
        changed = await other.define(items=[{"sku": "C", "measure": "kg"}], key="m-C")

    assert [change.after["measure"] for change in changed.changes] == ["kg"]
