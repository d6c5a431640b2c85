"""The best single SQL statement per sale, driven by pgbench, which costs next to nothing itself."""

import os
import re
import subprocess
from pathlib import Path

from bench.cases import Contender, Load, Workload
from bench.peers import SQL, connection_variables
from bench.sample import Sample, sample_of
from bench.server import Server

_THREADS_MAX = 2
_PATIENCE_SECONDS = 60
_RATE = re.compile(r"^tps = ([\d.]+) \(without initial connection time\)", re.MULTILINE)


class SingleStatement:
    """A client for each caller, each on a connection of its own, with the statement prepared."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._environment = os.environ | connection_variables(server.peers_url)
        self._runs = 0

    def run(self, load: Load, workload: Workload, seconds: int) -> Sample:
        """Warm up, then measure."""
        script = SQL / f"{_script(load, workload)}.sql"
        self._pgbench(script, load.callers, workload.items, workload.warm_seconds)
        wal_before = self._server.wal_position()
        rate, latencies = self._pgbench(script, load.callers, workload.items, seconds)
        wal_after = self._server.wal_position()
        return sample_of(
            latencies, count=len(latencies), seconds=len(latencies) / rate, wal_bytes=wal_after - wal_before
        )

    def _pgbench(self, script: Path, clients: int, items: int, seconds: int) -> tuple[float, list[float]]:
        """The transactions per second, and how many seconds each took."""
        self._runs += 1
        log = self._server.folder / f"pgbench-{self._runs}"
        log.mkdir()
        # The run is part of each key, so that no key comes twice.
        variables = {"n": 0, "run": f"run{self._runs}", "items": items, "quantity": 1}
        command = [
            self._server.programs.program("pgbench"),
            *("--no-vacuum", "--protocol=prepared", "--exit-on-abort", "--log", "--log-prefix=sales"),
            *(f"--client={clients}", f"--jobs={min(clients, _THREADS_MAX)}", f"--time={seconds}", f"--file={script}"),
            *(f"--define={name}={value}" for name, value in variables.items()),
        ]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=log,
            env=self._environment,
            timeout=seconds + _PATIENCE_SECONDS,
        )
        found = _RATE.search(done.stdout)
        if done.returncode or not found:
            raise RuntimeError(f"pgbench failed: {done.stderr.strip() or done.stdout.strip()}")
        return float(found[1]), [latency for file in log.iterdir() for latency in _latencies(file)]


def _script(load: Load, workload: Workload) -> str:
    if load.contender is Contender.QUEUED:
        return "one_line_queued"
    if workload.lines == 1:
        return "one_line"
    return "four_lines_hot" if workload.items == 1 else "four_lines"


def _latencies(log: Path) -> list[float]:
    """The third field of each line is how many microseconds a transaction took."""
    with log.open(encoding="ascii") as lines:
        return [int(line.split(maxsplit=3)[2]) / 1_000_000 for line in lines]
