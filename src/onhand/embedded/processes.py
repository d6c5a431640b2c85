"""Which processes of a server live, whatever its pid file says."""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PID_FILE = "postmaster.pid"

_PROC = Path("/proc")
_ENDED = frozenset({b"Z", b"X", b"x"})
"""The states of a process that has ended and was not waited for yet."""
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)
"""What is said of a process that has ended or is another user's; anything else, as no descriptor left, is no answer."""

_ANSWER_SECONDS_MAX = 5.0
_LISTENING_LINES = 6
"""The pid file has this many lines once the server listens: pid, folder, start, port, socket folder, address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmaster:
    """What the pid file of a server says that has begun to listen."""

    pid: int
    port: int
    socket_folder: Path | None
    address: str
    is_ready: bool
    """Whether it takes connections, rather than starting, recovering or stopping."""


def cluster_name(data: Path) -> str:
    """The name by which all processes of one data folder are known, part of their titles."""
    return f"onhand-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def pid_in_file(data: Path) -> int | None:
    """The pid that the pid file names, which may belong to anybody by now."""
    lines = _pid_file(data)
    return int(lines[0]) if lines and lines[0].strip().isdecimal() else None


def postmaster_in_file(data: Path) -> Postmaster | None:
    """What the pid file says, if the server had come as far as to listen when it was written."""
    lines = _pid_file(data)
    pid = pid_in_file(data)
    if pid is None or len(lines) < _LISTENING_LINES or not lines[3].strip().isdecimal():
        return None
    folder, address = lines[4].strip(), lines[5].strip()
    if not folder and not address:
        return None
    return Postmaster(
        pid=pid,
        port=int(lines[3]),
        socket_folder=Path(folder) if folder else None,
        address=address,
        is_ready=lines[-1].strip() == "ready",
    )


def living_postmaster(data: Path) -> int | None:
    """The pid of the server of this data folder, if it lives and this process can see it."""
    pid = pid_in_file(data)
    if pid is None or not any(_belongs(arguments, data) for _, arguments in _processes(pid)):
        return None
    return pid


def answers(server: Postmaster | None) -> bool:
    """
    Whether somebody listens where a server said that it would, seen or unseen.

    Only a living server does: its children close the socket as soon as they begin.
    """
    if sys.platform == "win32" or server is None or server.socket_folder is None:
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_ANSWER_SECONDS_MAX)
        return probe.connect_ex(str(server.socket_folder / f".s.PGSQL.{server.port}")) == 0


def members(data: Path) -> list[int]:
    """The pids of all visible processes of this data folder: the server and the children that it may have left."""
    return [pid for pid, arguments in _processes(None) if pid != os.getpid() and _belongs(arguments, data)]


def is_alive(pid: int) -> bool:
    """
    Whether a process has this pid and is no zombie.

    Its arguments do not tell: while it becomes another program it has none for a moment, and lives.
    """
    if not _PROC.is_dir():
        return any(True for _ in _processes(pid))
    try:
        state = (_PROC / str(pid) / "stat").read_bytes().rpartition(b") ")[2][:1]
    except _GONE:
        return False
    return state not in _ENDED


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / PID_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _belongs(arguments: str, data: Path) -> bool:
    if sys.platform == "win32":
        return "postgres.exe" in arguments
    if arguments.startswith(f"postgres: {cluster_name(data)}: "):
        return True
    # The shell that launches the server has the server's arguments among its own.
    return f"postgres -D {data} " in f"{arguments} " and not arguments.startswith("/bin/sh ")


def _processes(pid: int | None) -> Iterator[tuple[int, str]]:
    """
    The pid and the arguments of living processes, of one or of all.

    Arguments are used, not the working folder or the open files, since root in a container may not see those of
    another user's processes. Zombies have no arguments and so do not count.
    """
    if _PROC.is_dir():
        return _from_proc(pid)
    return _from_tasklist(pid) if os.name == "nt" else _from_ps(pid)


def _from_proc(pid: int | None) -> Iterator[tuple[int, str]]:
    for folder in _PROC.iterdir() if pid is None else [_PROC / str(pid)]:
        with suppress(*_GONE):
            arguments = (folder / "cmdline").read_bytes() if folder.name.isdecimal() else b""
            if arguments:
                yield int(folder.name), os.fsdecode(arguments).replace("\0", " ")


def _from_ps(pid: int | None) -> Iterator[tuple[int, str]]:
    selection = ["-ax"] if pid is None else ["-p", str(pid)]
    # As wide as it is, or the arguments end at the width of a terminal; and by POSIX a heading ends with its argument.
    command = ["/bin/ps", "-ww", *selection, "-o", "pid=", "-o", "stat=", "-o", "args="]
    listing = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    if pid is None and listing.returncode:  # to look for one that is not there fails, too
        raise OSError(f"ps does not list the processes: {listing.stderr.strip()}")
    for line in listing.stdout.splitlines():
        number, state, arguments = (*line.split(None, 2), "", "")[:3]
        if not state.startswith("Z"):
            yield int(number), arguments


def _from_tasklist(pid: int | None) -> Iterator[tuple[int, str]]:
    # Titles are not to be had here, so nothing is ever called a leftover, and the pid file alone names the server.
    if pid is None:
        return
    tasklist = Path(os.environ["SYSTEMROOT"], "System32", "tasklist.exe")
    listing = subprocess.run(
        [str(tasklist), "/NH", "/FO", "CSV", "/FI", f"PID eq {pid}"], check=False, capture_output=True, text=True
    )
    if listing.returncode:  # where there is none it says so, and does not fail
        raise OSError(f"tasklist does not list the processes: {listing.stderr.strip()}")
    if f'"{pid}"' in listing.stdout:
        yield pid, listing.stdout
