"""Costs of lots: set, corrected, fixed in their mode once sold from; on hand stays above what is promised."""

from decimal import Decimal

import pytest

from onhand.kernel.refusals import Refused
from onhand.ledger.stock import Stock

RANGE = {"cost_mode": "RANGE", "cost_min": "1", "cost_max": "2.50"}


@pytest.fixture
async def lot(stock: Stock) -> Stock:
    """A ledger with ten of A in lot L, at a fixed cost."""
    await stock.define(sites=["london"], items=["A"], key="define")
    told = {"vendor": "V", "brand": "B", "product": "P", "category": "C", "site": "london", "sku": "A", "lot": "L"}
    await stock.lots.take_in(**told, quantity=10, cost_mode="FIXED", unit_cost="4.50", key="in")  # type: ignore[arg-type]  # all are text
    return stock


async def test_the_mode_is_fixed_once_sold_from(lot: Stock) -> None:
    """L9: the cost mode changes freely before the first sale and never after it; amounts within it can be corrected."""
    await lot.lots.set_costs(sku="A", lot="L", **RANGE, reason="estimate", key="c1")  # type: ignore[arg-type]  # all are text
    await lot.lots.set_costs(sku="A", lot="L", cost_mode="FIXED", unit_cost="5", reason="invoice", key="c2")
    sale = await lot.sell(site="london", lines=[("A", 1)], key="s")

    with pytest.raises(Refused) as refused:
        await lot.lots.set_costs(sku="A", lot="L", **RANGE, reason="again", key="c3")  # type: ignore[arg-type]  # all are text
    await lot.lots.set_costs(sku="A", lot="L", cost_mode="FIXED", unit_cost="5.25", reason="freight", key="c4")

    assert refused.value.code == "COST_MODE_FIXED"
    assert refused.value.facts["number"] == sale.number
    assert (await lot.lots.get("A", "L")).unit_cost == Decimal("5.25")


async def test_an_undone_sale_does_not_fix_it(lot: Stock) -> None:
    """L9, P8: once every sale of a lot is undone, its cost mode may change again."""
    sale = await lot.sell(site="london", lines=[("A", 1)], key="s")
    await lot.move(site="london", lines=[("A", 1)], target="hold", reason="checked", key="m")
    await lot.revert(number=sale.number, reason="voided", key="u")

    await lot.lots.set_costs(sku="A", lot="L", **RANGE, reason="estimate", key="c")  # type: ignore[arg-type]  # all are text

    assert (await lot.lots.get("A", "L")).cost_mode == "RANGE"
    assert (await lot.verify()).ok


async def test_on_hand_stays_above_what_is_promised(lot: Stock) -> None:
    """L9: neither a count nor a correction brings on hand below what is reserved, held or in quarantine."""
    await lot.reserve(site="london", lines=[("A", 2)], key="r")
    for state in ("hold", "quarantine"):
        await lot.move(site="london", lines=[("A", 2)], target=state, reason="checked", key=state)

    for number, counted in enumerate((5, 0)):
        with pytest.raises(Refused, match="Less was counted than is promised"):
            await lot.count(site="london", lines=[("A", counted, "L")], key=f"count {number}")
    with pytest.raises(Refused, match="Not enough stock"):
        await lot.adjust(site="london", lines=[("A", -5, "L")], reason="fire", key="a")
    await lot.count(site="london", lines=[("A", 6, "L")], key="count")

    assert (await lot.lots.get("A", "L")).balances.on_hand == 6
