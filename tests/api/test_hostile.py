"""Hostile input over HTTP: a typed 4xx, nothing changed, and the server as well as before."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.api.conftest import Shop

LINE = '{"site":"london","lines":[{"sku":"A","quantity":%s}]}'


@pytest.fixture(autouse=True)
def unchanged(shop: Shop) -> Iterator[None]:
    """T15: whatever is sent, the journal stays where it was and the server answers afterwards."""
    head = shop.boss.get("/api/journal").body["number"]
    yield
    assert shop.boss.get("/api/journal").body["number"] == head


@pytest.mark.parametrize(
    "number",
    [
        "1e999999",
        "NaN",
        "Infinity",
        "-Infinity",
        "0.1",
        "1e2",
        '"0.1000001"',
        '"9223372036854775808"',
        "9223372036854775808",
        "9" * 5000,
        '"' + "9" * 5000 + '"',
        '"\u0661"',
        '"1_000"',
        '"+5"',
        "-0",
        '"-0"',
        "-1",
        "true",
        '"5"' + " " + '"6"',
        '" 5"',
        "null",
        "[]",
        "{}",
        '""',
    ],
)
def test_numbers(shop: Shop, number: str) -> None:
    """T15: a number that is none of ours is refused."""
    answered = shop.boss.post("/api/sales", content=(LINE % number).encode())

    assert answered.status in {400, 422}, answered
    assert answered.code in {"MALFORMED_JSON", "INVALID_QUANTITY", "NEGATIVE_QUANTITY", "QUANTITY_TOO_LARGE"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b'{"site":"london","site":"paris"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1,"quantity":2}]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'{"site":"\xff"}',
        b'{"site":"lon\\u0000don","lines":[{"sku":"A","quantity":1}]}',
        b'{"site":"\\ud800","lines":[{"sku":"A","quantity":1}]}',
        '{"site":"l\u043endon","lines":[{"sku":"A","quantity":1}]}'.encode(),
        b'{"site":"lon\\u200bdon","lines":[{"sku":"A","quantity":1}]}',
        b'{"site":"london\\u202e","lines":[{"sku":"A","quantity":1}]}',
        b'{"site":"london ","lines":[{"sku":"A","quantity":1}]}',
        b'{"site":"\'; DROP TABLE holding; --","lines":[{"sku":"A","quantity":1}]}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"org_id":2}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"actor":"root"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"key":"x"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1,"holding_id":1}]}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"data":{"x":1.5}}',
        b'{"site":"london","lines":{"sku":"A","quantity":1}}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"infinity"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"now"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"2026-02-30T00:00:00Z"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"2026-01-01T24:00:00Z"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"2026-01-01T00:00:00"}',
        b'{"site":"london","lines":[{"sku":"A","quantity":1}],"occurred_at":"0000-01-01T00:00:00Z"}',
    ],
    ids=lambda content: repr(content[:40]),
)
def test_bodies(shop: Shop, content: bytes) -> None:
    """T15: a body that is not well formed, or says what nobody may say, is refused."""
    answered = shop.boss.post("/api/sales", content=content)

    assert answered.status in {400, 404, 422}, answered
    assert answered.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=1000000000",
        "limit=x",
        "limit=1&limit=2",
        "after=",
        "after=holdings-1-2-3",
        "after=AAAA",
        "after=%00",
        "site=%FF",
        "site=%27%3B--",
        "site=",
        "site=%00",
        "sku=A%00B",
        "unknown=1",
        "empty=yes",
        "&".join(f"a{number}=1" for number in range(200)),
    ],
)
def test_queries(shop: Shop, query: str) -> None:
    """L14, T15: a parameter that is unknown, told twice or out of bounds is refused, and so is a made-up cursor."""
    answered = shop.boss.http.get(f"/api/holdings?{query}")

    assert answered.status_code in {404, 422}, answered.text


def test_a_cursor_is_good_for_its_own_list_alone(shop: Shop) -> None:
    """L14: a cursor goes on in its list; cut, changed, of another query or of another org it is refused."""
    first = shop.boss.get("/api/holdings", limit=1)
    cursor = first.body["after"]
    second = shop.boss.get("/api/holdings", limit=1, after=cursor)
    flipped = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    wrong = [
        shop.boss.get("/api/holdings", limit=1, after=cursor[:-2]),
        shop.boss.get("/api/holdings", limit=1, after=flipped),
        shop.boss.get("/api/holdings", limit=1, after=cursor, site="london"),
        shop.boss.get("/api/movements", limit=1, after=cursor),
        shop.stranger.get("/api/holdings", limit=1, after=cursor),
    ]

    assert second.body["rows"][0]["id"] > first.body["rows"][0]["id"]
    assert [answer.code for answer in wrong] == ["INVALID_COMMAND"] * 5


def test_headers(shop: Shop) -> None:
    """T15: wrong media types, packed bodies and headers beyond the limit are refused; line breaks reach no log."""
    packed = shop.boss.post("/api/sales", {}, headers={"Content-Encoding": "gzip"})
    form = shop.boss.post("/api/sales", {}, headers={"Content-Type": "application/x-www-form-urlencoded"})
    large = shop.boss.http.get("/api/me", headers={"X-Large": "x" * 17_000})
    method = shop.boss.http.request("DELETE", "/api/sales")

    assert (packed.code, form.code) == ("MEDIA_TYPE_UNSUPPORTED", "MEDIA_TYPE_UNSUPPORTED")
    assert (large.status_code, large.json()["code"]) == (431, "HEADERS_TOO_LARGE")
    assert (method.status_code, method.json()["code"]) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /api/sales HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /api/sales HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /api/me HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
)
def test_smuggling(shop: Shop, raw: bytes) -> None:
    """T15: two lengths, a length beside chunks, bytes that are no HTTP: an error, or the connection is closed."""
    address = urlsplit(shop.running.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65536)

    assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 401"))


def test_an_abort_in_mid_request_changes_nothing(shop: Shop) -> None:
    """T15: a caller who goes away before his body is whole has asked for nothing."""
    address = urlsplit(shop.running.url)
    head = (
        f"POST /api/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {shop.boss.key}\r\nIdempotency-Key: aborted\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head.encode() + b'{"site":"london"')


@pytest.mark.parametrize(
    "path",
    ["/api/items/live?skus=A&site=%00", "/api/items/live?skus=%00", "/api/items/search?q=%00", "/api/lots?q=%00"],
)
def test_what_no_text_can_hold_is_refused_everywhere(shop: Shop, path: str) -> None:
    """T15: NUL, which the driver cannot send, is refused before it gets there, as no breakdown."""
    answered = shop.boss.http.get(path)

    assert (answered.status_code, answered.json()["code"]) == (422, "INVALID_TEXT")
