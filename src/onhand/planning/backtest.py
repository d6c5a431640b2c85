"""
Choosing a forecast for each item by how well it would have done, and saying how well that is.

The error is that of the sum over the horizon, since that is what is ordered for. The last periods are hidden one after
the other; a forecast is used only where it would have beaten the naive one there.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onhand.planning.forecast import BENCHMARKS, METHODS, SEASON, ForecastMethod, Series

NAIVE = "naive"
ORIGINS_MAX = 12
"""So often at most is the past cut off, each time a period earlier, to see what would have been forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodChoice:
    """
    What is forecast, all items at once.

    `methods` names the one used for each item, `best` the one that did best in the backtest, which is another where it
    did not beat the naive one. `errors` are the mean absolute errors in the backtest of the methods used, and
    `naive_errors` those of the naive one.
    """

    forecast: Series
    methods: tuple[str, ...]
    best: tuple[str, ...]
    errors: Series
    naive_errors: Series


class Accuracy(NamedTuple):
    """How far a forecast was off over all items: share of demand, root of the mean square, and share too much."""

    method: str
    wape: float
    rmse: float
    bias: float


def choose(series: Series, horizon: int) -> MethodChoice:
    """Choose for each item the forecast that did best on its own past, and forecast with it."""
    names = [*METHODS]
    errors = np.stack([_past_error(series, horizon, METHODS[name]) for name in names])
    naive_errors = _past_error(series, horizon, BENCHMARKS[NAIVE])
    winner = errors.argmin(axis=0)
    lowest = errors.min(axis=0)
    beats = lowest < naive_errors
    forecasts = np.stack([METHODS[name](series, horizon) for name in names])
    chosen = np.take_along_axis(forecasts, winner[None, :, None], axis=0)[0]
    used = np.where(beats[:, None], chosen, BENCHMARKS[NAIVE](series, horizon))
    return MethodChoice(
        forecast=used,
        methods=tuple(names[place] if won else NAIVE for place, won in zip(winner, beats, strict=True)),
        best=tuple(names[place] for place in winner),
        errors=np.where(beats, lowest, naive_errors),
        naive_errors=naive_errors,
    )


def accuracy(method: str, forecast: NDArray[np.float64], actual: NDArray[np.float64]) -> Accuracy:
    """Tell how far the sums over a horizon were off."""
    off = forecast - actual
    demand = max(float(actual.sum()), 1e-9)
    return Accuracy(
        method, float(np.abs(off).sum()) / demand, float(np.sqrt((off**2).mean())), float(off.sum()) / demand
    )


def _past_error(series: Series, horizon: int, method: ForecastMethod) -> Series:
    """Give the mean absolute error of a method's sums, had it been asked at the last origins."""
    count = series.shape[1]
    last = count - horizon
    origins = range(last, max(last - ORIGINS_MAX, 2 * SEASON - 1), -1)
    off = []
    for origin in origins:
        forecast = method(series[:, :origin], horizon)
        off.append(np.abs(forecast.sum(axis=1) - series[:, origin : origin + horizon].sum(axis=1)))
    if not off:
        return np.full(series.shape[0], np.inf)
    return np.asarray(np.mean(off, axis=0), dtype=np.float64)
