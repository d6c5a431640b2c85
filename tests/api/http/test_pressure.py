"""Under more than can be served: as many are let in as are answered soon, the others are shed at once, and not done."""

import json
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import psycopg
import pytest

import onhand
from onhand.api.http.pressure import Pressure
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for

pytestmark = pytest.mark.timeout(120)

SALE = json.dumps({"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}).encode()


def _pressure(now: list[float], most: int = 2000) -> Pressure:
    return Pressure(most, 0.2, clock=lambda: now[0])


def _is_full(pressure: Pressure) -> bool:
    return pressure.is_full(is_question=False)


def test_so_many_are_let_in_as_are_served_soon() -> None:
    """T10: where a thousand a second are served, two hundred are let in for 0.2 seconds; the next is not."""
    now = [0.0]
    pressure = _pressure(now)
    let_in = [pressure.admit() for _ in range(400)]
    is_full_at_first = _is_full(pressure)
    for _ in range(30):
        now[0] += 0.1
        for admission in let_in[:100]:
            admission.end()
        let_in = let_in[100:]
        while not _is_full(pressure):
            let_in.append(pressure.admit())

    assert is_full_at_first
    assert 195 <= pressure.bound <= 205
    assert len(let_in) == pressure.bound
    let_in.pop().end()
    assert not _is_full(pressure)
    assert pressure.is_full(is_question=True)


def test_a_database_that_hangs_is_given_few() -> None:
    """T10: where nothing is served, sixty-four are let in; once it goes on, so many as before."""
    now = [0.0]
    pressure = _pressure(now)
    held = [pressure.admit() for _ in range(100)]
    for _ in range(10):
        now[0] += 0.1
        assert not _is_full(pressure) or pressure.bound < 101
    bound = pressure.bound
    for admission in held:
        admission.end()
    for _ in range(40):
        now[0] += 0.1
        _is_full(pressure)

    assert bound == 64
    assert pressure.bound == 400


def test_never_more_are_let_in_than_the_limit() -> None:
    """T10: at the limit of requests under way the next one is shed, whatever is served; of questions at four fifths."""
    pressure = _pressure([0.0], most=10)
    let_in = [pressure.admit() for _ in range(8)]
    questions = (pressure.is_full(is_question=True), _is_full(pressure))
    let_in += [pressure.admit() for _ in range(2)]

    assert questions == (True, False)
    assert _is_full(pressure)


def test_whose_body_is_still_to_come_does_not_count() -> None:
    """T15: slow bodies take no room from others; an admission counts once, however often it ends."""
    pressure = _pressure([0.0], most=1)
    slow = pressure.admit()
    slow.rest()
    slow.rest()
    other_is_shed = _is_full(pressure)
    slow.come_back()
    slow.come_back()
    is_full = _is_full(pressure)
    slow.end()
    slow.end()
    slow.come_back()

    assert (other_is_shed, is_full, _is_full(pressure)) == (False, True, False)


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server with goods."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 1000)], key="po-1")
    with serving(module_database) as server:
        yield server


@pytest.fixture(scope="module")
def till(running: Running) -> Caller:
    """A clerk."""
    return running.caller(running.make_key("till", "clerk"))


def _request(till: Caller, key: str, *more: str, path: str = "/api/sales") -> bytes:
    head = (f"POST {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {till.key}", f"Idempotency-Key: {key}", *more)
    lines = [*head, "Content-Type: application/json", f"Content-Length: {len(SALE)}", "", ""]
    return "\r\n".join(lines).encode() + SALE


def _connected(running: Running) -> socket.socket:
    address = urlsplit(running.url)
    return socket.create_connection((address.hostname, address.port), timeout=30)


def _answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one whole answer."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(65536)
    assert len(body) == int(headers["content-length"])
    return int(status.split()[1]), headers, body


def test_what_cannot_be_served_soon_is_shed_unread(
    running: Running, till: Caller, module_database: TestDatabase
) -> None:
    """
    T10, C16: while the journal is held, more than so many are shed at once, wherever their bytes are cut; none is done.

    The answer is the problem that it would be anyway, and the connection serves the next request.
    """
    with ExitStack() as everything:
        holder = everything.enter_context(psycopg.connect(module_database.admin_url))
        holder.execute("SELECT 1 FROM journal FOR UPDATE")
        held: list[socket.socket] = []
        shed: socket.socket | None = None
        while shed is None:
            connection = everything.enter_context(_connected(running))
            connection.sendall(_request(till, f"held-{len(held)}"))
            if len(held) >= 64 and select.select([connection], [], [], 0.1)[0]:
                shed = connection
            else:
                held.append(connection)
            assert len(held) < 200
        first = _answer(shed)
        shed.sendall(_request(till, "shed-1"))
        second = _answer(shed)
        shed.sendall(_request(till, "shed-2", "Connection: close"))
        third = _answer(shed)
        is_closed = shed.recv(100) == b""
        whole = _request(till, "shed-3")
        cut = everything.enter_context(_connected(running))
        cut.sendall(whole[:50])
        assert wait_for(lambda: not select.select([cut], [], [], 0)[0])
        cut.sendall(whole[50:-5])
        cut.sendall(whole[-5:])
        fourth = _answer(cut)
        health = till.get("/health/live").status
        holder.rollback()
        done = [_answer(connection)[0] for connection in held]
        cut.sendall(_request(till, "after"))
        after = _answer(cut)[0]
    rows = query(module_database.admin_url, "SELECT key FROM posting WHERE key LIKE 'held-%' OR key LIKE 'shed-%'")

    for status, headers, body in (first, second, third, fourth):
        told = json.loads(body)
        assert (status, told["status"], told["code"]) == (503, 503, "OVERLOADED")
        assert (headers["retry-after"], headers["content-type"]) == ("1", "application/problem+json")
        assert headers["x-request-id"] == told["request_id"]
        assert headers["cache-control"] == "no-store"
    assert len({answer[1]["x-request-id"] for answer in (first, second, third, fourth)}) == 4
    assert {*first[1]} == {*fourth[1]}
    assert is_closed
    assert (health, done, after) == (200, [201] * len(held), 201)
    assert {key for (key,) in rows} == {f"held-{number}" for number in range(len(held))}
