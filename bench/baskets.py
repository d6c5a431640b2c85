"""What a sale sells, the same for all contenders."""

import random

from bench.cases import Workload


def basket(chooser: random.Random, workload: Workload) -> list[int]:
    """
    The item of each line.

    With one item all lines sell it; with more each line sells another, from a share of its own of all items.
    """
    share = workload.items // workload.lines
    if not share:
        return [1] * workload.lines
    return [line * share + int(chooser.random() * share) + 1 for line in range(workload.lines)]
