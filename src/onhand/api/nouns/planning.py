"""Planning: what was ordered from suppliers, reorder points, demand, and what can be promised when."""

from datetime import date
from typing import Any

from onhand.api.entry.calls import Call
from onhand.api.routes.commands import Schema, shape_of, typed, wrong
from onhand.api.routes.errands import check_site, object_schema
from onhand.api.routes.fields import field_of
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special
from onhand.extras import needs
from onhand.planning.proposal import DAYS_MAX, OrderTerms, Proposal


def _days(default: int, description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": DAYS_MAX, "default": default, "description": description}


_TERMS = {
    "lead_days": _days(14, "How many days pass until ordered goods come."),
    "review_days": _days(7, "How many days pass until one orders again."),
    "weeks": _days(26, "How many weeks are looked back."),
}
_QUERY = {
    "site": {"type": "string", "minLength": 1, "description": field_of("", "site").meaning},
    **_TERMS,
    "until": {"type": "string", "format": "date", "description": "The last day that is looked at; yesterday."},
}
_proposals = shape_of(tuple[Proposal, ...], "Proposals", "rows")
_day = shape_of(date)


def _whole(call: Call, name: str) -> int:
    schema = _TERMS[name]
    value = typed(call.query[name], schema) if name in call.query else schema["default"]
    if type(value) is not int or not 1 <= value <= DAYS_MAX:
        raise wrong(name, f"is a whole number from 1 to {DAYS_MAX}")
    return value


async def _propose(call: Call) -> dict[str, Any]:
    """Propose what to order at a site."""
    with needs("planning"):
        from onhand.planning.reorder import propose_reorder  # noqa: PLC0415 - loads numpy, which no other route needs

    if call.query.keys() - _QUERY.keys():
        raise wrong("the query", f"has no parameter {ascii(min(call.query.keys() - _QUERY.keys()))[:40]}")
    if "site" not in call.query:
        raise wrong("the query", "needs site")
    site = shape_of(str).read(call.query["site"], "site")
    check_site(call, site)
    until = _day.read(call.query["until"], "until") if "until" in call.query else None
    terms = OrderTerms(**{name: _whole(call, name) for name in _TERMS})
    async with call.turns.of(call.ledger.org_id):
        proposed = await propose_reorder(call.stock, site, terms, until=until)
    return {"proposals": _proposals.write(proposed)}


ROUTES = (
    Act(path="/api/purchases", operation="order_incoming", roles=MANAGERS),
    Ask(
        path="/api/purchases",
        name="list_purchases",
        question="planning.list_purchases",
        changes_with="journal",
        roles=ALL,
        whole_org=True,
    ),
    Ask(
        path="/api/purchases/{purchase}",
        name="get_purchase",
        question="planning.get_purchase",
        changes_with="journal",
        roles=ALL,
        elsewhere="PURCHASE_NOT_FOUND",
    ),
    Act(path="/api/purchases/arrivals", operation="receive_incoming", roles=TILLS),
    Act(path="/api/reorder-points", operation="set_reorder_points", roles=MANAGERS),
    Ask(path="/api/promisable", name="promisable", question="planning.promisable", changes_with="journal", roles=ALL),
    Ask(path="/api/demand", name="demand", question="planning.demand", roles=ALL),
    Ask(path="/api/positions", name="positions", question="planning.positions", changes_with="journal", roles=ALL),
    Special(
        path="/api/reorder-proposals",
        name="reorder_proposals",
        method="GET",
        roles=ALL,
        handle=_propose,
        summary="Propose what to order at a site, from reorder points that are set and from forecasts of demand.\n\nA "
        "forecast that did not beat repeating the last week says so, and the last week is used. POST /api/purchases "
        "turns what is proposed into incoming stock.",
        query=_QUERY,
        answer_schema=object_schema(
            {"proposals": {**_proposals.schema, "description": "One for each item that is held at the site."}},
            ["proposals"],
        ),
    ),
)
