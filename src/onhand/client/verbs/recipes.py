"""
What is told of recipes, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.recipes import (
    DeductionTrail,
    Health,
    Ingredient,
    MappingAnswer,
    MappingLine,
    Metrics,
    Use,
    Variance,
)
from onhand.client.shapes.shared import Posted, Sold
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Quantity, Speaker


class DefineRecipeTold(About, total=False):
    """What `define_recipe` is told."""

    product: Required[str]  # The code of a product.
    name: str  # The name.
    ingredients: Required[Sequence[Ingredient]]  # The ingredients, in order.
    makes: str  # How much the ingredients make, a plain decimal or two whole numbers as 1/70.
    unit: str  # The code of a unit, or a unit of measure.
    valid_from: Moment  # From when on it holds: RFC 3339 with a time zone.


class MapIngredientsTold(About, total=False):
    """What `map_ingredients` is told."""

    site: Required[str]  # The code of a site.
    mappings: Required[Sequence[MappingLine]]  # The mappings, one for each ingredient and unit.


class ListMappingsTold(TypedDict, total=False):
    """What `list_mappings` is told."""

    site: Required[str]  # The code of a site.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class AllowNegativeIngredientsTold(About, total=False):
    """What `allow_negative_ingredients` is told."""

    site: Required[str]  # The code of a site.
    limit: Required[Quantity]  # How far each may fall below zero, in its measure.


class DeductTold(About, total=False):
    """What `deduct` is told."""

    transaction: Required[str]  # The number of the sale, as the till tells it.
    site: Required[str]  # The code of a site.
    items: Required[Sequence[Sold]]  # The items.
    slice: int  # The number of the slice that was lent to the till.


class VoidDeductionTold(About, total=False):
    """What `void_deduction` is told."""

    site: Required[str]  # The code of a site.
    transaction: Required[str]  # The number of the sale, as the till tells it.
    line_numbers: Sequence[int]  # Lines of the transaction, counted from 1; none is all of them.


class DeductionTrailTold(TypedDict, total=False):
    """What `deduction_trail` is told."""

    site: Required[str]  # The code of a site.
    transaction: Required[str]  # The number of the sale, as the till tells it.


class ListUsesTold(TypedDict, total=False):
    """What `list_uses` is told."""

    site: Required[str]  # The code of a site.
    sku: Required[str]  # The code of an item.
    lot: str  # The code of a lot.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class ListVariancesTold(TypedDict, total=False):
    """What `list_variances` is told."""

    site: Required[str]  # The code of a site.
    sku: str  # The code of an item.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class RecipesVerbs(Speaker):
    """The verbs."""

    def define_recipe(self, **told: Unpack[DefineRecipeTold]) -> Posted:
        """
        Define a version of a product's recipe: the ingredients give so much of it as `makes` says, in its unit.

        It is in force from `valid_from` on until the next version: by default the first one since ever, a later one
        from now on. A version of the same moment takes the place of the one before. The product is made known where it
        is not.

        PUT /api/recipes/{product}, for admin, manager.
        """
        return self._write("PUT", "/api/recipes/{product}", told)

    def map_ingredients(self, **told: Unpack[MapIngredientsTold]) -> Posted:
        """
        Set mappings of a site: one for each ingredient and unit. What is told alike stays untouched.

        PUT /api/sites/{site}/mappings, for admin, manager.
        """
        return self._write("PUT", "/api/sites/{site}/mappings", told)

    def list_mappings(self, **told: Unpack[ListMappingsTold]) -> Page[MappingAnswer]:
        """
        List what the ingredients of recipes are at a site, in the order of their names, then of the units.

        GET /api/sites/{site}/mappings, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{site}/mappings", told)

    def allow_negative_ingredients(self, **told: Unpack[AllowNegativeIngredientsTold]) -> Posted:
        """
        Let everything that ingredients are at a site fall below zero, down to a limit each; zero forbids it again.

        It is set for the items that are mapped now. /api/negative-stock does it for some items.

        POST /api/sites/{site}/negative-stock, for admin, manager.
        """
        return self._write("POST", "/api/sites/{site}/negative-stock", told)

    def deduct(self, **told: Unpack[DeductTold]) -> Posted:
        """
        Take the ingredients of all that a transaction sold from the stock of its site, or nothing.

        The recipes are those in force when it was sold, which is `occurred_at`. With `slice`, the goods that were lent
        to the till are used first.

        POST /api/deductions, for admin, clerk, manager.
        """
        return self._write("POST", "/api/deductions", told)

    def void_deduction(self, **told: Unpack[VoidDeductionTold]) -> Posted:
        """
        Compensate a transaction: put back what it took, from which holding it took it; all lines that stand, or some.

        The goods are available again, whatever slice or lot they came from. Lines count from 1. A reason is required.

        POST /api/sites/{site}/deductions/{transaction}/void, for admin, clerk, manager.
        """
        return self._write("POST", "/api/sites/{site}/deductions/{transaction}/void", told)

    def deduction_trail(self, **told: Unpack[DeductionTrailTold]) -> DeductionTrail:
        """
        Follow a receipt to each ingredient: which lot it came from, by which posting, and what is voided.

        GET /api/sites/{site}/deductions/{transaction}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{site}/deductions/{transaction}", told)

    def list_uses(self, **told: Unpack[ListUsesTold]) -> Page[Use]:
        """
        Follow an ingredient back to the receipts that took it or gave it back, newest first.

        GET /api/sites/{site}/items/{sku}/uses, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{site}/items/{sku}/uses", told)

    def list_variances(self, **told: Unpack[ListVariancesTold]) -> Page[Variance]:
        """
        List what was counted at a site beside what was booked there then, newest first.

        GET /api/sites/{site}/variances, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/sites/{site}/variances", told)

    def recipe_health(self) -> Health:
        """
        Look whether recipes and deductions are in order: healthy, warning or critical, check by check.

        Any check can fail: what it looks for is read from the database, not remembered.

        GET /api/health, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/health", {})

    def recipe_metrics(self) -> Metrics:
        """
        Give the figures of each site; what other processes have not told yet of their refusals is not in them.

        GET /api/metrics, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/metrics", {})


class AsyncRecipesVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def define_recipe(self, **told: Unpack[DefineRecipeTold]) -> Posted:
        """
        Define a version of a product's recipe: the ingredients give so much of it as `makes` says, in its unit.

        It is in force from `valid_from` on until the next version: by default the first one since ever, a later one
        from now on. A version of the same moment takes the place of the one before. The product is made known where it
        is not.

        PUT /api/recipes/{product}, for admin, manager.
        """
        return await self._write("PUT", "/api/recipes/{product}", told)

    async def map_ingredients(self, **told: Unpack[MapIngredientsTold]) -> Posted:
        """
        Set mappings of a site: one for each ingredient and unit. What is told alike stays untouched.

        PUT /api/sites/{site}/mappings, for admin, manager.
        """
        return await self._write("PUT", "/api/sites/{site}/mappings", told)

    async def list_mappings(self, **told: Unpack[ListMappingsTold]) -> Page[MappingAnswer]:
        """
        List what the ingredients of recipes are at a site, in the order of their names, then of the units.

        GET /api/sites/{site}/mappings, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{site}/mappings", told)

    async def allow_negative_ingredients(self, **told: Unpack[AllowNegativeIngredientsTold]) -> Posted:
        """
        Let everything that ingredients are at a site fall below zero, down to a limit each; zero forbids it again.

        It is set for the items that are mapped now. /api/negative-stock does it for some items.

        POST /api/sites/{site}/negative-stock, for admin, manager.
        """
        return await self._write("POST", "/api/sites/{site}/negative-stock", told)

    async def deduct(self, **told: Unpack[DeductTold]) -> Posted:
        """
        Take the ingredients of all that a transaction sold from the stock of its site, or nothing.

        The recipes are those in force when it was sold, which is `occurred_at`. With `slice`, the goods that were lent
        to the till are used first.

        POST /api/deductions, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/deductions", told)

    async def void_deduction(self, **told: Unpack[VoidDeductionTold]) -> Posted:
        """
        Compensate a transaction: put back what it took, from which holding it took it; all lines that stand, or some.

        The goods are available again, whatever slice or lot they came from. Lines count from 1. A reason is required.

        POST /api/sites/{site}/deductions/{transaction}/void, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/sites/{site}/deductions/{transaction}/void", told)

    async def deduction_trail(self, **told: Unpack[DeductionTrailTold]) -> DeductionTrail:
        """
        Follow a receipt to each ingredient: which lot it came from, by which posting, and what is voided.

        GET /api/sites/{site}/deductions/{transaction}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{site}/deductions/{transaction}", told)

    async def list_uses(self, **told: Unpack[ListUsesTold]) -> Page[Use]:
        """
        Follow an ingredient back to the receipts that took it or gave it back, newest first.

        GET /api/sites/{site}/items/{sku}/uses, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{site}/items/{sku}/uses", told)

    async def list_variances(self, **told: Unpack[ListVariancesTold]) -> Page[Variance]:
        """
        List what was counted at a site beside what was booked there then, newest first.

        GET /api/sites/{site}/variances, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/sites/{site}/variances", told)

    async def recipe_health(self) -> Health:
        """
        Look whether recipes and deductions are in order: healthy, warning or critical, check by check.

        Any check can fail: what it looks for is read from the database, not remembered.

        GET /api/health, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/health", {})

    async def recipe_metrics(self) -> Metrics:
        """
        Give the figures of each site; what other processes have not told yet of their refusals is not in them.

        GET /api/metrics, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/metrics", {})
