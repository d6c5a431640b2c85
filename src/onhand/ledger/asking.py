"""The gate where questions are asked, the limits of an answer, and lists in pages."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from onhand.kernel.refusals import Refused
from onhand.kernel.text import CODE_LENGTH_MAX, LOCATION_LENGTH_MAX, check_code
from onhand.ledger.core.answers import Page
from onhand.ledger.core.port import Reading
from onhand.ledger.engine.acting import Watcher, watched

PAGE_MAX = 100
"""So many rows a page of any list has at most."""
LIMIT_MAX = 1000
"""So many things one act of the ledger's own, as a cleanup, takes up at most."""

Row = TypeVar("Row")
Answer = TypeVar("Answer")


class Asking:
    """Has a store of one org, and asks it every question while watchers watch."""

    def __init__(self, reading: Reading, org_id: int) -> None:
        self.reading = reading
        self.org_id = org_id
        self.watchers: list[Watcher] = []

    async def ask(self, name: str, question: Coroutine[Any, Any, Answer]) -> Answer:
        """Ask a question; every question of a ledger passes here."""
        if not self.watchers:
            return await question
        return await watched(self.watchers, name, question)


async def every(question: Callable[..., Awaitable[Page[Row]]], *codes: str, **asked: object) -> AsyncIterator[Row]:
    """
    Give all rows of a list, page by page, each read in a moment of its own.

    `async for lot in stock.every(stock.lots.list, status="LIVE")`: the question, and what it is asked.
    """
    after: str | None = None
    while True:
        page = await question(*codes, **{"limit": PAGE_MAX, **asked, "after": after})
        for row in page:
            yield row
        after = page.after
        if after is None:
            return


def check_page(limit: int) -> None:
    """Refuse a page that is empty or holds more than a hundred rows."""
    if type(limit) is not int or not 1 <= limit <= PAGE_MAX:
        raise Refused("INVALID_COMMAND", detail=f"limit is 1 to {PAGE_MAX}")


def check_limit(limit: int) -> None:
    """Refuse to take up nothing, or too much at once."""
    if type(limit) is not int or not 1 <= limit <= LIMIT_MAX:
        raise Refused("INVALID_COMMAND", detail=f"limit is 1 to {LIMIT_MAX}")


def check_status(status: str | None, known: Iterable[str]) -> None:
    """Refuse a status by which a list is narrowed that nothing there can have."""
    if status is not None and status not in (statuses := tuple(known)):
        raise Refused("INVALID_COMMAND", detail=f"status is one of {', '.join(statuses)}")


def check_codes(**codes: str | None) -> None:
    """Check codes by which a list is narrowed."""
    for field, code in codes.items():
        if code is not None:
            check_code(code, field, LOCATION_LENGTH_MAX if field == "location" else CODE_LENGTH_MAX)
