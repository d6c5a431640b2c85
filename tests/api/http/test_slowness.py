"""Whoever is slow, at either end, is waited for no longer than is published: callers, readers and the database."""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

import onhand
from tests.api.serving import Answered, Caller, Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for

pytestmark = pytest.mark.timeout(120)

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
SHORT = {
    "ONHAND_LIMIT_HEADER_SECONDS": "1",
    "ONHAND_LIMIT_BODY_SECONDS": "1",
    "ONHAND_LIMIT_QUESTION_SECONDS": "1",
    "ONHAND_LIMIT_WRITE_SECONDS": "1",
    "ONHAND_LIMIT_READER_SECONDS": "1",
}
BYTES_LARGE = 64 * 1024 * 1024
"""More than the sockets of one connection hold."""


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server that waits a second."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 1000)], key="po-1")
    with serving(module_database, **SHORT) as server:
        yield server


@pytest.fixture(scope="module")
def till(running: Running) -> Caller:
    """A clerk."""
    return running.caller(running.make_key("till", "clerk"))


def _connected(running: Running, *, receives: int | None = None) -> socket.socket:
    """Connect, with so many bytes of room for what is received, at most."""
    address = urlsplit(running.url)
    connection = socket.socket()
    if receives is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    connection.settimeout(30)
    connection.connect((address.hostname, address.port))
    return connection


def _sockets(running: Running) -> int:
    """How many sockets the server holds."""
    held = Path(f"/proc/{running.process.pid}/fd").iterdir()
    return sum(_target(one).startswith("socket:") for one in held)


def _target(path: Path) -> str:
    try:
        return str(path.readlink())
    except FileNotFoundError:
        return ""


def _trickle(connection: socket.socket, sent: bytes) -> bytes:
    """Send a byte each tenth of a second until there is an answer; gives its first line."""
    for place in range(len(sent)):
        try:
            connection.sendall(sent[place : place + 1])
        except OSError:
            break
        if select.select([connection], [], [], 0.1)[0]:
            break
    return connection.recv(65536).split(b"\r\n")[0]


def test_headers_that_trickle_are_given_up(running: Running) -> None:
    """T15: slow loris: each byte of the headers comes soon, all of them do not; 408 after the time for headers."""
    begun = time.monotonic()
    with _connected(running) as connection:
        answer = _trickle(connection, b"GET /api/me HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"y" * 200)

    assert answer == b"HTTP/1.1 408 Request Timeout"
    assert 0.9 < time.monotonic() - begun < 5


def test_a_body_that_trickles_is_given_up(running: Running, till: Caller) -> None:
    """T15: each byte of the body comes soon, all of them do not; 408 after the time for bodies, and nothing is done."""
    body = json.dumps(SALE).encode()
    head = (
        f"POST /api/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {till.key}\r\nIdempotency-Key: trickle\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    begun = time.monotonic()
    with _connected(running) as connection:
        connection.sendall(head)
        answer = _trickle(connection, body)

    assert answer.startswith(b"HTTP/1.1 408")
    assert 0.9 < time.monotonic() - begun < 5
    assert till.post("/api/sales", SALE, key="trickle").body["replayed"] is False


def test_who_never_reads_a_large_answer_is_cut_off(running: Running) -> None:
    """T15: answers that nobody takes are kept for a second, then the connection is closed; one that reads gets all."""
    request = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
    with _connected(running) as connection:
        connection.sendall(request)
        size = int(connection.recv(1000).split(b"content-length: ")[1].split(b"\r\n")[0])
    count = BYTES_LARGE // size
    with _connected(running, receives=4096) as connection:
        connection.sendall(request * count)
        begun = connection.recv(12)
        held = _sockets(running)
        is_cut_off = wait_for(lambda: _sockets(running) < held, 10)
        received = _drain(connection)

    assert begun == b"HTTP/1.1 200"
    assert is_cut_off
    assert received < count * size


def _drain(connection: socket.socket) -> int:
    """Take what is left; gives how many bytes it was."""
    received = 0
    try:
        while data := connection.recv(1 << 20):
            received += len(data)
    except ConnectionResetError:
        pass
    return received


def test_a_stream_that_nobody_reads_is_cut_off(running: Running, till: Caller) -> None:
    """S13: a stream whose reader takes nothing for a second is ended, and its place is free; who goes on loses none."""
    boss = running.caller(running.make_key("boss", "admin"))
    notes = [
        {"operation": "sell", "key": f"note-{number}", "data": {"note": "x" * 16_000}, **SALE} for number in range(400)
    ]
    for first in range(0, len(notes), 100):
        boss.done("/api/bulk", {"commands": notes[first : first + 100]})
    with _connected(running, receives=4096) as connection:
        connection.sendall(
            f"GET /api/events?since=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {till.key}\r\n\r\n".encode()
        )
        is_open = wait_for(lambda: _streams(till) == 1)
        is_ended = wait_for(lambda: _streams(till) == 0, 10)
        told = _drain(connection)

    assert is_open
    assert is_ended
    assert told < 400 * 16_000


def test_a_stream_that_is_read_slowly_is_not_cut_off(running: Running, till: Caller) -> None:
    """S13: who takes a little now and then, longer than a reader is waited for in all, is told on."""
    with _connected(running, receives=65536) as connection:
        connection.sendall(
            f"GET /api/events?since=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {till.key}\r\n\r\n".encode()
        )
        end = time.monotonic() + 3
        received = 0
        while time.monotonic() < end:
            received += len(connection.recv(200_000))
            select.select([], [], [], 0.05)
        streams = _streams(till)

    assert received > 0
    assert streams == 1


def _streams(caller: Caller) -> int:
    text = str(caller.get("/metrics").body)
    (line,) = [line for line in text.splitlines() if line.startswith("onhand_streams ")]
    return int(float(line.split()[1]))


@contextmanager
def _locked(database: TestDatabase, statement: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.admin_url) as connection:
        connection.execute(statement.encode())
        yield connection


def _asked_while(database: TestDatabase, statement: str, ask: "threading.Thread", waits: str, seconds: float) -> None:
    """Hold a lock until somebody waits for it, and so long after that; then wait for the answer."""
    with _locked(database, statement) as connection:
        ask.start()
        waiting = f"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{waits}%'"
        assert wait_for(lambda: query(database.admin_url, waiting)[0][0] > 0)
        ask.join(seconds)
        connection.rollback()
    ask.join()


class Asking(threading.Thread):
    """Asks in the background, and knows the answer and how long it took."""

    def __init__(self, caller: Caller, path: str, key: str | None = None) -> None:
        super().__init__()
        self._told = (caller, path, key)
        self.answered: Answered | None = None
        self.seconds = 0.0

    def run(self) -> None:
        """Ask."""
        caller, path, key = self._told
        begun = time.monotonic()
        self.answered = caller.get(path) if key is None else caller.post(path, SALE, key=key)
        self.seconds = time.monotonic() - begun

    @property
    def told(self) -> tuple[int, str | None]:
        """Status and code."""
        assert self.answered is not None
        return self.answered.status, self.answered.body.get("code")


def test_questions_are_waited_for_so_long(running: Running, till: Caller, module_database: TestDatabase) -> None:
    """T15, C16: a question that the database answers in time is answered, a later one is 503 when the time is over."""
    assert running.url
    soon, late = Asking(till, "/api/holdings"), Asking(till, "/api/holdings")
    till.get("/api/me")
    _asked_while(module_database, "LOCK TABLE holding", soon, "holding", 0.2)
    _asked_while(module_database, "LOCK TABLE holding", late, "holding", 5)

    assert soon.told == (200, None)
    assert late.told == (503, "DATABASE_BUSY")
    assert 0.9 < late.seconds < 3
    assert wait_for(lambda: till.get("/api/holdings").status == 200)


def test_writes_are_waited_for_so_long(running: Running, till: Caller, module_database: TestDatabase) -> None:
    """T15, C16: a write that takes too long is 503 and says that it may have been done; its key tells, once."""
    assert running.url
    soon, late = Asking(till, "/api/sales", "soon"), Asking(till, "/api/sales", "late")
    _asked_while(module_database, "SELECT FROM journal FOR UPDATE", soon, "journal", 0.2)
    _asked_while(module_database, "SELECT FROM journal FOR UPDATE", late, "journal", 5)
    again = till.post("/api/sales", SALE, key="late")
    done = query(module_database.admin_url, "SELECT number FROM posting WHERE key = 'late'")

    assert soon.told == (201, None)
    assert late.told == (503, "DATABASE_UNREACHABLE")
    assert late.answered is not None
    assert late.answered.headers["retry-after"] == "1"
    assert "unknown" in late.answered.body["detail"]
    assert 0.9 < late.seconds < 3
    assert again.status in {200, 201}
    assert done == [(again.body["number"],)]


def test_keys_are_waited_for_so_long(running: Running, module_database: TestDatabase) -> None:
    """T15, C16: a write whose key is not known in time is 503 when the time for questions is over, and not done."""
    caller = running.caller(running.make_key("unknown-yet", "clerk"))
    asking = Asking(caller, "/api/sales", "not-let-in")
    _asked_while(module_database, "LOCK TABLE api_key", asking, "api_key", 5)

    assert asking.told == (503, "DATABASE_BUSY")
    assert 0.9 < asking.seconds < 3
    assert query(module_database.admin_url, "SELECT number FROM posting WHERE key = 'not-let-in'") == []
