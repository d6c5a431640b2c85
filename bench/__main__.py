"""Measure onhand beside its peers: `python -m bench`, or `make bench`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench import peers, report
from bench.cases import CASES, Contender
from bench.ours import Onhand
from bench.pgbench import SingleStatement
from bench.rounds import Contestant, loads_of, measure
from bench.rowlock_lean import LeanRowLockService
from bench.rowlock_orm import OrmRowLockService
from bench.server import Server, own_server
from onhand.pauses import shorten_pauses

RESULTS = Path(__file__).parent / "results.json"
_WIDTH = 110


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the cases that were asked for, print their figures, and write those of a full run."""
    options = _options(arguments)
    # To be told to end is to be interrupted: the callers stop, then the server, and its folder is removed.
    # A shell starts what runs in the background with interrupts ignored, so those are switched on first.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    machine = report.machine()
    shorten_pauses()
    with own_server() as server:
        results = _measured(server, options, console)
    report.show(console, results)
    if machine["was_busy"]:
        console.print("The machine was busy before the run. Its spare processors went to whoever had most processes,")
        console.print(
            "so even the ratios are those of a busy machine; run it again on a quiet one before quoting them."
        )
    if options.results is not None:
        facts = {"rounds": options.rounds, "seconds": options.seconds, "machine": machine}
        report.write(options.results, results, facts)
        console.print(f"Written to {options.results}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure onhand beside its peers.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each load is measured (5)")
    parser.add_argument("--seconds", type=int, default=2, help="how long each time, after a warm-up (2)")
    parser.add_argument("--only", action="append", metavar="CASE", choices=[case.name for case in CASES], help="a case")
    parser.add_argument("--results", type=Path, help="where to write the figures; a full run writes bench/results.json")
    options = parser.parse_args(arguments)
    if min(options.rounds, options.seconds) < 1:
        parser.error("rounds and seconds are at least 1")
    if options.results is None and options.only is None:
        options.results = RESULTS
    return options


def _measured(server: Server, options: argparse.Namespace, console: Console) -> report.Results:
    """Fill the tables of all contestants, run each workload, and see that nobody was quick but wrong."""
    cases = [case for case in CASES if options.only is None or case.name in options.only]
    with console.status("filling the tables") as status:
        ours, statement = Onhand(server), SingleStatement(server)
        ours.fill()
        peers.fill(server.peers_url)
        server.analyse()
        contestants: dict[Contender, Contestant] = {
            Contender.ONHAND: ours,
            Contender.ONHAND_BULK: ours,
            Contender.ONHAND_VERIFY: ours,
            Contender.ONHAND_DEDUCT: ours,
            Contender.SINGLE: statement,
            Contender.QUEUED: statement,
            Contender.ROW_LOCK: OrmRowLockService(server),
            Contender.ROW_LOCK_LEAN: LeanRowLockService(server),
        }
        measured = {
            workload: measure(
                server,
                contestants,
                workload,
                loads,
                rounds=options.rounds,
                seconds=options.seconds,
                tell=status.update,
            )
            for workload, loads in loads_of(cases).items()
        }
        status.update("checking that everybody's stock is right")
        ours.check()
        peers.check(server.peers_url)
    return [(case, measured[case.workload]) for case in cases]


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("ended before it was done")
