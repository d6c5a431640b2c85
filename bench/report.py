"""The figures as a table for people and as JSON for programs."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.cases import Case, Contender, Goal, Load
from bench.rounds import Measured
from bench.sample import Sample

_FIGURES = {"rate": "{:,.0f}/s", "p50_ms": "p50 {:.2f} ms", "p99_ms": "p99 {:.1f} ms", "wal_bytes": "{:,.0f} bytes"}
_RATIOS = {"rate": "{:.2f} x", "p50_ms": "p50 {:.2f} x", "p99_ms": "p99 {:.2f} x", "wal_bytes": "WAL {:.2f} x"}
_NAMES = {
    Contender.ONHAND: "onhand",
    Contender.ONHAND_BULK: "onhand, bulk",
    Contender.ONHAND_VERIFY: "onhand, verify",
    Contender.ONHAND_DEDUCT: "onhand, deduct",
    Contender.SINGLE: "single statement",
    Contender.QUEUED: "queued statement",
    Contender.ROW_LOCK: "row lock, SQLAlchemy",
    Contender.ROW_LOCK_LEAN: "row lock, psycopg",
}

# Half of a processor of two: what a desktop does by itself stays below.
_BUSY_SHARE = 0.25
Results = Sequence[tuple[Case, Mapping[Load, Measured]]]
"""Each case with the loads of its workload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a goal asks and what was measured: the figure, or its ratio to another load's."""

    goal: Goal
    value: float

    @property
    def is_met(self) -> bool:
        """Whether it is good enough."""
        return self._reaches(self.goal.bound)

    @property
    def is_exceeded(self) -> bool:
        """Whether what is only to be reached for was reached."""
        return self.goal.reach is not None and self._reaches(self.goal.reach)

    def _reaches(self, bound: float) -> bool:
        return self.value >= bound if self.goal.figure == "rate" else self.value <= bound


def verdicts(case: Case, measured: Mapping[Load, Measured]) -> list[Verdict]:
    """Hold the medians of a case against its goals."""
    ours = measured[case.load]
    return [
        Verdict(
            goal=goal,
            value=getattr(ours.median, goal.figure)
            if goal.over is None
            else ratio(goal.figure, ours, measured[goal.over]),
        )
        for goal in case.goals
    ]


def ratio(figure: str, ours: Measured, peer: Measured) -> float:
    """The median of the ratios of the rounds: what slows a whole round down does not show in it."""
    pairs = zip(ours.rounds, peer.rounds, strict=True)
    return median([float(getattr(one, figure) / getattr(other, figure)) for one, other in pairs])


def show(console: Console, results: Results) -> None:
    """Print what each load brought, then the goals."""
    loads = Table("load @ callers", "sales/s", "p50 ms", "p99 ms", "WAL bytes", title="Medians")
    goals = Table("case", "beside", "measured", "goal", "reach for", "", title="Goals")
    for column in (*loads.columns[1:], *goals.columns[2:5]):
        column.justify = "right"
        column.no_wrap = True
    measured_by_workload = {case.workload: measured for case, measured in results}
    for workload, measured in measured_by_workload.items():
        loads.add_section()
        loads.add_row(f"[bold]{workload.name}")
        for load, figures in measured.items():
            loads.add_row(f"  {label(load)}", *_cells(figures.median))
    for case, measured in results:
        for verdict in verdicts(case, measured):
            goals.add_row(case.name, *_goal_cells(verdict))
    console.print(loads, goals)


def label(load: Load) -> str:
    """A load as the table names it."""
    return f"{_NAMES[load.contender]} @ {load.callers}"


def write(path: Path, results: Results, facts: Mapping[str, object]) -> None:
    """Write all figures, and what they were measured on."""
    cases = {case.name: _case(case, measured) for case, measured in results}
    path.write_text(json.dumps({**facts, "cases": cases}, indent=2) + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    """What the figures depend on, as far as it can be told before the run."""
    load = os.getloadavg()[0] if sys.platform != "win32" else 0.0
    processors = os.cpu_count() or 1
    return {
        "processors": processors,
        "load_average_before": round(load, 2),
        "was_busy": load > processors * _BUSY_SHARE,
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }


def _cells(sample: Sample) -> list[str]:
    return [f"{sample.rate:,.0f}", f"{sample.p50_ms:.2f}", f"{sample.p99_ms:.2f}", f"{sample.wal_bytes:,.0f}"]


def _goal_cells(verdict: Verdict) -> list[str]:
    goal = verdict.goal
    pattern = _FIGURES[goal.figure] if goal.over is None else _RATIOS[goal.figure]
    sign = "" if goal.figure == "rate" else "<= "
    reach = "" if goal.reach is None else sign + pattern.format(goal.reach)
    word = "[green]exceeded" if verdict.is_exceeded else "[green]met" if verdict.is_met else "[red]missed"
    beside = "" if goal.over is None else label(goal.over)
    return [beside, pattern.format(verdict.value), sign + pattern.format(goal.bound), reach, word]


def _case(case: Case, measured: Mapping[Load, Measured]) -> dict[str, Any]:
    ours = measured[case.load]
    return {
        "title": case.title,
        "onhand": _load(case.load, ours),
        "peers": {str(load): _load(load, measured[load]) for load in case.peers},
        "ratios_of_rates": {str(load): round(ratio("rate", ours, measured[load]), 3) for load in case.peers},
        "goals": [_goal(verdict) for verdict in verdicts(case, measured)],
    }


def _load(load: Load, measured: Measured) -> dict[str, Any]:
    return {
        "load": str(load),
        **_rounded(measured.median),
        "rounds": [_rounded(sample) for sample in measured.rounds],
    }


def _rounded(sample: Sample) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(sample).items()}


def _goal(verdict: Verdict) -> dict[str, Any]:
    goal = verdict.goal
    return {
        "figure": goal.figure,
        "over": None if goal.over is None else str(goal.over),
        "value": round(verdict.value, 3),
        "at_least" if goal.figure == "rate" else "at_most": goal.bound,
        "reach_for": goal.reach,
        "met": verdict.is_met,
        "exceeded": verdict.is_exceeded,
    }
