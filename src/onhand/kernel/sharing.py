"""
Sharing: holdings that several demands may draw from are divided so that all are served, if they can be.

A line that names a lot and one that names a location meet in the goods of that lot at that location. Whoever comes
first would take them, and the other would be refused though there is enough for both elsewhere. This is a maximum flow
from holdings to demands, found by shortest augmenting paths (Edmonds-Karp).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

Takers = dict[int, dict[int, int]]
"""For each holding, which demand takes how much from it, in millionths."""


def share(wanted: Sequence[int], choices: Sequence[Sequence[int]], there: Mapping[int, int]) -> Takers | None:
    """
    Divide what is there among demands, one after the other.

    Each takes holdings in its own order, and moves an earlier demand to another holding only where it must.

    Args:
        wanted: How much each demand asks for, in millionths.
        choices: For each demand, the ids of the holdings that may serve it, in the order in which they are picked.
        there: How much may be taken of each holding.

    Returns:
        Who takes what from where; None where there is no way to serve them all.
    """
    left = dict(there)
    takers: Takers = {holding: {} for holding in there}
    for demand, quantity in enumerate(wanted):
        missing = quantity
        while missing:
            way = _way(demand, choices, left, takers)
            if not way:
                return None
            last = way[-1][1]
            portion = min(missing, left[last], *[takers[holding][other] for (_, holding), (other, _) in pairwise(way)])
            for taker, holding in way:
                takers[holding][taker] = takers[holding].get(taker, 0) + portion
            for (_, holding), (other, _) in pairwise(way):
                takers[holding][other] -= portion
            left[last] -= portion
            missing -= portion
    return takers


def _way(
    demand: int, choices: Sequence[Sequence[int]], left: Mapping[int, int], takers: Takers
) -> list[tuple[int, int]]:
    """
    Find a shortest augmenting path for a demand, breadth first.

    The demand takes from a holding, an earlier taker of that one moves to another holding, a taker of that one to yet
    another, and so on until a holding has something left.

    Returns:
        Pairs of demand and holding, of which the last holding has something left; empty where there is none.
    """
    ways = [[(demand, holding)] for holding in choices[demand]]
    asked = {demand}
    met = set(choices[demand])
    for way in ways:  # it grows meanwhile
        holding = way[-1][1]
        if left[holding] > 0:
            return way
        for other, taken in takers[holding].items():
            if taken > 0 and other not in asked:
                asked.add(other)
                ways += [[*way, (other, elsewhere)] for elsewhere in choices[other] if elsewhere not in met]
                met.update(choices[other])
    return []
