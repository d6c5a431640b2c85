"""
Forecasts of demand: pure functions on weekly series, all items at once.

A series is a row: one item's demand in equally long periods, the last column the latest. A forecast has a row for each
item and a column for each period to come, never below zero.

Sources: Croston (1972); Syntetos and Boylan (2005) for SBA; Teunter, Syntetos and Babai (2011) for TSB; Holt (1957) and
Winters (1960), with the trend damped as by Gardner and McKenzie (1985).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]

ForecastMethod = Callable[[Series, int], Series]
"""Forecasts some periods of some series."""

SEASON = 4
"""Periods in a season: four weeks, since with half a year of data no yearly season can be seen."""

_SMOOTHING = 0.1
"""The smoothing of the Croston family, as its authors advise for demand with gaps."""
_LEVEL, _TREND, _SEASONAL, _DAMPING = 0.3, 0.05, 0.1, 0.9


def naive(series: Series, horizon: int) -> Series:
    """Repeat the last period."""
    return np.repeat(series[:, -1:], horizon, axis=1)


def seasonal_naive(series: Series, horizon: int) -> Series:
    """Repeat the last season."""
    season = series[:, -SEASON:]
    repeats = -(-horizon // season.shape[1])
    return np.tile(season, (1, repeats))[:, :horizon]


def croston(series: Series, horizon: int) -> Series:
    """Smooth the sizes of demand and the gaps between them apart; their quotient is the rate."""
    return _flat(_croston_rate(series), horizon)


def sba(series: Series, horizon: int) -> Series:
    """Croston's rate without its bias: less by half the smoothing."""
    return _flat(_croston_rate(series) * (1 - _SMOOTHING / 2), horizon)


def tsb(series: Series, horizon: int) -> Series:
    """Smooth the sizes of demand, and in each period its probability, so that a dying item's forecast dies too."""
    count = series.shape[1]
    has = series > 0
    probability = has.mean(axis=1)
    size = _mean_size(series, has)
    for period in range(count):
        now = has[:, period]
        probability += _SMOOTHING * (now - probability)
        size = np.where(now, size + _SMOOTHING * (series[:, period] - size), size)
    return _flat(probability * size, horizon)


def smoothed(series: Series, horizon: int) -> Series:
    """Smooth the level alone."""
    level = series[:, :SEASON].mean(axis=1)
    for period in range(series.shape[1]):
        level = level + _LEVEL * (series[:, period] - level)
    return _flat(level, horizon)


def holt_winters(series: Series, horizon: int) -> Series:
    """Smooth level, damped trend and additive season."""
    count = series.shape[1]
    if count < 2 * SEASON:
        return smoothed(series, horizon)
    level = series[:, :SEASON].mean(axis=1)
    trend = (series[:, SEASON : 2 * SEASON].mean(axis=1) - level) / SEASON
    season = series[:, :SEASON] - level[:, None]
    for period in range(count):
        place = period % SEASON
        before = level
        value = series[:, period]
        level = _LEVEL * (value - season[:, place]) + (1 - _LEVEL) * (before + _DAMPING * trend)
        trend = _TREND * (level - before) + (1 - _TREND) * _DAMPING * trend
        season[:, place] = _SEASONAL * (value - level) + (1 - _SEASONAL) * season[:, place]
    steps = np.arange(1, horizon + 1)
    damped = np.cumsum(_DAMPING**steps)
    places = (count + steps - 1) % SEASON
    forecast = level[:, None] + trend[:, None] * damped + season[:, places]
    return np.asarray(np.maximum(forecast, 0.0), dtype=np.float64)


BENCHMARKS: Mapping[str, ForecastMethod] = {"naive": naive, "seasonal naive": seasonal_naive}
"""What every forecast has to beat; the first is used where none does."""

METHODS: Mapping[str, ForecastMethod] = {
    "Croston": croston,
    "SBA": sba,
    "TSB": tsb,
    "smoothed": smoothed,
    "Holt-Winters": holt_winters,
}
"""The forecasts among which a backtest chooses."""


def _croston_rate(series: Series) -> Series:
    has = series > 0
    size = _mean_size(series, has)
    gap = series.shape[1] / np.maximum(has.sum(axis=1), 1)
    since = np.ones(series.shape[0])
    for period in range(series.shape[1]):
        now = has[:, period]
        size = np.where(now, size + _SMOOTHING * (series[:, period] - size), size)
        gap = np.where(now, gap + _SMOOTHING * (since - gap), gap)
        since = np.where(now, 1.0, since + 1.0)
    return np.asarray(size / gap, dtype=np.float64)


def _mean_size(series: Series, has: NDArray[np.bool_]) -> Series:
    """Give the mean of the demands above zero, as a beginning; zero where there are none."""
    return np.asarray(series.sum(axis=1) / np.maximum(has.sum(axis=1), 1), dtype=np.float64)


def _flat(rate: Series, horizon: int) -> Series:
    return np.repeat(np.maximum(rate, 0.0)[:, None], horizon, axis=1)
