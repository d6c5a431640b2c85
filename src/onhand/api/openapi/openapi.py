"""The description of the service: OpenAPI 3.1, read off the routes."""

import re
from collections.abc import Sequence
from importlib.metadata import version

import msgspec

from onhand.api.entry.sign_ins import COOKIE
from onhand.api.http.problems import EDGE, MEDIA_TYPE, STATUS
from onhand.api.openapi.illustrations import Part, illustrate
from onhand.api.routes.fields import field_of
from onhand.api.routes.postings import POSTING
from onhand.api.routes.routes import Act, Ask, Door, Route, Special, find_nouns
from onhand.faults import FAULTS
from onhand.kernel.command import refusals_of
from onhand.kernel.operations import BY_NAME
from onhand.kernel.refusals import CATALOGUE
from onhand.kernel.refusing import OF_ALL, OF_QUANTITIES, OF_THE_LIMITED, in_order
from onhand.kernel.text import KEY_LENGTH_MAX

_ALWAYS = (
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "LIMITED_TO_SITES",
    "RATE_LIMITED",
    "URL_TOO_LONG",
    "HEADERS_TOO_LARGE",
    "INTERNAL",
)
_WITH_BODY = ("MALFORMED_JSON", "BODY_TIMEOUT", "BODY_TOO_LARGE", "MEDIA_TYPE_UNSUPPORTED")
BREAKDOWNS = tuple(code for code, fault in FAULTS.items() if fault.retryable and not code.startswith("EMBEDDED"))
"""What a service answers 503 with."""
_ASKED = frozenset({404, 413, 422})
USUAL = frozenset({*_ALWAYS, *_WITH_BODY, *OF_ALL, *BREAKDOWNS})
"""What is told once for all, on the page for people."""
OF_QUESTIONS = frozenset(code for code, status in STATUS.items() if status in _ASKED) | OF_QUANTITIES
"""What a question may refuse: what it names is not there, or is not well formed."""
OF_DECIMALS = frozenset({"INVALID_QUANTITY", "QUANTITY_TOO_LARGE"})
"""What is refused of a decimal in a body before there is a command."""
_WRITES = ("IDEMPOTENCY_KEY_MISSING", "IF_MATCH_UNUSABLE")


def openapi_document(routes: Sequence[Route]) -> bytes:
    """Describe all routes; raises ValueError where two have one name, or one has none that a client can use."""
    paths: Part = {}
    names: set[str] = set()
    for route in routes:
        if route.name in names or not route.name.isidentifier():
            raise ValueError(f"{route.method} {route.path} needs a name of its own, not {route.name!r}")
        names.add(route.name)
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "onhand",
            "version": version("onhand"),
            "description": "Keeps stock: never oversells, loses nothing, explains every number and can undo every act. "
            "Quantities and money are plain decimals in text.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Posting": POSTING.schema, "Posted": _POSTED, "Problem": _PROBLEM},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "An API key, ohk_live_..."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": COOKIE,
                    "description": "The session of a user; each write sends X-CSRF-Token too.",
                },
            },
        },
        "security": [{"key": []}, {"session": []}],
    }
    return msgspec.json.encode(document)


def _operation(route: Route) -> Part:
    summary, _, rest = _outside(_summary(route)).partition("\n")
    described: Part = {
        "operationId": route.name,
        "summary": summary,
        "description": f"{rest.strip()}\n\nRoles: {', '.join(sorted(route.roles))}.".strip(),
        "tags": [noun for noun, routes in find_nouns().items() if any(one is route for one in routes)],
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    schema = route.shape.schema if isinstance(route, Act) else route.body if isinstance(route, Special | Door) else None
    if isinstance(route, Door):
        described["security"] = []
    if schema is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    illustrate(described, route)
    return described


_INSIDE = (
    (", in millionths of the currency", ", in the currency of the org"),
    (", in millionths:", ":"),
    ("Costs are millionths of the currency.", "Costs are in the currency of the org."),
    (
        "`credential` names the password's hash; without one the\npassword stays as it is.",
        "The password stays as it is.",
    ),
    ("`text` is some words", "`q` is some words"),
    ("until `Arrive` says what came", "until its arrivals say what came"),
    ("ended by that worker, named as `claimant`", "ended by that worker"),
)
"""What the ledger's words say of its integers and names, and what is so outside, where there are plain decimals."""
_SECTION = re.compile(r"\n\n(?:Args|Raises|Returns):\n.*", re.DOTALL)


def _outside(text: str) -> str:
    """Give the words of the ledger as they are true outside; its arguments are parameters and codes there."""
    for inside, outside in _INSIDE:
        text = text.replace(inside, outside)
    return _SECTION.sub("", text)


def _summary(route: Route) -> str:
    assert isinstance(route, Act | Ask | Special | Door)  # noqa: S101 - there are no others
    return route.summary


def _parameters(route: Route) -> list[Part]:
    found: list[Part] = []
    for name in route.in_path:
        schema = _path_schema(route, name)
        found.append({"name": name, "in": "path", "required": True, "schema": schema, **_meaning(name)})
    if isinstance(route, Ask):
        for name, parameter in route.parameters.items():
            outside = route.outside(name)
            if outside not in route.in_path:
                told = {"name": outside, "in": "query", "required": parameter.required, "schema": parameter.schema}
                found.append({**told, **_meaning(name)})
    if isinstance(route, Special):
        found += [
            {"name": name, "in": place, "required": False, "schema": schema, "description": schema["description"]}
            for place, told in (("query", route.query), ("header", route.headers))
            for name, schema in told.items()
        ]
    if _is_write(route):
        found += _write_parameters(route)
    return found


def _is_write(route: Route) -> bool:
    """Tell whether a route is a write that has a key of its own."""
    return isinstance(route, Act) or (isinstance(route, Special) and route.is_write)


def _write_parameters(route: Route) -> list[Part]:
    found = [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH_MAX},
            "description": "Makes a retry safe: the same key never acts twice. Make it where the act happens.",
        },
        {
            "name": "dry_run",
            "in": "query",
            "required": False,
            "schema": {"type": "boolean", "default": False},
            "description": "Compute the posting, or the refusal, and write nothing.",
        },
    ]
    if route.shape.has_version if isinstance(route, Act) else isinstance(route, Special) and route.takes_version:
        found.append(
            {
                "name": "If-Match",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
                "description": 'The version that was read, as "3"; another one is refused with 409.',
            }
        )
    return found


def _path_schema(route: Route, name: str) -> Part:
    if isinstance(route, Act):
        return route.shape.path_schemas[name]
    if isinstance(route, Ask):
        known = {route.outside(inner): parameter for inner, parameter in route.parameters.items()}
        return known[name].schema
    return {"type": "string"}


def _meaning(name: str) -> Part:
    return {"description": field_of("", name).meaning}


def codes_of(route: Route) -> dict[int, list[str]]:
    """Give the codes that a route may answer with, by status."""
    edge = [*_ALWAYS, *(_WITH_BODY if route.method != "GET" else ()), *(_WRITES if _is_write(route) else ())]
    if isinstance(route, Door):
        edge += ["LOGIN_FAILED", "ORIGIN_REFUSED"]
    elif route.method != "GET":
        edge += ["ORIGIN_REFUSED", "CSRF_TOKEN_WRONG"]
    if route.path.startswith("/api/session"):
        edge.append("NO_SESSION")
    if route.path == "/api/session/password":
        edge.append("PASSWORD_WRONG")
    if route.path.endswith("/password"):
        edge.append("KEY_OF_ANOTHER_PASSWORD")
    if route.path == "/api/events":
        edge.append("TOO_MANY_STREAMS")
    found: dict[int, list[str]] = {}
    for code in (*edge, *_refusals_of(route)):
        found.setdefault(EDGE[code].status if code in EDGE else STATUS[code], []).append(code)
    found[503] = [*BREAKDOWNS]
    return found


def _refusals_of(route: Route) -> tuple[str, ...]:
    """Give the refusals that are true of a route: an act's are its command's; a call that does several may have any."""
    match route:
        case Act():
            told = frozenset(refusals_of(BY_NAME[route.operation]))
            told |= frozenset() if route.whole_org else OF_THE_LIMITED
            has_decimals = "'pattern'" in str(route.shape.schema)
            return in_order(told | OF_DECIMALS if has_decimals else told)
        case Special() if route.method != "GET":
            return tuple(CATALOGUE)
        case Door():
            return in_order(OF_ALL - {"IDEMPOTENCY_KEY_REUSED"})
        case _:
            return in_order(OF_QUESTIONS)


def _responses(route: Route) -> Part:
    responses: Part = {}
    posting = {"$ref": "#/components/schemas/Posting"}
    match route:
        case Act():
            responses |= _posted()
        case Ask():
            responses["200"] = _answer("The answer.", posting if route.answer is POSTING else route.answer.schema)
            if route.changes_with is not None:
                responses["304"] = {"description": "The answer whose ETag If-None-Match shows is as it was."}
        case Door():
            responses["200"] = _answer("The session.", route.answer_schema)
        case Special():
            if route.answer_schema is POSTING.schema:
                responses |= _posted()
            else:
                content = {route.media_type: {"schema": route.answer_schema}}
                responses["200"] = {"description": "The answer.", "content": content}
        case _:
            raise TypeError(route)
    for status, codes in sorted(codes_of(route).items()):
        responses[str(status)] = {
            "description": f"One of: {', '.join(codes)}.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return responses


def _posted() -> Part:
    schema = {"$ref": "#/components/schemas/Posted"}
    return {
        "201": _answer("It was done.", schema),
        "200": _answer("It was done before under this key, or it is a dry run.", schema),
    }


def _answer(what: str, schema: Part) -> Part:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


_POSTED: Part = {
    **POSTING.schema,
    "title": "Posted",
    "properties": {
        **POSTING.schema["properties"],
        "dry_run": {"type": "boolean", "description": field_of("", "dry_run").meaning},
        "api_key_text": {"type": "string", "description": "The new key; it is shown here alone."},
        "secret": {"type": "string", "description": "The new secret of a webhook; it is shown here alone."},
    },
}
_PROBLEM: Part = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "A name for the problem, as a URN."},
        "title": {"type": "string", "description": "What it is."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened, with the facts filled in."},
        "code": {"type": "string", "description": "The stable code; never used again for anything else."},
        "facts": {"type": "object", "additionalProperties": True, "description": "The particulars, for programs."},
        "request_id": {"type": "string", "description": "Finds the request in the logs."},
    },
    "required": ["type", "title", "status", "detail", "code", "facts", "request_id"],
    "additionalProperties": False,
}
