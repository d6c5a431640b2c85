"""What was taken of each item, week by week, as the series that forecasts are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from onhand.ledger.planning.port import Demand
from onhand.planning.forecast import Series

DAYS = 7
"""A period is a week, so that the days of the week need no season of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Demand in units of each item's measure: a row for each sku, a column for each week, the last up to `until`."""

    skus: tuple[str, ...]
    weeks: Series
    until: date


def weekly(demand: Iterable[Demand], until: date, weeks: int, skus: Iterable[str] = ()) -> History:
    """
    Add demand up by weeks.

    Args:
        demand: In any order; what lies outside of the weeks is left out.
        until: The last day of the last week.
        weeks: How many.
        skus: Items that have a row even if nothing was taken of them.
    """
    told = list(demand)
    names = tuple(sorted({*skus, *(line.sku for line in told)}))
    rows = {sku: row for row, sku in enumerate(names)}
    series = np.zeros((len(names), weeks))
    for sku, day, quantity in told:
        week = weeks - 1 - (until - day).days // DAYS
        if 0 <= week < weeks and day <= until:
            series[rows[sku], week] += float(quantity)
    # In a week in which more came back than was taken, nothing was wanted.
    return History(skus=names, weeks=np.maximum(series, 0.0), until=until)
