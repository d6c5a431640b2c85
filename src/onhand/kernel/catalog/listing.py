"""A listing: the item under which a brand's product is stocked."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Entity):
    """What intakes call a product, by brand and name, and the item under which they book it."""

    entity: ClassVar[str] = "listing"
    named_by: ClassVar[tuple[str, ...]] = ("brand_id", "name")
    refers_to: ClassVar[frozenset[str]] = frozenset({"brand", "product", "item"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    brand_id: int
    name: str
    item_id: int
