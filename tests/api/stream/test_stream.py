"""The live stream of a real server: filtered, limited to sites, ended with its key, and patient with slow readers."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

import onhand
from tests.api.conftest import Shop
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase


@contextmanager
def listening(caller: Caller, **query: str) -> Iterator[Iterator[int]]:
    """Open a stream; gives the numbers as they come, and 0 for each heartbeat."""
    with caller.http.stream("GET", "/api/events", params=query) as response:
        assert response.status_code == 200

        def numbers() -> Iterator[int]:
            number = 0
            for line in response.iter_lines():
                if line.startswith("id: "):
                    number = int(line[4:])
                elif line.startswith("data: "):
                    assert json.loads(line[6:])["number"] == number
                    yield number
                elif line == ": heartbeat":
                    yield 0

        yield numbers()


def head_of(shop: Shop) -> int:
    """Where the journal ends."""
    return int(shop.boss.get("/api/journal").body["number"])


def test_filters_narrow_a_stream(shop: Shop) -> None:
    """S13: kind, site and item narrow what is told; an unknown parameter is refused."""
    start = head_of(shop)
    numbers = {}
    for name, path, site in [
        ("a", "/api/sales", "london"),
        ("b", "/api/sales", "paris"),
        ("c", "/api/returns", "london"),
        ("d", "/api/sales", "london"),
    ]:
        body = {"site": site, "lines": [{"sku": "A", "quantity": "1"}]}
        numbers[name] = shop.boss.done(path, body)["number"]
    for query, wanted in [
        ({}, "abcd"),
        ({"kind": "sell"}, "abd"),
        ({"site": "london"}, "acd"),
        ({"kind": "sell", "site": "london", "sku": "A"}, "ad"),
    ]:
        with listening(shop.boss, since=str(start), **query) as told:
            assert [next(told) for _ in wanted] == [numbers[name] for name in wanted], query
    assert shop.boss.get("/api/events", colour="red").code == "INVALID_COMMAND"


@pytest.mark.parametrize("told", ["-1", "1e3", "0x1", "\u0661", "1.0", " ", "9" * 19, "1\n"])
def test_a_number_that_is_none_is_refused(shop: Shop, told: str) -> None:
    """T15: Last-Event-ID is the number of a posting, in digits of ASCII."""
    assert shop.boss.get("/api/events", since=told).status == 422


def test_a_key_of_a_site_hears_of_it_alone(shop: Shop) -> None:
    """S12, S13: no posting that touches another site is told, nor one that touches none; another site is not there."""
    caller = shop.london_clerk
    start = head_of(shop)
    for site, key in (("paris", "elsewhere"), ("london", "here")):
        shop.boss.done("/api/sales", {"site": site, "lines": [{"sku": "A", "quantity": "1"}]}, key=f"stream {key}")
    move = {"site": "london", "target": "paris", "lines": [{"sku": "A", "quantity": "1"}]}
    shop.boss.done("/api/transfers", move)
    shop.boss.done("/api/customers", {"code": "c-stream", "name": "Ann"})
    last = shop.boss.done("/api/sales", {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]})["number"]
    with listening(caller, since=str(start)) as told:
        assert [next(told), next(told)] == [start + 2, last]
    refused = caller.get("/api/events", site="paris")
    nowhere = caller.get("/api/events", site="nowhere")

    assert (refused.status, refused.code) == (nowhere.status, nowhere.code) == (404, "UNKNOWN_SITE")


def test_a_stream_ends_with_its_key(shop: Shop) -> None:
    """T8: the stream of a key that is revoked ends within seconds, also while there is always something to tell."""
    made = shop.boss.done("/api/keys", {"name": "listener", "role": "viewer"})
    caller = shop.running.caller(made["api_key_text"])
    with listening(caller, since="0") as told:
        next(told)
        shop.boss.done(f"/api/keys/{made['api_key']}/revocation")
        begun = time.monotonic()
        for number, _ in enumerate(told):
            if number % 10 == 0 and time.monotonic() - begun < 20:
                shop.boss.done("/api/sales", {"site": "london", "lines": [{"sku": "A", "quantity": "0.001"}]})

    assert time.monotonic() - begun < 10


@pytest.fixture
def busy(database: TestDatabase) -> Iterator[Running]:
    """A server on a database of this test's own."""
    with onhand.connect_sync(database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 1_000_000)], key="po-1")
    with serving(database) as running:
        yield running


def test_a_reader_that_does_not_read_holds_up_nobody(busy: Running) -> None:
    """S13, T10: thousands of events wait for a reader that is asleep, in the journal; then it gets all, in order."""
    key = busy.make_key("till", "clerk")
    caller = busy.caller(key)
    address = urlsplit(busy.url)
    request = f"GET /api/events?since=2 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"
    with socket.create_connection((str(address.hostname), int(address.port or 0))) as asleep:
        asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        asleep.sendall(request.encode())
        assert asleep.recv(1)
        with listening(caller, since="2") as told:
            line = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}], "reason": "x" * 900}
            for part in range(6):
                commands = [{"operation": "sell", "key": f"s-{part}-{number}", **line} for number in range(500)]
                busy.caller(key).done("/api/bulk", {"commands": commands})
            last = int(caller.get("/api/journal").body["number"])
            awake = [number for number in iter(told.__next__, last) if number]
        asleep.settimeout(30)
        with asleep.makefile("rb") as lines:
            numbers = []
            for text in lines:
                if text.startswith(b"id: "):
                    numbers.append(int(text[4:]))
                    if numbers[-1] == last:
                        break

    assert last > 3000
    assert [*awake, last] == numbers == list(range(3, last + 1))
