"""The race for the last units."""

import pytest

from onhand.cli.running.contest import Heat, Score
from onhand.cli.running.race import _answer, _judge, _total
from onhand.ledger.stock import Stock
from tests.cli.command_line import CommandLine


def test_the_last_units_are_sold_once(cli: CommandLine) -> None:
    """B1, L3: 64 clients in 2 real processes race for the last 50 units; 50 are sold, all are refused then, drift 0."""
    result = cli.done("race", "--clients", "64", "--processes", "2", "--units", "50")

    assert {name: result[name] for name in ("clients", "processes", "units", "rounds")} == {
        "clients": 64,
        "processes": 2,
        "units": 50,
        "rounds": 1,
    }
    assert (result["sold"], result["refused"], result["left"], result["drift"]) == (50, 64, "0", "0")
    sales = cli.done("postings", "--kind", "sell", "--limit", "100")["postings"]
    assert len(sales) == 50


def test_a_race_of_several_rounds(cli: CommandLine) -> None:
    """B1: each round has goods of its own, clients are shared out as evenly as can be, and the result is shown."""
    result = cli.run("race", "--clients", "5", "--processes", "3", "--units", "7", "--rounds", "4")

    assert result.code == 0, result.err
    assert "5 clients in 3 processes, released at the same moment, 4 times, for the last 7 units" in result.out
    assert "Every unit was sold once, and nobody got one that was not there." in result.out
    assert [figure.strip() for figure in result.out.splitlines()[3].split()][:4] == ["28", "20", "0", "0"]


@pytest.mark.parametrize(
    ("sold", "drift"),
    [(10, "0"), (9, "1"), (11, "1"), (0, "10")],
)
async def test_what_does_not_add_up_is_drift(stock: Stock, sold: int, drift: str) -> None:
    """B1: control: were a unit sold twice, or lost, the race would show it and end with exit code 5."""
    await stock.define(sites=["s"], items=["A"], key="d")
    await stock.receive(site="s", lines=[("A", 10)], key="r")
    await stock.sell(site="s", lines=[("A", 10)], key="all")

    result = await _judge(stock, Heat(site="s", sku="A", stem="x"), 10, Score(sold=sold, refused=1, seconds=1))
    answer = _answer({"clients": 1, "processes": 1, "rounds": 1, "units": 10}, "s", _total([result]))

    assert answer.plain["drift"] == drift
    assert int(answer.exit) == (0 if drift == "0" else 5)


async def test_what_is_left_is_drift(stock: Stock) -> None:
    """B1: control: were everybody refused while goods are left, the race would show it."""
    await stock.define(sites=["s"], items=["A"], key="d")
    await stock.receive(site="s", lines=[("A", 10)], key="r")
    await stock.sell(site="s", lines=[("A", 8)], key="some")

    result = await _judge(stock, Heat(site="s", sku="A", stem="x"), 10, Score(sold=8, refused=1))

    assert result.drift == 2_000_000
