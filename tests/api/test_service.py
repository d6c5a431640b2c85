"""The service as one that runs: health, figures, logs, limits, and what it does when the database is gone."""

import json
import re
import select
import socket
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

import onhand
from tests.api.serving import Answered, Caller, Running, serving
from tests.conftest import TestDatabase

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}


@pytest.fixture
def running(database: TestDatabase) -> Iterator[Running]:
    """A server with small limits, on a database of this test's own."""
    with onhand.connect_sync(database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 100)], key="po-1")
    limits = {
        "ONHAND_LIMIT_BODY_BYTES": "1000",
        "ONHAND_LIMIT_BODY_SECONDS": "1",
        "ONHAND_LIMIT_KEY_PER_SECOND": "20",
        "ONHAND_LIMIT_BULK_COMMANDS": "2",
        "ONHAND_LIMIT_STREAMS_PER_KEY": "1",
        "ONHAND_LIMIT_HEARTBEAT_SECONDS": "1",
    }
    with serving(database, **limits) as server:
        yield server


def _until(ask: Callable[[], Answered], status: int, seconds: float = 30) -> Answered:
    end = time.monotonic() + seconds
    while (answered := ask()).status != status and time.monotonic() < end:
        select.select([], [], [], 0.1)
    return answered


def test_the_limits_hold_at_the_limit_and_one_more(running: Running) -> None:
    """T15: body, bulk and rate are allowed at the limit and refused one beyond, and what is refused is not done."""
    caller = running.caller(running.make_key("till", "clerk"))
    published = caller.get("/api/limits").body
    body = json.dumps(SALE).encode()
    largest = caller.post("/api/sales", content=body + b" " * (1000 - len(body)))
    larger = caller.post("/api/sales", content=body + b" " * (1001 - len(body)))
    chunked = caller.http.post(
        "/api/sales",
        content=iter([body, b" " * 1001]),
        headers={"Idempotency-Key": "chunked", "Content-Type": "application/json"},
    )
    command = {"operation": "sell", **SALE}
    two = caller.post("/api/bulk", {"commands": [{**command, "key": f"b-{number}"} for number in range(2)]})
    three = caller.post("/api/bulk", {"commands": [{**command, "key": f"c-{number}"} for number in range(3)]})

    assert (published["body_bytes"], published["bulk_commands"], published["key_per_second"]) == (1000, 2, 20)
    assert (largest.status, larger.status, larger.code, chunked.status_code) == (201, 413, "BODY_TOO_LARGE", 413)
    assert (two.status, three.status, three.code) == (200, 413, "TOO_MANY_LINES")

    other = running.caller(running.make_key("other", "clerk"))
    answers = [other.get("/api/me") for _ in range(80)]
    limited = [answer for answer in answers if answer.status == 429]
    assert 40 <= len(answers) - len(limited) < 80
    assert limited[0].headers["retry-after"] == "1"
    assert _until(lambda: caller.get("/api/journal"), 200).body["number"] == 7


def test_a_body_that_never_comes_is_given_up(running: Running) -> None:
    """T15: a slow body is answered 408 after its time, and nothing is done."""

    def slowly() -> Iterator[bytes]:
        yield b'{"site":'
        select.select([], [], [], 2)
        yield b'"london"}'

    caller = running.caller(running.make_key("till", "clerk"))
    answered = caller.http.post(
        "/api/sales", content=slowly(), headers={"Idempotency-Key": "slow", "Content-Type": "application/json"}
    )

    assert (answered.status_code, answered.json()["code"]) == (408, "BODY_TIMEOUT")


def test_the_database_goes_and_comes_back(running: Running, database: TestDatabase) -> None:
    """C16: without the database reads and writes answer 503 with Retry-After, nothing is half done; then it goes on."""
    caller = running.caller(running.make_key("till", "clerk"))
    before = caller.post("/api/sales", SALE, key="before")
    _connections(database, allowed=False)
    read = caller.get("/api/holdings")
    write = caller.post("/api/sales", SALE, key="meanwhile")
    live, ready = caller.get("/health/live"), caller.get("/health/ready")
    _connections(database, allowed=True)
    again = _until(lambda: caller.post("/api/sales", SALE, key="meanwhile"), 201)

    assert running.log_lines(), "each is JSON, also what the libraries have to tell of a database that is away"
    assert before.status == 201
    assert (read.status, write.status, live.status, ready.status) == (503, 503, 200, 503)
    assert read.headers["retry-after"] == write.headers["retry-after"] == "1"
    assert read.code in {"DATABASE_UNREACHABLE", "DATABASE_BUSY"}
    assert again.status == 201
    assert again.body["number"] == before.body["number"] + 1
    assert _until(lambda: caller.get("/health/ready"), 200).status == 200
    assert caller.get("/api/holdings").body["rows"][0]["balances"]["available"] == "98"


def _connections(database: TestDatabase, *, allowed: bool) -> None:
    with psycopg.connect(_maintenance(database), autocommit=True) as connection:
        alter = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        connection.execute(alter.format(sql.Identifier(database.name), sql.SQL("true" if allowed else "false")))
        if not allowed:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name]
            )


def _maintenance(database: TestDatabase) -> str:
    return psycopg.conninfo.make_conninfo(database.admin_url, dbname="postgres")


def test_each_request_is_one_line_of_the_log(running: Running) -> None:
    """L7, S12: org, actor, operation, request id and duration, for refusals the code; no secret, no line break."""
    key = running.make_key("till", "viewer")
    caller = running.caller(key)
    asked = caller.get("/api/holdings")
    refused = caller.post("/api/sales", SALE, headers={"X-Evil": "a"})
    caller.http.get("/api/%0d%0aforged", headers={"User-Agent": "{}"})
    lines = {line["context"]["request_id"]: line for line in running.log_lines()}
    done, denied = lines[asked.headers["x-request-id"]], lines[refused.headers["x-request-id"]]

    assert {"level", "message", "timestamp", "context"} <= done.keys()
    told = done["context"]
    assert (told["operation"], told["actor"], told["org"]) == ("list_holdings", "till", 1)
    assert done["context"]["duration_ms"] > 0
    assert (denied["level"], denied["error"]["code"], denied["error"]["status"]) == ("warning", "FORBIDDEN", 403)
    assert key not in json.dumps(list(lines.values()))


def test_what_the_server_itself_logs_is_a_line_too(running: Running) -> None:
    """L7: bytes that are no request are answered 400, and told in the log as JSON like all else."""
    address = urlsplit(running.url)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=10) as connection:
        connection.sendall(b"NOTHING LIKE HTTP\r\n\r\n")
        answer = connection.recv(100)
    told = [line for line in running.log_lines() if "library" in line["context"]]

    assert answer.startswith(b"HTTP/1.1 400")
    assert [(line["level"], line["context"]) for line in told] == [("warning", {"library": "uvicorn.error"})]


def test_the_figures_tell_what_was_done(running: Running) -> None:
    """R18: requests, batches, refusals by code and the journal stand at /metrics; the documentation loads nothing."""
    caller = running.caller(running.make_key("till", "clerk"))
    caller.done("/api/sales", SALE)
    caller.post("/api/sales", {"site": "london", "lines": [{"sku": "A", "quantity": 1000}]})
    text = str(caller.get("/metrics").body)
    page = caller.get("/docs")
    unpacked = caller.http.get("/docs", headers={"Accept-Encoding": "br, gzip;q=0"})

    assert (page.headers["content-type"], page.headers["content-encoding"]) == ("text/html; charset=utf-8", "gzip")
    assert "content-encoding" not in unpacked.headers
    assert unpacked.text == page.body
    assert 'onhand_requests_total{method="POST",route="/api/sales",status="201"} 1.0' in text
    assert 'onhand_refusals_total{code="INSUFFICIENT_INVENTORY"} 1.0' in text
    assert 'onhand_journal_number{org="1"} 4.0' in text
    assert "onhand_batch_seconds_count" in text
    assert 'onhand_alerts{org="1",rule="inconsistency"} 0.0' in text
    assert "<script" not in page.body
    tags = re.findall("<[^>]*>", page.body)
    assert not [tag for tag in tags if "//" in tag or "src" in tag or "url(" in tag], "examples name addresses as text"
    assert {tag for tag in tags if "href" in tag and 'href="#' not in tag} == {
        '<link rel=stylesheet href="/docs/style.css">',
        '<a href="/openapi.json">',
    }
    assert caller.get("/openapi.json").body["openapi"] == "3.1.0"


def _events(caller: Caller, count: int, **headers: str) -> list[tuple[int, str]]:
    """Read so many events: number and kind."""
    found: list[tuple[int, str]] = []
    number = 0
    with caller.http.stream("GET", "/api/events", headers=headers) as response:
        for line in response.iter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            if line.startswith("data: "):
                found.append((number, json.loads(line[6:])["kind"]))
                if len(found) == count:
                    break
    return found


def test_the_stream_goes_on_where_it_was(running: Running) -> None:
    """S13, C7: events come in the order of the journal, from the last one seen on, none for what was refused."""
    caller = running.caller(running.make_key("till", "clerk"))
    first = [caller.done("/api/sales", SALE)["number"] for _ in range(3)]
    caller.post("/api/sales", {"site": "london", "lines": [{"sku": "A", "quantity": 1000}]})
    all_of_them = _events(caller, first[-1], **{"Last-Event-ID": "0"})
    rest = _events(caller, 2, **{"Last-Event-ID": str(first[0])})

    assert [number for number, _ in all_of_them] == list(range(1, first[-1] + 1))
    assert rest == [(first[1], "sell"), (first[2], "sell")]


def test_a_stream_tells_what_comes_and_beats_meanwhile(running: Running) -> None:
    """S13: a stream that waits beats, tells a posting of another process, and a key has so many streams alone."""
    caller = running.caller(running.make_key("till", "clerk"))
    lines: list[str] = []
    number = 0
    with caller.http.stream("GET", "/api/events") as response:
        for line in response.iter_lines():
            lines.append(line)
            if line == ": heartbeat" and lines.count(line) == 1:
                assert caller.get("/api/events").code == "TOO_MANY_STREAMS"
                with onhand.connect_sync(running.environment["ONHAND_DATABASE_URL"]) as stock:
                    number = stock.sell(site="london", lines=[("A", 1)], key="elsewhere").number
            if line.startswith("id: "):
                break

    assert lines[-1] == f"id: {number}"


def test_two_servers_on_one_database(running: Running, database: TestDatabase) -> None:
    """T5: a retry on another server is answered with the posting of the first; cursors are good on both."""
    key = running.make_key("till", "clerk")
    with serving(database) as second:
        here, there = running.caller(key), second.caller(key)
        first = here.post("/api/sales", SALE, key="once")
        again = there.post("/api/sales", SALE, key="once")
        cursor = here.get("/api/movements", limit=1).body["after"]
        further = there.get("/api/movements", limit=1, after=cursor)

    assert (first.status, again.status, again.body["replayed"]) == (201, 200, True)
    assert again.body["number"] == first.body["number"]
    assert further.status == 200
