"""A reorder point: at how much of an item more of it is ordered."""

from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderPoint(Entity):
    """
    What somebody has decided for an item at a site: order when no more than `point` is left, up to `target`.

    Where nobody has decided, both are forecast.
    """

    entity: ClassVar[str] = "reorder_point"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "item_id")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site", "item"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    item_id: int
    point: int
    target: int
    retired: bool = False

    def withdrawn(self) -> Self:
        """Give the reorder point as retired; then the forecast counts again."""
        return self.next(retired=True)
