"""Proposals from reorder points and forecasts, and their way into incoming stock."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from onhand import Fault
from onhand.kernel.stock.sell import Sell
from onhand.ledger.planning.port import Demand, Position
from onhand.ledger.stock import Stock
from onhand.planning.proposal import OrderTerms
from onhand.planning.reorder import lines_to_order, propose, propose_reorder
from tests.cli.command_line import CommandLine
from tests.ledger.ledgers import furnish, lines

UNTIL = date(2026, 6, 30)
STEADY = [Demand("A", UNTIL - timedelta(days=back), Decimal(2)) for back in range(26 * 7)]


def position(
    sku: str = "A", *, available: int = 0, incoming: int = 0, levels: tuple[int, int] | None = None
) -> Position:
    """A position in whole units; `levels` are point and target where somebody has set them."""
    point, target = (None, None) if levels is None else map(Decimal, levels)
    return Position(sku, Decimal(available), Decimal(incoming), point, target)


@pytest.mark.parametrize(
    ("available", "incoming", "ordered"), [(29, 0, 0), (28, 0, 14), (0, 28, 14), (0, 0, 42), (5, 10, 27), (0, 100, 0)]
)
def test_steady_demand_is_ordered_in_time(available: int, incoming: int, ordered: int) -> None:
    """B26: two a day and 14 days to wait make the point 28, and with 7 days until the next order the target 42."""
    (told,) = propose([position(available=available, incoming=incoming)], STEADY, UNTIL, OrderTerms())

    assert (told.point, told.target) == (Decimal(28), Decimal(42))
    assert told.quantity == ordered
    assert told.days_of_cover == pytest.approx(available / 2)
    assert told.weekly == 14


def test_a_point_that_is_set_counts() -> None:
    """B26: where somebody has set point and target, the forecast is told beside it and does not decide."""
    (told,) = propose([position(available=10, levels=(10, 100))], STEADY, UNTIL, OrderTerms())

    assert (told.is_set, told.point, told.target, told.quantity) == (True, Decimal(10), Decimal(100), Decimal(90))


def test_a_forecast_says_that_it_does_not_beat_naive() -> None:
    """S15: a proposal names its method, whether it beat naive, and how far it was off; naive is used where none did."""
    stairs = [Demand("S", UNTIL - timedelta(days=7 * week), Decimal(100 - 4 * (week // 2))) for week in range(26)]

    told = {one.sku: one for one in propose([position("A"), position("S")], [*STEADY, *stairs], UNTIL, OrderTerms())}

    assert (told["S"].method, told["S"].beats_naive, told["S"].weekly) == ("naive", False, Decimal(100))
    assert told["S"].error is not None
    assert told["S"].error > 0
    assert told["S"].target > 300  # with safety for what it was off


def test_what_nobody_wants_is_not_ordered() -> None:
    """B26: an item without demand has no cover in days, and nothing of it is proposed."""
    (told,) = propose([position("dead", available=0)], STEADY, UNTIL, OrderTerms())

    assert (told.quantity, told.days_of_cover, told.weekly) == (Decimal(0), None, Decimal(0))
    assert propose([], STEADY, UNTIL, OrderTerms()) == ()


@pytest.mark.parametrize("wrong", [{"lead_days": 0}, {"review_days": 0}, {"weeks": 0}, {"lead_days": 367}])
def test_odd_terms_are_refused(wrong: dict[str, int]) -> None:
    """B26: days and weeks are from one on."""
    with pytest.raises(Fault, match="1 to 366"):
        OrderTerms(**wrong)


async def sold_daily(stock: Stock) -> None:
    """Sell one of A and now and then one of B in london, each day of half a year."""
    await furnish(stock, ("A", 190), ("B", 100))
    noon = datetime.combine(UNTIL, time(12), UTC)
    await stock.bulk(
        Sell(key=f"s-{back}", site="london", lines=lines(("A", 1)), occurred_at=noon - timedelta(days=back))
        for back in range(182)
    )


async def test_proposals_become_incoming_stock(stock: Stock) -> None:
    """S15: what is proposed from a ledger's own sales is ordered as one purchase; then nothing more is proposed."""
    await sold_daily(stock)

    proposals = await propose_reorder(stock, "london", until=UNTIL)
    assert lines_to_order(proposals) == [("A", 13)]
    await stock.planning.order_incoming(site="london", lines=lines_to_order(proposals), key="po")

    assert (await stock.reports.live_totals(["A"]))[0].balances.incoming == 13
    assert lines_to_order(await propose_reorder(stock, "london", until=UNTIL)) == []


def test_the_command_line_orders_what_it_proposes(cli: CommandLine) -> None:
    """S15: `reorder` proposes, `reorder --order` orders it, `receive-incoming` takes it in."""
    cli.stocked()
    for day in range(1, 29):
        at = ("--occurred-at", f"2026-06-{day:02d}T12:00:00Z", "--key", f"s-{day}")
        cli.done("sell", "--site", "london", "A=0.25", *at)
    told = ("reorder", "--site", "london", "--until", "2026-06-28", "--weeks", "16")

    (proposal,) = cli.done(*told)["proposals"]
    ordered = cli.done(*told, "--order", "--supplier", "Acme", "--expected-on", "2026-07-12", "--key", "po-7")
    (waiting,) = cli.done("purchases")["purchases"]
    cli.done("receive-incoming", str(waiting["purchase"]), "--key", "van")

    assert proposal["sku"] == "A"
    assert waiting["waiting"] == {"A": proposal["quantity"]}
    assert ordered["proposals"] == [proposal]
    assert (waiting["supplier"], waiting["expected_on"]) == ("Acme", "2026-07-12")
    assert cli.done("purchases")["purchases"] == []
    assert cli.available("A") == str(3 + int(proposal["quantity"]))
    assert cli.run(*told).code == 0
