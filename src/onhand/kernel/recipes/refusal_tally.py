"""A tally of refused deductions, since a refusal itself leaves no trace."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalTally(Entity):
    """How many deductions one process saw refused at a site within an hour, written as 2026-01-31T12."""

    entity: ClassVar[str] = "refusal_tally"
    named_by: ClassVar[tuple[str, ...]] = ("site", "hour", "process")
    outlives_undoing: ClassVar[bool] = True

    site: str
    hour: str
    process: str
    refused: int
