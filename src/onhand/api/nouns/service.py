"""What concerns the service itself: many commands in one call, whose key it is, the limits, and the live stream."""

from dataclasses import asdict
from functools import cache
from typing import Any

from onhand.api.entry.calls import Call
from onhand.api.http.limits import FIXED, MEANINGS
from onhand.api.http.problems import Problem, told
from onhand.api.routes.commands import CommandShape, Schema, wrong
from onhand.api.routes.postings import POSTING, write_posting
from onhand.api.routes.routes import ALL, TILLS, Act, Special, find_routes
from onhand.api.routes.writes import post_all
from onhand.api.stream.events import stream_events
from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.operations import BY_NAME, name_of
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

_TEXT: Schema = {"type": "string"}
_OBJECT: Schema = {"type": "object", "additionalProperties": True}


_INNER = frozenset(
    {
        "sound_alarm",
        "claim_reservations",
        "take_in_lots",
        "set_lots_metadata",
        "repair_holding",
        "repair_serial",
        "make_report",
        "set_password",
        "take_over_pieces",
        "tally_refusals",
        "check_alerts",
    }
)
"""Operations that no address serves: the ledger's and the worker's own, and those of whole files."""
_APART = frozenset(
    {
        "change_webhook",
        "create_key",
        "create_webhook",
        "define_user",
        "expire_reservation",
        "pay",
        "refund",
        "rotate_webhook",
    }
)
"""Operations whose addresses check more than the ledger, hide a field, or show a secret."""
IN_BULK = BY_NAME.keys() - _INNER - _APART
"""Operations that many commands in one call may be of."""


def _allowed(operation: str, call: Call) -> None:
    """Refuse an operation that no route allows to this key."""
    routes = [route for route in find_routes() if isinstance(route, Act) and route.operation == operation]
    plain = [route for route in routes if route.prepare is None and route.finish is None and not route.hidden]
    if not plain or not any(call.holder.role in route.roles for route in plain):
        raise Problem("FORBIDDEN", role=call.holder.role, operation=operation)
    if call.holder.sites and all(route.whole_org for route in plain):
        raise Problem("LIMITED_TO_SITES", operation=operation)


@cache
def _shape_of(operation: str) -> CommandShape:
    """Read the shape of an operation off its command, once."""
    return CommandShape(BY_NAME[operation])


def _read(call: Call, place: str, told: Any) -> Command:  # noqa: ANN401 - whatever JSON held
    if type(told) is not dict or [type(told.get(name)) for name in ("key", "operation")] != [str, str]:
        raise wrong(place, "needs an operation and a key of its own, each a text")
    if told["operation"] not in BY_NAME:
        raise wrong(place, "needs an operation that there is")
    if told["operation"] in _INNER:
        raise Problem("FORBIDDEN", role=call.holder.role, operation=told["operation"])
    rest = {name: value for name, value in told.items() if name not in {"operation", "key"}}
    return _shape_of(told["operation"]).read(rest, {}, {"key": told["key"], "actor": call.holder.name})


async def _bulk(call: Call) -> dict[str, Any]:
    """Execute many commands in order, each on its own; a malformed one refuses the call before anything is done."""
    body = call.body
    if type(body) is not dict or body.keys() - {"commands"} or type(body.get("commands")) is not list:
        raise wrong("the body", "holds commands, a list, and nothing else")
    dry_run = call.query.get("dry_run", "false")
    if call.query.keys() - {"dry_run"} or dry_run not in {"true", "false"}:
        raise wrong("the query", "knows dry_run only, which is true or false")
    if not 1 <= len(body["commands"]) <= call.limits.bulk_commands:
        raise Refused("TOO_MANY_LINES", lines=len(body["commands"]), lines_max=call.limits.bulk_commands)
    commands = [_read(call, f"commands[{number}]", told) for number, told in enumerate(body["commands"])]
    for operation in {name_of(type(command)) for command in commands}:
        _allowed(operation, call)
    outcomes = await post_all(call, commands, dry_run=dry_run == "true")
    return {"outcomes": [_outcome(call, outcome) for outcome in outcomes]}


def _outcome(call: Call, outcome: Posting | Refused | Fault) -> dict[str, Any]:
    if isinstance(outcome, Posting):
        return {"posting": write_posting(outcome)}
    return {"problem": told(outcome, call.request_id)}


async def _me(call: Call) -> dict[str, Any]:
    """Tell whose key it is."""
    return {"name": call.holder.name, "role": call.holder.role, "sites": sorted(call.holder.sites)}


async def _limits(call: Call) -> dict[str, Any]:
    """Tell the limits of the service."""
    return {**asdict(call.limits), **{name: fixed for name, (fixed, _) in FIXED.items()}}


ROUTES = (
    Special(
        path="/api/bulk",
        name="bulk",
        method="POST",
        roles=TILLS,
        handle=_bulk,
        summary="Execute many commands in order, each on its own: one refused does not stop the others.",
        body={
            "type": "object",
            "properties": {
                "commands": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1000,
                    "description": "The commands, in order.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "operation": {**_TEXT, "enum": sorted(IN_BULK), "description": "Which operation."},
                            "key": {**_TEXT, "description": "The idempotency key of this command."},
                        },
                        "required": ["operation", "key"],
                        "additionalProperties": True,
                    },
                }
            },
            "required": ["commands"],
            "additionalProperties": False,
        },
        answer_schema={
            "type": "object",
            "properties": {
                "outcomes": {
                    "type": "array",
                    "description": "What became of each command, in order: its posting, or its problem.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "posting": {**POSTING.schema, "description": "What was posted."},
                            "problem": {**_OBJECT, "description": "Why not."},
                        },
                    },
                }
            },
            "required": ["outcomes"],
        },
        query={
            "dry_run": {
                "type": "boolean",
                "description": "Compute only, and write nothing; each command as if it were alone.",
            }
        },
    ),
    Special(
        path="/api/me",
        name="me",
        method="GET",
        roles=ALL,
        handle=_me,
        summary="Tell whose key it is.",
        answer_schema={
            "type": "object",
            "properties": {
                "name": {**_TEXT, "description": "The name of the key."},
                "role": {**_TEXT, "description": "Its role."},
                "sites": {
                    "type": "array",
                    "items": _TEXT,
                    "description": "The sites that it is limited to; none is all.",
                },
            },
            "required": ["name", "role", "sites"],
        },
    ),
    Special(
        path="/api/limits",
        name="limits",
        method="GET",
        roles=ALL,
        handle=_limits,
        summary="Tell the limits of the service.",
        answer_schema={
            "type": "object",
            "properties": {
                name: {"type": "integer", "description": meaning.what}
                for name, meaning in {**MEANINGS, **{name: meaning for name, (_, meaning) in FIXED.items()}}.items()
            },
            "required": [*MEANINGS, *FIXED],
            "additionalProperties": False,
        },
    ),
    Special(
        path="/api/events",
        name="events",
        method="GET",
        roles=ALL,
        handle=stream_events,
        summary="Stream postings as server-sent events, in the order of the journal, from Last-Event-ID on.",
        media_type="text/event-stream",
        answer_schema=_TEXT,
        headers={
            "Last-Event-ID": {
                "type": "integer",
                "minimum": 0,
                "description": "The id of the last event that came; the stream goes on after it.",
            }
        },
        query={
            "since": {"type": "integer", "minimum": 0, "description": "Only after this posting; Last-Event-ID wins."},
            "kind": {**_TEXT, "description": "Only postings of this kind."},
            "site": {**_TEXT, "description": "Only postings that moved something at this site."},
            "sku": {**_TEXT, "description": "Only postings that moved this item."},
        },
    ),
)
