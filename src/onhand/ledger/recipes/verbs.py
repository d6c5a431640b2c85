"""The verbs of recipes: what products are made of, what that is at a site, and the sales that consume it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from onhand.kernel.command import Line
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import DefineRecipe, Ingredient
from onhand.kernel.recipes.map_ingredients import MapIngredients, MappingLine
from onhand.kernel.recipes.void_deduction import VoidDeduction
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import verb
from onhand.ledger.reading_lines import QuantityLike
from onhand.ledger.recipes.questions import RecipeQuestions

SoldLike = Sold | tuple[str, QuantityLike] | tuple[str, str | None, QuantityLike] | Mapping[str, Any]
"""What was sold, as callers may write it: (product, quantity), (product, name, quantity), a mapping, or a `Sold`."""

IngredientLike = Ingredient | tuple[str, str | int, str] | Mapping[str, Any]
"""An ingredient as callers may write it: (name, amount, unit), a mapping, or an `Ingredient`."""

MappingLike = MappingLine | tuple[str, str, str | None] | tuple[str, str, str | None, str | None]
"""A mapping as callers may write it: (ingredient, unit, sku), (ingredient, unit, sku, factor), or a `MappingLine`."""

_PAIR, _TRIPLE = 2, 3
_SOLD_FIELDS = frozenset(Sold._fields)
_INGREDIENT_FIELDS = frozenset(Ingredient._fields)


class Recipes(RecipeQuestions):
    """One verb for each operation on recipes, mappings and deductions."""

    _name = "recipes"

    @verb
    async def define(
        self,
        *,
        product: str,
        ingredients: Iterable[IngredientLike],
        name: str | None = None,
        makes: str | int = "1",
        unit: str = "piece",
        valid_from: datetime | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Define a version of a product's recipe: the ingredients give so much of it as `makes` says, in `unit`."""
        return await self._do(
            DefineRecipe(
                product=product,
                name=name,
                ingredients=tuple(ingredient_of(part) for part in ingredients),
                makes=str(makes),
                unit=unit,
                valid_from=valid_from,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def map_ingredients(self, *, site: str, mappings: Iterable[MappingLike], **about: Unpack[About]) -> Posting:
        """Say which items the ingredients of the recipes are at a site, unit by unit."""
        return await self._do(
            MapIngredients(
                site=site, mappings=tuple(MappingLine(*mapping) for mapping in mappings), **self._told(about)
            ),
            about,
        )

    @verb
    async def deduct(
        self,
        *,
        transaction: str,
        site: str,
        items: Iterable[SoldLike],
        slice: int | None = None,  # noqa: A002 - what a till was lent is called its slice
        **about: Unpack[About],
    ) -> Posting:
        """
        Take the ingredients of all that a transaction sold, or nothing.

        The movements of the posting say what was taken from where. A refusal lists all errors, not only the first;
        `facts["errors"]` of INSUFFICIENT_INGREDIENTS reads "Croffle - Butter: Need 5, Have 3 (Short: 2)".
        """
        sold = sold_items(items)
        return await self._do(
            Deduct(transaction=transaction, site=site, items=sold, slice=slice, **self._told(about)), about
        )

    @verb
    async def void_deduction(
        self, *, transaction: str, site: str, lines: Iterable[int] = (), **about: Unpack[About]
    ) -> Posting:
        """Void a transaction, or some lines of it, counted from 1: exactly what they took is put back, once."""
        return await self._do(
            VoidDeduction(transaction=transaction, site=site, line_numbers=tuple(lines), **self._told(about)), about
        )

    @verb
    async def allow_negative(self, *, site: str, limit: QuantityLike, **about: Unpack[About]) -> Posting:
        """
        Let everything that ingredients are at a site fall below zero, down to a limit each; zero forbids it again.

        It is set for the items that are mapped now; one that is mapped later begins without.
        """
        quantity = parse_quantity(limit)
        skus = await self.list_ingredient_items(site)
        lines = tuple(Line(sku, quantity) for sku in skus)
        return await self._do(AllowNegative(site=site, lines=lines, **self._told(about)), about)


def sold_items(items: Iterable[SoldLike]) -> tuple[Sold, ...]:
    """Read what was sold; raises Refused for what is not well formed."""
    if isinstance(items, str | Mapping):
        raise Refused("INVALID_COMMAND", detail="items are a list")
    return tuple([_sold(item) for item in items])


def ingredient_of(part: IngredientLike) -> Ingredient:
    """Read an ingredient; raises Refused for what is not well formed."""
    if isinstance(part, Ingredient):
        return part
    if isinstance(part, Mapping):
        _check_fields(part, _INGREDIENT_FIELDS, {"name", "amount"}, "an ingredient")
        told = dict(part)
        told["amount"] = str(told["amount"])
        told["substitutes"] = tuple(ingredient_of(other) for other in told.get("substitutes", ()))
        return Ingredient(**told)
    values: Any = part  # a text is a slip that types do not stop
    if not isinstance(values, tuple | list) or len(values) != _TRIPLE:
        raise Refused("INVALID_COMMAND", detail="an ingredient is (name, amount, unit) or a mapping")
    return Ingredient(values[0], str(values[1]), values[2])


def _sold(item: object) -> Sold:
    if isinstance(item, Sold):
        return item
    if isinstance(item, Mapping):
        _check_fields(item, _SOLD_FIELDS, {"product", "quantity"}, "an item")
        return Sold(**{**item, "quantity": parse_quantity(item["quantity"])})
    if isinstance(item, tuple | list) and len(item) == _PAIR:
        return Sold(item[0], parse_quantity(item[1]))
    if isinstance(item, tuple | list) and len(item) == _TRIPLE:
        return Sold(item[0], parse_quantity(item[2]), item[1])
    raise Refused("INVALID_COMMAND", detail="an item is (product, quantity), (product, name, quantity) or a mapping")


def _check_fields(told: Mapping[str, Any], known: frozenset[str], needed: set[str], what: str) -> None:
    unknown = sorted(str(name) for name in told if name not in known)
    if unknown:
        raise Refused("INVALID_COMMAND", detail=f"{what} has no field {ascii(unknown[0])[:40]}")
    missing = sorted(needed - told.keys())
    if missing:
        raise Refused("INVALID_COMMAND", detail=f"{what} needs {missing[0]}")
