"""A lot: goods that came together."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Entity):
    """Goods of one item that came together."""

    entity: ClassVar[str] = "lot"
    named_by: ClassVar[tuple[str, ...]] = ("item_id", "code")
    refers_to: ClassVar[frozenset[str]] = frozenset({"item"})
    outlives_undoing: ClassVar[bool] = True

    item_id: int
    code: str
    received_at: datetime
    expires_on: date | None = None
