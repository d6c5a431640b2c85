"""Intake: what is found and what is made, and each limit of what may be told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from onhand.kernel.command import LINES_MAX
from onhand.kernel.lots.cost_steps import COST_STEP, parse_cost
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.recall_lot import RecallLot
from onhand.kernel.lots.take_in import PAYMENT_TERMS, TakeIn, key_of
from onhand.kernel.lots.take_in_lots import TakeInLots
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import QUANTITY_MAX, SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from tests.property.world import World, furnished, lines

TOLD: Mapping[str, Any] = {
    "vendor": "Acme Farms",
    "brand": "Green Leaf",
    "product": "Blue Dream 3.5g",
    "category": "flower",
    "quantity": 10 * SCALE,
    "site": "london",
}
SKU = "GREENLEAF-BLUEDREAM35G-20260131-0001"


def intake(**told: object) -> TakeIn:
    """Make an intake that is well formed but for what is told."""
    return TakeIn(**{"key": "k", **TOLD, **told})


def take_in(world: World, **told: object) -> Posting:
    """Execute an intake under a key of its own."""
    return world.execute(intake(key=f"intake-{len(world.journal)}", **told))


def made(posting: Posting) -> list[str]:
    """List what a posting made known."""
    return [change.entity for change in posting.changes if change.action == "created"]


def test_everything_is_made_at_first() -> None:
    """L5: the first intake makes vendor, brand, product, item, location and lot, opens the holding and receives."""
    world = furnished()

    posting = take_in(world, zone="A", rack="3", bin="7", grade="AA", expires_on=date(2026, 6, 1))

    assert made(posting) == ["vendor", "brand", "product", "item", "listing", "location", "lot"]
    (movement,) = posting.movements
    assert movement.place == ("london", SKU, "A/3//7", "LOT-20260131-001", None)
    assert [change.after["batch"] for change in posting.changes if change.action == "batch"] == [
        "BCH-LOT-20260131-001-000001"
    ]
    lot = world.book.entities["lot", posting.made("lot")]
    assert isinstance(lot, Lot)
    assert (lot.status, lot.grade, lot.category, lot.label) == (
        "LIVE",
        "AA",
        "flower",
        "Acme Farms Green Leaf Blue Dream 3.5g",
    )


def test_what_is_known_is_found() -> None:
    """L5: a second intake of the same goods makes a lot and nothing else, and books it under the same item."""
    world = furnished()
    take_in(world, zone="A")

    again = take_in(world, zone="A", status="AWAITING_INTAKE")

    assert made(again) == ["lot"]
    assert again.movements[0].place[:4] == ("london", SKU, "A", "LOT-20260131-002")


def test_a_lot_is_found_by_its_code() -> None:
    """L5: a lot that is named is made at first and found later; then what is told of it must agree."""
    world = furnished()
    take_in(world, lot="B-77", grade="A")

    again = take_in(world, lot="B-77")
    refused = world.refusal(intake(key="other", lot="B-77", grade="B"))

    assert made(again) == []
    assert world.balance(SKU, lot="B-77") == 20 * SCALE
    assert (refused.code, refused.facts) == ("INTAKE_CONTRADICTS", {"field": "grade", "known": "A", "told": "B"})


def test_a_product_can_be_booked_under_an_item_that_is_there() -> None:
    """L5: an intake that names a sku books brand and product under it, for ever."""
    world = furnished()

    first, second = take_in(world, sku="A"), take_in(world)
    refused = world.refusal(intake(key="other", sku="B"))

    assert made(first) == ["vendor", "brand", "listing", "lot"]
    assert (made(second), second.movements[0].place.sku) == (["lot"], "A")
    assert refused.facts == {"field": "sku", "known": "A", "told": "B"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"site": "paris"}, "UNKNOWN_SITE"),
        ({"sku": "nothing"}, "UNKNOWN_ITEM"),
        ({"lot": "LOT-20260131-009"}, "INVALID_TEXT"),
    ],
)
def test_what_must_be_there_is_missed(told: Mapping[str, object], code: str) -> None:
    """L5: sites and named items have to be known, and no code is made up that the ledger gives out; nothing is left."""
    world = furnished()
    before = world.snapshot()

    assert world.refusal(intake(**told)).code == code
    assert world.snapshot() == before


def test_a_refused_intake_leaves_no_gap() -> None:
    """L4: an intake that is refused late gives its codes back."""
    world = furnished()
    world.refusal(intake(key="1", lot="LOT-20260131-009"))

    posting = take_in(world)

    assert posting.movements[0].place[1:4] == (SKU, None, "LOT-20260131-001")


def test_undoing_an_intake_takes_the_goods_out() -> None:
    """L5, P8: undoing an intake takes its goods out; what it made known stays, and the next one finds it."""
    world = furnished()
    posting = take_in(world, zone="A")

    world.execute(Revert(key="u", number=posting.number))
    again = take_in(world, zone="A")

    assert world.balance(SKU) == 10 * SCALE
    assert made(again) == ["lot"]


def test_an_intake_that_was_sold_from_is_not_undone() -> None:
    """L5, P8: once something was sold, undoing the intake names the sale that stands in the way."""
    world = furnished()
    posting = take_in(world)
    sale = world.execute(Sell(key="s", site="london", lines=lines((SKU, 1))))

    refused = world.refusal(Revert(key="u", number=posting.number))

    assert refused.code == "REVERT_BLOCKED"
    assert isinstance(refused.facts["blockers"], list)
    assert [blocker["posting"] for blocker in refused.facts["blockers"]] == [sale.number]


def test_what_is_awaited_is_not_sold_but_recalled() -> None:
    """L16, B22: an intake may begin as AWAITING_INTAKE; it can be recalled by the code that it was given."""
    world = furnished()
    take_in(world, status="AWAITING_INTAKE")

    assert world.refusal(Sell(key="s", site="london", lines=lines((SKU, 1)))).code == "INSUFFICIENT_INVENTORY"
    world.execute(RecallLot(key="r", sku=SKU, lot="LOT-20260131-001", reason="mould"))


# ---- limits: one below, at, and one above

_TEXT_LIMITS = {
    "vendor": (1, 255),
    "brand": (1, 255),
    "product": (1, 500),
    "category": (1, 100),
    "site": (1, 100),
    "subcategory": (1, 100),
    "grade": (1, 10),
    "zone": (1, 50),
    "rack": (1, 50),
    "shelf": (1, 50),
    "bin": (1, 50),
}


@pytest.mark.parametrize("field", _TEXT_LIMITS)
def test_each_text_has_its_length(field: str) -> None:
    """L8: each text is taken at one below its limit and at the limit, and refused above; empty text is refused."""
    least, most = _TEXT_LIMITS[field]

    for length in (least, least + 1, most - 1, most):
        assert getattr(intake(**{field: "x" * length}), field) == "x" * length
    for length in (least - 1, most + 1):
        with pytest.raises(Refused, match=f"{field} is not acceptable text"):
            intake(**{field: "x" * length})


@pytest.mark.parametrize("field", _TEXT_LIMITS)
@pytest.mark.parametrize("text", [" x", "x ", "\t", " ", "a\nb", "a\x00b", 7, b"x"])
def test_each_text_is_trimmed_and_visible(field: str, text: object) -> None:
    """L8: text that is not trimmed, not visible or no text is refused with its field."""
    with pytest.raises(Refused) as refused:
        intake(**{field: text})

    assert (refused.value.code, refused.value.facts["field"]) == ("INVALID_TEXT", field)


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        (-1, "NEGATIVE_QUANTITY"),
        (0, "NEGATIVE_QUANTITY"),
        (1, None),
        (QUANTITY_MAX - 1, None),
        (QUANTITY_MAX, None),
        (QUANTITY_MAX + 1, "QUANTITY_TOO_LARGE"),
        (1.0, "INVALID_QUANTITY"),
        (float("inf"), "INVALID_QUANTITY"),
        (float("nan"), "INVALID_QUANTITY"),
        (True, "INVALID_QUANTITY"),
        ("1", "INVALID_QUANTITY"),
    ],
)
def test_the_quantity_is_above_zero_and_finite(quantity: object, code: str | None) -> None:
    """L8: a quantity is an exact number above zero that the ledger can hold."""
    if code is None:
        assert intake(quantity=quantity).quantity == quantity
        return
    with pytest.raises(Refused) as refused:
        intake(quantity=quantity)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("strain", "fits"),
    [(None, True), (-1, False), (0, False), (1, True), (2**63 - 1, True), (2**63, False), (1.0, False), (True, False)],
)
def test_the_strain_is_a_positive_integer_or_nothing(strain: object, fits: object) -> None:
    """L8: a strain id is a whole number from one, or null."""
    if fits:
        assert intake(strain_id=strain).strain_id == strain
        return
    with pytest.raises(Refused, match="strain_id is not a whole number from 1"):
        intake(strain_id=strain)


COST = 2 * SCALE


@pytest.mark.parametrize(
    ("costs", "field"),
    [
        ({}, None),
        ({"cost_mode": "FIXED", "unit_cost": COST}, None),
        ({"cost_mode": "FIXED", "unit_cost": 0}, None),
        ({"cost_mode": "FIXED", "unit_cost": -COST_STEP}, "unit_cost"),
        ({"cost_mode": "FIXED", "unit_cost": COST_STEP - 1}, "unit_cost"),
        ({"cost_mode": "FIXED", "unit_cost": COST_STEP}, None),
        ({"cost_mode": "FIXED", "unit_cost": COST_STEP + 1}, "unit_cost"),
        ({"cost_mode": "FIXED", "unit_cost": QUANTITY_MAX - COST_STEP}, None),
        ({"cost_mode": "FIXED", "unit_cost": QUANTITY_MAX}, None),
        ({"cost_mode": "FIXED", "unit_cost": QUANTITY_MAX + COST_STEP}, "unit_cost"),
        ({"cost_mode": "FIXED"}, "unit_cost"),
        ({"cost_mode": "FIXED", "unit_cost": COST, "cost_min": COST}, "cost_min"),
        ({"cost_mode": "RANGE", "cost_min": COST, "cost_max": COST + COST_STEP}, None),
        ({"cost_mode": "RANGE", "cost_min": COST, "cost_max": COST}, "cost_min"),
        ({"cost_mode": "RANGE", "cost_min": COST + COST_STEP, "cost_max": COST}, "cost_min"),
        ({"cost_mode": "RANGE", "cost_min": COST}, "cost_max"),
        ({"cost_mode": "RANGE", "cost_max": COST}, "cost_min"),
        ({"cost_mode": "RANGE", "unit_cost": COST, "cost_min": 0, "cost_max": COST}, "unit_cost"),
        ({"unit_cost": COST}, "unit_cost"),
        ({"cost_mode": "fixed", "unit_cost": COST}, "cost_mode"),
        ({"cost_mode": "FIXED", "unit_cost": 2.5}, "unit_cost"),
    ],
)
def test_costs_fit_their_mode(costs: Mapping[str, object], field: str | None) -> None:
    """L8: FIXED needs a unit cost, RANGE a least below a greatest, and each has at most two decimals."""
    if field is None:
        assert intake(**costs).cost_mode == costs.get("cost_mode")
        return
    with pytest.raises(Refused) as refused:
        intake(**costs)
    assert (refused.value.code, refused.value.facts["field"]) == ("INVALID_COST", field)


@pytest.mark.parametrize(
    ("text", "cost"),
    [("0", 0), ("0.01", COST_STEP), ("2", COST), (2, COST), ("2.5", COST + SCALE // 2), ("2.50", COST + SCALE // 2)],
)
def test_a_cost_is_read_exactly(text: object, cost: int) -> None:
    """L8: costs are plain decimals with none, one or two decimals."""
    assert parse_cost(text, "unit_cost") == cost


@pytest.mark.parametrize("text", ["", "-1", "1.005", "1,5", "1e3", "01", ".5", "NaN", 2.5, None, True, "9" * 14, " 1"])
def test_what_is_no_cost_is_refused(text: object) -> None:
    """L8: three decimals, signs, floats and other spellings are refused."""
    with pytest.raises(Refused, match="is no amount with at most two decimals"):
        parse_cost(text, "unit_cost")


@pytest.mark.parametrize("terms", [None, *PAYMENT_TERMS])
def test_payment_terms_are_known(terms: str | None) -> None:
    """L8: payment terms are COD, NET_7, NET_15, NET_30, CONSIGNMENT or PARTIAL."""
    assert intake(payment_terms=terms).payment_terms == terms
    with pytest.raises(Refused, match="payment_terms is one of COD, NET_7"):
        intake(payment_terms=f"{terms}_")


@pytest.mark.parametrize(
    ("name", "key"),
    [("Green Leaf", "GREENLEAF"), ("Cr\u00e8me 3.5g", "CREME35G"), ("\u8336", "X"), ("a" * 30, "A" * 24)],
)
def test_the_key_of_a_name(name: str, key: str) -> None:
    """L4: the parts of a sku are the letters and digits of brand and product."""
    assert key_of(name) == key


def test_a_location_has_at_most_four_full_parts() -> None:
    """L8, L19: zone, rack, shelf and bin at their limits make a location that can be named afterwards."""
    world = furnished()
    posting = take_in(world, **{part: part[0] * 50 for part in ("zone", "rack", "shelf", "bin")})
    code = posting.movements[0].place.location
    assert code is not None

    world.execute(Sell(key="s", site="london", lines=lines((SKU, 1, None, code))))

    assert len(code) == 203
    with pytest.raises(Refused, match="it holds a slash"):
        intake(zone="A/B")


def test_many_lots_come_in_at_once_or_none() -> None:
    """L5, B24: a file of intakes is one act: what one makes known the next finds; a wrong one leaves none of them."""
    world = furnished()
    several = tuple(intake(key=f"{number}", lot=f"L-{number}") for number in range(3))

    posting = world.execute(TakeInLots(key="file", intakes=several))
    with pytest.raises(Refused, match="rome"):
        world.execute(TakeInLots(key="again", intakes=(intake(lot="L-9", vendor="New"), intake(site="rome"))))

    assert made(posting).count("lot") == 3
    assert made(posting).count("vendor") == 1
    assert not [entity for entity in world.book.entities.values() if getattr(entity, "name", "") == "New"]


@pytest.mark.parametrize(
    ("intakes", "code"),
    [((), "INVALID_COMMAND"), (("lot",), "INVALID_COMMAND"), ((intake(),) * (LINES_MAX + 1), "TOO_MANY_LINES")],
    ids=["nothing", "no intake", "too many"],
)
def test_intakes_that_are_no_file(intakes: Any, code: str) -> None:  # noqa: ANN401 - also what is none
    """B24: nothing, what is no intake, and more than a command may hold are refused."""
    with pytest.raises(Refused) as refused:
        TakeInLots(key="k", intakes=intakes)

    assert refused.value.code == code
