"""A webhook: somebody elsewhere who is told of each posting, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(Entity):
    """
    An address, and which postings it is told of; an empty filter lets all through.

    `credentials` name the secrets that sign, the newest first; the secrets themselves stand in no journal. The older
    ones sign until `older_until`. `start` is the first posting that is told in this `run`; each resumption from a
    number begins another run. How far it was told is known to the worker, not to the journal.
    """

    entity: ClassVar[str] = "webhook"
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    credentials: tuple[str, ...]
    older_until: datetime | None = None
    status: str = "active"
    because: str | None = None
    start: int
    run: int = 1

    def signing(self, now: datetime) -> tuple[str, ...]:
        """Give the names of the secrets that sign at a moment, the newest first."""
        both = self.older_until is not None and now < self.older_until
        return self.credentials if both else self.credentials[:1]
