"""The statuses of refusals, and what is told of each route."""

import json
import re
from dataclasses import replace

import pytest

from onhand.api.http.bodies import read_json
from onhand.api.http.problems import EDGE, STATUS, Problem, told
from onhand.api.nouns.service import IN_BULK
from onhand.api.openapi.openapi import OF_DECIMALS, codes_of, openapi_document
from onhand.api.routes.fields import field_of
from onhand.api.routes.routes import Act, Ask, Door, Special, find_routes
from onhand.faults import Fault
from onhand.kernel.command import refusals_of
from onhand.kernel.operations import BY_NAME
from onhand.kernel.refusals import CATALOGUE, Refused
from onhand.kernel.refusing import OF_THE_LIMITED

DOCUMENT = json.loads(openapi_document(find_routes()))


def test_each_refusal_has_a_status() -> None:
    """L6: each code of the catalogue has a status in the 4xx, those that the specification names have theirs."""
    assert STATUS.keys() == CATALOGUE.keys()
    assert set(STATUS.values()) <= {400, 404, 409, 413, 422}
    assert {code: STATUS[code] for code in ("BATCH_NOT_FOUND", "INSUFFICIENT_INVENTORY", "INVALID_QUANTITY")} == {
        "BATCH_NOT_FOUND": 404,
        "INSUFFICIENT_INVENTORY": 400,
        "INVALID_QUANTITY": 400,
    }
    assert (STATUS["INVALID_STATUS_TRANSITION"], STATUS["NEGATIVE_QUANTITY"], STATUS["VERSION_CONFLICT"]) == (
        400,
        400,
        409,
    )
    assert not EDGE.keys() & CATALOGUE.keys()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused("KEY_NOT_FOUND", api_key=3), 404, "KEY_NOT_FOUND"),
        (Problem("RATE_LIMITED"), 429, "RATE_LIMITED"),
        (Fault(code="DATABASE_UNREACHABLE", message="secret host", retryable=True), 503, "DATABASE_UNREACHABLE"),
        (Fault(code="DATABASE_REFUSED", message="secret row", retryable=False), 500, "INTERNAL"),
        (ValueError("secret value"), 500, "INTERNAL"),
    ],
)
def test_what_breaks_inside_is_told_by_an_id_only(error: Exception, status: int, code: str) -> None:
    """T15: nothing of what a fault holds gets out."""
    document = told(error, "r-1")

    assert (document["status"], document["code"], document["request_id"]) == (status, code, "r-1")
    assert "secret" not in json.dumps(document)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"quantity": 4.5}', "4.5 is a float; write decimals as text"),
        (b"{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b'{"a": 1, "a": 2}', "A member stands twice in one object"),
        (b'"\xff"', "It is not UTF-8"),
        (b"[" * 100_000, "It is nested too deeply"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_what_is_wrong_with_it(body: bytes, reason: str) -> None:
    """L6: the detail of MALFORMED_JSON says what was wrong in this body, and then what a body has to be."""
    with pytest.raises(Problem) as caught:
        read_json(body)

    assert told(caught.value, "r-1")["detail"] == f"{reason}. {EDGE['MALFORMED_JSON'].explanation}"


def test_everything_is_described() -> None:
    """Each route lists its codes, each parameter and each field of a body says what it means."""
    silent = []
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            silent += [(path, one["name"]) for one in operation["parameters"] if not one.get("description")]
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            silent += [
                (path, name) for name, field in body.get("properties", {}).items() if not field.get("description")
            ]
            assert operation["summary"], (method, path)

    assert not silent
    assert DOCUMENT["openapi"] == "3.1.0"
    for route in find_routes():
        responses = DOCUMENT["paths"][route.path][route.method.lower()]["responses"]
        assert {str(status) for status in codes_of(route)} <= responses.keys()


def test_each_route_has_a_name_of_its_own() -> None:
    """A route without a name that a client can call it by, or with that of another, stops the service from starting."""
    first, second = find_routes()[:2]

    with pytest.raises(ValueError, match="needs a name of its own"):
        openapi_document([first, replace(second, name=first.name)])
    with pytest.raises(ValueError, match="needs a name of its own"):
        openapi_document([replace(first, name="not a name")])


def test_the_words_of_the_ledger_are_put_as_they_are_true_outside() -> None:
    """No description speaks of millionths, which nobody sends, nor of arguments and errors of a program of Python."""
    told = [operation for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    texts = {one["operationId"]: f"{one['summary']}\n{one['description']}" for one in told}

    assert [name for name, text in texts.items() if "millionths" in text.replace("the last millionth", "")] == []
    assert [name for name, text in texts.items() if "Args:" in text or "Raises:" in text or "Returns:" in text] == []


def test_a_description_names_nothing_that_its_address_has_not() -> None:
    """What stands in backquotes is a parameter, a field or a value of that address, or a name that any address has."""
    in_paths = {name for path in DOCUMENT["paths"] for name in re.findall(r"\{(\w+)\}", path)}
    addresses = in_paths | {one["operationId"] for methods in DOCUMENT["paths"].values() for one in methods.values()}
    unknown = []
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            known = json.dumps([operation, DOCUMENT["components"]["schemas"]["Posting"]])
            named = re.findall("`([^`]+)`", f"{operation['summary']}\n{operation['description']}")
            unknown += [
                (operation["operationId"], name) for name in named if f'"{name}"' not in known and name not in addresses
            ]

    assert unknown == []


def test_a_field_without_a_meaning_is_refused() -> None:
    """A field that is not in the tables has no unit that anybody knows, so no route can be made of it."""
    with pytest.raises(KeyError, match=r"Somebody\.something"):
        field_of("Somebody", "something")


def test_the_stream_is_described_with_where_it_goes_on() -> None:
    """Whoever reads the description alone knows of Last-Event-ID, and where it stands."""
    told = {one["name"]: one["in"] for one in DOCUMENT["paths"]["/api/events"]["get"]["parameters"]}

    assert told == {"Last-Event-ID": "header", "since": "query", "kind": "query", "site": "query", "sku": "query"}


def test_the_bulk_call_is_described_with_the_operations_that_it_takes() -> None:
    """Its operations are those of a plain address: one that neither hides a field nor does more than the ledger."""
    acts = [route for route in find_routes() if isinstance(route, Act)]
    plain = {route.operation for route in acts if not (route.prepare or route.finish or route.hidden)}
    body = DOCUMENT["paths"]["/api/bulk"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    command = body["properties"]["commands"]["items"]["properties"]

    assert set(command["operation"]["enum"]) == plain == IN_BULK


NOT_SERVED = {
    "claim_reservations": "a step of the cleanup of expired reservations, which is served as a whole",
    "tally_refusals": "the ledger's own",
    "sound_alarm": "the worker's own",
    "check_alerts": "the worker's own",
    "make_report": "the worker's own",
    "repair_holding": "a step of repairs, which are served as a whole",
    "repair_serial": "a step of repairs, which are served as a whole",
    "take_in_lots": "of files, which are imported by the command line",
    "set_lots_metadata": "of files, which are imported by the command line",
    "set_password": "it takes the name of a hash; the service takes the password, at two addresses",
    "take_over_pieces": "of files, which are imported by the command line",
}
"""The operations without a route of their own, and why."""


def test_operations_are_served_at_one_address_each() -> None:
    """Every operation has a route, but for those that are named here; no two routes share an address and a method."""
    routes = find_routes()
    served = {route.operation for route in routes if isinstance(route, Act)}

    assert served | NOT_SERVED.keys() == BY_NAME.keys()
    assert len({(route.method, route.path) for route in routes}) == len(routes)
    assert all(isinstance(route, Act | Ask | Door | Special) for route in routes)


def test_an_address_lists_what_is_true_of_it() -> None:
    """An act lists just what its command may refuse, with what is read before it; a question no rule about goods."""
    for route in find_routes():
        told = {code for codes in codes_of(route).values() for code in codes} & CATALOGUE.keys()
        if isinstance(route, Act):
            own = set(refusals_of(BY_NAME[route.operation]))
            assert own <= told <= own | OF_THE_LIMITED | OF_DECIMALS, route.path
            assert route.whole_org or told >= OF_THE_LIMITED, route.path
        elif isinstance(route, Ask):
            assert not told & {"PIECE_TOO_SHORT", "INSUFFICIENT_INVENTORY"}, route.path
