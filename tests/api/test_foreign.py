"""What belongs to another org is answered as what is nowhere: every route, every id, wherever it stands."""

import copy
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

import onhand
from onhand.api.openapi.openapi import openapi_document
from onhand.api.routes.routes import Act, find_routes
from tests.api.conftest import Shop
from tests.api.generated import furnish
from tests.api.serving import Answered, Caller

DOCUMENT = json.loads(openapi_document(find_routes()))
TEXTS = {
    "site": "paris",
    "target": "paris",
    "sites": "paris",
    "sku": "PHONE",
    "skus": "PHONE",
    "product": "Q",
    "lot": "L-1",
    "unit": "SN-3",
    "invoice": "I-1",
    "order": "O-1",
    "customer": "C-1",
    "transaction": "t-1",
    "user": "ann",
    "code": "ROLL-000001",
    "id": "I-1",
    "piece": "ROLL-000001",
    "pieces": "ROLL-000001",
    "location": "R-9",
    "vendor": "Acme",
    "brand": "Acme",
    "subject": "item:PHONE",
    "document": "invoice:I-1",
}
"""Names of things of the first org that the second has not."""
CODES = {"/api/sites/{code}": "paris", "/api/products/{code}": "Q", "/api/sites/{site}/locations/{code}": "R-9"}
"""What is called code in these paths."""
NUMBERS = {
    *("reservation", "reservations", "transfer", "number", "offline_sale", "api_key", "alert", "purchase", "cart"),
    *("slice", "holding", "webhook", "since", "until"),
}
"""Names of what is told by a number; the second org has not so many of anything."""
OWN: dict[str, object] = {"site": "london", "sku": "A", "quantity": "1", "reason": "why", "document": None}
NOWHERE = 88_888_888


class Place(NamedTuple):
    """Where an id stands in a request: in the path, the query or the body, and there."""

    method: str
    path: str
    where: str
    steps: tuple[str | int, ...]

    def __str__(self) -> str:
        """Name the case."""
        return f"{self.method} {self.path} {self.where} {'.'.join(map(str, self.steps))}"


def _told(schema: Any, name: str = "") -> Any:  # noqa: ANN401 - a tree of plain values
    """Make a value that fits a schema, of what the second org has."""
    if name in OWN and OWN[name] is not None and schema.get("type", "string") == "string":
        return OWN[name]
    if "anyOf" in schema:
        return _told(next(part for part in schema["anyOf"] if part.get("type") != "null"), name)
    if "const" in schema or "enum" in schema:
        return schema.get("const") or schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {part: _told(schema["properties"][part], part) for part in schema.get("required", ())}
        case "array":
            return [_told(schema.get("items", {}), name) for _ in range(schema.get("minItems", 1))]
        case "integer":
            return 1
        case "boolean":
            return False
        case "string" if "format" in schema:
            return {"date": "2026-01-31", "date-time": "2026-01-31T09:30:00Z"}[schema["format"]]
        case "string" if schema.get("pattern", "").startswith("^-?(0|"):
            return "1"
        case _:
            return OWN.get(name) or "x"


def _places_in(schema: Any, name: str, steps: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - a tree of plain values
    """Find where ids stand in a body."""
    for part in schema.get("anyOf", ()):
        if part.get("type") in {"object", "array"}:
            yield from _places_in(part, name, steps)
            return
    kind: Any = schema.get("type")
    match kind:
        case "object":
            for part, inner in schema.get("properties", {}).items():
                yield from _places_in(inner, part, (*steps, part))
        case "array":
            yield from _places_in(schema.get("items", {}), name, (*steps, 0))
        case _:
            if name in TEXTS or name in NUMBERS:
                yield steps


def places() -> Iterator[Place]:
    """List every id of every route that the description has."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            if path in {"/api/events", "/api/session"}:
                continue
            for parameter in operation["parameters"]:
                name = parameter["name"]
                if parameter["in"] in {"path", "query"} and (name in TEXTS or name in NUMBERS):
                    yield Place(method.upper(), path, parameter["in"], (name,))
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            for schema in (body or {}).get("anyOf", [body] if body else []):
                for steps in _places_in(schema, "", ()):
                    yield Place(method.upper(), path, "body", steps)


PLACES = sorted(set(places()))
OPERATION_AT = {
    (route.method, route.path): route.operation
    for route in find_routes()
    if isinstance(route, Act) and route.member is None and not (route.hidden or route.fixed)
}
"""What a line of a bulk call names to do what a route does."""


def _put(body: Any, schema: Any, steps: tuple[str | int, ...], value: object) -> None:  # noqa: ANN401 - a tree of plain values
    """Put a value where it belongs, and around it what it needs."""
    for part in schema.get("anyOf", ()):
        if part.get("type") in {"object", "array"}:
            schema = part
    step, rest = steps[0], steps[1:]
    inner = schema["items"] if step == 0 else schema["properties"][step]
    if not rest:
        if step == 0:
            body[:] = [value]
        else:
            body[step] = value
        return
    if step == 0:
        body[:] = body or [_told(inner, "")]
    elif body.get(step) is None:
        body[step] = _told(inner, str(step))
    _put(body[step], inner, rest, value)


def _send(caller: Caller, place: Place, value: object) -> Answered:
    operation = DOCUMENT["paths"][place.path][place.method.lower()]
    path, query = place.path, {}
    for parameter in operation["parameters"]:
        name = parameter["name"]
        here = value if (place.where, place.steps) == (parameter["in"], (name,)) else None
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", str(_told(parameter["schema"], name) if here is None else here))
        elif parameter["in"] == "query" and (here is not None or parameter["required"]):
            query[name] = str(_told(parameter["schema"], name) if here is None else here)
    if place.method == "GET":
        return caller.get(path, **query)
    body: Any = None
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if schema:
        wanted = next((part for part in schema.get("anyOf", [schema]) if _has(part, place)), schema)
        body = copy.deepcopy(_told(wanted))
        if place.where == "body":
            _put(body, wanted, place.steps, value)
    return caller.post(path, body, method=place.method, query={**query, "dry_run": "true"})


def _has(schema: Any, place: Place) -> bool:  # noqa: ANN401 - a tree of plain values
    return place.where != "body" or place.steps in set(_places_in(schema, "", ()))


def _as_line(place: Place, value: object) -> dict[str, object]:
    """Make the line of a bulk call that tells what the route of a place is told."""
    operation = DOCUMENT["paths"][place.path][place.method.lower()]
    in_path = {one["name"]: one["schema"] for one in operation["parameters"] if one["in"] == "path"}
    told = {name: _told(schema, name) for name, schema in in_path.items()}
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    body = copy.deepcopy(_told(schema))
    if place.where == "body":
        _put(body, schema, place.steps, value)
    else:
        told[str(place.steps[0])] = value
    return {"operation": OPERATION_AT[place.method, place.path], "key": "line", **told, **body}


def _without(told: Any, value: object) -> Any:  # noqa: ANN401 - a tree of plain values
    """Give a document with another word for a value, wherever it stands."""
    if isinstance(told, dict):
        return {name: _without(part, value) for name, part in told.items()}
    if isinstance(told, list):
        return [_without(part, value) for part in told]
    return told.replace(str(value), "N") if isinstance(told, str) else "N" if told == value else told


def _plain(answer: Answered, value: object) -> object:
    """Tell an answer without what is of this request alone."""
    told = _without(answer.body, value)
    if isinstance(told, dict):
        for name in ("request_id", "recorded_at", "occurred_at", "key", "balances", "after", "api_key_text"):
            told.pop(name, None)
        if answer.status < 400:
            told = sorted(told)
    return answer.status, told


@pytest.fixture(scope="module")
def orgs(shop: Shop) -> Shop:
    """Two orgs, of which the first has a bit of everything."""
    furnish(shop)
    with onhand.connect_sync(shop.running.environment["ONHAND_DATABASE_URL"]) as stock:
        stock.define(locations=[("paris", "R-9")], key="more")
        stock.accounts.define_user(user="ann", role="clerk", key="ann")
    return shop


def test_there_are_many_places() -> None:
    """T8: ids stand in paths, queries and bodies, and all three are looked at."""
    counts = {where: sum(place.where == where for place in PLACES) for where in ("path", "query", "body")}

    assert counts["path"] > 50
    assert counts["query"] > 40
    assert counts["body"] > 100


def _nowhere(name: str) -> str:
    kind, colon, _ = name.rpartition(":")
    return f"{kind}{colon}nowhere"


@pytest.mark.parametrize("path", ["/api/serials/{unit}", "/api/invoices/{number}", "/api/sites/{site}/variances"])
def test_what_is_ones_own_is_told_apart(orgs: Shop, path: str) -> None:
    """Control: whoever has the thing gets another answer than for what is nowhere, so the comparison can fail."""
    place = next(place for place in PLACES if place.path == path and place.where == "path")
    value = "I-1" if "invoices" in path else TEXTS[str(place.steps[0])]
    own, nowhere = _send(orgs.boss, place, value), _send(orgs.boss, place, "nowhere")

    assert own.status == 200
    assert _plain(own, value) != _plain(nowhere, "nowhere")


@pytest.mark.timeout(600)
def test_what_is_foreign_is_as_what_is_nowhere(orgs: Shop) -> None:
    """T8: every route and every id in path, query and body: another org's gets the answer of one that is nowhere."""
    held = orgs.boss.get("/api/reservations", limit=1).body["rows"][0]["id"]
    head = orgs.boss.get("/api/journal").body["number"]
    mine = orgs.stranger.get("/api/journal").body["number"]
    assert mine < min(held, 15) < head
    differing, found = [], 0
    for place in PLACES:
        values = _values(place, held, head)
        foreign, nowhere = (_send(orgs.stranger, place, value) for value in values)
        found += foreign.status == 404
        if _plain(foreign, values[0]) != _plain(nowhere, values[1]):
            differing.append(
                f"{place}: {foreign.status} {foreign.body!s:.300} / {nowhere.status} {nowhere.body!s:.300}"
            )

    assert not differing, "\n".join(differing)
    assert found > 100, "most of them are looked up, and not found"
    assert orgs.stranger.get("/api/journal").body["number"] == mine


def _values(place: Place, held: int, head: int) -> tuple[object, object]:
    """Give what the first org has by the name of a place, and what nobody has."""
    name = next(str(step) for step in reversed(place.steps) if step != 0)
    if name in NUMBERS and name not in TEXTS:
        return held if name.startswith("reserv") else head, NOWHERE
    told = CODES.get(place.path, TEXTS[name]) if (place.where, name) == ("path", "code") else TEXTS[name]
    return told, _nowhere(told)


@pytest.mark.timeout(600)
def test_what_is_foreign_in_a_line_of_many_is_as_what_is_nowhere(orgs: Shop) -> None:
    """T8, T15: every id in every line of a bulk call: another org's gets the problem of one that is nowhere."""
    held = orgs.boss.get("/api/reservations", limit=1).body["rows"][0]["id"]
    head = orgs.boss.get("/api/journal").body["number"]
    mine = orgs.stranger.get("/api/journal").body["number"]
    differing, found = [], 0
    lines = [place for place in PLACES if (place.method, place.path) in OPERATION_AT and place.where != "query"]
    for place in lines:
        values = _values(place, held, head)
        told = []
        for value in values:
            body = {"commands": [_as_line(place, value)]}
            answered = orgs.stranger.post("/api/bulk", body, query={"dry_run": "true"})
            outcome = answered.body["outcomes"][0] if answered.status == 200 else answered.body
            what = outcome.get("problem") or outcome.get("posting") or outcome
            told.append(_plain(Answered(what.get("status", 200), answered.headers, what), value))
            found += what.get("status") == 404
        if told[0] != told[1]:
            differing.append(f"{place}: {told[0]!s:.300} / {told[1]!s:.300}")

    assert len(lines) > 100
    assert not differing, "\n".join(differing)
    assert found > 100, "most of them are looked up, and not found"
    assert orgs.stranger.get("/api/journal").body["number"] == mine
