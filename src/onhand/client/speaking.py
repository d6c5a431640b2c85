"""What the verbs of the clients are made of: what every write may be told, how values are told, and pages of lists."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Protocol, TypedDict, TypeVar

Row = TypeVar("Row")

Quantity = Decimal | int | str
"""A quantity, an amount of money, a cost or a rate; text is a plain decimal, as "2.5"."""

Moment = datetime | str
"""A moment with its time zone; text is RFC 3339, as 2026-01-31T09:30:00Z."""

Day = date | str
"""A day; text is like 2026-01-31."""


class Write(TypedDict, total=False):
    """What a write may be told beside what it does."""

    key: str  # The idempotency key, made where the act happens; made up for this call and its retries unless told.
    dry_run: bool  # Whether it is computed only, and nothing written.


class Named(TypedDict):
    """A document, as an invoice of another program."""

    type: str
    id: str


class About(Write, total=False):
    """What an act may be told beside what it does."""

    reason: str  # Why.
    occurred_at: Moment  # When it happened, if not now.
    data: Mapping[str, Any]  # Reference data that is kept as it came: plain JSON without floats, 16 KiB at most.
    document: Named  # The document behind it.


class Versioned(TypedDict, total=False):
    """What a change of something with versions may be told."""

    if_match: int  # The version that was read; another one is refused with VERSION_CONFLICT.


class Page(TypedDict, Generic[Row]):
    """Some rows of a list, and the cursor of those that follow; `every` goes through all of them."""

    rows: list[Row]
    after: str | None


class Speaker(Protocol):
    """Sends what a verb tells, and waits for the answer."""

    def _write(self, method: str, address: str, told: Mapping[str, Any]) -> Any: ...  # noqa: ANN401 - any answer

    def _ask(self, address: str, told: Mapping[str, Any]) -> Any: ...  # noqa: ANN401 - any answer


class AsyncSpeaker(Protocol):
    """The same with an event loop."""

    async def _write(self, method: str, address: str, told: Mapping[str, Any]) -> Any: ...  # noqa: ANN401 - as above

    async def _ask(self, address: str, told: Mapping[str, Any]) -> Any: ...  # noqa: ANN401 - as above
