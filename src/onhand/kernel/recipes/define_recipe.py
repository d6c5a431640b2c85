"""Define a recipe: what a product is made of, from a moment on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.canonical import microseconds
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.quantity import SCALE, parse_quantity
from onhand.kernel.recipes.measures import RatioText, parse_ratio
from onhand.kernel.recipes.needs import check_acyclic, want_recipe
from onhand.kernel.recipes.recipe import InForce, Recipe
from onhand.kernel.recipes.recipe_version import RecipeLine, RecipeVersion
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.stock.product import Product
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants

INGREDIENTS_MAX = 200
NAME_LENGTH_MAX = 500
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_PERCENT = 100


class Ingredient(NamedTuple):
    """
    So much of an ingredient goes into a recipe.

    `amount` is exact and net: "1.5", or "1/3". `waste` is what is lost in preparing, in percent of what is taken. With
    `is_product` it is a product with a recipe of its own. `substitutes` come in order where it runs out.
    """

    name: str
    amount: RatioText
    unit: str = "piece"
    waste: RatioText | None = None
    is_product: bool = False
    substitutes: tuple["Ingredient", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineRecipe(Command):
    """
    Define a version of a product's recipe: the ingredients give so much of it as `makes` says, in its unit.

    It is in force from `valid_from` on until the next version: by default the first one since ever, a later one from
    now on. A version of the same moment takes the place of the one before. The product is made known where it is not.
    """

    kind: ClassVar[str] = "define_recipe"
    refuses: ClassVar[Codes] = frozenset(
        {"INVALID_QUANTITY", "QUANTITY_TOO_LARGE", "INVALID_RATIO", "UNKNOWN_PRODUCT", "RECIPE_CYCLE"}
    )

    product: str
    name: str | None = None
    ingredients: tuple[Ingredient, ...]
    makes: str = "1"
    unit: str = "piece"
    valid_from: datetime | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.product, "product")
        check_code(self.unit, "unit")
        parse_ratio(self.makes)
        if self.name is not None:
            check_code(self.name, "name", NAME_LENGTH_MAX)
        if self.valid_from is not None:
            object.__setattr__(self, "valid_from", check_time(self.valid_from, "valid_from"))
        if not self.ingredients:
            raise Refused("INVALID_COMMAND", detail=f"the recipe of {self.product} has no ingredients")
        if sum(1 + len(part.substitutes) for part in self.ingredients) > INGREDIENTS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"a recipe has at most {INGREDIENTS_MAX} ingredients")
        for part in self.ingredients:
            _check_ingredient(part)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the product, its recipe, and the recipes of the products in it."""
        codes = [self.product, *[part.name for part in self.ingredients if part.is_product]]
        wants.names.update(("product", code) for code in codes)
        more, seen = False, set[int]()
        for code in codes:
            product = book.product(code)
            more = product is None or want_recipe(book, wants, product.id, seen) or more
        return more

    def decide(self, draft: Draft) -> None:
        """Make the version, unless it is in force already, and put it in its place among the others."""
        product = self._product(draft)
        known = draft.book.names.get(("recipe", product.id))
        recipe = known if isinstance(known, Recipe) else None
        since = microseconds(self.valid_from or (_BEGINNING if recipe is None else draft.now))
        content = self._content(draft)
        if recipe is not None and self._says_nothing_new(draft, recipe, since, content):
            return
        version = RecipeVersion(id=draft.next_id(), product_id=product.id, **content)
        draft.make(version)
        others = () if recipe is None else tuple(other for other in recipe.versions if other.since != since)
        versions = tuple(sorted([*others, InForce(since, version.id)]))
        if recipe is None:
            draft.make(Recipe(id=draft.next_id(), product_id=product.id, versions=versions))
        else:
            draft.change(recipe, recipe.next(versions=versions))
        check_acyclic(draft.book, product.code, product.id, _moments(draft.book, since))

    def _product(self, draft: Draft) -> Product:
        known = draft.book.product(self.product)
        if known is None:
            known = Product(id=draft.next_id(), code=self.product, name=self.name or self.product)
            draft.make(known)
        elif self.name not in {None, known.name}:
            renamed = known.next(name=self.name)
            draft.change(known, renamed)
            known = renamed
        return known

    def _content(self, draft: Draft) -> dict[str, Any]:
        """Give the fields of the version that the recipe itself tells."""
        makes = parse_ratio(self.makes)
        return {
            "yield_unit": self.unit,
            "yield_numerator": makes.numerator,
            "yield_denominator": makes.denominator,
            "ingredients": tuple(
                _line(draft, place, choice)
                for place, part in enumerate(self.ingredients, start=1)
                for choice in (part, *part.substitutes)
            ),
        }

    def _says_nothing_new(self, draft: Draft, recipe: Recipe, since: int, content: dict[str, Any]) -> bool:
        """Tell whether the same version is in force already; with `valid_from`, from that very moment on."""
        current_id = recipe.version_at(since)
        if current_id is None or (self.valid_from is not None and InForce(since, current_id) not in recipe.versions):
            return False
        current = draft.book.get(RecipeVersion, current_id)
        return all(getattr(current, name) == value for name, value in content.items())


def _check_ingredient(part: Ingredient, *, substitute: bool = False) -> None:
    check_code(part.name, "ingredient")
    check_code(part.unit, "unit")
    parse_ratio(part.amount)
    _waste(part)
    if part.substitutes and (substitute or part.is_product or any(other.is_product for other in part.substitutes)):
        raise Refused("INVALID_COMMAND", detail="ingredients have substitutes, products and substitutes have none")
    for other in part.substitutes:
        _check_ingredient(other, substitute=True)


def _waste(part: Ingredient) -> int:
    """Give the waste in millionths of what has to be taken."""
    if part.waste is None:
        return 0
    waste, rest = divmod(parse_quantity(part.waste), _PERCENT)
    if rest or not 0 <= waste < SCALE:
        raise Refused("INVALID_COMMAND", detail="waste is a percentage from 0 to less than 100, with four decimals")
    return waste


def _line(draft: Draft, place: int, part: Ingredient) -> RecipeLine:
    amount = parse_ratio(part.amount)
    product_id = 0
    if part.is_product:
        product = draft.book.product(part.name)
        if product is None:
            raise Refused("UNKNOWN_PRODUCT", product=part.name)
        product_id = product.id
    return RecipeLine(place, part.name, product_id, part.unit, amount.numerator, amount.denominator, _waste(part))


def _moments(book: Book, since: int) -> list[int]:
    """List the moments from one on at which any recipe that is loaded changes."""
    later = {
        other.since
        for entity in book.entities.values()
        if isinstance(entity, Recipe)
        for other in entity.versions
        if other.since > since
    }
    return [since, *sorted(later)]
