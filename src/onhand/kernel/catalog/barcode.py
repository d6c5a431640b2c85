"""A barcode: what a scanner reads off an item."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode(Entity):
    """A code that stands for one item; an item may have several."""

    entity: ClassVar[str] = "barcode"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"item"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    code: str
    item_id: int
