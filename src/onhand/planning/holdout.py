"""A trial: forecasts made from one part of a history are held against the part that followed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from onhand.ledger.planning.port import Demand
from onhand.planning.backtest import NAIVE, Accuracy, accuracy, choose
from onhand.planning.forecast import BENCHMARKS, METHODS, SEASON, Series
from onhand.planning.history import DAYS, weekly

CHOSEN = "chosen per item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """
    How far each forecast was off over the days that were held back, all items together.

    `used` counts the items for which each method was chosen; "naive" are those that no forecast beat in the backtest.
    """

    first: date
    last: date
    until: date
    items: int
    demand: float
    accuracies: tuple[Accuracy, ...]
    used: Mapping[str, int]


def try_forecasts(demand: Iterable[Demand], last: date, until: date) -> Trial:
    """
    Forecast the days after `last` up to `until` from those up to `last`, with every method and with the one chosen.

    Choosing sees nothing of what was held back. Items that were first taken after `last` are left out, since nothing is
    known of them.
    """
    told = list(demand)
    past = [line for line in told if line.day <= last]
    first = min((line.day for line in past), default=last)
    weeks = max(((last - first).days + 1) // DAYS, 1)
    history = weekly(past, last, weeks)
    days = (until - last).days
    horizon = -(-days // DAYS)
    shares = np.full(horizon, 1.0)
    shares[-1] = (days - (horizon - 1) * DAYS) / DAYS
    actual = weekly((line for line in told if last < line.day <= until), until, horizon, history.skus)
    kept = np.isin(actual.skus, history.skus)
    taken = actual.weeks[kept].sum(axis=1)
    choice = choose(history.weeks, SEASON)
    forecasts: dict[str, Series] = {
        name: method(history.weeks, horizon) for name, method in {**BENCHMARKS, **METHODS}.items()
    }
    forecasts[CHOSEN] = np.stack([forecasts[name][row] for row, name in enumerate(choice.methods)])
    return Trial(
        first=first,
        last=last,
        until=until,
        items=len(history.skus),
        demand=float(taken.sum()),
        accuracies=tuple(accuracy(name, forecast @ shares, taken) for name, forecast in forecasts.items()),
        used=dict(sorted(Counter(choice.methods).items(), key=lambda pair: (pair[0] == NAIVE, -pair[1]))),
    )
