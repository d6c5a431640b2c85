"""Starting the server so that it belongs to nobody, and the place where it listens."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from onhand.embedded.binaries import Binaries
from onhand.embedded.identity import Identity
from onhand.embedded.layout import Layout
from onhand.embedded.processes import PID_FILE, cluster_name, living_postmaster
from onhand.embedded.settings import rules
from onhand.faults import Fault

_SOCKET_PORT = 5432
_SOCKET_BYTES_MAX = 103
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
# The shell ends at once, so the server is no child of ours: it outlives us, and leaves us no zombie.
_SCRIPT = 'exec "$@" </dev/null >"$0" 2>&1 & echo "$!"'


def environment() -> dict[str, str]:
    """What the programs of PostgreSQL may know of our environment: no PG variable, no locale, no secret."""
    return {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | {"LC_ALL": "C"}


def launch(layout: Layout, identity: Identity, binaries: Binaries, descriptor: int) -> int | None:
    """
    Start the server and return at once.

    Args:
        descriptor: The lifeline, which the server and its children inherit.

    Returns:
        The pid of the server; nothing if there is none.
    """
    layout.log.mkdir(mode=0o700, exist_ok=True)
    identity.give(layout.log)
    folder = _make_socket_folder(layout.data, identity)
    port = _free_port() if folder is None else _SOCKET_PORT
    settings = rules(data=layout.data, log=layout.log, socket_folder=folder, port=port)
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = layout.log / "start.log"
    if sys.platform == "win32":
        return _launch_on_windows(layout, binaries, arguments, log)
    # The program's name comes right before -D: so it is known again among all processes.
    command = [binaries.program("postgres"), "-D", str(layout.data), *arguments]
    shell = subprocess.run(
        ["/bin/sh", "-c", _SCRIPT, str(log), *command],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=layout.home,
        env=environment(),
        pass_fds=[descriptor],
        start_new_session=True,
        umask=0o077,
        **identity.child_options(),
    )
    return int(shell.stdout)


def remove_traces(layout: Layout, identity: Identity) -> None:
    """
    Remove the pid files of a server that is known to be dead.

    The pid in them may belong to a stranger by now, and PostgreSQL would refuse to start for it.
    """
    (layout.data / PID_FILE).unlink(missing_ok=True)
    folder = _make_socket_folder(layout.data, identity)
    if folder is not None:
        (folder / f".s.PGSQL.{_SOCKET_PORT}.lock").unlink(missing_ok=True)


def _launch_on_windows(layout: Layout, binaries: Binaries, arguments: list[str], log: Path) -> int | None:
    # Only pg_ctl gives up an administrator's rights, which PostgreSQL refuses.
    command = [binaries.program("pg_ctl"), "start", "-D", str(layout.data), "-l", str(log)]
    options = subprocess.list2cmdline(arguments)
    subprocess.run([*command, "-w", "-o", options], check=False, stdout=subprocess.DEVNULL, env=environment())
    return living_postmaster(layout.data)


def _make_socket_folder(data: Path, identity: Identity) -> Path | None:
    """
    The folder of the unix socket: the data folder or, if its path is too long for a socket, a short private one.

    Nothing where there are no unix sockets.
    """
    if sys.platform == "win32":
        return None
    if len(os.fsencode(data / f".s.PGSQL.{_SOCKET_PORT}")) <= _SOCKET_BYTES_MAX:
        return data
    folder = Path(tempfile.gettempdir()).resolve() / cluster_name(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    server_uid = identity.uid if identity.drops else os.geteuid()
    if folder.lstat().st_uid == os.geteuid():
        identity.give(folder)
    facts = folder.lstat()
    private = stat.S_ISDIR(facts.st_mode) and facts.st_uid == server_uid and not facts.st_mode & 0o077
    if not private or identity.first_closed(folder) is not None:
        raise Fault(
            code="EMBEDDED_HOME_UNREACHABLE",
            message=f"The path of {data} is too long for a unix socket, and {folder}, which would hold it instead, "
            f"is not private to the user {identity.name!r}. Set ONHAND_HOME to a shorter path.",
            retryable=False,
            facts={"data": str(data), "socket_folder": str(folder)},
        )
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
