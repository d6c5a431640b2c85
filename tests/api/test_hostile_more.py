"""More hostile input over HTTP: sizes, identities, reverts, dates, barcodes, paths and headers."""

import concurrent.futures
import json
import socket
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.api.conftest import Shop
from tests.api.serving import Answered, Caller

LINE = {"sku": "A", "quantity": 1}
SALE = {"site": "london", "lines": [LINE]}
HUGE = "9223372036854.775807"


@pytest.fixture(autouse=True)
def unchanged(shop: Shop, request: pytest.FixtureRequest) -> Iterator[None]:
    """T15: whatever is sent, the journal stays where it was and the server answers afterwards."""
    head = shop.boss.get("/api/journal").body["number"]
    yield
    if "acts" not in request.keywords:
        assert shop.boss.get("/api/journal").body["number"] == head


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/api/receipts-of-goods", {**SALE, "lines": [{"sku": "A", "quantity": HUGE}] * 2}, "QUANTITY_TOO_LARGE"),
        ("/api/sales", {**SALE, "lines": [LINE] * 10_001}, "TOO_MANY_LINES"),
        ("/api/sales", {**SALE, "lines": [LINE] * 10_000}, "INSUFFICIENT_INVENTORY"),
        ("/api/sales", {**SALE, "lines": [{"sku": f"S-{n}", "quantity": 1} for n in range(10_001)]}, "TOO_MANY_LINES"),
        ("/api/sales", {**SALE, "lines": [{"sku": f"S-{n}", "quantity": 1} for n in range(10_000)]}, "UNKNOWN_ITEM"),
        ("/api/sales", {**SALE, "lines": [{"sku": "A", "quantity": 2}] * 1_000}, "INSUFFICIENT_INVENTORY"),
        ("/api/sales", {**SALE, "lines": [LINE] * 200_000}, "BODY_TOO_LARGE"),
        ("/api/definitions", {"items": [{"sku": "X", "barcode": "5" * 10_000}]}, "INVALID_TEXT"),
        ("/api/definitions", {"items": [{"sku": "X", "barcode": "4006381333930"}]}, "CHECK_DIGIT_WRONG"),
        ("/api/definitions", {"items": [{"sku": "X", "barcode": "12345678"}]}, "CHECK_DIGIT_WRONG"),
        ("/api/definitions", {"items": [{"sku": "X", "name": "x" * 10_000}]}, "INVALID_TEXT"),
        ("/api/definitions", {"items": [{"sku": "../../etc/passwd\x00"}]}, "INVALID_TEXT"),
        ("/api/definitions", {"items": [{"sku": "A\r\nSet-Cookie: a=b"}]}, "INVALID_TEXT"),
        ("/api/serials", {"site": "london", "serials": [{"sku": "A", "unit": "S-1"}] * 2}, "INVALID_COMMAND"),
        ("/api/sales", {**SALE, "occurred_at": "9999-12-31T23:59:59Z"}, "INVALID_TIME"),
        ("/api/sales", {**SALE, "occurred_at": "2026-03-29T01:30:00"}, "INVALID_TIME"),
        ("/api/sales", {**SALE, "occurred_at": "2026-10-25T01:30:00 Europe/London"}, "INVALID_TIME"),
        ("/api/reservations", {**SALE, "expires_at": "2020-01-01T00:00:00Z"}, "INVALID_TIME"),
        ("/api/sales", {**SALE, "data": {"a": "x" * 20_000}}, "INVALID_TEXT"),
        ("/api/sales", {**SALE, "document": {"type": "invoice", "id": "1", "org": 2}}, "INVALID_COMMAND"),
        ("/api/bulk", {"commands": [{"operation": ["sell"], "key": "k", **SALE}]}, "INVALID_COMMAND"),
        ("/api/bulk", {"commands": [{"operation": {}, "key": "k", **SALE}]}, "INVALID_COMMAND"),
        ("/api/bulk", {"commands": [{"operation": "sell", "key": "k", "actor": "root", **SALE}]}, "INVALID_COMMAND"),
        ("/api/bulk", {"commands": [{"operation": "create_key", "key": "k", "name": "x"}]}, "INVALID_COMMAND"),
        ("/api/bulk", {"commands": [{"operation": "expire_reservation", "key": "k", "reservation": 1}]}, "FORBIDDEN"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_commands(shop: Shop, path: str, body: dict[str, Any], code: str) -> None:
    """T15: sums beyond 64 bits, too much of anything, wrong codes, times and fields: refused by their names."""
    answered = shop.boss.post(path, body)

    assert 400 <= answered.status < 500, answered
    assert answered.code == code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
def test_encodings(shop: Shop, encoding: str) -> None:
    """T15: JSON in any other encoding than UTF-8 is refused, whatever the header says of it."""
    content = json.dumps(SALE).encode(encoding)
    headers = {"Content-Type": f"application/json; charset={encoding}"}
    if encoding == "utf-7":
        content = content.replace(b"{", b"+AHs-")

    assert shop.boss.post("/api/sales", content=content, headers=headers).code == "MALFORMED_JSON"


@pytest.mark.parametrize(
    "path",
    [
        "/api/lots?order=newest;DROP%20TABLE%20lot",
        "/api/lots?status=LIVE%27%20OR%201=1--",
        "/api/holdings?site=london%27%20OR%20%271%27=%271",
        "/api/items/search?q=%25%27%3B--",
        "/api/sites/..%2f..%2fetc%2fpasswd/variances",
        "/api/pieces/%2e%2e%2f%2e%2e",
        "/docs/../../etc/passwd",
        "/docs/style.css/../../../etc/passwd",
        "/api//sales",
        "/api/sales/",
        "/API/SALES",
        "/api/serials/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_paths_and_filters(shop: Shop, path: str) -> None:
    """T15: SQL in a filter or an order finds nothing, a path leads nowhere, and a script comes back as plain JSON."""
    address = urlsplit(shop.running.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {shop.boss.key}\r\nConnection: close\r\n\r\n"
        connection.sendall(asked.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1])

    assert status in {200, 404, 405, 422}
    assert status != 200 or json.loads(body) in ([], {"rows": [], "after": None}), body
    assert b"x-content-type-options: nosniff" in head.lower()
    assert b"root:" not in body


@pytest.mark.parametrize(
    "line",
    [
        b"Idempotency-Key: a\r\n b",
        b"Idempotency-Key: a\rb",
        b"Idempotency-Key: a\x00b",
        b"Idempotency-Key: \xff\xfe",
        b"Authorization: Bearer \xff",
        b"Transfer-Encoding: gzip, chunked",
        b"Content-Length: -1",
        b"Content-Length: 1e3",
        b"Content-Length: 1073741824",
        b"Content-Length: 99999999999999999999999",
        b"Expect: everything",
        b"Host: evil.example\r\nHost: y",
    ],
)
def test_header_lines(shop: Shop, line: bytes) -> None:
    """T15: folded lines, line breaks, NUL, two hosts, lengths that are none: refused or closed, and nothing is done."""
    address = urlsplit(shop.running.url)
    body = json.dumps({**SALE, "lines": [{"sku": "A", "quantity": "100000"}]}).encode()
    lines = [b"POST /api/sales HTTP/1.1", b"Host: x", b"Content-Type: application/json", b"Connection: close", line]
    told = line.split(b":")[0].lower()
    if told != b"authorization":
        lines.append(b"Authorization: Bearer " + str(shop.boss.key).encode())
    if told != b"idempotency-key":
        lines.append(b"Idempotency-Key: header")
    if told not in {b"content-length", b"transfer-encoding"}:
        lines.append(b"Content-Length: %d" % len(body))
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(b"\r\n".join([*lines, b"", body]))
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65536)

    assert answer == b"" or answer.split()[1][:1] == b"4", answer


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "OPTIONS", "PATCH", "PROPFIND", "HEAD"])
def test_methods(shop: Shop, method: str) -> None:
    """T15: a method that an address has not is refused, and echoes nothing."""
    answered = shop.boss.http.request(method, "/api/sales", headers={"X-Echo": "echo-me"})

    assert answered.status_code in {204, 400, 404, 405}
    assert not answered.content or answered.status_code != 204
    assert "echo-me" not in answered.text


@pytest.mark.acts
def test_a_key_that_has_expired_is_one_that_is_none(shop: Shop) -> None:
    """T15: a key works until it expires, and from then on gets the answer of one that was never there."""
    ends = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    made = shop.boss.done("/api/keys", {"name": "short", "role": "viewer", "expires_at": ends})
    caller = shop.running.caller(made["api_key_text"])
    statuses = [caller.get("/api/me").status]
    while statuses[-1] == 200 and len(statuses) < 10_000:
        statuses.append(caller.get("/api/me").status)

    assert statuses[0] == 200
    assert statuses[-1] == 401
    assert caller.get("/api/me").code == "UNAUTHENTICATED"


@pytest.mark.acts
def test_reverts(shop: Shop) -> None:
    """T15: of a revert, of what is reverted, of what is partly gone, of another org's, of nothing."""
    boss = shop.boss
    boss.put("/api/items/R")
    goods = boss.done("/api/receipts-of-goods", {"site": "london", "lines": [{"sku": "R", "quantity": 10}]})
    sale = boss.done("/api/sales", {"site": "london", "lines": [{"sku": "R", "quantity": 4}]})
    path = "/api/postings/{}/reversals"
    gone = boss.post(path.format(goods["number"]), {"reason": "r"})
    undone = boss.done(path.format(sale["number"]), {"reason": "r"})
    back = boss.get("/api/items/live", skus="R").body[0]["balances"]["available"]
    head = boss.get("/api/journal").body["number"]
    refused = {
        "again": boss.post(path.format(sale["number"]), {"reason": "r"}),
        "foreign": shop.stranger.post(path.format(goods["number"]), {"reason": "r"}),
        "zero": boss.post(path.format(0), {"reason": "r"}),
        "below": boss.post(path.format(-1), {"reason": "r"}),
        "no number": boss.post(path.format("1e3"), {"reason": "r"}),
        "beyond": boss.post(path.format(2**63), {"reason": "r"}),
    }

    revived = boss.done(path.format(undone["number"]), {"reason": "it was a sale after all"})

    assert gone.code == "REVERT_BLOCKED"
    assert (back, boss.get("/api/items/live", skus="R").body[0]["balances"]["available"]) == ("10", "6")
    assert boss.post(path.format(undone["number"]), {"reason": "r"}).code == "ALREADY_REVERTED"
    assert {why: answer.status // 100 for why, answer in refused.items()} == dict.fromkeys(refused, 4)
    assert (refused["again"].code, refused["foreign"].code) == ("ALREADY_REVERTED", "POSTING_NOT_FOUND")
    assert boss.get("/api/journal").body["number"] == revived["number"] == head + 1


@pytest.mark.acts
@pytest.mark.parametrize("is_same", [True, False])
def test_fifty_at_once_under_one_key(shop: Shop, *, is_same: bool) -> None:
    """T15, T5: of fifty requests under one key one is done; the others are its answer, or refused as another's."""
    sku = f"fifty-{is_same}"
    shop.boss.put(f"/api/items/{sku}")
    shop.boss.done("/api/receipts-of-goods", {"site": "paris", "lines": [{"sku": sku, "quantity": 2000}]})
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        bodies = [
            {"site": "paris", "lines": [{"sku": sku, "quantity": 1 if is_same else number + 1}]} for number in range(50)
        ]
        calls = [pool.submit(_patiently, shop.running.caller(shop.boss.key), body, f"key-{sku}") for body in bodies]
        answers = [call.result() for call in calls]

    done = next(answer for answer in answers if answer.status == 201)
    others = [answer for answer in answers if answer is not done]
    assert {answer.status for answer in others} == {200 if is_same else 409}
    assert {answer.body["number"] if is_same else answer.code for answer in others} == {
        done.body["number"] if is_same else "IDEMPOTENCY_KEY_REUSED"
    }
    taken = sum(float(movement["quantity"]) for movement in done.body["movements"])
    left = shop.boss.get("/api/items/live", skus=sku).body[0]["balances"]["available"]
    assert float(left) == 2000 - taken


def _patiently(caller: Caller, body: object, key: str) -> Answered:
    """Send a request as a client does: again where it is asked to."""
    while True:
        answered = caller.post("/api/sales", body, key=key)
        if answered.status not in {429, 503}:
            return answered


@pytest.mark.acts
def test_who_goes_away_in_mid_transaction_leaves_a_whole_act_or_none(shop: Shop) -> None:
    """T15: thirty callers hang up while they are served; whichever acts were done, a retry does each exactly once."""
    shop.boss.put("/api/items/gone")
    shop.boss.done("/api/receipts-of-goods", {"site": "paris", "lines": [{"sku": "gone", "quantity": 100}]})
    sale = {"site": "paris", "lines": [{"sku": "gone", "quantity": 1}] * 2}
    body = json.dumps(sale).encode()
    address = urlsplit(shop.running.url)
    for number in range(30):
        head = (
            f"POST /api/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {shop.boss.key}\r\n"
            f"Idempotency-Key: gone-{number}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends with a reset
            connection.sendall(head.encode() + body)
    answers = [_patiently(shop.boss, sale, f"gone-{number}") for number in range(30)]
    rows = shop.boss.get("/api/movements", sku="gone", kind="sell", limit=100).body["rows"]

    assert {answer.status for answer in answers} <= {200, 201}
    assert len({answer.body["number"] for answer in answers}) == 30
    assert sum(float(row["quantity"]) for row in rows) == 60
    assert shop.boss.get("/api/items/live", skus="gone").body[0]["balances"]["available"] == "40"


@pytest.mark.parametrize(
    "told",
    [
        *("infinity", "now", "today", "0000-01-01", "2026-02-30", "2026-13-01", "2026-1-1", "2026-W05-1"),
        *("2026-01-01T24:00:00Z", "2026-03-29T01:30:00", "2026-01-01T00:00:00+25:00", "2026-01-01 00:00:00Z"),
        *("\u0662026-01-01", "-2026-01-01", "9" * 400, "1e3", ""),
    ],
)
@pytest.mark.parametrize(
    "path", ["/api/postings?since={}", "/api/vat-report?since={}&until=2026-01-31", "/api/holdings/at?recorded_at={}"]
)
def test_moments_that_are_none(shop: Shop, path: str, told: str) -> None:
    """T15: days and moments in a query that do not exist, or are not written as they are, are refused."""
    answered = shop.boss.http.get(path.format(quote(told, safe="")))

    assert (answered.status_code, answered.json()["code"]) in {
        (400, "INVALID_TIME"),
        (422, "INVALID_TIME"),
        (422, "INVALID_COMMAND"),
    }, answered.text
