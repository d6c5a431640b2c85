"""A kitchen in a world: recipes, mappings and sales in as few words as a test needs."""

from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.define_recipe import DefineRecipe, Ingredient
from onhand.kernel.recipes.map_ingredients import MapIngredients, MappingLine
from onhand.kernel.recipes.void_deduction import VoidDeduction
from onhand.kernel.stock.define import Define, ItemLine
from onhand.kernel.stock.receive import Receive
from tests.property.world import World, furnished, lines

STOCK = {"FLOUR": "kg", "BUTTER": "kg", "MARGARINE": "kg", "BOX": "piece", "GIN": "bottle"}
"""The items of the kitchen, and their measures."""


def kitchen(*stocked: tuple[object, ...], site: str = "london") -> World:
    """Make a world with the items of a kitchen, and receive some of them."""
    world = furnished()
    world.execute(Define(key="items", items=tuple(ItemLine(sku, measure=word) for sku, word in STOCK.items())))
    if stocked:
        world.execute(Receive(key="stock", site=site, lines=lines(*stocked)))
    return world


def croffles(world: World) -> None:
    """Define the croffle of flour, butter and a box, and map its ingredients in london."""
    define_recipe(
        world, "CROFFLE", Ingredient("Flour", "1", "kg"), Ingredient("Butter", "0.5", "kg"), Ingredient("Box", "1")
    )
    map_ingredients(world, ("Flour", "kg", "FLOUR"), ("Butter", "kg", "BUTTER"), ("Box", "piece", "BOX"))


def define_recipe(world: World, product: str, *ingredients: Ingredient, **told: object) -> Posting:
    """Define a recipe under a key of its own."""
    key = f"act/{len(world.journal)}"
    return world.execute(DefineRecipe(key=key, product=product, ingredients=ingredients, **told))  # type: ignore[arg-type]  # told by the test


def map_ingredients(world: World, *mappings: tuple[str | None, ...], site: str = "london") -> Posting:
    """Map ingredients under a key of its own."""
    told = tuple(MappingLine(*mapping) for mapping in mappings)  # type: ignore[arg-type]  # told by the test
    return world.execute(MapIngredients(key=f"act/{len(world.journal)}", site=site, mappings=told))


def order(*sold: str | tuple[str, object], transaction: str, **told: object) -> Deduct:
    """Make the sale of some products: one of each, or as many as told in whole or parts of the product."""
    pairs = [(item, 1) if isinstance(item, str) else item for item in sold]
    items = tuple(Sold(product, int(float(str(count)) * SCALE)) for product, count in pairs)
    return Deduct(**{"key": f"sale/{transaction}", "site": "london", **told}, transaction=transaction, items=items)  # type: ignore[arg-type]  # told by the test


def deduct(world: World, *sold: str | tuple[str, object], transaction: str | None = None, **told: object) -> Posting:
    """Deduct a sale, as transaction t-1, t-2 and so on."""
    return world.execute(order(*sold, transaction=transaction or f"t-{len(world.journal)}", **told))


def void(world: World, transaction: str, *told: int, **more: object) -> Posting:
    """Void a transaction, or some of its lines."""
    fields = {"key": f"void/{len(world.journal)}", "site": "london", "reason": "sent back", **more}
    return world.execute(VoidDeduction(**fields, transaction=transaction, line_numbers=told))  # type: ignore[arg-type]  # told by the test
