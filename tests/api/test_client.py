"""The Python client, against a real server."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

import onhand
from onhand.api.routes.routes import find_nouns
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


def test_the_verbs_say_what_the_addresses_say(running: Running) -> None:
    """R15: a sale, its retry, a trial, a refusal, lists and moments by typed verbs."""
    ends = datetime(2099, 12, 31, 18, tzinfo=UTC)
    with Client(running.url, running.make_key("boss", "admin")) as shop:
        first = shop.sell(site="london", lines=[{"sku": "A", "quantity": Decimal("1.50")}], key="sale-1")
        again = shop.sell(site="london", lines=[{"sku": "A", "quantity": "1.5"}], key="sale-1")
        trial = shop.sell(site="london", lines=[{"sku": "A", "quantity": 1}], dry_run=True)
        with pytest.raises(ServiceProblem) as caught:
            shop.sell(site="london", lines=[{"sku": "B", "quantity": 2}])
        rows = [row["sku"] for row in shop.every(shop.list_holdings, site="london", limit=1)]
        held = shop.reserve(site="london", lines=[{"sku": "C", "quantity": 1}], expires_at=ends)
        released = shop.release_reservation(reservation=held["reservation"], reason="changed her mind")
        renamed = shop.define_item(sku="A 1?", name="odd", if_match=0)
        with pytest.raises(ServiceProblem) as late:
            shop.define_item(sku="A 1?", name="odder", if_match=0)
        live = shop.live_totals(skus="A,B", site="london")
        due = shop.vat_report(since=date(2026, 1, 1), until="2026-01-31")

    assert (first["movements"][0]["quantity"], again["replayed"], trial["dry_run"]) == ("1.5", True, True)
    assert (caught.value.code, late.value.code) == ("INSUFFICIENT_INVENTORY", "VERSION_CONFLICT")
    assert rows == ["A", "B", "C"]
    assert (released["reason"], released["changes"][0]["after"]["status"]) == ("changed her mind", "released")
    assert renamed["changes"][0]["after"]["sku"] == "A 1?"
    assert [one["balances"]["available"] for one in live] == ["98.5", "1"]
    assert (due["since"], due["gross"]) == ("2026-01-01", "0.00")


async def test_the_awaited_verbs_say_the_same(running: Running) -> None:
    """S13: a sale, its retry, a trial, a refusal and a list by typed verbs with an event loop."""
    async with AsyncClient(running.url, running.make_key("till", "clerk")) as shop:
        first = await shop.sell(site="london", lines=[{"sku": "A", "quantity": 1}], key="sale-1")
        again = await shop.sell(site="london", lines=[{"sku": "A", "quantity": 1}], key="sale-1")
        trial = await shop.sell(site="london", lines=[{"sku": "A", "quantity": 1}], dry_run=True)
        with pytest.raises(ServiceProblem) as caught:
            await shop.sell(site="london", lines=[{"sku": "B", "quantity": 2}])
        rows = [row["balances"]["available"] async for row in shop.every(shop.list_holdings, limit=2)]
        me = await shop.me()

    assert (again["number"], again["replayed"], trial["dry_run"]) == (first["number"], True, True)
    assert caught.value.facts["shortages"][0]["available"] == "1"
    assert rows == ["99", "1", "1"]
    assert me == {"name": "till", "role": "clerk", "sites": []}


@pytest.mark.parametrize("name", [".", "..", "../sites", "a/b", "...", "%2E"])
def test_a_name_stays_one_part_of_the_path(running: Running, name: str) -> None:
    """R15: whatever a thing is called, its verb reaches it, and no other address."""
    with Client(running.url, running.make_key("boss", "admin")) as shop:
        made = shop.define_item(sku=name, name="odd")
        found = shop.get_item(sku=name)

    assert made["changes"][0]["after"]["sku"] == found["sku"] == name


def test_a_name_that_is_empty_calls_nothing(running: Running) -> None:
    """R15: without a name the address would be the one of a list, or of another operation."""
    with Client(running.url, running.make_key("boss", "admin")) as shop, pytest.raises(ValueError, match="empty"):
        shop.get_item(sku="")


def test_there_is_a_verb_for_every_address() -> None:
    """Each operation of the description is a method of both clients, but for sessions, which a key needs none of."""
    names = {route.name for noun, routes in find_nouns().items() for route in routes if noun != "sessions"}

    assert {name for name in names if not callable(getattr(Client, name, None))} == set()
    assert {name for name in names if not callable(getattr(AsyncClient, name, None))} == set()


def test_a_key_that_is_made_up_stays_the_same_at_each_attempt() -> None:
    """C16: a call that is told no key makes one up, and its retries have the same; the next call has another."""
    keys: list[str] = []

    class Flaky(BaseHTTPRequestHandler):
        """Answers every second time."""

        def do_POST(self) -> None:
            """Note the key, and be busy at first."""
            keys.append(self.headers["Idempotency-Key"])
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(503 if len(keys) % 2 else 201)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Flaky) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with Client(f"http://127.0.0.1:{server.server_port}", "ohk_live_none") as shop:
            shop.sell(site="london", lines=[])
            shop.sell(site="london", lines=[])
        server.shutdown()

    assert (keys[0], keys[2]) == (keys[1], keys[3])
    assert keys[0] != keys[2]


def test_a_service_that_is_not_there_is_told(running: Running) -> None:
    """C16: after all attempts the caller is told, and may try again with the same key."""
    with Client("http://127.0.0.1:9", "ohk_live_none", attempts_max=2) as shop, pytest.raises(ServiceProblem) as caught:
        shop.ask("/api/me")

    assert running.url
    assert caught.value.retryable
