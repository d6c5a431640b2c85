"""The 77 cocktails of the IBA: centilitres against bottles, dashes and pieces, each conversion worked out anew."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.measures import rounded
from onhand.kernel.stock.define import ItemLine
from onhand.ledger.stock import Stock

BOTTLE_CL = 70
HOUSE = {"dash": Fraction(9, 10), "drop": Fraction(1, 20), "teaspoon": Fraction(5), "bar spoon": Fraction(5)}
"""What the house says that a dash and the like are, in millilitres; no table of units has them."""
SPECIAL = re.compile(r"(?:(\d+)(?: to \d+)?|half|few)?\s*(dash|drop|teaspoon|bar spoon)?", re.IGNORECASE)


def parts_of(recipe: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Read the ingredients of a cocktail: name, exact amount, unit; what has no amount is one piece of it."""
    parts = []
    for told in recipe["ingredients"]:
        if "amount" in told:
            parts.append((str(told["ingredient"]), str(told["amount"]), "cl"))
            continue
        special = str(told["special"])
        found = SPECIAL.match(special)
        count, unit = (found[1], found[2]) if found else (None, None)
        parts.append((special, count or "1", (unit or "piece").lower()))
    return parts


@pytest.fixture
def cocktails(shared: Path) -> list[dict[str, Any]]:
    """The real recipes."""
    path = shared / "data" / "iba-cocktails" / "recipes.json"
    if not path.is_file():
        pytest.skip("the cocktails are not beside this checkout")
    # Amounts are floats there; their text is what was meant.
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
    return found


async def test_every_cocktail_is_poured_from_bottles(stock: Stock, cocktails: list[dict[str, Any]]) -> None:
    """R7, R9: each of the 77 takes of a bottle exactly amount / 70, rounded once, and of a dash what the house says."""
    recipes = {str(recipe["name"]): parts_of(recipe) for recipe in cocktails}
    used = sorted({(name, unit) for parts in recipes.values() for name, _, unit in parts})
    items = {name: f"I-{number:03}" for number, name in enumerate(sorted({name for name, _ in used}))}
    liquid = {name for name, unit in used if unit != "piece"}
    await stock.define(
        sites=["bar"],
        items=[ItemLine(sku, name, measure="bottle" if name in liquid else "piece") for name, sku in items.items()],
        key="items",
    )
    per_unit = {
        "cl": Fraction(1, BOTTLE_CL),
        "piece": Fraction(1),
        **{unit: ml / 10 / BOTTLE_CL for unit, ml in HOUSE.items()},
    }
    mappings = [
        (name, unit, items[name], f"{per_unit[unit].numerator}/{per_unit[unit].denominator}") for name, unit in used
    ]
    await stock.recipes.map_ingredients(site="bar", mappings=mappings, key="map")
    for name, parts in recipes.items():
        await stock.recipes.define(product=name, ingredients=parts, key=f"recipe/{name}")
    await stock.receive(site="bar", lines=[(sku, 100) for sku in items.values()], key="opening")
    before = await stock.recipes.available("bar")

    for name, parts in recipes.items():
        posting = await stock.recipes.deduct(transaction=f"r/{name}", site="bar", items=[(name, 3)], key=f"sale/{name}")
        exact: dict[str, Fraction] = {}
        for ingredient, amount, unit in parts:
            need = 3 * SCALE * Fraction(amount) * per_unit[unit]
            exact[items[ingredient]] = exact.get(items[ingredient], Fraction(0)) + need
        taken: dict[str, int] = {}
        for movement in posting.movements:
            taken[movement.place.sku] = taken.get(movement.place.sku, 0) + movement.quantity
        assert taken == {sku: rounded(need) for sku, need in exact.items()}, name
        told = {
            change.after["exact"]: change.after["taken"] for change in posting.changes if change.action == "rounded"
        }
        assert told == {str(need): rounded(need) for need in exact.values() if need.denominator != 1}, name

    assert (len(recipes), sum(len(parts) for parts in recipes.values())) == (77, 280)
    for name in recipes:
        await stock.recipes.void_deduction(transaction=f"r/{name}", site="bar", reason="a tasting", key=f"void/{name}")
    assert await stock.recipes.available("bar") == before
    assert (await stock.recipes.health()).status == "healthy"
