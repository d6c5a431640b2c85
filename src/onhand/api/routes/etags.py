"""
Freshness: ETags. An answer that the journal alone can change is known by where the journal stands.

Each such answer bears an ETag, made of the journal's number and of the question. Whoever asks again with If-None-Match
is answered 304 where the journal has not moved, after one look at its head and nothing more. The head is read
before the question is asked, so an answer is never older than its ETag: what a client has changed, it sees, whichever
server it asks. Nothing is kept here that could go stale.
"""

import hashlib

from onhand.api.entry.calls import Call
from onhand.api.routes.routes import Ask

BY_JOURNAL = frozenset(
    {
        *(
            "list_holdings",
            "list_holdings_at",
            "difference",
            "explain",
            "list_movements",
            "list_postings",
            "get_posting",
            "trail",
            "reports.live_totals",
        ),
        *(
            "lots.list",
            "lots.list_recipients",
            "lots.get_metadata",
            "serials.list",
            "serials.history",
            "reservations.list",
            "invoices.list",
            "orders.list",
        ),
        *(
            "pieces.list",
            "pieces.trail",
            "pieces.family",
            "pieces.find_offcut",
            "list_receipts",
            "get_receipt",
            "planning.list_purchases",
            "planning.promisable",
        ),
        *(
            "planning.positions",
            "recipes.deduction_trail",
            "recipes.list_uses",
            "recipes.list_variances",
            "reports.valuation",
            "catalog.settings",
            "catalog.find_items",
        ),
        *(
            "catalog.list_sites",
            "catalog.list_locations",
            "catalog.list_products",
            "catalog.list_items",
            "catalog.list_customers",
            "planning.get_purchase",
            "recipes.list_mappings",
        ),
    }
)
"""The questions whose answers do not hang on the clock, on a projection, or on anything beside the journal."""

BY_VERSION = frozenset(
    {
        "catalog.get_site",
        "catalog.get_product",
        "catalog.get_item",
        "catalog.get_customer",
        "accounts.get_user",
        "accounts.get_key",
        "reservations.get",
        "offline.get",
    },
)
"""The questions about one thing whose answer is the thing alone: as long as its version stays, so does the answer."""

REVALIDATED = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
"""Cache-Control: whoever keeps such an answer asks with its ETag before using it again."""

_MARKS_MAX = 20


async def mark_of(route: Ask, call: Call) -> str | None:
    """Give the ETag of the answer to a question; None where something beside the journal can change the answer."""
    if route.question not in BY_JOURNAL:
        return None
    number = (await call.stock.head()).number
    sites = None if call.sites is None else sorted(call.sites)
    asked = (call.stock.org_id, call.incoming.path, sorted(call.query.items()), sites)
    return f'W/"{number}-{hashlib.blake2b(repr(asked).encode(), digest_size=8).hexdigest()}"'


def is_known(mark: str, shown: str | None) -> bool:
    """Tell whether a client's If-None-Match names this ETag; whatever else it holds means that an answer is wanted."""
    if shown is None:
        return False
    marks = {told.strip().removeprefix("W/") for told in shown.split(",", _MARKS_MAX)}
    return mark.removeprefix("W/") in marks
