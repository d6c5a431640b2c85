"""
A family of pieces of any size, and how long its tree takes.

A roll is cut into pieces and an offcut, the offcut again, and so on; at each step a piece is cut once more, so that the
tree has branches and not only a spine. `python -m bench.family` measures it on the database of the settings.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence

import onhand
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.quantity import SCALE
from onhand.ledger.stock import Stock

DEPTH, RELATIVES = 50, 10_000


async def grow(stock: Stock, *, depth: int = DEPTH, relatives: int = RELATIVES, name: str = "FAMILY") -> str:
    """
    Make a family of one roll: at least so many relatives over so many cuts in a row.

    Returns:
        The roll that it begins with.
    """
    await stock.define(sites=["works"], items=[name], key=f"{name}/define")
    each = -(-relatives // depth)
    made = await stock.pieces.produce(
        site="works", made=[{"sku": name, "kind": "roll", "size": depth * each * 10}], key=f"{name}/roll"
    )
    codes = _codes(made.changes)
    rest = codes[0]
    for level in range(depth):
        lengths = (SCALE,) * (each - 3) + (2 * SCALE,) * (level < depth - 1)
        cut = await stock.post(CutPieces(key=f"{name}/{level}", cuttings=(Cutting(rest, lengths),)))
        made_now = _codes(cut.changes)
        rest = made_now[-1]
        if level < depth - 1:
            branch = Cutting(made_now[-2], (SCALE,))
            await stock.post(CutPieces(key=f"{name}/{level}/branch", cuttings=(branch,)))
    return codes[0]


def _codes(changes: Sequence[onhand.Change]) -> list[str]:
    return [str(change.after["code"]) for change in changes if change.entity == "unit"]


async def measure(stock: Stock, roll: str, times: int = 9) -> list[float]:
    """Time the tree of a roll, in milliseconds, after one warm-up."""
    await stock.pieces.family(roll)
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await stock.pieces.family(roll)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


async def _main() -> int:
    async with onhand.connect(org="main", actor="bench") as stock:
        roll = await grow(stock, name=f"FAMILY-{time.time_ns()}")
        family = await stock.pieces.family(roll)
        taken = await measure(stock, roll)
    print(f"{len(family.members) - 1} relatives, depth {family.depth}")
    print(f"tree: median {statistics.median(taken):.1f} ms, best {min(taken):.1f} ms, worst {max(taken):.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(_main()))
