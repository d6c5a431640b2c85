"""Each limit of the service holds: at the limit all is well, one beyond is refused, and what is refused is not done."""

import importlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

import onhand
from onhand.api.http.limits import FIXED, MEANINGS, AtOnce, Limits, Rate
from onhand.api.http.problems import EDGE
from onhand.faults import FAULTS, Fault
from onhand.kernel.refusals import CATALOGUE
from tests.api.serving import Answered, Caller, Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import query

pytestmark = pytest.mark.timeout(300)

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
SMALL = {
    "ONHAND_LIMIT_HEADER_BYTES": "2000",
    "ONHAND_LIMIT_URL_BYTES": "500",
    "ONHAND_LIMIT_HEADER_SECONDS": "1",
    "ONHAND_LIMIT_BODY_SECONDS": "60",
    "ONHAND_LIMIT_CONNECTIONS": "30",
    "ONHAND_LIMIT_IN_FLIGHT": "10",
    "ONHAND_LIMIT_KEY_IN_FLIGHT": "3",
    "ONHAND_LIMIT_QUEUE_COMMANDS": "5",
    "ONHAND_LIMIT_ADDRESS_FAILURES_PER_MINUTE": "5",
}

SHOWN: dict[str, str] = {
    "body_bytes": "tests.api.test_service:test_the_limits_hold_at_the_limit_and_one_more",
    "header_bytes": "tests.api.http.test_limits:test_headers_at_the_limit",
    "url_bytes": "tests.api.http.test_limits:test_addresses_at_the_limit",
    "header_seconds": "tests.api.http.test_slowness:test_headers_that_trickle_are_given_up",
    "body_seconds": "tests.api.http.test_slowness:test_a_body_that_trickles_is_given_up",
    "question_seconds": "tests.api.http.test_slowness:test_questions_are_waited_for_so_long",
    "write_seconds": "tests.api.http.test_slowness:test_writes_are_waited_for_so_long",
    "reader_seconds": "tests.api.http.test_slowness:test_a_stream_that_nobody_reads_is_cut_off",
    "connections": "tests.api.http.test_limits:test_connections_at_the_limit",
    "in_flight": "tests.api.http.test_limits:test_requests_of_all_at_once",
    "wait_milliseconds": "tests.api.http.test_pressure:test_what_cannot_be_served_soon_is_shed_unread",
    "key_in_flight": "tests.api.http.test_limits:test_requests_of_one_key_at_once",
    "queue_commands": "tests.api.http.test_limits:test_the_queue_at_the_limit",
    "key_per_second": "tests.api.entry.test_rates:test_requests_a_second_of_one_key",
    "org_per_second": "tests.api.entry.test_rates:test_requests_a_second_of_one_org",
    "address_per_second": "tests.api.entry.test_rates:test_requests_a_second_from_one_address",
    "address_failures_per_minute": "tests.api.http.test_limits:test_whoever_guesses_keys_is_slowed_down",
    "login_name_per_minute": "tests.api.entry.test_sessions:test_signing_in_too_often_is_refused",
    "login_address_per_minute": "tests.api.entry.test_sessions:test_signing_in_too_often_is_refused",
    "bulk_commands": "tests.api.test_service:test_the_limits_hold_at_the_limit_and_one_more",
    "streams_per_key": "tests.api.test_service:test_a_stream_tells_what_comes_and_beats_meanwhile",
    "heartbeat_seconds": "tests.api.test_service:test_a_stream_tells_what_comes_and_beats_meanwhile",
    "plans_at_once": "tests.api.entry.test_turns:test_an_org_that_plans_much_leaves_the_others_their_turns",
    "page_rows": "tests.api.http.test_limits:test_parameters_pages_and_digits_at_the_limit",
    "query_parameters": "tests.api.http.test_limits:test_parameters_pages_and_digits_at_the_limit",
    "integer_digits": "tests.api.http.test_limits:test_parameters_pages_and_digits_at_the_limit",
}
"""Which test shows each limit over HTTP, at the limit and beyond."""


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server with small limits."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 1000)], key="po-1")
    with serving(module_database, **SMALL) as server:
        yield server


@pytest.fixture(scope="module")
def till(running: Running) -> Caller:
    """A clerk."""
    return running.caller(running.make_key("till", "clerk"))


def _in_flight(caller: Caller) -> int:
    text = str(caller.get("/metrics").body)
    (line,) = [line for line in text.splitlines() if line.startswith("onhand_requests_in_flight ")]
    return int(float(line.split()[1])) - 1  # the question itself is one


def _until(fact: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > end:
            return False
    return True


class Slow:
    """A request whose body does not come yet."""

    def __init__(self, running: Running, key: str, name: str) -> None:
        address = urlsplit(running.url)
        self.body = json.dumps(SALE).encode()
        self.socket = socket.create_connection((address.hostname, address.port), timeout=30)
        self.socket.sendall(
            f"POST /api/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {name}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n".encode()
        )

    def finish(self) -> int:
        """Send the body; gives the status."""
        self.socket.sendall(self.body)
        status = int(self.socket.recv(65536).split()[1])
        self.socket.close()
        return status


@contextmanager
def _slow(running: Running, keys: list[str]) -> Iterator[list[Slow]]:
    with ExitStack() as stack:
        held = [Slow(running, key, f"slow-{key[-6:]}-{number}") for number, key in enumerate(keys)]
        for one in held:
            stack.callback(one.socket.close)
        watcher = running.caller()
        assert _until(lambda: _in_flight(watcher) == len(keys))
        yield held


def test_each_limit_is_published_with_its_code(running: Running, till: Caller) -> None:
    """T15: each limit has a meaning and a code that there is, and /api/limits tells what is set."""
    names = {field.name for field in fields(Limits)}
    codes = {meaning.code for meaning in [*MEANINGS.values(), *(meaning for _, meaning in FIXED.values())]}
    told = till.get("/api/limits").body

    assert names == MEANINGS.keys()
    assert codes - {None} <= {*EDGE, *FAULTS, *CATALOGUE}
    assert told.keys() == {*MEANINGS, *FIXED}
    assert (told["key_in_flight"], told["url_bytes"], told["page_rows"]) == (3, 500, 100)
    assert running.url


def test_each_limit_is_shown_over_http() -> None:
    """T15, C16: each published limit has a test that shows it at the limit and beyond, and no test is made up."""
    assert SHOWN.keys() == {*MEANINGS, *FIXED}
    for told in SHOWN.values():
        module, name = told.split(":")
        assert callable(getattr(importlib.import_module(module), name)), told


def test_a_limit_that_is_no_number_stops_the_service() -> None:
    """T15: a setting is a whole number from 1, or the service does not start."""
    for text in ("0", "-1", "1.5", "x", "", "\u0661", "99999999999"):
        with pytest.raises(Fault) as caught:
            Limits.from_environment({"ONHAND_LIMIT_BODY_BYTES": text})
        assert caught.value.code == "SETTING_INVALID"
    assert Limits.from_environment({"ONHAND_LIMIT_BODY_BYTES": "1"}).body_bytes == 1


def _raw(running: Running, sent: bytes) -> bytes:
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(sent)
        return connection.recv(65536)


@pytest.mark.parametrize(("beyond", "status"), [(0, b"200"), (1, b"431")])
def test_headers_at_the_limit(running: Running, till: Caller, beyond: int, status: bytes) -> None:
    """T15: headers of 2,000 bytes are taken, of 2,001 refused with 431."""
    lines = [b"Host: x", b"Authorization: Bearer " + str(till.key).encode(), b"Connection: close"]
    size = sum(len(line) + 2 for line in lines)
    filler = b"X: " + b"y" * (2000 - size - 5 + beyond)
    answer = _raw(running, b"\r\n".join([b"GET /api/me HTTP/1.1", *lines, filler, b"", b""]))

    assert answer.split()[1] == status


@pytest.mark.parametrize(("length", "status"), [(500, 422), (501, 414)])
def test_addresses_at_the_limit(till: Caller, length: int, status: int) -> None:
    """T15: a path and a query of 500 bytes are read, of 501 refused with 414."""
    path = "/api/holdings"
    query = "site=" + "x" * (length - len(path) - len("site="))
    answered = till.http.get(f"{path}?{query}")

    assert answered.status_code == status, answered.text


def test_parameters_pages_and_digits_at_the_limit(till: Caller) -> None:
    """T15, L14: 50 parameters, 100 rows and 19 digits are read; one more is refused."""
    many = [till.http.get("/api/holdings?" + "&".join(f"a{n}=1" for n in range(count))) for count in (50, 51)]
    pages = [till.get("/api/holdings", limit=limit) for limit in (1, 100, 101, 0)]
    line = '{"site":"london","lines":[{"sku":"A","quantity":%s}]}'
    digits = [till.post("/api/sales", content=(line % ("9" * count)).encode()) for count in (19, 20)]

    assert [answer.json()["detail"].split(":")[1][:26] for answer in many] == [
        " the query has no paramete",
        " the query is not well for",
    ]
    assert [page.status for page in pages] == [200, 200, 422, 422]
    assert [answer.code for answer in digits] == ["QUANTITY_TOO_LARGE", "MALFORMED_JSON"]


@pytest.mark.parametrize("sent", [b"", b"GET /api/me HTTP/1.1\r\nHost: x\r\nX-Slow: a"])
def test_headers_that_never_come_are_given_up(running: Running, sent: bytes) -> None:
    """T15: slow loris: a connection whose headers are not there in time is closed, with 408 where one was begun."""
    begun = time.monotonic()
    answer = _raw(running, sent)

    assert time.monotonic() - begun < 15
    assert answer == b"" if not sent else answer.startswith(b"HTTP/1.1 408")


def test_headers_without_end_are_cut_off(running: Running) -> None:
    """T15: headers of a megabyte are not kept until they end; the connection is closed with 431."""
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(b"GET /api/me HTTP/1.1\r\nHost: x\r\n")
        answer = b""
        try:
            for _ in range(1000):
                connection.sendall(b"X-Large: " + b"y" * 1000 + b"\r\n")
            answer = connection.recv(65536)
        except (BrokenPipeError, ConnectionResetError):
            answer = b"reset"

    assert answer == b"reset" or answer.startswith(b"HTTP/1.1 431")


def test_connections_at_the_limit(running: Running, till: Caller) -> None:
    """T15: thirty connections are open and served; the next is closed at once with 503, and room comes back."""
    assert till.get("/api/me").status == 200
    port = urlsplit(running.url).port or 0
    with ExitStack() as stack:
        opened = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            for _ in range(30 - _open_connections(port))
        ]
        opened[-1].sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        served = opened[-1].recv(1000)[:12]
        beyond = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
        refused = beyond.recv(1000)[:12]

    assert (served, refused) == (b"HTTP/1.1 200", b"HTTP/1.1 503")
    assert _until(lambda: _answers(running))


def _open_connections(port: int) -> int:
    """How many connections to a port of this machine are open."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(int(line[1].split(":")[1], 16) == port and line[3] == "01" for line in lines)


def _answers(running: Running) -> bool:
    try:
        return running.caller().get("/health/live").status == 200
    except httpx.TransportError:
        return False


def test_requests_of_one_key_at_once(running: Running, till: Caller) -> None:
    """T10: three requests of a key are under way; a fourth is refused with 429, one of another key is not."""
    other = running.caller(running.make_key("other", "clerk"))
    with _slow(running, [str(till.key)] * 3) as held:
        fourth = till.post("/api/sales", SALE, key="fourth")
        others = other.get("/api/me")
        finished = [one.finish() for one in held]
    again = till.post("/api/sales", SALE, key="fourth")

    assert (fourth.status, fourth.code, fourth.headers["retry-after"]) == (429, "RATE_LIMITED", "1")
    assert (others.status, finished, again.status) == (200, [201] * 3, 201)


def test_requests_of_all_at_once(running: Running, till: Caller) -> None:
    """T10: the eleventh of ten requests is shed at once with 503 and not done; of questions the ninth."""
    keys = [running.make_key(f"k-{number}", "clerk") for number in range(4)]
    with _slow(running, [keys[number % 4] for number in range(8)]) as held:
        question = till.get("/api/me")
        write = till.post("/api/sales", SALE, key="ninth")
        with _slow_more(running, [keys[0], keys[1]]) as more:
            begun = time.monotonic()
            shed = till.post("/api/sales", SALE, key="eleventh")
            seconds = time.monotonic() - begun
            health = till.get("/health/ready")
            finished = [one.finish() for one in [*held, *more]]
    done = till.post("/api/sales", SALE, key="eleventh")

    assert (question.status, question.code, write.status) == (503, "OVERLOADED", 201)
    assert (shed.status, shed.code, shed.headers["retry-after"]) == (503, "OVERLOADED", "1")
    assert seconds < 5
    assert (health.status, finished) == (200, [201] * 10)
    assert (done.status, done.body["replayed"]) == (201, False)


def test_streams_take_nobody_s_place(running: Running, till: Caller) -> None:
    """T10, S13: ten streams are open where ten requests are let in at once; questions and writes are answered."""
    listener = running.caller(running.make_key("listener", "viewer"))
    with ExitStack() as stack:
        streams = [stack.enter_context(listener.http.stream("GET", "/api/events")) for _ in range(10)]
        begun = [next(stream.iter_lines()) for stream in streams]
        question, write = till.get("/api/me"), till.post("/api/sales", SALE)
        counted = _in_flight(till)

    assert begun == ["retry: 1000"] * 10
    assert (question.status, write.status, counted) == (200, 201, 0)


@contextmanager
def _slow_more(running: Running, keys: list[str]) -> Iterator[list[Slow]]:
    held = [Slow(running, key, f"more-{number}") for number, key in enumerate(keys)]
    watcher = running.caller()
    assert _until(lambda: _in_flight(watcher) == 8 + len(keys))
    yield held


def test_the_queue_at_the_limit(running: Running, module_database: TestDatabase) -> None:
    """C16: while a batch is under way, five commands wait; a sixth is answered 503 at once and is not done."""
    callers = [running.caller(running.make_key(f"w-{number}", "clerk")) for number in range(4)]
    answers: dict[str, Answered] = {}

    def send(name: str, caller: Caller, count: int) -> threading.Thread:
        commands = [{"operation": "sell", "key": f"waits-{name}-{part}", **SALE} for part in range(count)]
        thread = threading.Thread(
            target=lambda: answers.update({name: caller.post("/api/bulk", {"commands": commands})})
        )
        thread.start()
        return thread

    watcher = running.caller()

    def waiting() -> int:
        text = str(watcher.get("/metrics").body)
        (line,) = [line for line in text.splitlines() if line.startswith("onhand_commands_waiting ")]
        return int(float(line.split()[1]))

    with psycopg.connect(module_database.admin_url) as connection:
        connection.execute("SELECT 1 FROM journal FOR UPDATE")
        threads = [send("under-way", callers[0], 1)]
        assert _until(lambda: _is_locked_out(module_database))
        threads += [send("three", callers[1], 3), send("two", callers[2], 2)]
        assert _until(lambda: waiting() == 6)
        begun = time.monotonic()
        send("beyond", callers[3], 1).join()
        seconds = time.monotonic() - begun
        waited = sorted(answers)
    for thread in threads:
        thread.join()
    with psycopg.connect(module_database.admin_url) as connection:
        rows = connection.execute("SELECT key FROM posting WHERE key LIKE 'waits-beyond%'").fetchall()

    assert waited == ["beyond"]
    assert (answers["beyond"].status, answers["beyond"].code) == (503, "OVERLOADED")
    assert answers["beyond"].headers["retry-after"] == "1"
    assert seconds < 1
    assert [answers[name].status for name in ("under-way", "three", "two")] == [200] * 3
    assert rows == []


def _is_locked_out(database: TestDatabase) -> bool:
    """Tell whether the engine waits for the journal."""
    told = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(query(database.admin_url, told)[0][0])


def test_a_full_queue_answers_at_once_and_does_nothing(running: Running, module_database: TestDatabase) -> None:
    """C16: what finds the queue full is answered 503 while others still wait, and leaves no trace in the journal."""
    callers = [running.caller(running.make_key(f"q-{number}", "clerk")) for number in range(4)]
    answers: dict[str, Answered] = {}
    bulk = {"commands": [{"operation": "sell", "key": "", **SALE}]}

    def send(number: int) -> None:
        body = {"commands": [{**bulk["commands"][0], "key": f"queued-{number}-{part}"} for part in range(2)]}
        answers[str(number)] = callers[number % 4].post("/api/bulk", body)

    with psycopg.connect(module_database.admin_url) as connection:
        connection.execute("SELECT 1 FROM journal FOR UPDATE")
        threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        assert _until(lambda: any(answer.status == 503 for answer in [*answers.values()]))
        shed_while_waiting = dict(answers)
    for thread in threads:
        thread.join()

    shed = [number for number, answer in answers.items() if answer.status == 503]
    done = [number for number, answer in answers.items() if answer.status == 200]
    assert {answer.code for answer in shed_while_waiting.values()} == {"OVERLOADED"}
    assert all(answers[number].headers["retry-after"] == "1" for number in shed)
    assert len(shed) + len(done) == 8
    with psycopg.connect(module_database.admin_url) as connection:
        rows = connection.execute("SELECT key FROM posting WHERE key LIKE 'queued-%'").fetchall()
    assert sorted(row[0] for row in rows) == sorted(f"queued-{number}-{part}" for number in done for part in range(2))


def test_whoever_guesses_keys_is_slowed_down(running: Running, till: Caller) -> None:
    """T15: after five wrong keys in a minute an address is answered 429; a key that was good before goes on."""
    assert till.get("/api/me").status == 200
    guesses = [running.caller(f"ohk_live_1_{number}").get("/api/me") for number in range(7)]

    assert [answer.status for answer in guesses] == [401] * 5 + [429] * 2
    assert int(guesses[-1].headers["retry-after"]) >= 1
    assert till.get("/api/me").status == 200


def test_a_rate_is_exact() -> None:
    """T15: as many as are allowed with their burst pass, one more waits as long as it says, each name for itself."""
    now = [0.0]
    rate = Rate(5, clock=lambda: now[0])
    first = [rate.take("a") for _ in range(10)]
    waited = rate.take("a")
    others = rate.take("b")
    now[0] += waited - 0.001
    early = rate.take("a")
    now[0] += 0.002
    later = rate.take("a")

    assert (first, waited, others) == ([0.0] * 10, 0.2, 0.0)
    assert early > 0
    assert later == 0.0


def test_a_rate_a_minute_has_no_burst() -> None:
    """T15: so many a minute, and no more at once; looking takes nothing."""
    now = [0.0]
    rate = Rate.per_minute(3, clock=lambda: now[0])

    assert [rate.take("a") for _ in range(3)] == [0.0] * 3
    assert rate.wait("a") == rate.wait("a") == 20.0
    now[0] += 20
    assert (rate.wait("a"), rate.take("a"), rate.take("a")) == (0.0, 0.0, 20.0)


def test_places_come_back() -> None:
    """T10: a place is held as long as it is used, each name has its own, and what is given back is free."""
    at_once = AtOnce(1)
    seen = [at_once.enter("a"), at_once.enter("a"), at_once.enter("b")]
    at_once.leave("a")
    seen += [at_once.enter("a"), at_once.enter("b")]

    assert seen == [True, False, True, True, False]
