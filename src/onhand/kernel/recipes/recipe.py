"""A recipe: what a product is made of, in versions."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.entity import Entity


class InForce(NamedTuple):
    """From when on, in microseconds since 1970, which version of a recipe is in force."""

    since: int
    recipe_version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(Entity):
    """The versions of a product's recipe, in the order in which they come into force."""

    entity: ClassVar[str] = "recipe"
    named_by: ClassVar[tuple[str, ...]] = ("product_id",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"product"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    product_id: int
    versions: tuple[InForce, ...]

    def version_at(self, moment: int) -> int | None:
        """Give the id of the version in force at a moment, in microseconds since 1970; None before the first."""
        found = None
        for since, recipe_version_id in self.versions:
            if since > moment:
                break
            found = recipe_version_id
        return found
