"""Lots: their lists, statuses, costs and metadata, who received them, recalls and releases, and alerts."""

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.problems import HttpAnswer
from onhand.api.routes.commands import SNAPSHOT, Schema
from onhand.api.routes.fields import field_of
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special

_LOT = "/api/items/{sku}/lots/{lot}"
_TEXT: Schema = {"type": "string"}


async def _metadata(call: Call) -> HttpAnswer:
    """Give the metadata of a lot, what is wrong with it, and its version."""
    metadata, problems, version = await call.stock.lots.get_metadata(call.in_path["sku"], call.in_path["lot"])
    document = {
        "metadata": None if metadata is None else dict(metadata),
        "problems": [problem._asdict() for problem in problems],
        "version": version,
    }
    return HttpAnswer(200, msgspec.json.encode(document), {"ETag": f'"{version}"'})


ROUTES = (
    Ask(
        path="/api/lots",
        name="list_lots",
        question="lots.list",
        changes_with="journal",
        renamed={"text": "q"},
        roles=ALL,
        whole_org=True,
    ),
    Ask(path=_LOT, name="get_lot", question="lots.get", roles=ALL, whole_org=True),
    Ask(
        path=f"{_LOT}/recipients",
        name="list_recipients",
        question="lots.list_recipients",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Special(
        path=f"{_LOT}/metadata",
        name="get_lot_metadata",
        method="GET",
        roles=ALL,
        whole_org=True,
        handle=_metadata,
        summary="Give what is told of a lot beside its facts, and what is wrong with it.",
        answer_schema={
            "type": "object",
            "properties": {
                "metadata": {"anyOf": [SNAPSHOT.schema, {"type": "null"}], "description": "What is told of the lot."},
                "problems": {
                    "type": "array",
                    "description": "What is wrong with it; it is told, never fatal.",
                    "items": {"type": "object", "additionalProperties": True},
                },
                "version": {"type": "integer", "description": field_of("", "version").meaning},
            },
            "required": ["metadata", "problems", "version"],
            "additionalProperties": False,
        },
    ),
    Act(
        path=f"{_LOT}/metadata",
        method="PUT",
        operation="set_lot_metadata",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(path=f"{_LOT}/costs", method="PUT", operation="set_lot_costs", roles=MANAGERS, whole_org=True),
    Act(
        path=f"{_LOT}/status",
        method="PUT",
        operation="set_lot_status",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(path=f"{_LOT}/recall", operation="recall_lot", roles=MANAGERS, whole_org=True),
    Act(path=f"{_LOT}/release", operation="release_lot", roles=MANAGERS, whole_org=True),
    Ask(path="/api/alerts", name="list_alerts", question="lots.list_alerts", roles=ALL, whole_org=True),
    Act(
        path="/api/alerts/{alert}/acknowledgement",
        operation="acknowledge_alert",
        roles=TILLS,
        whole_org=True,
    ),
    Act(path="/api/low-stock", method="PUT", operation="set_low_stock", roles=MANAGERS),
)
