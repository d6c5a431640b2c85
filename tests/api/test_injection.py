"""Injection over HTTP: SQL, scripts and formulas in every text of every route are text, and do nothing."""

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.routes import find_routes
from tests.api.conftest import Shop
from tests.api.generated import furnish
from tests.api.serving import Answered, Caller

DOCUMENT = json.loads(openapi_document(find_routes()))
SQL = "x'; DROP TABLE holding; --"
SCRIPT = "<script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"
KNOWN = {"site": "london", "target": "paris", "sku": "A", "product": "P", "state": "available", "kind": "roll"}
"""What there is, so that the rest of a request is looked at."""
UNASKED = {"/api/events", "/api/session"}
"""The stream never ends, and the door is tried by its own tests."""
Steps = tuple[str | int, ...]


def _shape(schema: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """Follow references, and of alternatives the first that is something."""
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        else:
            schema = next(part for part in schema["anyOf"] if part.get("type") != "null")
    return schema


def _told(schema: Any, name: str = "") -> Any:  # noqa: ANN401 - a tree of plain values
    """Make a small value that fits a schema."""
    shape = _shape(schema)
    if "const" in shape or "enum" in shape:
        return shape.get("const") or shape["enum"][0]
    match shape.get("type"):
        case "object":
            return {part: _told(shape["properties"][part], part) for part in shape.get("required", ())}
        case "array":
            return [_told(shape.get("items", {}), name)]
        case "integer":
            return 1
        case "boolean":
            return False
        case "string" if "format" in shape:
            return {"date": "2026-01-31", "date-time": "2026-01-31T09:30:00Z"}[shape["format"]]
        case _:
            return KNOWN.get(name, "1")


def _texts(schema: Any, steps: Steps = ()) -> Iterator[Steps]:  # noqa: ANN401 - a tree of plain values
    """Find where texts stand in a body."""
    shape = _shape(schema)
    kind: str | None = shape.get("type")
    match kind:
        case "object":
            for name, part in shape.get("properties", {}).items():
                yield from _texts(part, (*steps, name))
        case "array" if len(steps) < 6:
            yield from _texts(shape.get("items", {}), (*steps, 0))
        case "string":
            yield steps
        case _:
            pass


def _put(body: Any, schema: Any, steps: Steps, value: object) -> None:  # noqa: ANN401 - a tree of plain values
    """Put a value where it belongs, and around it what it needs."""
    shape, (step, *rest) = _shape(schema), steps
    inner = shape["items"] if step == 0 else shape["properties"][step]
    if not rest:
        body[step] = value
        return
    if step != 0 and body.get(step) is None:
        body[step] = _told(inner, str(step))
    _put(body[step], inner, tuple(rest), value)


def requests(value: str) -> Iterator[tuple[str, str, Any]]:
    """Give each request once for each text in it, with a value in its place: method, target and body."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            if path in UNASKED:
                continue
            required = {one["name"]: _told(one["schema"], one["name"]) for one in operation["parameters"]
                        if one["required"] and one["in"] in {"path", "query"}}  # fmt: skip
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            body = None if schema is None else _told(schema)
            for one in operation["parameters"]:
                if one["in"] in {"path", "query"}:
                    yield method.upper(), _target(path, operation, {**required, one["name"]: value}), body
            for steps in _texts(schema) if schema is not None else ():
                changed = copy.deepcopy(body)
                _put(changed, schema, steps, value)
                yield method.upper(), _target(path, operation, required), changed


def _target(path: str, operation: Any, told: dict[str, object]) -> str:  # noqa: ANN401 - a tree of plain values
    query = {name: quote(str(value), safe="") for name, value in told.items()}
    for one in operation["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", query.pop(one["name"]))
    if any(one["name"] == "dry_run" for one in operation["parameters"]):
        query.setdefault("dry_run", "true")
    return f"{path}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def _send(caller: Caller, method: str, target: str, body: object) -> Answered:
    if method == "GET":
        return caller.get(target)
    return caller.post(target, body, method=method)


@pytest.fixture(scope="module")
def furnished(shop: Shop) -> Shop:
    """A shop with a bit of everything."""
    furnish(shop)
    return shop


@pytest.mark.timeout(600)
@pytest.mark.parametrize("value", [SQL, SCRIPT, FORMULA])
def test_every_text_of_every_route_is_text(furnished: Shop, value: str) -> None:
    """T15: in each path, parameter and field, one after the other: no fault, and no answer that a browser would run."""
    boss = furnished.boss
    before = boss.get("/api/holdings", limit=100).body, boss.get("/api/journal").body
    wrong, sent = [], 0
    for method, target, body in requests(value):
        answered = _send(boss, method, target, body)
        sent += 1
        is_json = answered.headers["content-type"] in {"application/json", "application/problem+json"}
        if answered.status >= 500 or not is_json or answered.headers["x-content-type-options"] != "nosniff":
            wrong.append(f"{method} {target} {body}: {answered.status} {answered.body!s:.200}")

    assert sent > 500
    assert not wrong, "\n".join(wrong)
    assert (boss.get("/api/holdings", limit=100).body, boss.get("/api/journal").body) == before


@pytest.mark.parametrize(
    "header",
    ["Idempotency-Key", "If-Match", "If-None-Match", "Accept", "Accept-Language", "User-Agent", "X-Request-Id"],
)
@pytest.mark.parametrize("value", [SQL, SCRIPT, FORMULA])
def test_headers_are_text(furnished: Shop, header: str, value: str) -> None:
    """T15: SQL, scripts and formulas in a header are refused or do nothing, and none is echoed in a header."""
    body = {"site": "london", "lines": [{"sku": "A", "quantity": 1}]}
    answers = [
        furnished.boss.post("/api/sales", body, query={"dry_run": "true"}, headers={header: value}),
        Answered(*_parts(furnished.boss.http.get("/api/holdings", headers={header: value}))),
    ]

    assert all(answer.status < 500 for answer in answers)
    assert not [told for answer in answers for told in answer.headers.values() if value in told]


def _parts(response: Any) -> tuple[int, Any, Any]:  # noqa: ANN401 - a response of the client
    return response.status_code, response.headers, response.json()


def test_what_looks_like_a_script_is_kept_as_it_is(furnished: Shop) -> None:
    """T15: names and reasons come back as they were told, in JSON, and no page may run or frame them."""
    boss = furnished.boss
    boss.done("/api/items/script", {"name": SCRIPT, "reason": FORMULA}, method="PUT")
    listed = boss.get("/api/items/search", q="alert")
    posting = boss.get("/api/postings", newest_first="true", limit=1)

    assert [row["name"] for row in listed.body] == [SCRIPT]
    assert posting.body["rows"][0]["reason"] == FORMULA
    assert listed.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", ["/api/me", "/api/nothing", "/docs", "/openapi.json", "/health/live", "/api/session"])
def test_no_answer_may_be_framed_or_guessed_at(furnished: Shop, path: str) -> None:
    """T15: click-jacking: whatever is answered, also a refusal, forbids frames, scripts and guessing its type."""
    headers = furnished.boss.http.get(path).headers

    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
