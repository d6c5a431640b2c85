"""Deducting and voiding: sales that consume ingredients."""

from datetime import timedelta
from fractions import Fraction

import pytest

from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.quantity import SCALE
from onhand.kernel.recipes.deduct import Deduct
from onhand.kernel.recipes.deducting import Sold
from onhand.kernel.recipes.deduction import Deduction
from onhand.kernel.recipes.define_recipe import Ingredient
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from tests.property.kitchen import croffles, deduct, define_recipe, kitchen, map_ingredients, order, void
from tests.property.world import START, World, lines

KG = SCALE


def cafe(flour: int = 10, butter: int = 10, box: int = 10) -> World:
    """Make a cafe that sells croffles."""
    world = kitchen(("FLOUR", flour), ("BUTTER", butter), ("BOX", box))
    croffles(world)
    return world


def deduction(world: World, transaction: str = "t-1", site: str = "london") -> Deduction:
    """Find what a transaction deducted."""
    found = world.book.names["deduction", world.book.site(site).id, transaction]
    assert isinstance(found, Deduction)
    return found


def taken(world: World, number: int = -1) -> dict[str, int]:
    """Sum what a posting took of each item."""
    sums: dict[str, int] = {}
    for movement in world.journal[number].movements:
        assert movement.target == Outside.USED
        sums[movement.place.sku] = sums.get(movement.place.sku, 0) + movement.quantity
    return sums


def test_a_sale_takes_its_ingredients() -> None:
    """R1: two croffles take flour, butter and two boxes; the answer says what was taken from where."""
    world = cafe()

    deduct(world, ("CROFFLE", 2), transaction="t-1")

    assert taken(world) == {"FLOUR": 2 * KG, "BUTTER": KG, "BOX": 2 * SCALE}
    assert {movement.place.site for movement in world.journal[-1].movements} == {"london"}
    found = deduction(world)
    assert [tuple(item) for item in found.items] == [("CROFFLE", "CROFFLE", 2 * SCALE, "deducted")]
    assert [(part.line, part.ingredient, part.quantity) for part in found.parts] == [
        (1, "Flour", 2 * KG),
        (1, "Butter", KG),
        (1, "Box", 2 * SCALE),
    ]


def test_all_shortages_are_told_in_their_wording() -> None:
    """R2: every shortage of every line is told together, as people read it, and nothing is taken."""
    world = kitchen(("FLOUR", 100), ("BUTTER", 3), ("BOX", 1))
    define_recipe(world, "CROFFLE", Ingredient("Butter", "1", "kg"), Ingredient("Box", "1"), name="Croffle")
    define_recipe(world, "CAKE", Ingredient("Flour", "0.5", "kg"), Ingredient("Box", "1"), name="Cake")
    map_ingredients(world, ("Flour", "kg", "FLOUR"), ("Butter", "kg", "BUTTER"), ("Box", "piece", "BOX"))
    before = world.snapshot()

    refused = world.refusal(order(("CROFFLE", 5), "CAKE", transaction="t-1"))

    assert refused.code == "INSUFFICIENT_INGREDIENTS"
    assert refused.facts["errors"] == [
        "Croffle - Butter: Need 5, Have 3 (Short: 2)",
        "Croffle - Box: Need 5, Have 1 (Short: 4)",
        "Cake - Box: Need 1, Have 0 (Short: 1)",
    ]
    assert world.snapshot() == before


def test_the_name_on_the_receipt_is_told() -> None:
    """R1, R2: the name of an item as the receipt has it stands in the answer."""
    world = cafe(butter=3)
    items = (Sold("CROFFLE", 8 * SCALE, "Croffle"),)

    refused = world.refusal(Deduct(key="k", site="london", transaction="t-1", items=items))

    assert refused.facts["errors"] == ["Croffle - Butter: Need 4, Have 3 (Short: 1)"]


def test_products_that_share_an_ingredient_are_summed() -> None:
    """R3: two products that each alone would fit are refused together; the first is served, the second is short."""
    world = kitchen(("BUTTER", 3))
    for product in ("CAKE", "CROFFLE"):
        define_recipe(world, product, Ingredient("Butter", "2", "kg"))
    map_ingredients(world, ("Butter", "kg", "BUTTER"))

    refused = world.refusal(order("CAKE", "CROFFLE", transaction="t-1"))
    assert refused.facts["errors"] == ["CROFFLE - Butter: Need 2, Have 1 (Short: 1)"]
    deduct(world, "CAKE")

    assert world.balance("BUTTER") == KG


def test_a_transaction_is_deducted_once() -> None:
    """R4: under its key it is answered from the journal, with other content or under another key it is refused."""
    world = cafe()
    first = deduct(world, "CROFFLE", transaction="t-1")

    again = deduct(world, "CROFFLE", transaction="t-1")
    other = world.refusal(order(("CROFFLE", 2), transaction="t-1"))
    twice = world.refusal(order("CROFFLE", transaction="t-1", key="another"))

    assert (again.number, again.replayed, again.movements) == (first.number, True, first.movements)
    assert (other.code, twice.code) == ("IDEMPOTENCY_KEY_REUSED", "TRANSACTION_EXISTS")
    assert world.balance("BOX") == 9 * SCALE


def test_sites_are_isolated() -> None:
    """R6: goods, mappings and transactions of another site are of no use to a sale, whatever is sent."""
    world = cafe(butter=0 + 1)
    world.execute(Receive(key="leeds", site="leeds", lines=lines(("FLOUR", 9), ("BUTTER", 9), ("BOX", 9))))
    there = world.balances()

    assert world.refusal(order("CROFFLE", transaction="t-1", site="leeds")).code == "MAPPING_MISSING"
    assert world.refusal(order(("CROFFLE", 3), transaction="t-2")).code == "INSUFFICIENT_INGREDIENTS"
    deduct(world, "CROFFLE", transaction="t-3")
    slice_of_leeds = world.execute(Reserve(key="r", site="leeds", lines=lines(("BUTTER", 5)))).made("reservation")
    refused = world.refusal(order("CROFFLE", transaction="t-4", slice=slice_of_leeds))

    assert refused.code == "RESERVATION_NOT_FOUND"
    with pytest.raises(Refused, match="no transaction t-3 at leeds"):
        void(world, "t-3", site="leeds")
    assert {place: state for place, state in world.balances().items() if "leeds" in str(place)} == {
        place: (state[0] - 5 * KG, 5 * KG, *state[2:]) if "BUTTER" in str(place) else state
        for place, state in there.items()
        if "leeds" in str(place)
    }


def test_a_bottle_is_mapped_with_its_factor() -> None:
    """R7: a bottle of 70 cl is not in the table of units, so the mapping says what a centilitre of it is."""
    world = kitchen(("GIN", 1))
    define_recipe(world, "MARTINI", Ingredient("Gin", "6", "cl"))
    map_ingredients(world, ("Gin", "cl", "GIN", "1/70"))

    deduct(world, "MARTINI")

    assert taken(world) == {"GIN": 85_714}
    evidence = [change.after for change in world.journal[-1].changes if change.entity == "evidence"]
    assert evidence == [{"exact": "600000/7", "taken": 85_714}]


def test_what_is_needed_of_an_item_is_rounded_once() -> None:
    """R7: three lines of a third each take exactly one, though each alone is no whole number of millionths."""
    world = kitchen(("BUTTER", 1))
    define_recipe(world, "CAKE", Ingredient("Butter", "1/3", "kg"))
    map_ingredients(world, ("Butter", "kg", "BUTTER"))

    deduct(world, "CAKE", "CAKE", "CAKE", transaction="t-1")

    assert taken(world) == {"BUTTER": KG}
    assert [part.quantity for part in deduction(world).parts] == [333_333, 333_334, 333_333]
    assert not [change for change in world.journal[-1].changes if change.entity == "evidence"]


def test_an_ingredient_has_a_mapping_for_each_unit() -> None:
    """R7: the same ingredient in another unit needs a mapping of its own; mapping it anew changes the one there is."""
    world = cafe()
    define_recipe(world, "TOAST", Ingredient("Butter", "20", "g"))

    assert world.refusal(order("TOAST", transaction="t-1")).facts == {"site": "london", "missing": ["Butter (g)"]}
    map_ingredients(world, ("Butter", "g", "BUTTER"))
    deduct(world, "TOAST")
    map_ingredients(world, ("Butter", "g", "MARGARINE"))
    assert world.refusal(order("TOAST", transaction="t-2")).facts["errors"] == [
        "TOAST - Butter: Need 0.02, Have 0 (Short: 0.02)"
    ]
    same = map_ingredients(world, ("Butter", "g", "MARGARINE"))
    map_ingredients(world, ("Butter", "g", None))

    assert same.changes == ()
    assert world.refusal(order("TOAST", transaction="t-3")).code == "MAPPING_MISSING"
    with pytest.raises(Refused, match="no item for Butter"):
        map_ingredients(world, ("Butter", "g", None))


def test_what_cannot_be_deducted_is_named() -> None:
    """R8: products without recipe and ingredients without mapping are all named, with the site."""
    world = kitchen(("FLOUR", 1))
    define_recipe(
        world, "CAKE", Ingredient("Flour", "1", "kg"), Ingredient("Butter", "1", "kg"), Ingredient("Egg", "2")
    )
    map_ingredients(world, ("Flour", "kg", "FLOUR"))

    assert world.refusal(order("TEA", transaction="t-1")).facts == {"product": "TEA"}
    assert world.refusal(order("CAKE", transaction="t-1")).facts == {
        "site": "london",
        "missing": ["Butter (kg)", "Egg (piece)"],
    }
    define_recipe(world, "TEA", Ingredient("LEAVES", "1", is_product=False), valid_from=START + timedelta(days=1))
    assert world.refusal(order("TEA", transaction="t-1")).facts == {"products": ["TEA"]}
    with pytest.raises(Refused, match="has no ingredients"):
        define_recipe(world, "AIR")


def test_a_cycle_is_refused() -> None:
    """R8: a product that would need itself, by way of others, is refused with the way; at another time it may."""
    world = kitchen()
    define_recipe(world, "A-MIX", Ingredient("Flour", "1", "kg"))
    define_recipe(world, "B-MIX", Ingredient("A-MIX", "1", is_product=True))
    define_recipe(world, "C-MIX", Ingredient("B-MIX", "1", is_product=True))
    before = world.snapshot()

    with pytest.raises(Refused) as caught:
        define_recipe(world, "A-MIX", Ingredient("C-MIX", "1", is_product=True))

    assert caught.value.facts == {"product": "A-MIX", "path": "A-MIX > C-MIX > B-MIX > A-MIX"}
    assert world.snapshot() == before
    later = START + timedelta(days=30)
    define_recipe(world, "B-MIX", Ingredient("Flour", "1", "kg"), valid_from=later)
    define_recipe(world, "A-MIX", Ingredient("B-MIX", "1", is_product=True), valid_from=later)
    with pytest.raises(Refused, match="would need itself"):
        define_recipe(world, "B-MIX", Ingredient("C-MIX", "1", is_product=True), valid_from=later + timedelta(days=1))


def test_sub_recipes_yield_and_waste() -> None:
    """R9: 150 g of a dough that gives 750 g of 500 g flour and 1/4 kg butter, 20 % of the flour being lost."""
    world = cafe()
    define_recipe(
        world,
        "DOUGH",
        Ingredient("Flour", "0.5", "kg", waste="20"),
        Ingredient("Butter", "1/4", "kg"),
        makes="750",
        unit="g",
    )
    define_recipe(world, "BUN", Ingredient("DOUGH", "0.15", "kg", is_product=True), Ingredient("Box", "1"))

    deduct(world, ("BUN", 2))

    exact = Fraction(2 * 150, 750)
    assert taken(world) == {
        "FLOUR": exact * KG / 2 * 100 / 80,
        "BUTTER": exact * KG / 4,
        "BOX": 2 * SCALE,
    }


def test_the_parts_of_a_product_have_to_fit() -> None:
    """R9, R8: a sub-recipe without a version, or in a unit that it does not give, is refused by name."""
    world = cafe()
    define_recipe(world, "DOUGH", Ingredient("Flour", "1", "kg"), makes="1", unit="kg", valid_from=START)
    define_recipe(world, "BUN", Ingredient("DOUGH", "1", "piece", is_product=True))

    refused = world.refusal(order("BUN", transaction="t-1"))
    assert (refused.code, refused.facts) == ("UNIT_NOT_CONVERTIBLE", {"unit": "piece", "measure": "kg"})
    early = order("BUN", transaction="t-1", occurred_at=START - timedelta(days=1))
    assert world.refusal(early).facts == {"products": ["DOUGH"]}
    with pytest.raises(Refused, match="no product SAUCE"):
        define_recipe(world, "BUN", Ingredient("SAUCE", "1", is_product=True))


def test_the_version_in_force_when_it_was_sold() -> None:
    """R9: a sale is deducted by the version of its moment, on the day of the change and long after it."""
    world = cafe()
    change = START + timedelta(days=1)
    define_recipe(world, "CROFFLE", Ingredient("Butter", "1", "kg"), valid_from=change)

    world.pass_time(10 * 86_400)
    deduct(world, "CROFFLE", occurred_at=change - timedelta(microseconds=1))
    old = taken(world)
    deduct(world, "CROFFLE", occurred_at=change)
    new = taken(world)
    deduct(world, "CROFFLE")

    assert old == {"FLOUR": KG, "BUTTER": KG // 2, "BOX": SCALE}
    assert new == taken(world) == {"BUTTER": KG}


def test_the_same_recipe_again_is_no_version() -> None:
    """R9: what is in force already makes nothing new; another recipe of the same moment takes its place."""
    world = cafe()
    same = (Ingredient("Flour", "1", "kg"), Ingredient("Butter", "1/2", "kg"), Ingredient("Box", "1"))

    assert define_recipe(world, "CROFFLE", *same).changes == ()
    define_recipe(world, "CROFFLE", Ingredient("Butter", "1", "kg"), valid_from=START)
    define_recipe(world, "CROFFLE", Ingredient("Butter", "2", "kg"), valid_from=START)
    assert define_recipe(world, "CROFFLE", Ingredient("Butter", "2", "kg"), valid_from=START).changes == ()
    deduct(world, "CROFFLE")

    assert taken(world) == {"BUTTER": 2 * KG}


def test_substitutes_in_order() -> None:
    """R9: where butter runs out the first substitute that has enough serves the line, in its own amount."""
    world = kitchen(("BUTTER", 2), ("MARGARINE", 5), ("FLOUR", 9))
    spare = (Ingredient("Margarine", "1.5", "kg"), Ingredient("Flour", "1", "kg"))
    define_recipe(world, "CAKE", Ingredient("Butter", "1", "kg", substitutes=spare))
    define_recipe(world, "TOAST", Ingredient("Butter", "1", "kg"))
    map_ingredients(world, ("Butter", "kg", "BUTTER"), ("Margarine", "kg", "MARGARINE"))

    deduct(world, ("CAKE", 2), "TOAST")
    assert taken(world) == {"MARGARINE": 3 * KG, "BUTTER": KG}
    assert world.refusal(order(("CAKE", 2), transaction="t")).facts["errors"] == [
        "CAKE - Butter: Need 2, Have 1 (Short: 1)"
    ]
    map_ingredients(world, ("Flour", "kg", "FLOUR"))
    deduct(world, ("CAKE", 2))

    assert taken(world) == {"FLOUR": 2 * KG}


def test_a_void_puts_back_exactly_what_was_taken() -> None:
    """R10: every gram goes back to the holding that it came from, once, with the reason in the journal."""
    world = cafe()
    world.execute(Receive(key="lot", site="london", lines=lines(("BUTTER", 1, "L"))))
    before = world.balances()
    deduct(world, ("CROFFLE", 4), transaction="t-1")

    posting = void(world, "t-1", reason="sent back")

    assert world.balances() == before
    assert (posting.reason, deduction(world).status) == ("sent back", "voided")
    with pytest.raises(Refused, match="voided already"):
        void(world, "t-1")
    with pytest.raises(Refused, match="reason is required"):
        void(world, "t-1", reason=None)
    assert world.balances() == before


def test_a_void_by_line() -> None:
    """R10: each line of a receipt is voided once; the last one voids the whole, and lines that are not there do not."""
    world = cafe()
    before = world.balances()
    deduct(world, "CROFFLE", ("CROFFLE", 2), transaction="t-1")

    void(world, "t-1", 2)
    assert (deduction(world).status, world.balance("BOX")) == ("partly_voided", 9 * SCALE)
    for lines_told, words in (
        ((2,), "voided already"),
        ((1, 2), "voided already"),
        ((3,), "no line 3"),
        ((1, 1), "twice"),
    ):
        with pytest.raises(Refused, match=words):
            void(world, "t-1", *lines_told)
    void(world, "t-1")

    assert (deduction(world).status, world.balances()) == ("voided", before)


def test_a_reverted_sale_is_voided_and_a_reverted_void_stands_again() -> None:
    """R10: undoing the posting of a sale is a void as well, so the goods never come back twice."""
    world = cafe()
    sale = deduct(world, "CROFFLE", transaction="t-1")
    gone = void(world, "t-1")

    assert world.refusal(Revert(key="r-1", number=sale.number)).code == "REVERT_BLOCKED"
    world.execute(Revert(key="r-2", number=gone.number))
    assert (deduction(world).status, world.balance("BOX")) == ("deducted", 9 * SCALE)
    world.execute(Revert(key="r-3", number=sale.number))

    assert (deduction(world).status, world.balance("BOX")) == ("voided", 10 * SCALE)
    with pytest.raises(Refused, match="voided already"):
        void(world, "t-1")


def test_negative_stock_by_policy_raises_an_alert() -> None:
    """R11: nothing falls below zero unless it may, not below its limit, and then the posting carries an alert."""
    world = cafe(butter=0 + 1)
    assert world.refusal(order(("CROFFLE", 4), transaction="t-1")).code == "INSUFFICIENT_INGREDIENTS"
    world.execute(AllowNegative(key="policy", site="london", lines=lines(("BUTTER", 1))))

    posting = deduct(world, ("CROFFLE", 4))

    alerts = [(change.action, change.after) for change in posting.changes if change.entity == "evidence"]
    assert alerts == [("below_zero", {"available": -KG, "floor": -KG})]
    assert world.refusal(order(("CROFFLE", 1), transaction="t-2")).facts["errors"] == [
        "CROFFLE - Butter: Need 0.5, Have 0 (Short: 0.5)"
    ]


def test_a_slice_is_used_first() -> None:
    """R16: what was lent to a till serves its sales, then the open stock; nobody else can take it meanwhile."""
    world = cafe(butter=3)
    lent = world.execute(
        Reserve(
            key="lend", site="london", lines=lines(("BUTTER", 2), ("BOX", 4)), document_type="till", document_id="7"
        )
    ).made("reservation")

    assert world.refusal(order(("CROFFLE", 4), transaction="t-0")).code == "INSUFFICIENT_INGREDIENTS"
    deduct(world, ("CROFFLE", 3), transaction="t-1", slice=lent)

    sources = {(movement.place.sku, movement.source): movement.quantity for movement in world.journal[-1].movements}
    assert sources == {
        ("FLOUR", State.AVAILABLE): 3 * KG,
        ("BUTTER", State.RESERVED): 3 * KG // 2,
        ("BOX", State.RESERVED): 3 * SCALE,
    }
    assert world.book.reservation(lent).status == "active"
    deduct(world, ("CROFFLE", 2), transaction="t-2", slice=lent)
    assert (world.book.reservation(lent).status, world.balance("BUTTER")) == ("committed", KG // 2)
    deduct(world, "CROFFLE", transaction="t-3", slice=lent)
    void(world, "t-2")
    assert world.balance("BUTTER") == KG


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"items": ()}, "INVALID_COMMAND"),
        ({"items": (Sold("P", 0),)}, "NEGATIVE_QUANTITY"),
        ({"items": (Sold("P", -1),)}, "NEGATIVE_QUANTITY"),
        ({"items": (Sold("P", 2**63),)}, "QUANTITY_TOO_LARGE"),
        ({"items": (Sold("P", 1.5),)}, "INVALID_QUANTITY"),  # type: ignore[arg-type]  # that is the test
        ({"items": (Sold("", 1),)}, "INVALID_TEXT"),
        ({"items": (Sold("P", 1, "\n"),)}, "INVALID_TEXT"),
        ({"transaction": " "}, "INVALID_TEXT"),
        ({"slice": 0}, "INVALID_COMMAND"),
    ],
)
def test_odd_sales_are_refused(told: dict[str, object], code: str) -> None:
    """R1: what is not well formed is refused before anything is looked up."""
    fields = {"key": "k", "site": "london", "transaction": "t", "items": (Sold("P", 1),), **told}

    with pytest.raises(Refused) as caught:
        Deduct(**fields)  # type: ignore[arg-type]  # that is the test

    assert caught.value.code == code


@pytest.mark.parametrize(
    "part",
    [
        Ingredient("", "1"),
        Ingredient("Flour", "0"),
        Ingredient("Flour", "1", ""),
        Ingredient("Flour", "1", waste="100"),
        Ingredient("Flour", "1", waste="-1"),
        Ingredient("Flour", "1", waste="0.00001"),
        Ingredient("Flour", "1", is_product=True, substitutes=(Ingredient("Rye", "1"),)),
        Ingredient("Flour", "1", substitutes=(Ingredient("Rye", "1", is_product=True),)),
        Ingredient("Flour", "1", substitutes=(Ingredient("Rye", "1", substitutes=(Ingredient("Oat", "1"),)),)),
    ],
)
def test_odd_ingredients_are_refused(part: Ingredient) -> None:
    """R9: amounts above zero, waste below all of it, and substitutes that are plain ingredients."""
    with pytest.raises(Refused):
        define_recipe(kitchen(), "CAKE", part)
