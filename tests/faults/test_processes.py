"""Which processes live, told by what the system says of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from onhand.embedded.processes import is_alive
from tests.faults.servers import wait_for

WITHOUT_ARGUMENTS = """
import ctypes, sys
from pathlib import Path
told = Path("/proc/self/stat").read_text().rpartition(") ")[2].split()
[code, code_end, stack, data, data_end, heap, first, _, environment, environment_end] = [
    int(told[field - 3]) for field in (26, 27, 28, 45, 46, 47, 48, 49, 50, 51)
]
libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
place = [code, code_end, data, data_end, heap, libc.sbrk(0), stack, first, first, environment, environment_end, 0]
place = (ctypes.c_uint64 * 13)(*place, 0xFFFFFFFF << 32)
libc.prctl(35, 14, ctypes.byref(place), ctypes.sizeof(place), 0)
print(Path("/proc/self/cmdline").read_text() or "none", flush=True)
sys.stdin.read()
"""
"""Takes its own arguments away, as they are away for a moment while a process becomes another program."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system tells of processes otherwise")


def test_a_process_that_becomes_another_program_lives() -> None:
    """
    A process that has no arguments is alive all the same.

    A server that was looked at while its shell became PostgreSQL was taken for dead, about once in 150 starts on a busy
    machine; it fails when the arguments are asked: tried.
    """
    command = [sys.executable, "-c", WITHOUT_ARGUMENTS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        alive = is_alive(process.pid)
        process.communicate()

    if said != "none":
        pytest.skip("this system lets no process take its arguments away")
    assert alive


def test_a_process_that_has_ended_does_not_live() -> None:
    """A zombie is not alive, nor is one that was waited for."""
    process = subprocess.Popen([sys.executable, "-c", ""])

    is_zombie = wait_for(lambda: not is_alive(process.pid))
    unwaited = process.returncode
    process.wait()

    assert is_zombie
    assert unwaited is None
    assert not is_alive(process.pid)
