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

REVALIDATED = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
"""Cache-Control: whoever keeps such an answer asks with its ETag before using it again."""

_MARKS_MAX = 20


async def mark_of(route: Ask, call: Call) -> str | None:
    """Give the ETag of the answer to a question; None where something beside the journal can change the answer."""
    if route.changes_with != "journal":
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
