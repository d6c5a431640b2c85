"""
What a product needs of which ingredients, by the version of its recipe that was in force.

Sub-recipes are followed to the ingredients; each need is an exact fraction, yield and waste worked in.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.measures import factor_between
from onhand.kernel.recipes.recipe import Recipe
from onhand.kernel.recipes.recipe_version import RecipeLine, RecipeVersion
from onhand.kernel.refusals import Refused
from onhand.kernel.wants import Wants

NEEDS_MAX = 2_000
"""The most ingredients that a product can have, those of its sub-recipes counted."""


class Choice(NamedTuple):
    """So much of an ingredient, in a unit of the recipe, for one of a product."""

    ingredient: str
    unit: str
    amount: Fraction


Need = tuple[Choice, ...]
"""The ingredient and its substitutes, in order; one of them is taken."""


def want_recipe(book: Book, wants: Wants, product_id: int, seen: set[int]) -> bool:
    """
    Want the recipe of a product, its versions, and those of all products in them.

    Returns:
        Whether something is not loaded yet.
    """
    if product_id in seen:
        return False
    seen.add(product_id)
    recipe = book.names.get(("recipe", product_id))
    if not isinstance(recipe, Recipe):
        wants.names.add(("recipe", product_id))
        return True
    more = False
    for _, version_id in recipe.versions:
        version = book.entities.get(("recipe_version", version_id))
        if not isinstance(version, RecipeVersion):
            wants.entities.add(("recipe_version", version_id))
            more = True
            continue
        for line in version.ingredients:
            if line.product_id:
                more = want_recipe(book, wants, line.product_id, seen) or more
    return more


def ingredients_of(book: Book, product_ids: Iterable[int]) -> set[tuple[str, str]]:
    """Give each ingredient with its unit that any version of some recipes names, sub-recipes too, as far as loaded."""
    found: set[tuple[str, str]] = set()
    waiting, seen = list(product_ids), set[int]()
    while waiting:
        product_id = waiting.pop()
        if product_id in seen:
            continue
        seen.add(product_id)
        for line in _lines_of(book, product_id):
            if line.product_id:
                waiting.append(line.product_id)
            else:
                found.add((line.ingredient, line.unit))
    return found


def version_in_force(book: Book, product_id: int, moment: int) -> RecipeVersion | None:
    """Find the version of a product's recipe at a moment, in microseconds since 1970."""
    recipe = book.names.get(("recipe", product_id))
    version_id = recipe.version_at(moment) if isinstance(recipe, Recipe) else None
    return None if version_id is None else book.get(RecipeVersion, version_id)


def needs_of(book: Book, product: str, product_id: int, moment: int) -> Sequence[Need]:
    """
    List what ONE of a product needs at a moment, as exact fractions in the recipe's own units.

    They are not yet in millionths of an item's measure: that is what the mappings of a site make of them.

    Raises:
        Refused: RECIPE_MISSING with the product that has none, RECIPE_CYCLE, UNIT_NOT_CONVERTIBLE.
    """
    version = version_in_force(book, product_id, moment)
    if version is None:
        raise Refused("RECIPE_MISSING", products=[product])
    if _is_flat(version):
        return _flat_needs(version)
    needs: list[Need] = []
    _collect(book, (product,), version, Fraction(1), moment, needs)
    return needs


def check_acyclic(book: Book, product: str, product_id: int, moments: Iterable[int]) -> None:
    """Refuse a recipe that at one of these moments would need itself."""
    for moment in moments:
        _walk(book, (product,), product_id, moment, set())


def _walk(book: Book, path: tuple[str, ...], product_id: int, moment: int, done: set[int]) -> None:
    """Walk through the sub-recipes depth first, and refuse a product that stands on the path to itself."""
    version = version_in_force(book, product_id, moment)
    if version is None or product_id in done:
        return
    for line in version.ingredients:
        if line.product_id:
            _check_path(path, line.ingredient)
            _walk(book, (*path, line.ingredient), line.product_id, moment, done)
    done.add(product_id)


def _check_path(path: tuple[str, ...], product: str) -> None:
    if product in path:
        raise Refused("RECIPE_CYCLE", product=product, path=" > ".join([*path[path.index(product) :], product]))


def _collect(
    book: Book, path: tuple[str, ...], version: RecipeVersion, times: Fraction, moment: int, needs: list[Need]
) -> None:
    """
    Add what so many (`times`) of a product need to `needs`, sub-recipes resolved depth first.

    Raises:
        Refused: As `needs_of`; INVALID_COMMAND for more than NEEDS_MAX.
    """
    for lines in _places(version):
        if lines[0][0].product_id:
            line, amount = lines[0]
            _check_path(path, line.ingredient)
            part = version_in_force(book, line.product_id, moment)
            if part is None:
                raise Refused("RECIPE_MISSING", products=[line.ingredient])
            factor = factor_between(line.unit, part.yield_unit)
            if factor is None:
                raise Refused("UNIT_NOT_CONVERTIBLE", unit=line.unit, measure=part.yield_unit)
            _collect(book, (*path, line.ingredient), part, times * amount * factor, moment, needs)
        else:
            needs.append(tuple(Choice(line.ingredient, line.unit, times * amount) for line, amount in lines))
        if len(needs) > NEEDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"the recipe of {path[0]} has more than {NEEDS_MAX} ingredients")


@lru_cache(maxsize=4096)
def _is_flat(version: RecipeVersion) -> bool:
    return not any(line.product_id for line in version.ingredients)


@lru_cache(maxsize=4096)
def _flat_needs(version: RecipeVersion) -> Sequence[Need]:
    return tuple(
        tuple(Choice(line.ingredient, line.unit, amount) for line, amount in lines) for lines in _places(version)
    )


@lru_cache(maxsize=4096)
def _places(version: RecipeVersion) -> Sequence[Sequence[tuple[RecipeLine, Fraction]]]:
    """Group each ingredient with its substitutes, each with how much one of the product takes, waste included."""
    yielded = Fraction(version.yield_numerator, version.yield_denominator)
    return tuple(
        tuple(
            (line, Fraction(line.numerator, line.denominator) * SCALE / (SCALE - line.waste) / yielded)
            for line in lines
        )
        for _, lines in groupby(version.ingredients, attrgetter("place"))
    )


def _lines_of(book: Book, product_id: int) -> Iterable[RecipeLine]:
    recipe = book.names.get(("recipe", product_id))
    if isinstance(recipe, Recipe):
        for _, version_id in recipe.versions:
            version = book.entities.get(("recipe_version", version_id))
            if isinstance(version, RecipeVersion):
                yield from version.ingredients
