"""Consistency: what is out of line anywhere in the ledger is told with its remedy, and repaired on request."""

from datetime import timedelta
from typing import Any

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.limits import PAGE_MAX
from onhand.api.http.problems import Answer
from onhand.api.routes.commands import Schema, shape_of, typed, wrong
from onhand.api.routes.errands import TRIAL, object_schema, own_write
from onhand.api.routes.postings import POSTING, write_posting
from onhand.api.routes.routes import ALL, MANAGERS, Special
from onhand.ledger.serials.consistency import RESERVED_AT_MOST
from onhand.ledger.serials.questions import Finding, finding_of

_DAYS_MAX = 3660
_DAYS: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": _DAYS_MAX,
    "default": RESERVED_AT_MOST.days,
    "description": "How many days a reservation may be old that nothing paid stands behind.",
}
_LIMIT: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": PAGE_MAX,
    "default": PAGE_MAX,
    "description": "At most so many of each kind.",
}
_QUERY = {"reserved_days_max": _DAYS, "limit": _LIMIT}
_finding = shape_of(Finding)
_FINDINGS: Schema = {"type": "array", "items": _finding.schema, "description": "What was found out of line."}


def _whole(call: Call, name: str) -> int:
    schema = _QUERY[name]
    value = typed(call.query[name], schema) if name in call.query else schema["default"]
    if type(value) is not int or not schema["minimum"] <= value <= schema["maximum"]:
        raise wrong(name, f"is a whole number from {schema['minimum']} to {schema['maximum']}")
    return value


async def _check(call: Call) -> dict[str, Any]:
    """Tell what is out of line."""
    if call.query.keys() - _QUERY.keys():
        raise wrong("the query", f"has no parameter {ascii(min(call.query.keys() - _QUERY.keys()))[:40]}")
    days, limit = _whole(call, "reserved_days_max"), _whole(call, "limit")
    found = await call.stock.check(reserved_at_most=timedelta(days=days), limit=limit)
    return {"findings": [_finding.write(finding_of(one)) for one in found]}


async def _repair(call: Call) -> Answer:
    """Repair what is out of line, or tell what would be done."""
    dry_run = own_write(call)
    found = await call.stock.check(limit=PAGE_MAX, actor=call.holder.name)
    postings = await call.stock.repair(found, dry_run=dry_run)
    document = {
        "findings": [_finding.write(finding_of(one)) for one in found],
        "postings": [write_posting(posting) for posting in postings],
        "dry_run": dry_run,
    }
    return Answer(200, msgspec.json.encode(document), {})


ROUTES = (
    Special(
        path="/api/inconsistencies",
        name="inconsistencies",
        method="GET",
        roles=ALL,
        whole_org=True,
        handle=_check,
        summary="Find what is out of line: serials against their place and documents, holdings against promises, old "
        "reservations, money against payments.",
        query=_QUERY,
        answer_schema=object_schema({"findings": _FINDINGS}, ["findings"]),
    ),
    Special(
        path="/api/inconsistencies/repairs",
        name="repair_inconsistencies",
        method="POST",
        roles=MANAGERS,
        whole_org=True,
        handle=_repair,
        summary="Repair what is out of line: a hundred of each kind at most.\n\nEach repair is a posting of its own; "
        "done again, nothing is out of line and nothing is done. A trial tells what would be done.",
        body={**object_schema({}, []), "description": "Nothing is told."},
        answer_schema=object_schema(
            {
                "findings": _FINDINGS,
                "postings": {"type": "array", "items": POSTING.schema, "description": "What brought it into line."},
                "dry_run": TRIAL,
            },
            ["findings", "postings", "dry_run"],
        ),
        is_write=True,
    ),
)
