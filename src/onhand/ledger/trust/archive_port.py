"""What an archive asks of a store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Slice(NamedTuple):
    """The rows of some consecutive postings; `Any`, since each column has a type of its own."""

    postings: Sequence[Sequence[Any]]
    movements: Sequence[Sequence[Any]]
    changes: Sequence[Sequence[Any]]


class ArchiveReading(Protocol):
    """Reads whole history, slice by slice."""

    async def number_before(self, moment: datetime) -> int:
        """The last posting that was recorded before a moment; 0 where there is none."""
        ...

    async def slice(self, first: int, last: int) -> Slice:
        """All that stands in some consecutive postings."""
        ...
