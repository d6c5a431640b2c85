"""
Which stocks to cut, and how, so that the least is opened: column generation with an integer finish.

A linear programme chooses among patterns; a knapsack finds the pattern that it lacks, until it lacks none. Then whole
numbers are sought: by diving (the fullest patterns are fixed and the rest is solved anew) and by a search among all
patterns that came up. The prices of the linear programme prove a lower bound, which is computed in whole numbers, so
that no rounding of a float can make it too high.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

import highspy
import numpy as np

from onhand.cutting.patterns import Pattern, ScaledSizes, best_patterns, every_pattern, first_fit

_PRICE_SCALE = 10**12
"""Prices are told in so many parts of the dearest stock."""
_SHORT_PRICE = 10
"""What is lacking is priced so many times the dearest stock, so that it lacks only where there is no more."""
_TOLERANCE = 1e-6
_COLUMN_ROUNDS_MAX = 5000
_EVERY_MAX = 5000
"""Where there are no more patterns than this, all of them are tried, so that the best plan is proved."""


class CutProblem(NamedTuple):
    """
    What is wanted, and what there is.

    `shape` has the lengths and the stocks; `demand` how many of each length; `counts` how many of each stock and
    `costs` what it costs to open one, in whole numbers. `relaxed` has sizes rounded down where those of `shape` are
    rounded up, so that what is proved of it is true of the problem; None where nothing is rounded.
    """

    shape: ScaledSizes
    demand: tuple[int, ...]
    counts: tuple[int, ...]
    costs: tuple[int, ...]
    relaxed: ScaledSizes | None = None


class Solution(NamedTuple):
    """How often each stock is cut by each pattern, what it costs, and the cost below which nothing can be."""

    uses: tuple[tuple[int, Pattern, int], ...]
    cost: int
    bound: int
    missing: tuple[int, ...]


def solve(problem: CutProblem, *, seconds: float) -> Solution:
    """Find a plan within a time, with a proven bound; `missing` tells what the stocks cannot give."""
    search = _Search(problem, time.monotonic() + seconds)
    return search.run()


@dataclass
class _Best:
    """The best whole plan so far."""

    uses: dict[tuple[int, Pattern], int] = field(default_factory=dict)
    cost: int = 0
    missing: tuple[int, ...] = ()


class _Search:
    """One problem being solved."""

    def __init__(self, problem: CutProblem, until: float) -> None:
        self._problem = problem
        self._until = until
        self._columns: dict[tuple[int, Pattern], None] = {}
        self._dearest = max(problem.costs)
        self._step = gcd(*problem.costs) or 1
        self._bound = 0
        self._best = self._from(first_fit(problem.shape, problem.demand, problem.counts))

    def run(self) -> Solution:
        """Solve the linear programme, then look for whole numbers until the bound is met or time is over."""
        problem = self._problem
        for use in self._best.uses:
            self._columns[use] = None
        master = _Master(problem, problem.demand, problem.counts)
        for stock, pattern in self._columns:
            master.add(stock, pattern)
        self._generate(master, problem.demand, problem.counts, proving=True)
        if not self._is_done():
            self._dive(master)
        if not self._is_done():
            self._search_whole()
        best = self._best
        uses = tuple((stock, pattern, times) for (stock, pattern), times in best.uses.items() if times)
        return Solution(uses, best.cost, self._bound, best.missing)

    def _is_done(self) -> bool:
        return self._best.cost <= self._bound or time.monotonic() > self._until

    def _generate(self, master: "_Master", demand: Sequence[int], counts: Sequence[int], *, proving: bool) -> None:
        """Add the patterns that the linear programme lacks until it lacks none; its prices prove a bound."""
        problem = self._problem
        for _ in range(_COLUMN_ROUNDS_MAX):
            master.solve()
            prices = [max(0, int(price * _PRICE_SCALE)) for price in master.prices()]
            found = best_patterns(problem.shape, demand, prices)
            if proving and problem.relaxed is None:
                self._prove(prices, [value for value, _ in found])
            added = False
            for stock, (value, pattern) in enumerate(found):
                cost = problem.costs[stock] / self._dearest
                gain = value / _PRICE_SCALE - cost + master.rent(stock)
                if counts[stock] and gain > _TOLERANCE * cost and (stock, pattern) not in master.known:
                    master.add(stock, pattern)
                    self._columns[stock, pattern] = None
                    added = True
            is_over = time.monotonic() > self._until
            if proving and problem.relaxed is not None and (not added or is_over):
                told = [price if size else 0 for price, size in zip(prices, problem.relaxed.sizes, strict=True)]
                self._prove(told, [value for value, _ in best_patterns(problem.relaxed, demand, told)])
            if not added or is_over or (proving and self._best.cost <= self._bound):
                return

    def _prove(self, prices: Sequence[int], values: Sequence[int]) -> None:
        """
        Turn dual prices into a lower bound of the cost (the Lagrangian bound), in whole numbers.

        No plan costs less than the price of all that is wanted, less, for each stock, by how much the most valuable
        pattern (`values`) is worth more than the stock costs.
        """
        problem = self._problem
        if any(self._best.missing):
            return  # what the stocks lack has a price of its own, and no plan has a cost yet
        worth = self._dearest * sum(price * wanted for price, wanted in zip(prices, problem.demand, strict=True))
        for value, cost, count in zip(values, problem.costs, problem.counts, strict=True):
            worth -= count * max(0, value * self._dearest - cost * _PRICE_SCALE)
        steps = -(-worth // (self._step * _PRICE_SCALE))
        self._bound = min(max(self._bound, steps * self._step), self._best.cost)

    def _dive(self, master: "_Master") -> None:
        """Fix the patterns that the linear programme uses most, and solve what is left anew, until nothing is left."""
        problem = self._problem
        demand, counts = list(problem.demand), list(problem.counts)
        fixed: list[tuple[int, Pattern]] = []
        while any(demand) and time.monotonic() < self._until:
            chosen = master.chosen()
            picks = [(use, int(value + _TOLERANCE)) for use, value in chosen if value >= 1 - _TOLERANCE]
            if not picks:
                usable = [(use, value) for use, value in chosen if value > _TOLERANCE]
                if not usable:
                    break
                picks = [(max(usable, key=lambda one: one[1])[0], 1)]
            for (stock, pattern), times in picks:
                for _ in range(times):
                    if any(demand) and counts[stock]:
                        kept = tuple(min(count, left) for count, left in zip(pattern, demand, strict=True))
                        if not any(kept):
                            break
                        fixed.append((stock, kept))
                        counts[stock] -= 1
                        demand = [left - count for left, count in zip(demand, kept, strict=True)]
            self._complete(fixed, demand, counts)
            if not any(demand) or self._is_done():
                return
            master = _Master(problem, demand, counts)
            for stock, pattern in self._columns:
                if all(count <= left for count, left in zip(pattern, demand, strict=True)):
                    master.add(stock, pattern)
            self._generate(master, demand, counts, proving=False)

    def _complete(self, fixed: Sequence[tuple[int, Pattern]], demand: Sequence[int], counts: Sequence[int]) -> None:
        """Make a whole plan of what is fixed and the first fit of the rest."""
        rest = first_fit(self._problem.shape, demand, counts)
        self._offer(self._from([*fixed, *rest]))

    def _search_whole(self) -> None:
        """
        Search among all patterns that came up, or all that there are where they are few.

        A pattern that gives too much is taken, and gives what is wanted.
        """
        everything = every_pattern(self._problem.shape, self._problem.demand, _EVERY_MAX)
        self._columns.update(dict.fromkeys(everything or ()))
        seconds = self._until - time.monotonic()
        master = _Master(self._problem, self._problem.demand, self._problem.counts)
        for stock, pattern in self._columns:
            master.add(stock, pattern)
        uses, is_best = master.solve_whole(seconds, target=self._bound, step=self._step)
        demand = list(self._problem.demand)
        plan: list[tuple[int, Pattern]] = []
        for (stock, pattern), times in uses:
            for _ in range(times):
                kept = tuple(min(count, left) for count, left in zip(pattern, demand, strict=True))
                if any(kept):
                    plan.append((stock, kept))
                    demand = [left - count for left, count in zip(demand, kept, strict=True)]
        counts = list(self._problem.counts)
        for stock, _ in plan:
            counts[stock] -= 1
        if uses and min(counts) >= 0:
            self._complete(plan, demand, counts)
            if is_best and everything is not None and self._problem.relaxed is None and not any(self._best.missing):
                self._bound = self._best.cost

    def _offer(self, plan: _Best) -> None:
        if (sum(plan.missing), plan.cost) < (sum(self._best.missing), self._best.cost):
            self._best = plan

    def _from(self, plan: Sequence[tuple[int, Pattern]]) -> _Best:
        uses: dict[tuple[int, Pattern], int] = {}
        for use in plan:
            uses[use] = uses.get(use, 0) + 1
        cost = sum(self._problem.costs[stock] * times for (stock, _), times in uses.items())
        given = [sum(pattern[item] for _, pattern in plan) for item in range(len(self._problem.demand))]
        missing = tuple(wanted - got for wanted, got in zip(self._problem.demand, given, strict=True))
        return _Best(uses, cost, missing)


class _Master:
    """The linear programme: patterns are chosen so that all demand is met, at the least cost."""

    def __init__(self, problem: CutProblem, demand: Sequence[int], counts: Sequence[int]) -> None:
        self.known: set[tuple[int, Pattern]] = set()
        self._problem = problem
        self._order: list[tuple[int, Pattern]] = []
        self._items = len(demand)
        self._dearest = max(problem.costs)
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # the library has no types
        self._model.setOptionValue("output_flag", False)  # noqa: FBT003 - the interface of the library
        self._model.setOptionValue("threads", 1)
        infinity = highspy.kHighsInf
        for wanted in demand:
            self._model.addRow(float(wanted), infinity, 0, [], [])
        for count in counts:
            self._model.addRow(-infinity, float(count), 0, [], [])
        for item in range(self._items):  # what cannot be had is bought dearly, so that there always is a solution
            self._model.addCol(float(_SHORT_PRICE), 0.0, infinity, 1, [item], [1.0])

    def add(self, stock: int, pattern: Pattern) -> None:
        """Add a pattern."""
        rows = [item for item, count in enumerate(pattern) if count]
        values = [float(pattern[item]) for item in rows]
        rows.append(self._items + stock)
        values.append(1.0)
        cost = self._problem.costs[stock] / self._dearest
        self._model.addCol(cost, 0.0, highspy.kHighsInf, len(rows), rows, values)
        self.known.add((stock, pattern))
        self._order.append((stock, pattern))

    def solve(self) -> None:
        """Solve it in fractions."""
        self._model.run()

    def prices(self) -> Sequence[float]:
        """Give what one more of each length would cost."""
        return list(self._model.getSolution().row_dual[: self._items])

    def rent(self, stock: int) -> float:
        """Give what one more of a stock would save, as a number not above zero."""
        return min(0.0, float(self._model.getSolution().row_dual[self._items + stock]))

    def chosen(self) -> list[tuple[tuple[int, Pattern], float]]:
        """Give how often each pattern is used, in fractions."""
        values = self._model.getSolution().col_value[self._items :]
        return [(use, value) for use, value in zip(self._order, values, strict=True) if value > _TOLERANCE]

    def solve_whole(
        self, seconds: float, *, target: int, step: int
    ) -> tuple[list[tuple[tuple[int, Pattern], int]], bool]:
        """Solve it in whole numbers, until the target is met or time is over; tell whether none of these is better."""
        columns = self._items + len(self._order)
        kinds = np.full(columns, highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)
        self._model.setOptionValue("time_limit", max(seconds, 0.1))
        self._model.setOptionValue("objective_target", (target + 0.5) / self._dearest)
        self._model.setOptionValue("mip_rel_gap", 0.0)
        self._model.setOptionValue("mip_abs_gap", step / self._dearest / 2)
        self._model.run()
        values = self._model.getSolution().col_value[self._items :]
        if len(values) != len(self._order):
            return [], False
        uses = [(use, round(value)) for use, value in zip(self._order, values, strict=True) if value > 0.5]  # noqa: PLR2004
        return uses, self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
