"""Forecasts: what each method makes of a series, and how one is chosen."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from examples.loaders.backtest import demand_of
from onhand.ledger.planning.port import Demand
from onhand.planning.backtest import accuracy, choose
from onhand.planning.forecast import (
    BENCHMARKS,
    METHODS,
    SEASON,
    Series,
    croston,
    holt_winters,
    naive,
    sba,
    seasonal_naive,
    smoothed,
    tsb,
)
from onhand.planning.history import weekly
from onhand.planning.holdout import CHOSEN, try_forecasts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "forecast.md"
ALL = {**BENCHMARKS, **METHODS}


def rows(*series: list[float]) -> Series:
    """Series as an array, one row each."""
    return np.array(series, dtype=np.float64)


@pytest.mark.parametrize("name", ALL)
def test_steady_demand_is_forecast_exactly(name: str) -> None:
    """S15: where the same is taken each week, every method says so; SBA alone is a little below by its design."""
    forecast = ALL[name](rows([5.0] * 20, [0.0] * 20), 6)

    assert forecast.shape == (2, 6)
    assert forecast[0] == pytest.approx(5.0 * (0.95 if name == "SBA" else 1.0))
    assert forecast[1] == pytest.approx(0.0)


@pytest.mark.parametrize("name", ALL)
def test_a_forecast_is_a_number_from_zero_on(name: str) -> None:
    """S15: whatever the past was, a forecast is finite and never below zero, and one item does not touch another."""
    chance = np.random.default_rng(7)
    series: Series = np.asarray(chance.poisson(0.6, (50, 21)) * chance.integers(1, 500, (50, 21)), dtype=np.float64)

    forecast = ALL[name](series, 5)

    assert np.isfinite(forecast).all()
    assert (forecast >= 0).all()
    assert forecast[7] == pytest.approx(ALL[name](series[7:8], 5)[0])


def test_the_croston_family_knows_gaps() -> None:
    """S15: six taken every third week is two a week; what has died is forecast to nothing by TSB alone."""
    gaps, dead = [0.0, 0.0, 6.0] * 8, [6.0] * 12 + [0.0] * 12

    assert croston(rows(gaps), 1)[0, 0] == pytest.approx(2.0)
    assert sba(rows(gaps), 1)[0, 0] == pytest.approx(1.9)
    assert tsb(rows(dead), 1)[0, 0] < 1.5 < croston(rows(dead), 1)[0, 0]


def test_holt_winters_knows_season_and_trend() -> None:
    """S15: a season that repeats is repeated, and a trend goes on, damped."""
    season = [10.0, 20.0, 30.0, 40.0] * 6
    trend = [float(week) for week in range(24)]

    assert holt_winters(rows(season), 4)[0] == pytest.approx([10, 20, 30, 40], abs=3)
    assert holt_winters(rows(trend), 4)[0].mean() > smoothed(rows(trend), 4)[0].mean()


def test_the_benchmarks_repeat() -> None:
    """S15: naive repeats the last week, seasonal naive the last four."""
    series = rows([1.0, 2.0, 3.0, 4.0, 5.0])

    assert naive(series, 3).tolist() == [[5.0] * 3]
    assert seasonal_naive(series, 5).tolist() == [[2.0, 3.0, 4.0, 5.0, 2.0]]


def test_a_forecast_that_does_not_beat_naive_is_not_used() -> None:
    """S15: what jumps and stays is best repeated; then the choice says naive, and that is what is forecast."""
    stairs = [float(10 * (week // 2 + 1)) for week in range(24)]
    noise = [float(value) for value in np.random.default_rng(1).permutation(np.arange(24) % 6)]
    short = [0.0] * 21 + [1.0, 2.0, 3.0]

    choice = choose(rows(stairs, noise, short), SEASON)

    assert choice.methods[0] == "naive"
    assert choice.best[0] != "naive"
    assert choice.forecast[0] == pytest.approx(stairs[-1])
    assert choice.methods[1] in METHODS
    assert choice.errors[1] < choice.naive_errors[1]


def test_too_short_a_history_is_repeated() -> None:
    """S15: without a past to be tried on, no forecast is trusted."""
    choice = choose(rows([1.0, 2.0, 3.0]), SEASON)

    assert choice.methods == ("naive",)
    assert choice.forecast.tolist() == [[3.0] * 4]
    assert not np.isfinite(choice.errors[0])


def test_accuracy_is_told_in_shares_ofdemand_of() -> None:
    """S15: off by is the sum of what was off, too much its balance, both against all that was wanted."""
    told = accuracy("x", np.array([6.0, 2.0]), np.array([4.0, 4.0]))

    assert (told.wape, told.rmse, told.bias) == (0.5, 2.0, 0.0)


def test_weeks_end_with_the_last_day() -> None:
    """S15: days are added up by weeks that end with the last day, returns are taken off, and none falls below zero."""
    last = date(2026, 6, 30)
    taken = ((0, 3), (6, 4), (7, 5), (8, -9))
    told = [Demand("A", last - timedelta(days=back), Decimal(units)) for back, units in taken]

    history = weekly(told, last, 3, ["B"])

    assert history.skus == ("A", "B")
    assert history.weeks.tolist() == [[0.0, 0.0, 7.0], [0.0, 0.0, 0.0]]


def test_choosing_sees_nothing_of_what_is_held_back() -> None:
    """S15: what comes after the last day changes the errors of a trial, and not the forecasts or what is chosen."""
    last, until = date(2026, 5, 31), date(2026, 6, 30)
    past = [Demand("A", last - timedelta(days=back), Decimal(back % 5)) for back in range(150)]

    quiet = try_forecasts(past, last, until)
    loud = try_forecasts([*past, Demand("A", until, Decimal(999)), Demand("B", until, Decimal(1))], last, until)

    assert quiet.used == loud.used
    assert (quiet.items, loud.items) == (1, 1)
    assert (quiet.demand, loud.demand) == (0, 999)


def test_the_page_tells_the_errors_that_the_command_finds(shared: Path) -> None:
    """S15: the table of errors in the docs is what the forecasts make of five months of real invoices for the sixth."""
    (file,) = (shared / "data" / "online-retail").glob("*.csv.gz")

    trial = try_forecasts(demand_of(file), date(2011, 4, 30), date(2011, 5, 31))

    page = PAGE.read_text(encoding="utf-8")
    line = re.compile(r"^\| ([A-Za-z -]+?) *\| ([0-9.]+) % \| ([0-9.]+) \| ([-+0-9.]+) % \|$", re.MULTILINE)
    told = {method: figures for method, *figures in line.findall(page)}
    found = {
        one.method: [f"{one.wape:.1%}"[:-1], f"{one.rmse:.0f}", f"{one.bias:+.1%}"[:-1]] for one in trial.accuracies
    }
    assert told == found
    assert found.keys() == {*ALL, CHOSEN}
    errors = {one.method: one.wape for one in trial.accuracies}
    assert errors[CHOSEN] < errors["seasonal naive"] < errors["naive"]
    for name, count in trial.used.items():
        assert f"{count:,} {name}" in page
