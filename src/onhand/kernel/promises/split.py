"""
Splitting: which branches serve an order, by a stated policy. Branches stand in the order of preference.

one_branch       All from the first branch that has everything.
fewest_branches  As few branches as can be; among equally few those that come first in the order. Each gives as much
                 as it has, in the order.
in_order         Each branch in the order gives as much as it has, until nothing is missing.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

POLICIES = ("fewest_branches", "in_order", "one_branch")
BRANCHES_MAX = 12
"""More are not compared, since there are too many ways to choose among them."""

Basket = Mapping[str, int]
"""Quantities by sku."""


def split(wanted: Basket, stock: Sequence[Basket], policy: str) -> list[dict[str, int]] | None:
    """
    Split what is wanted over branches.

    Args:
        wanted: What an order needs.
        stock: What each branch has available, in the order of preference.
        policy: One of the policies above.

    Returns:
        What each branch gives, in the same order; None where the policy finds no way.
    """
    every = range(len(stock))
    if policy == "in_order":
        return _served(wanted, stock, every)
    most = 1 if policy == "one_branch" else len(stock)
    for size in range(1, most + 1):
        for chosen in combinations(every, size):
            served = _served(wanted, stock, chosen)
            if served is not None:
                return served
    return None


def _served(wanted: Basket, stock: Sequence[Basket], chosen: Sequence[int]) -> list[dict[str, int]] | None:
    """Let each chosen branch give as much as it has, in order; None where something is missing in the end."""
    missing = dict(wanted)
    given: list[dict[str, int]] = [{} for _ in stock]
    for index in chosen:
        for sku, quantity in missing.items():
            portion = min(quantity, stock[index].get(sku, 0))
            if portion > 0:
                given[index][sku] = portion
                missing[sku] = quantity - portion
    return None if any(missing.values()) else given
