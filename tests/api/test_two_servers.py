"""Two server processes on one database: what the promise says holds over both."""

import concurrent.futures
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import onhand
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase

ROOT = Path(__file__).resolve().parents[2]
UNITS, CALLERS, ROUNDS = 20, 32, 3


@pytest.fixture(scope="module")
def servers(module_database: TestDatabase) -> Iterator[tuple[Running, Running]]:
    """Two servers with one shop behind them."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        items = [f"LAST-{number}" for number in range(ROUNDS)]
        stock.define(sites=["london"], items=[*items, "MUG", "TEA"], key="define")
        stock.receive(site="london", lines=[(sku, UNITS) for sku in items], key="po-1")
        stock.receive(site="london", lines=[("MUG", 10)], key="po-2")
        tea = [{"sku": "TEA", "quantity": quantity, "lot": lot} for lot, quantity in (("T-1", 3), ("T-2", 4))]
        stock.receive(site="london", lines=tea, key="po-3")
    with serving(module_database) as first, serving(module_database) as second:
        yield first, second


@pytest.fixture(scope="module")
def key(servers: tuple[Running, Running]) -> str:
    """The key of a clerk, good on both."""
    return servers[0].make_key("till", "clerk")


def _callers(servers: tuple[Running, Running], key: str) -> list[Caller]:
    return [servers[number % 2].caller(key) for number in range(CALLERS)]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_the_last_units_are_sold_exactly_once(servers: tuple[Running, Running], key: str, number: int) -> None:
    """T1: 32 callers over two servers race for the last 20 units, each for three of one: exactly 20 are granted."""
    sku = f"LAST-{number}"
    body = {"site": "london", "lines": [{"sku": sku, "quantity": 1}]}

    def buy(caller: Caller) -> list[int]:
        return [caller.post("/api/sales", body).status for _ in range(3)]

    with concurrent.futures.ThreadPoolExecutor(CALLERS) as pool:
        statuses = Counter(status for found in pool.map(buy, _callers(servers, key)) for status in found)

    left = [server.caller(key).get("/api/items/live", skus=sku).body[0]["balances"] for server in servers]
    assert statuses == {201: UNITS, 400: 3 * CALLERS - UNITS}
    assert left[0] == left[1]
    assert left[0]["available"] == "0"


def test_one_key_on_both_at_once_is_one_sale(servers: tuple[Running, Running], key: str) -> None:
    """T5: the same request under one key, sent 32 times to both servers at once, is done once and answered alike."""
    body = {"site": "london", "lines": [{"sku": "MUG", "quantity": 1}]}
    live = servers[1].caller(key)
    before = int(live.get("/api/items/live", skus="MUG").body[0]["balances"]["available"])
    with concurrent.futures.ThreadPoolExecutor(CALLERS) as pool:
        answers = list(pool.map(lambda caller: caller.post("/api/sales", body, key="one"), _callers(servers, key)))

    assert Counter(answer.status for answer in answers) == {201: 1, 200: CALLERS - 1}
    assert len({answer.body["number"] for answer in answers}) == 1
    assert live.get("/api/items/live", skus="MUG").body[0]["balances"]["available"] == str(before - 1)


def test_a_change_on_one_is_seen_on_the_other_at_once(servers: tuple[Running, Running], key: str) -> None:
    """C11: no server answers from before a change that the other one has acknowledged, round after round."""
    here, there = (server.caller(key) for server in servers)
    path, body = "/api/items/live", {"site": "london", "lines": [{"sku": "MUG", "quantity": 1}]}
    before = int(here.get(path, skus="MUG").body[0]["balances"]["available"])
    stale = []
    for _ in range(10):
        here.done("/api/sales", body)
        sold = there.get(path, skus="MUG").body[0]["balances"]["available"]
        there.done("/api/returns", body)
        back = here.get(path, skus="MUG").body[0]["balances"]["available"]
        stale += [(sold, back)] if (int(sold), int(back)) != (before - 1, before) else []

    assert not stale


@pytest.fixture
def shop(servers: tuple[Running, Running], key: str) -> Iterator[str]:
    """The shop of the examples, at its address."""
    environment = {**servers[0].environment, "ONHAND_URL": servers[0].url, "ONHAND_KEY": key}
    command = [sys.executable, str(ROOT / "examples" / "shop.py"), "london"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            found = re.search(rb"http://\S+/", process.stdout.readline())
            assert found is not None
            yield found[0].decode()
        finally:
            process.terminate()


def test_the_shop_of_the_examples_shows_what_there_is_in_all(shop: str) -> None:
    """An item in two lots has one button, with what both hold."""
    page = httpx.get(shop, timeout=60).text

    assert re.findall(r"TEA: (\S+) left", page) == ["7"]


def test_the_shop_of_the_examples_says_how_it_is_started() -> None:
    """Without a site, or an address and a key, it says what it needs."""
    command = [sys.executable, str(ROOT / "examples" / "shop.py")]
    done = subprocess.run(command, env={}, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert "ONHAND_URL=http://" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_shop_of_the_examples_never_oversells(
    shop: str, servers: tuple[Running, Running], key: str, module_database: TestDatabase
) -> None:
    """T1, T5: 16 buyers press twice for the last mugs while a till sells on the other server: a mug has one buyer."""
    before = int(servers[0].caller(key).get("/api/items/live", skus="MUG").body[0]["balances"]["available"])
    till = servers[1].caller(key)

    def buy(number: int) -> list[tuple[int, str]]:
        with httpx.Client(timeout=60) as browser:
            page = browser.get(shop).text
            order = re.findall(r'name=sku value="MUG">\s*<input type=hidden name=order value="([^"]+)"', page)
            told = {"sku": "MUG", "order": order[0] if order else f"late-{number}"}
            answers = [browser.post(shop, data=told) for _ in range(2)]
        return [(answer.status_code, answer.text) for answer in answers]

    with concurrent.futures.ThreadPoolExecutor(17) as pool:
        at_till = pool.submit(
            lambda: [
                till.post("/api/sales", {"site": "london", "lines": [{"sku": "MUG", "quantity": 1}]}).status
                for _ in range(3)
            ]
        )
        answers = list(pool.map(buy, range(16)))
    granted = [first for first, _ in answers if first[0] == 200]
    sold_at_till = at_till.result().count(201)

    with onhand.connect_sync(module_database.engine_url) as stock:
        left = stock.reports.live_totals(["MUG"])[0].balances.available
    assert all(first == second for first, second in answers), "who pressed twice was answered alike"
    assert {status for pair in answers for status, _ in pair} == {200, 409}
    assert len(granted) + sold_at_till == before
    assert len({text for _, text in granted}) == len(granted)
    assert left == 0
