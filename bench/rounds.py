"""Each load in turn, round after round, so that whatever else the machine does hits all alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bench.cases import Case, Contender, Load, Workload
from bench.sample import Sample, medians
from bench.server import Server


class Contestant(Protocol):
    """Whoever can bear a load."""

    def run(self, load: Load, workload: Workload, seconds: int) -> Sample:
        """Warm up, then measure for so many seconds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The samples of one load, one for each round, and their medians."""

    rounds: Sequence[Sample]
    median: Sample


def loads_of(cases: Sequence[Case]) -> dict[Workload, list[Load]]:
    """The loads that the cases need, each once for each workload."""
    loads: dict[Workload, list[Load]] = {}
    for case in cases:
        wanted = loads.setdefault(case.workload, [])
        wanted += [load for load in (case.load, *case.peers) if load not in wanted]
    return loads


def measure(
    server: Server,
    contestants: Mapping[Contender, Contestant],
    workload: Workload,
    loads: Sequence[Load],
    *,
    rounds: int,
    seconds: int,
    tell: Callable[[str], None],
) -> dict[Load, Measured]:
    """Run all loads of a workload in each round, beginning with another one each time."""
    samples: dict[Load, list[Sample]] = {load: [] for load in loads}
    server.checkpoint()
    with server.slow_commit(workload.commit_delay):
        for number in range(rounds):
            turn = number % len(loads)
            for load in [*loads[turn:], *loads[:turn]]:
                if workload.from_checkpoint:
                    server.checkpoint()
                tell(f"{workload.name}: round {number + 1} of {rounds}, {load}")
                samples[load].append(contestants[load.contender].run(load, workload, seconds))
    return {load: Measured(rounds=taken, median=medians(taken)) for load, taken in samples.items()}
