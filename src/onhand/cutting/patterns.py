"""
Patterns: which lengths come off one stock, and the most valuable one for given prices.

Lengths are whole numbers. A cut has a width, so n pieces fit a stock where the pieces and n - 1 cuts do: the width is
added to each piece and once to the stock, and what fits is a knapsack.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pattern = tuple[int, ...]
"""How many pieces of each length, in the order of the lengths."""

Whole = NDArray[np.int64]


class ScaledSizes(NamedTuple):
    """The sizes of a problem in units small enough to be told apart and large enough to be counted through."""

    sizes: tuple[int, ...]
    capacities: tuple[int, ...]


def best_patterns(shape: ScaledSizes, demand: Sequence[int], prices: Sequence[int]) -> list[tuple[int, Pattern]]:
    """
    Find, for each capacity, a pattern whose pieces have the highest price, with no more of a length than is wanted.

    A bounded knapsack by dynamic programming over the capacities: exact, in whole numbers. Copies of a length are taken
    as packs of 1, 2, 4 and so on, so that any number up to the demand can be put together.
    """
    largest = max(shape.capacities)
    value: Whole = np.zeros(largest + 1, dtype=np.int64)
    packs: list[tuple[int, int, NDArray[np.bool_]]] = []
    for item, (size, wanted, price) in enumerate(zip(shape.sizes, demand, prices, strict=True)):
        if price <= 0 or size > largest:
            continue
        left = min(wanted, largest // size)
        pack = 1
        while left > 0:
            pack = min(pack, left)
            left -= pack
            width = pack * size
            better = value[: largest + 1 - width] + pack * price
            taken = better > value[width:]
            value[width:] = np.where(taken, better, value[width:])
            packs.append((item, pack, taken))
            pack *= 2
    return [_trace(shape, packs, value, capacity) for capacity in shape.capacities]


def _trace(
    shape: ScaledSizes, packs: Sequence[tuple[int, int, NDArray[np.bool_]]], value: Whole, capacity: int
) -> tuple[int, Pattern]:
    counts = [0] * len(shape.sizes)
    left = capacity
    for item, pack, taken in reversed(packs):
        width = pack * shape.sizes[item]
        if left >= width and taken[left - width]:
            counts[item] += pack
            left -= width
    return int(value[capacity]), tuple(counts)


def every_pattern(shape: ScaledSizes, demand: Sequence[int], limit: int) -> list[tuple[int, Pattern]] | None:
    """List every pattern to which no piece can be added, for each stock; None where there are more than the limit."""
    found: list[tuple[int, Pattern]] = []
    for stock, capacity in enumerate(shape.capacities):
        waiting: list[tuple[tuple[int, ...], int]] = [((), capacity)]
        while waiting:
            begun, left = waiting.pop()
            item = len(begun)
            if item == len(demand):
                full = all(
                    count == wanted or size > left
                    for count, wanted, size in zip(begun, demand, shape.sizes, strict=True)
                )
                if full and any(begun):
                    found.append((stock, begun))
            else:
                most = min(demand[item], left // shape.sizes[item])
                waiting += [((*begun, count), left - count * shape.sizes[item]) for count in range(most + 1)]
            if len(found) + len(waiting) > limit:
                return None
    return found


def first_fit(shape: ScaledSizes, demand: Sequence[int], counts: Sequence[int]) -> list[tuple[int, Pattern]]:
    """
    Cut the longest first, from the first opened stock in which it fits (first-fit decreasing).

    Args:
        shape: The sizes; capacities in the order in which stocks are opened.
        demand: How many of each length.
        counts: How many of each stock there are.

    Returns:
        Each stock that was opened with its pattern; what fits nowhere is left out.
    """
    opened: list[tuple[int, int, list[int]]] = []
    spare = list(counts)
    for item in sorted(range(len(demand)), key=lambda item: -shape.sizes[item]):
        size, start = shape.sizes[item], 0
        for _ in range(demand[item]):
            place = next((place for place in range(start, len(opened)) if opened[place][1] >= size), None)
            if place is None:
                stock = next((s for s, c in enumerate(shape.capacities) if c >= size and spare[s] > 0), None)
                if stock is None:
                    break
                spare[stock] -= 1
                opened.append((stock, shape.capacities[stock], [0] * len(demand)))
                place = len(opened) - 1
            stock, left, pattern = opened[place]
            pattern[item] += 1
            opened[place] = stock, left - size, pattern
            start = place  # none before it has room for this length
    return [(stock, tuple(pattern)) for stock, _, pattern in opened]
