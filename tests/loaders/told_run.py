"""
A replay as a process of its own that tells each step on its standard output, to be killed by a test.

    python -m tests.loaders.told_run URL FILE OPENING BATCH
"""

import asyncio
import sys
from pathlib import Path

import onhand
from examples.loaders.plan import Opening, Terms
from examples.loaders.run import replay
from tests.loaders.watching import Notes


class Teller(Notes):
    """Tells how far the replay has come."""

    def replayed(self, lines: int) -> None:
        """Tell it at once."""
        sys.stdout.write(f"{lines}\n")
        sys.stdout.flush()


async def main(url: str, path: str, opening: str, batch: str) -> None:
    """Replay a file."""
    terms = Terms(site="london", opening=Opening(opening), actor="ann")
    async with onhand.connect(url) as stock:
        await replay(stock, Path(path), terms, Teller(), batch_acts=int(batch))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
