"""Lines as programs write them tell units, and are what mappings of the same fields are."""

from decimal import Decimal
from typing import Any

import pytest

import onhand
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.ledger.reading_lines import ITEM, SALE_LINE, SOLD, lines_of, read_line
from onhand.ledger.stock import Stock


@pytest.mark.parametrize("six", [6, "6", "6.0", Decimal(6)])
def test_a_line_of_six_is_six_units(six: Any) -> None:  # noqa: ANN401 - each is a quantity
    """`Line("A", 6)` is six units, not six millionths, however the six is written."""
    (line,) = lines_of([onhand.Line("A", six)])

    assert (line.sku, line.quantity) == ("A", 6 * SCALE)


def test_lines_are_read_as_mappings_of_the_same_fields() -> None:
    """Items, priced lines, sold products and lines with costs are read in units of what they count."""
    item = read_line(ITEM, onhand.ItemLine("A", price="2.50", vat_rate=20))
    sale = read_line(SALE_LINE, onhand.SaleLine("A", 2, price=3))
    sold = read_line(SOLD, onhand.Sold("BUN", "1.5"))
    (cost,) = lines_of([onhand.Line("A", 1, unit_cost="0.25", state="quarantine")])

    assert (item.price, item.vat_rate) == (2_500_000, 20 * SCALE)
    assert (sale.quantity, sale.price, sale.vat_rate) == (2 * SCALE, 3 * SCALE, None)
    assert (sold.product, sold.quantity, sold.name) == ("BUN", 1_500_000, None)
    assert cost == lines_of([{"sku": "A", "quantity": 1, "unit_cost": "0.25", "state": "quarantine"}])[0]


@pytest.mark.parametrize("bad", [1.5, True, "1e3", Decimal("0.0000001"), None])
def test_what_is_no_quantity_is_refused(bad: Any) -> None:  # noqa: ANN401 - none of them is a quantity
    """A float, a boolean, an exponent, a seventh decimal or nothing is refused, as in any other line."""
    with pytest.raises(Refused):
        lines_of([onhand.Line("A", bad)])


async def test_a_program_works_with_lines_alone(stock: Stock) -> None:
    """Goods come in, are sold and pieces are cut by lines of the package, in units."""
    await stock.define(sites=["london"], items=[onhand.ItemLine("PIPE"), onhand.ItemLine("A", price=2)], key="d")
    await stock.receive(site="london", lines=[onhand.Line("A", 600)], key="r")
    sale = await stock.sell(site="london", lines=[onhand.Line("A", 6)], key="s")
    made = onhand.Made("PIPE", "roll", 100, codes=["R-1"])
    await stock.pieces.produce(site="london", made=[made], key="p")
    await stock.pieces.cut([onhand.Cutting("R-1", [30, "20.5"])], key="c")

    assert sale.movements[0].quantity == 6 * SCALE
    assert [piece.size for piece in await stock.pieces.list("london", "PIPE", kind="cut")] == [Decimal("20.5"), 30]
    with pytest.raises(Refused, match="a cutting has no field 'width'"):
        await stock.pieces.cut([{"piece": "R-1", "width": 3}], key="c2")
