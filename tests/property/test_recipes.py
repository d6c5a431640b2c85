"""The laws of recipes, on random kitchens."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deduction import Deduction
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.recipes.measures import rounded
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.receive import Receive
from tests.property.kitchen import deduct, define_recipe, kitchen, map_ingredients, void
from tests.property.world import World, lines, zero_sums

LAW = settings(max_examples=100, deadline=None)
SITES = ("london", "leeds")
SKUS = ("FLOUR", "BUTTER", "BOX")

AMOUNTS = st.fractions(min_value=Fraction(1, 50), max_value=3, max_denominator=50)
RECIPES = st.lists(st.dictionaries(st.sampled_from(SKUS), AMOUNTS, min_size=1, max_size=3), min_size=1, max_size=4)
SALES = st.lists(
    st.tuples(
        st.sampled_from(SITES),
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=4),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def opened(recipes: list[dict[str, Fraction]]) -> World:
    """Make two kitchens with the same recipes, ingredients in lots and loose."""
    world = kitchen()
    for site in SITES:
        world.execute(
            Receive(key=f"stock/{site}", site=site, lines=lines(*[(sku, 20) for sku in SKUS], ("FLOUR", 3, "L")))
        )
        map_ingredients(world, *[(sku, "cup", sku, "1") for sku in SKUS], site=site)
    for number, recipe in enumerate(recipes):
        parts = [Ingredient(sku, f"{amount.numerator}/{amount.denominator}", "cup") for sku, amount in recipe.items()]
        if number:
            parts.append(Ingredient(f"P-{number - 1}", "1/3", is_product=True))
        define_recipe(world, f"P-{number}", *parts)
    return world


def attempted(world: World, sold: list[tuple[str, int]], site: str, transaction: str) -> Posting | None:
    """Deduct a sale; None where ingredients are missing."""
    try:
        return deduct(world, *sold, site=site, transaction=transaction, key=transaction)
    except Refused as refused:
        if refused.code != "INSUFFICIENT_INGREDIENTS":
            raise
        return None


def needed(recipes: list[dict[str, Fraction]], number: int) -> dict[str, Fraction]:
    """Work out anew what one of a product needs, sub-recipes and all."""
    needs = dict(recipes[number])
    if number:
        for sku, amount in needed(recipes, number - 1).items():
            needs[sku] = needs.get(sku, Fraction(0)) + amount / 3
    return needs


@LAW
@given(RECIPES, SALES)
def test_what_is_taken_is_recipe_times_quantity(
    recipes: list[dict[str, Fraction]], sales: list[tuple[str, list[tuple[int, int]], bool]]
) -> None:
    """R1, R7: of each item a sale takes recipe x quantity, summed exactly and rounded once; all of it, or nothing."""
    world = opened(recipes)

    for number, (site, basket, _) in enumerate(sales):
        sold = [(f"P-{product % len(recipes)}", count) for product, count in basket]
        before = world.balances()
        posting = attempted(world, sold, site, f"t-{number}")
        if posting is None:
            assert world.balances() == before
            continue
        exact: dict[str, Fraction] = {}
        for product, count in basket:
            for sku, amount in needed(recipes, product % len(recipes)).items():
                exact[sku] = exact.get(sku, Fraction(0)) + amount * count * SCALE
        taken: dict[str, int] = {}
        for movement in posting.movements:
            taken[movement.place.sku] = taken.get(movement.place.sku, 0) + movement.quantity
        assert taken == {sku: rounded(amount) for sku, amount in exact.items()}
        (deduction,) = [change.after for change in posting.changes if change.entity == "deduction"]
        assert sum(part[3] for part in deduction["parts"]) == sum(taken.values())
    assert set(zero_sums(world).values()) <= {0}


@LAW
@given(RECIPES, SALES)
def test_a_void_returns_exactly_what_was_taken(
    recipes: list[dict[str, Fraction]], sales: list[tuple[str, list[tuple[int, int]], bool]]
) -> None:
    """R10: voided by line in any order or as a whole, each holding is what it was before the sale."""
    world = opened(recipes)

    for number, (site, basket, by_line) in enumerate(sales):
        sold = [(f"P-{product % len(recipes)}", count) for product, count in basket]
        before = world.balances()
        if attempted(world, sold, site, f"t-{number}") is None:
            continue
        if by_line:
            for line in range(len(sold), 0, -1):
                void(world, f"t-{number}", line, site=site)
        else:
            void(world, f"t-{number}", site=site)
        assert world.balances() == before


@LAW
@given(RECIPES, SALES)
def test_no_sale_touches_another_site(
    recipes: list[dict[str, Fraction]], sales: list[tuple[str, list[tuple[int, int]], bool]]
) -> None:
    """R6: every movement and every part of a sale and of its void is of a holding of the sale's own site."""
    world = opened(recipes)

    for number, (site, basket, is_voided) in enumerate(sales):
        sold = [(f"P-{product % len(recipes)}", count) for product, count in basket]
        if attempted(world, sold, site, f"t-{number}") is not None and is_voided:
            void(world, f"t-{number}", site=site)
    for posting in world.journal:
        for change in posting.changes:
            if change.entity == "deduction":
                own = world.book.get(Deduction, change.entity_id).site_id
                touched = [movement.holding_id for movement in posting.movements]
                touched += [part[2] for part in change.after["parts"]]
                assert {world.book.holdings[holding_id].key.site_id for holding_id in touched} <= {own}
        if posting.kind in {"deduct", "void"}:
            ends = {(movement.source, movement.target) for movement in posting.movements}
            assert ends <= {(State.AVAILABLE, Outside.USED), (Outside.USED, State.AVAILABLE)}
