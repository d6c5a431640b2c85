"""Recipes, mappings, deductions, and the queue of offline sales."""

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.problems import Answer
from onhand.api.routes.commands import CommandShape, shape_of, wrong
from onhand.api.routes.errands import TRIAL, check_site, object_schema, own_write
from onhand.api.routes.fields import field_of
from onhand.api.routes.postings import POSTING
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special
from onhand.api.routes.writes import act_as
from onhand.kernel.command import Line
from onhand.kernel.stock.allow_negative import AllowNegative


async def _sync(call: Call) -> Answer:
    """Deduct what waits at a site, or tell how much of it could be."""
    dry_run, site = own_write(call), call.in_path["site"]
    check_site(call, site)
    done = await call.stock.sync_pending(site, call.holder.name, dry_run=dry_run)
    document = {"synced": done.synced, "need_approval": done.need_approval, "dry_run": dry_run}
    return Answer(200, msgspec.json.encode(document), {})


_allow = CommandShape(AllowNegative, ("site",), left_out=("lines",))
_limit = shape_of(int, "AllowNegativeAt", "limit")


async def _allow_negative(call: Call) -> Answer:
    """Let everything that ingredients are at a site fall below zero, down to a limit each."""
    site = call.in_path["site"]
    check_site(call, site)
    if type(call.body) is not dict or "limit" not in call.body:
        raise wrong("the body", "needs limit, how far each may fall")
    limit = _limit.read(call.body["limit"], "limit")
    rest = {name: value for name, value in call.body.items() if name != "limit"}
    lines = tuple(Line(sku, limit) for sku in await call.stock.ingredient_items(site))
    return await act_as(call, _allow, rest, {"site": site}, told={"lines": lines})


ROUTES = (
    Act(path="/api/recipes/{product}", method="PUT", operation="define_recipe", roles=MANAGERS, whole_org=True),
    Act(path="/api/sites/{site}/mappings", method="PUT", operation="map_ingredients", roles=MANAGERS),
    Ask(path="/api/sites/{site}/mappings", question="mappings", roles=ALL),
    Special(
        path="/api/sites/{site}/negative-stock",
        name="allow_negative_at",
        method="POST",
        roles=MANAGERS,
        handle=_allow_negative,
        summary="Let everything that ingredients are at a site fall below zero, down to a limit each; zero forbids it "
        "again.\n\nIt is set for the items that are mapped now. /api/negative-stock does it for some items.",
        body=object_schema(
            {
                "limit": {**_limit.schema, "description": field_of("AllowNegativeAt", "limit").meaning},
                **_allow.schema["properties"],
            },
            ["limit"],
        ),
        answer_schema=POSTING.schema,
        is_write=True,
    ),
    Act(path="/api/deductions", operation="deduct", roles=TILLS),
    Act(path="/api/sites/{site}/deductions/{transaction}/void", name="void_deduction", operation="void", roles=TILLS),
    Act(path="/api/offline-sales", operation="queue_sale", roles=TILLS),
    Ask(path="/api/offline-sales", question="offline_sales", roles=ALL),
    Ask(
        path="/api/offline-sales/{offline_sale}",
        question="offline_sale",
        roles=ALL,
        elsewhere="OFFLINE_SALE_NOT_FOUND",
    ),
    Act(path="/api/offline-sales/{offline_sale}/synchronisation", operation="sync_sale", roles=TILLS),
    Special(
        path="/api/sites/{site}/offline-sales/synchronisation",
        name="sync_pending",
        method="POST",
        roles=TILLS,
        handle=_sync,
        summary="Deduct what waits at a site, in the order in which it was sold.\n\nSafe to do twice, or by two people "
        "at once: each sale is deducted once. What cannot be deducted waits for a manager. A trial tries each "
        "of the first hundred by itself.",
        body={**object_schema({}, []), "description": "Nothing is told."},
        answer_schema=object_schema(
            {
                "synced": {"type": "integer", "description": "How many sales were deducted."},
                "need_approval": {"type": "integer", "description": "How many wait for a manager at the site now."},
                "dry_run": TRIAL,
            },
            ["synced", "need_approval", "dry_run"],
        ),
        is_write=True,
    ),
    Act(path="/api/offline-sales/{offline_sale}/approval", operation="approve_sale", roles=MANAGERS),
    Act(path="/api/offline-sales/{offline_sale}/rejection", operation="reject_sale", roles=MANAGERS),
    Act(path="/api/slices", operation="lend", roles=TILLS),
    Ask(path="/api/sites/{site}/deductions/{transaction}", question="deduction_trail", roles=ALL),
    Ask(path="/api/sites/{site}/items/{sku}/uses", question="ingredient_trail", roles=ALL),
    Ask(path="/api/sites/{site}/variances", question="variances", roles=ALL),
    Ask(path="/api/health", question="health", roles=ALL, whole_org=True),
    Ask(path="/api/metrics", question="metrics", roles=ALL, whole_org=True),
)
