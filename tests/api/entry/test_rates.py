"""The rates of a key, an org and an address over HTTP: at the rate all is well, one more is 429 and not done."""

import asyncio
import itertools
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest

import onhand
from onhand.api.entry.calls import address_of, source_of
from onhand.bootstrap import create_org
from onhand.config import Config
from tests.api.serving import Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import query

pytestmark = pytest.mark.timeout(120)

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
RATES = {
    "ONHAND_LIMIT_KEY_PER_SECOND": "1",
    "ONHAND_LIMIT_ORG_PER_SECOND": "2",
    "ONHAND_LIMIT_ADDRESS_PER_SECOND": "1",
}
"""With the burst of two seconds: two requests of a key at once, four of an org, two from an address."""
_addresses = itertools.count(10)
_names = itertools.count(1)


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server with small rates, and two orgs with goods."""
    asyncio.run(create_org(replace(Config(database_url=module_database.engine_url), org="other")))
    for org in ("main", "other"):
        with onhand.connect_sync(module_database.engine_url, org=org) as stock:
            stock.define(sites=["london"], items=["A"], key="define")
            stock.receive(site="london", lines=[("A", 1000)], key="po-1")
    with serving(module_database, **RATES) as server:
        yield server


def _sell(running: Running, api_key: str | None, *, address: str | None = None, name: str = "") -> httpx.Response:
    """Sell from an address of this machine that nobody has come from, unless told."""
    chosen = address or f"127.0.0.{next(_addresses)}"
    told = {} if api_key is None else {"Authorization": f"Bearer {api_key}"}
    with httpx.Client(base_url=running.url, transport=httpx.HTTPTransport(local_address=chosen)) as client:
        headers = {"Idempotency-Key": name or f"sale-{next(_names)}", **told}
        return client.post("/api/sales", json=SALE, headers=headers)


def _quickly(ask: Callable[[], list[httpx.Response]], seconds: float = 0.4) -> list[httpx.Response]:
    """Ask for all in less time than a bucket takes to gain one; again with full buckets where it took longer."""
    while True:
        begun = time.monotonic()
        answers = ask()
        if time.monotonic() - begun < seconds:
            return answers
        select.select([], [], [], 2.5)


def test_requests_a_second_of_one_key(running: Running, module_database: TestDatabase) -> None:
    """T10: two requests of a key are let in, the third is refused with 429 and not done; another key goes on."""
    keys = [running.make_key(f"k-{number}", "clerk") for number in range(2)]
    numbers = itertools.count(1)

    def ask() -> list[httpx.Response]:
        number = next(numbers)
        return [_sell(running, keys[0], name=f"k-{number}-{part}") for part in range(3)] + [_sell(running, keys[1])]

    answers = _quickly(ask)
    done = query(module_database.admin_url, "SELECT key FROM posting WHERE key LIKE 'k-%'")

    assert [answer.status_code for answer in answers] == [201, 201, 429, 201]
    assert (answers[2].json()["code"], answers[2].headers["retry-after"]) == ("RATE_LIMITED", "1")
    assert (f"k-{next(numbers) - 1}-2",) not in done


def test_requests_a_second_of_one_org(running: Running, module_database: TestDatabase) -> None:
    """T10: four requests of an org are let in, whatever their keys; the fifth is 429, one of another org is not."""
    keys = [running.make_key(f"o-{number}", "clerk", org="other") for number in range(3)]
    elsewhere = running.make_key("elsewhere", "clerk")
    numbers = itertools.count(1)

    def ask() -> list[httpx.Response]:
        number = next(numbers)
        told = [_sell(running, keys[part // 2], name=f"o-{number}-{part}") for part in range(5)]
        return [*told, _sell(running, elsewhere)]

    answers = _quickly(ask)
    done = query(module_database.admin_url, "SELECT key FROM posting WHERE key LIKE 'o-%'")

    assert [answer.status_code for answer in answers] == [201, 201, 201, 201, 429, 201]
    assert (answers[4].json()["code"], answers[4].headers["retry-after"]) == ("RATE_LIMITED", "1")
    assert (f"o-{next(numbers) - 1}-4",) not in done


def test_requests_a_second_from_one_address(running: Running) -> None:
    """T10: two requests from an address are let in, with a key or not; the third is 429, another address goes on."""

    def ask() -> list[httpx.Response]:
        address = f"127.0.1.{next(_addresses)}"
        return [*[_sell(running, None, address=address) for _ in range(3)], _sell(running, None)]

    answers = _quickly(ask, 0.9)

    assert [answer.status_code for answer in answers] == [401, 401, 429, 401]
    assert (answers[2].json()["code"], answers[2].headers["retry-after"]) == ("RATE_LIMITED", "1")


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
        ("a:b", "a:b"),
    ],
)
def test_whoever_has_a_network_has_one_rate(address: str, source: str) -> None:
    """S12: of IPv6 a caller has 2**64 addresses, so rates count its network; the log tells the address itself."""
    scope = {"client": (address, 50_000)}

    assert source_of(scope) == source
    assert address_of(scope) == address


def test_all_on_a_unix_socket_are_one_source() -> None:
    """S12: a request without an address has one, too, which is nobody else's."""
    assert source_of({"client": None}) == ""
