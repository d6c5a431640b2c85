"""The verbs of recipes: what products are made of, what that is at a site, and the sales that consume it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from onhand.kernel.command import Line
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.define_recipe import DefineRecipe
from onhand.kernel.recipes.map_ingredients import MapIngredients
from onhand.kernel.recipes.void_deduction import VoidDeduction
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import verb
from onhand.ledger.reading_lines import (
    INGREDIENT,
    MAPPING,
    SOLD,
    IngredientLike,
    MappingLike,
    QuantityLike,
    SoldLike,
    ratio_text,
    read_lines,
)
from onhand.ledger.recipes.questions import RecipeQuestions


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
        makes: QuantityLike = "1",
        unit: str = "piece",
        valid_from: datetime | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Define a version of a product's recipe: the ingredients give so much of it as `makes` says, in `unit`."""
        return await self._do(
            DefineRecipe(
                product=product,
                name=name,
                ingredients=read_lines(INGREDIENT, ingredients),
                makes=ratio_text(makes, "makes"),
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
            MapIngredients(site=site, mappings=read_lines(MAPPING, mappings), **self._told(about)),
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
        sold = read_lines(SOLD, items)
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
