"""A version of a recipe: what goes in, and what comes out."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.entity import Entity


class RecipeLine(NamedTuple):
    """
    So much of an ingredient, or of a product with a recipe of its own, goes in.

    Lines with the same `place` stand for one another, in order: the first is the ingredient, the others its
    substitutes. `product_id` is 0 for an ingredient. The amount is exact, net; `waste` is the part that is lost in
    preparing, in millionths of what has to be taken.
    """

    place: int
    ingredient: str
    product_id: int
    unit: str
    numerator: int
    denominator: int
    waste: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeVersion(Entity):
    """What goes into a product: the ingredients give so much of it as `yield` says, in its unit. It never changes."""

    entity: ClassVar[str] = "recipe_version"
    refers_to: ClassVar[frozenset[str]] = frozenset({"product"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    product_id: int
    yield_unit: str
    yield_numerator: int
    yield_denominator: int
    ingredients: tuple[RecipeLine, ...]
