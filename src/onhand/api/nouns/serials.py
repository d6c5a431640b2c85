"""
Single items: received, graded and followed; their life as dealers know it; and what of the ledger is out of line.

Each step of an invoice has an address of its own name. The steps are those of /api/invoices; here a step is told by
what it makes of the items. What a cart holds becomes an invoice's by `cart`, and a direct sale is one of /api/sales.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.limits import PAGE_MAX
from onhand.api.http.problems import HttpAnswer
from onhand.api.routes.commands import CommandShape, Schema, is_whole, shape_of, typed, wrong
from onhand.api.routes.errands import TRIAL, object_schema, own_write
from onhand.api.routes.fields import field_of
from onhand.api.routes.postings import POSTING, write_posting
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special
from onhand.api.routes.writes import act_as
from onhand.kernel.commerce.cancel_invoice import CancelInvoice
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.refusals import Refused
from onhand.ledger.serials.consistency import RESERVED_AT_MOST, Discrepancy, discrepancy_of

_ROOT = "/api/inventory/lifecycle"
_STEPS = {
    "paid": CommandShape(Pay, ("invoice",), left_out=("order",)),
    "delivered": CommandShape(DeliverInvoice, ("invoice",)),
    "cancelled": CommandShape(CancelInvoice, ("invoice",)),
}
"""What is done to bring an invoice to a status."""
_finding = shape_of(Discrepancy)


async def _transition(call: Call) -> HttpAnswer:
    """Bring an invoice to another status, by the operation that leads there."""
    if type(call.body) is not dict or type(call.body.get("to")) is not str or not is_whole(call.body["to"]):
        raise wrong("the body", "needs to, the status that the invoice shall have")
    target, rest = call.body["to"], {name: value for name, value in call.body.items() if name != "to"}
    shape = _STEPS.get(target)
    if shape is None:
        found = await call.stock.invoices.get(call.in_path["id"])
        if call.sites is not None and found.site not in call.sites:
            raise Refused("DOCUMENT_NOT_FOUND", document="invoice", number=found.number)
        facts = {"entity": f"invoice {found.number}", "from": found.status, "to": target[:200]}
        raise Refused("INVALID_STATUS_TRANSITION", **facts)
    return await act_as(call, shape, rest, {"invoice": call.in_path["id"]})


async def _repair(call: Call) -> HttpAnswer:
    """Repair what is out of line at an invoice, or tell what would be done."""
    dry_run = own_write(call)
    repaired = await call.stock.invoices.repair(call.in_path["id"], actor=call.holder.name, dry_run=dry_run)
    document = {
        "findings": [_finding.write(finding) for finding in repaired.findings],
        "postings": [write_posting(posting) for posting in repaired.postings],
        "dry_run": dry_run,
    }
    return HttpAnswer(200, msgspec.json.encode(document), {})


async def _cleanup(call: Call) -> HttpAnswer:
    """End what has expired, or tell how much there is to end."""
    dry_run = own_write(call)
    if dry_run:
        due = await call.stock.reservations.list_due(limit=100)
        document: dict[str, Any] = {"released": due, "offered": [], "dry_run": True}
    else:
        done = await call.stock.reservations.release_expired(worker=f"api-{uuid4()}", actor=call.holder.name)
        document = {"released": list(done.released), "offered": list(done.offered), "dry_run": False}
    return HttpAnswer(200, msgspec.json.encode(document), {})


def _step_schema(target: str, shape: CommandShape) -> Schema:
    to = {"type": "string", "const": target, "description": "The status that the invoice shall have."}
    return object_schema({"to": to, **shape.schema["properties"]}, ["to", *shape.schema.get("required", ())])


_NUMBERS: Schema = {"type": "array", "items": {"type": "integer"}}
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
_CHECKED = {"reserved_days_max": _DAYS, "limit": _LIMIT}
_FINDINGS: Schema = {"type": "array", "items": _finding.schema, "description": "What was found out of line."}


def _number(call: Call, name: str) -> int:
    schema = _CHECKED[name]
    value = typed(call.query[name], schema) if name in call.query else schema["default"]
    if type(value) is not int or not schema["minimum"] <= value <= schema["maximum"]:
        raise wrong(name, f"is a whole number from {schema['minimum']} to {schema['maximum']}")
    return value


async def _check_all(call: Call) -> dict[str, Any]:
    """Tell what is out of line."""
    if call.query.keys() - _CHECKED.keys():
        raise wrong("the query", f"has no parameter {ascii(min(call.query.keys() - _CHECKED.keys()))[:40]}")
    days, limit = _number(call, "reserved_days_max"), _number(call, "limit")
    found = await call.stock.find_inconsistencies(reserved_at_most=timedelta(days=days), limit=limit)
    return {"findings": [_finding.write(discrepancy_of(one)) for one in found]}


async def _repair_all(call: Call) -> HttpAnswer:
    """Repair what is out of line, or tell what would be done."""
    dry_run = own_write(call)
    found = await call.stock.find_inconsistencies(limit=PAGE_MAX, actor=call.holder.name)
    postings = await call.stock.repair_inconsistencies(found, dry_run=dry_run)
    document = {
        "findings": [_finding.write(discrepancy_of(one)) for one in found],
        "postings": [write_posting(posting) for posting in postings],
        "dry_run": dry_run,
    }
    return HttpAnswer(200, msgspec.json.encode(document), {})


ROUTES = (
    Act(path="/api/serials", operation="receive_serials", roles=TILLS),
    Ask(
        path="/api/serials",
        name="list_serials",
        question="serials.list",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(path="/api/serials/{unit}", name="get_serial", question="serials.get", roles=ALL, whole_org=True),
    Ask(
        path="/api/serials/{unit}/history",
        name="serial_history",
        question="serials.history",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Act(path="/api/serials/{unit}/grade", method="PUT", operation="grade_serial", roles=TILLS, whole_org=True),
    Act(path=f"{_ROOT}/reserve", name="reserve_invoice", operation="issue_invoice", roles=TILLS),
    Act(path=f"{_ROOT}/release", name="release_invoice", operation="cancel_invoice", roles=TILLS),
    Act(path=f"{_ROOT}/mark-sold", name="mark_sold", operation="pay", roles=TILLS, hidden=("order",)),
    Act(path=f"{_ROOT}/mark-delivered", name="mark_delivered", operation="deliver_invoice", roles=TILLS),
    Ask(
        path=f"{_ROOT}/invoice/{{id}}/status",
        name="invoice_status",
        question="invoices.status",
        renamed={"number": "id"},
        roles=ALL,
        whole_org=True,
    ),
    Special(
        path=f"{_ROOT}/invoice/{{id}}/transition",
        name="transition_invoice",
        method="POST",
        roles=TILLS,
        handle=_transition,
        summary="Bring an invoice to another status.\n\nPaid pays what is due unless an amount is told, delivered "
        "hands its goods over, cancelled makes them available again. Every other status is refused with from and to.",
        body={"anyOf": [_step_schema(target, shape) for target, shape in _STEPS.items()]},
        answer_schema=POSTING.schema,
        is_write=True,
        takes_version=True,
    ),
    Special(
        path=f"{_ROOT}/invoice/{{id}}/fix-inconsistencies",
        name="repair_invoice",
        method="POST",
        roles=MANAGERS,
        whole_org=True,
        handle=_repair,
        summary="Repair what is out of line at an invoice: its items, its goods, its reservation.\n\nEach repair is a "
        "posting of its own; done again, nothing is out of line and nothing is done. A trial tells what would be done.",
        body={**object_schema({}, []), "description": "Nothing is told."},
        answer_schema=object_schema(
            {
                "findings": {"type": "array", "items": _finding.schema, "description": "What was found out of line."},
                "postings": {"type": "array", "items": POSTING.schema, "description": "What brought it into line."},
                "dry_run": TRIAL,
            },
            ["findings", "postings", "dry_run"],
        ),
        is_write=True,
    ),
    Ask(
        path=f"{_ROOT}/items/status",
        name="item_statuses",
        question="serials.list",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(
        path=f"{_ROOT}/items/history",
        name="item_history",
        question="serials.history",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(path=f"{_ROOT}/dashboard", name="dashboard", question="reports.dashboard", roles=ALL, whole_org=True),
    Special(
        path=f"{_ROOT}/cleanup-expired",
        name="release_expired",
        method="DELETE",
        roles=MANAGERS,
        whole_org=True,
        handle=_cleanup,
        summary="End the reservations whose time has passed, and offer what came free to those who wait.\n\nEach is "
        "ended once, however many workers and callers do so at once. A trial tells the first hundred that are due.",
        answer_schema=object_schema(
            {
                "released": {**_NUMBERS, "description": field_of("", "reservations").meaning},
                "offered": {**_NUMBERS, "description": "The numbers of reservations that were offered what came free."},
                "dry_run": TRIAL,
            },
            ["released", "offered", "dry_run"],
        ),
        is_write=True,
    ),
    Special(
        path="/api/inconsistencies",
        name="find_inconsistencies",
        method="GET",
        roles=ALL,
        whole_org=True,
        handle=_check_all,
        summary="Find what is out of line: serials against their place and documents, holdings against promises, old "
        "reservations, money against payments.",
        query=_CHECKED,
        answer_schema=object_schema({"findings": _FINDINGS}, ["findings"]),
    ),
    Special(
        path="/api/inconsistencies/repairs",
        name="repair_inconsistencies",
        method="POST",
        roles=MANAGERS,
        whole_org=True,
        handle=_repair_all,
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
