"""The verb `bench`."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

import onhand
from onhand.cli.values import whole_number
from onhand.cli.verb import START, Answer, Desk, verb
from onhand.faults import Fault

Rounds = Annotated[
    int, typer.Option("--rounds", metavar="N", parser=whole_number, help="How often each load is measured.")
]
Seconds = Annotated[int, typer.Option("--seconds", metavar="N", parser=whole_number, help="How long each time.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "bench", panel=START)(bench)


def bench(desk: Desk, rounds: Rounds = 5, seconds: Seconds = 2) -> Answer:
    """Measure onhand beside its peers; needs a checkout of the source, and takes minutes."""
    folder = find_checkout()
    with TemporaryDirectory(prefix="onhand-bench-") as place:
        # `make bench` keeps its figures in the checkout; a run by the way must not replace them.
        results = Path(place) / "results.json"
        command = [sys.executable, "-m", "bench", "--rounds", str(rounds), "--seconds", str(seconds)]
        command += ["--results", str(results)]
        # Its table is for people; with --json only the figures go to stdout.
        done = subprocess.run(command, cwd=folder, check=False, stdout=sys.stderr if desk.json else None)
        if done.returncode != 0:
            raise Fault(code="BENCH_FAILED", message="The benchmark ended before it was done.", retryable=False)
        return Answer(plain=json.loads(results.read_text(encoding="utf-8")), shown=list)


def find_checkout() -> Path:
    """Find the checkout that this onhand runs from; raises Fault BENCH_MISSING where it was installed without one."""
    folder = Path(onhand.__file__).resolve().parents[2]
    if not (folder / "bench" / "__main__.py").is_file():
        raise Fault(
            code="BENCH_MISSING",
            message="The benchmark is part of the source, and this onhand was installed without it. "
            "Get the source and run `make bench` there.",
            retryable=False,
        )
    return folder
