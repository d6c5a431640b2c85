"""The Python client, against a real server."""

from collections.abc import Iterator

import pytest

import onhand
from onhand.client import AsyncClient, Client, ServiceProblem
from tests.api.serving import Running, serving
from tests.conftest import TestDatabase

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}


@pytest.fixture
def running(database: TestDatabase) -> Iterator[Running]:
    """A server with stock in three places."""
    with onhand.connect_sync(database.engine_url) as stock:
        stock.define(sites=["london"], items=["A", "B", "C"], key="define")
        stock.receive(site="london", lines=[("A", 100), ("B", 1), ("C", 1)], key="po-1")
    with serving(database) as server:
        yield server


def test_the_client_acts_once_and_asks_page_by_page(running: Running) -> None:
    """R15: a write under a key is done once, lists are followed, refusals come with code and facts."""
    with Client(running.url, running.make_key("till", "clerk")) as shop:
        first = shop.act("/api/sales", SALE, key="sale-1")
        again = shop.act("/api/sales", SALE, key="sale-1")
        trial = shop.act("/api/sales", SALE, key="sale-2", dry_run=True)
        rows = [row["sku"] for row in shop.pages("/api/holdings", site="london", limit=1)]
        with pytest.raises(ServiceProblem) as caught:
            shop.act("/api/sales", {**SALE, "lines": [{"sku": "B", "quantity": "2"}]}, key="sale-3")
        events = shop.events(since=first["number"] - 1)
        event = next(events)

    assert (again["number"], again["replayed"], trial["dry_run"]) == (first["number"], True, True)
    assert rows == ["A", "B", "C"]
    assert (caught.value.code, caught.value.retryable) == ("INSUFFICIENT_INVENTORY", False)
    assert caught.value.facts["shortages"][0]["available"] == "1"
    assert (event.number, event.posting["kind"]) == (first["number"], "sell")


async def test_the_asynchronous_client_does_the_same(running: Running) -> None:
    """S13: the same with an event loop, the live stream included."""
    async with AsyncClient(running.url, running.make_key("till", "clerk")) as shop:
        sale = await shop.act("/api/sales", SALE, key="sale-1")
        rows = [row async for row in shop.pages("/api/holdings", limit=2)]
        async for event in shop.events(since=0):
            if event.number == sale["number"]:
                break

    assert len(rows) == 3
    assert event.posting["key"] == "sale-1"


def test_a_service_that_is_not_there_is_told(running: Running) -> None:
    """C16: after all attempts the caller is told, and may try again with the same key."""
    with Client("http://127.0.0.1:9", "ohk_live_none", attempts_max=2) as shop, pytest.raises(ServiceProblem) as caught:
        shop.ask("/api/me")

    assert running.url
    assert caught.value.retryable
