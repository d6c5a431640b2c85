"""The verbs `recipe` and `mapping`: what products are made of, and which items that is at a site."""

from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import Site
from onhand.cli.values import pair_of, time_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.kernel.recipes.define_recipe import Ingredient
    from onhand.kernel.recipes.map_ingredients import MappingLine

Product = Annotated[str, typer.Argument(metavar="PRODUCT[=NAME]", show_default=False, help="What is sold.")]
Ingredients = Annotated[
    list[str],
    typer.Argument(
        metavar="INGREDIENTS...",
        show_default=False,
        help="'Butter=20 g', '+DOUGH=100 g' for a product with a recipe of its own, 'Flour=500 g ~5' with 5 % waste, "
        "'Butter=20 g|Margarine=24 g' with a substitute.",
    ),
]
Makes = Annotated[
    str, typer.Option("--makes", metavar="AMOUNT", help="So much of the product, as '12 piece' or '750 g'.")
]
ValidFrom = Annotated[
    str | None,
    typer.Option(
        "--valid-from",
        metavar="TIME",
        help="From when it is in force: 2026-01-31T09:30:00Z. Default: the first since ever, a later one from now on.",
    ),
]
Mappings = Annotated[
    list[str],
    typer.Argument(
        metavar="MAPPINGS...",
        show_default=False,
        help="'Butter/g=BUTTER', or 'Gin/cl=GIN 1/70' where a centilitre is a seventieth of the bottle; 'Gin/cl=' "
        "takes the mapping away.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "recipe", panel=ACTS, acts=True)(recipe)
    verb(app, "mapping", panel=ACTS, acts=True)(mapping)


async def recipe(
    desk: Desk, product: Product, ingredients: Ingredients, makes: Makes = "1 piece", valid_from: ValidFrom = None
) -> Posting:
    """Define what a product is made of, from a moment on."""
    code, _, name = product.partition("=")
    parts = [_ingredient(text) for text in ingredients]
    amount, unit = pair_of(makes, " ", "AMOUNT UNIT")
    since = time_of(valid_from, "valid_from")
    async with desk.ledger() as stock:
        return await stock.recipes.define(
            product=code, name=name or None, ingredients=parts, makes=amount, unit=unit, valid_from=since, **desk.about
        )


async def mapping(desk: Desk, mappings: Mappings, site: Site) -> Posting:
    """Say which items the ingredients are at a site, unit by unit."""
    lines = [_mapping(text) for text in mappings]
    async with desk.ledger() as stock:
        return await stock.recipes.map_ingredients(site=site, mappings=lines, **desk.about)


def _ingredient(text: str) -> "Ingredient":
    first, *others = [_plain_ingredient(part) for part in text.split("|")]
    return first._replace(substitutes=tuple(others))


def _plain_ingredient(text: str) -> "Ingredient":
    from onhand.kernel.recipes.define_recipe import Ingredient

    told, tilde, waste = text.partition(" ~")
    name, equals, measured = told.rpartition("=")
    amount, _, unit = measured.partition(" ")
    if not equals:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not INGREDIENT=AMOUNT UNIT")
    is_product = name.startswith("+")
    return Ingredient(
        name.removeprefix("+"), amount, unit or "piece", waste=waste if tilde else None, is_product=is_product
    )


def _mapping(text: str) -> "MappingLine":
    from onhand.kernel.recipes.map_ingredients import MappingLine

    told, equals, target = text.rpartition("=")
    ingredient, slash, unit = told.rpartition("/")
    if not equals or not slash:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not INGREDIENT/UNIT=SKU")
    sku, _, factor = target.partition(" ")
    return MappingLine(ingredient, unit, sku or None, factor or None)
