"""
Where the time of a sale goes: `python -m bench.profile`.

The hot item, or `--items`, with 256 callers: first as it runs, for the rate and for how busy the processors are, then
under cProfile, which slows all Python but shows what is called how often.
"""

import argparse
import cProfile
import pstats
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.baskets import basket
from bench.cases import Workload
from bench.loop import ClosedLoop, run
from bench.ours import Onhand, sales
from bench.sample import Sample
from bench.server import Server, own_server
from bench.wal import kinds

_WARM_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One function under the profile, for each sale."""

    name: str
    calls: float
    own_us: float
    whole_us: float


class _Profiled:
    """Notes what the process spent while the load was measured, by the calls that surround that time."""

    def __init__(self, server: Server, profile: cProfile.Profile | None) -> None:
        self._server = server
        self._profile = profile
        self._marks: list[tuple[int, float]] = []

    def wal_position(self) -> int:
        """Answer the loop, and take the time."""
        if self._profile is not None and self._marks:
            self._profile.disable()
        position = self._server.wal_position()
        self._marks.append((position, time.process_time()))
        if self._profile is not None and len(self._marks) == 1:
            self._profile.enable()
        return position

    @property
    def wal(self) -> tuple[int, int]:
        """Where the log stood before and after."""
        return self._marks[0][0], self._marks[-1][0]

    @property
    def processor_seconds(self) -> float:
        """How long this process kept a processor busy."""
        return self._marks[-1][1] - self._marks[0][1]


def main() -> None:
    """Measure, profile, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--callers", type=int, default=256)
    parser.add_argument("--items", type=int, default=1)
    parser.add_argument("--lines", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--top", type=int, default=40, help="how many functions to show")
    options = parser.parse_args()
    workload = Workload(name="profiled", items=options.items, lines=options.lines)
    with own_server() as server:
        ours = Onhand(server)
        ours.fill()
        server.analyse()
        plain = _Profiled(server, None)
        sample = run(_sell(ours, plain, workload, options, "plain"))
        print(f"as it runs: {_figures(sample, plain, options.seconds)}\n")
        _print_wal(server, plain, sample.rate * options.seconds)
        profile = cProfile.Profile()
        profiled = _Profiled(server, profile)
        sample = run(_sell(ours, profiled, workload, options, "profiled"))
        print(f"under cProfile: {_figures(sample, profiled, options.seconds)}\n")
    spent = list(_spent(profile, sample.rate * options.seconds))
    _print_functions("by own time", sorted(spent, key=lambda one: -one.own_us)[: options.top])
    _print_functions("by whole time", sorted(spent, key=lambda one: -one.whole_us)[: options.top])


async def _sell(
    ours: Onhand, profiled: _Profiled, workload: Workload, options: argparse.Namespace, prefix: str
) -> Sample:
    chooser = random.Random(1)
    async with ours.open() as stock:
        act = sales(stock, lambda: basket(chooser, workload), prefix)
        return await ClosedLoop(act, options.callers, profiled.wal_position).measure(_WARM_SECONDS, options.seconds)


def _figures(sample: Sample, profiled: _Profiled, seconds: float) -> str:
    count = sample.rate * seconds
    return (
        f"{sample.rate:,.0f} sales/s, p50 {sample.p50_ms:.2f} ms, p99 {sample.p99_ms:.2f} ms, "
        f"{sample.wal_bytes:,.0f} bytes of WAL a sale; this process {profiled.processor_seconds / count * 1e6:.1f} us "
        f"a sale, busy {profiled.processor_seconds / seconds:.0%}"
    )


def _spent(profile: cProfile.Profile, count: float) -> Iterator[Spent]:
    statistics: dict[tuple[str, int, str], Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed lacks it
    for (file, line, function), (_, calls, own, whole, _) in statistics.items():
        place = function if file == "~" else f"{'/'.join(Path(file).parts[-2:])}:{line} {function}"
        yield Spent(name=place, calls=calls / count, own_us=own / count * 1e6, whole_us=whole / count * 1e6)


def _print_functions(title: str, spent: list[Spent]) -> None:
    print(f"{title}, for each sale\n{'own us':>8} {'whole us':>9} {'calls':>8}")
    for one in spent:
        print(f"{one.own_us:8.2f} {one.whole_us:9.2f} {one.calls:8.3f}  {one.name}")
    print()


def _print_wal(server: Server, profiled: _Profiled, count: float) -> None:
    print(f"{'bytes':>8} {'images':>8} {'records':>8}  of WAL, for each sale")
    for kind in sorted(kinds(server, *profiled.wal), key=lambda kind: -kind.record_bytes - kind.image_bytes):
        figures = (kind.record_bytes / count, kind.image_bytes / count, kind.records / count)
        print(f"{figures[0]:8.1f} {figures[1]:8.1f} {figures[2]:8.3f}  {kind.name}")
    print()


if __name__ == "__main__":
    main()
