"""The queue of offline sales, and slices of stock that are lent to tills."""

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.http.problems import HttpAnswer
from onhand.api.routes.errands import TRIAL, check_site, object_schema, own_write
from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask, Special


async def _sync(call: Call) -> HttpAnswer:
    """Deduct what waits at a site, or tell how much of it could be."""
    dry_run, site = own_write(call), call.in_path["site"]
    check_site(call, site)
    done = await call.stock.offline.sync(site, call.holder.name, dry_run=dry_run)
    document = {"synced": done.synced, "need_approval": done.need_approval, "dry_run": dry_run}
    return HttpAnswer(200, msgspec.json.encode(document), {})


ROUTES = (
    Act(path="/api/offline-sales", operation="queue_sale", roles=TILLS),
    Ask(path="/api/offline-sales", name="list_offline_sales", question="offline.list", roles=ALL),
    Ask(
        path="/api/offline-sales/{offline_sale}",
        name="get_offline_sale",
        question="offline.get",
        changes_with="version",
        roles=ALL,
        elsewhere="OFFLINE_SALE_NOT_FOUND",
    ),
    Act(path="/api/offline-sales/{offline_sale}/synchronisation", operation="sync_sale", roles=TILLS),
    Special(
        path="/api/sites/{site}/offline-sales/synchronisation",
        name="sync_sales",
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
)
