"""How the processes of a server are found where the system does not say: no answer is not taken for none."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from onhand.embedded import processes


def test_nobody_is_dead_for_want_of_a_descriptor() -> None:
    """T4: a process that cannot be looked at, since no file can be opened, is not called dead."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(OSError, match="Too many open files"):
            processes.is_alive(os.getpid())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert processes.is_alive(os.getpid())


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="the system has no ps")
def test_a_list_of_processes_is_whole_or_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """T4: ps tells a process of a long name whatever the terminal's width; where it fails, none is called gone."""
    monkeypatch.setattr(processes, "_PROC", tmp_path / "none")
    monkeypatch.setenv("COLUMNS", "80")
    data = tmp_path / ("long" * 40)
    command = [sys.executable, "-c", "input()", "postgres", "-D", str(data)]
    sleeper = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    try:
        found = processes.members(data)
        failed = subprocess.CompletedProcess([], 1, "", "ps: no memory")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
        with pytest.raises(OSError, match="no memory"):
            processes.members(data)
    finally:
        sleeper.communicate("\n")

    assert found == [sleeper.pid]
