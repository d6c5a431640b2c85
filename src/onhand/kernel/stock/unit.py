"""A unit: one thing with a name of its own."""

from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Entity):
    """One thing with a name of its own: a serial or a piece."""

    entity: ClassVar[str] = "unit"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"item", "lot"})

    item_id: int
    code: str
    lot_id: int | None = None
    retired: bool = False

    def withdrawn(self) -> Self:
        """Give the unit as retired; it may be received again."""
        return self.next(retired=True)
