"""A mapping: what an ingredient of the recipes is at a site."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class IngredientMapping(Entity):
    """
    Which item an ingredient is at a site, and how much of the item's measure one of the recipe's units is.

    There is one for each site, ingredient and unit. The factor is exact: numerator over denominator.
    """

    entity: ClassVar[str] = "mapping"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "ingredient", "unit")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site", "item"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    ingredient: str
    unit: str
    item_id: int
    numerator: int
    denominator: int
    retired: bool = False
