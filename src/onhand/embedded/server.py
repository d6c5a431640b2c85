"""Up, down and status: the server of a home as its users see it."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import psycopg

from onhand.embedded.addresses import Addresses, addresses_of, make_passwords, read_passwords
from onhand.embedded.binaries import binaries_for
from onhand.embedded.cluster import Cluster, lives
from onhand.embedded.identity import Identity, settle
from onhand.embedded.layout import Layout, log_tail, version_in
from onhand.embedded.locks import locked
from onhand.embedded.polling import deadline_after, seconds_until, tries
from onhand.embedded.processes import postmaster_in_file
from onhand.embedded.roles import furnish, is_furnished
from onhand.faults import Fault

_CONNECT_SECONDS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStatus:
    """Whether the server of a home runs, and where; nothing is known of a server that does not."""

    running: bool
    home: Path
    version: int | None
    pid: int | None = None
    port: int | None = None
    socket_folder: Path | None = None


def default_home() -> Path:
    """Where the data lies unless the user says otherwise; root's must be open to the user who runs the server."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return Path("/var/lib/onhand")
    return platformdirs.user_data_path("onhand", appauthor=False)


def up(home: Path, *, version: int = 18, seconds_max: float = 600) -> Addresses:
    """
    Have the server of a home run, and return when a real connection works.

    Makes what is missing, from the data folder to the roles. Any number of processes may call it at once.

    Args:
        seconds_max: Patience; to recover after a crash may take minutes.

    Raises:
        Fault: Its code begins with EMBEDDED; its message says what to do.
    """
    deadline = deadline_after(seconds_max)
    with _folder_faults(home):
        home = home.resolve()
        identity = settle(home)
        layout = Layout(home=home, version=version)
        for _ in tries(deadline):
            with locked(layout.lock, identity, deadline):
                cluster = _made(layout, identity)
                launched = cluster.start(deadline)
            addresses = _furnished(cluster, deadline)
            if addresses is not None:
                return addresses
            if launched:
                raise cluster.start_failed()
            # Somebody else's server ended while we waited for it: the next round starts one.
        raise _not_ready(layout, "ended again and again")


def down(home: Path, *, seconds_max: float = 60) -> bool:
    """
    Stop the server of a home; transactions that are open are rolled back.

    Returns:
        Whether it was running.
    """
    deadline = deadline_after(seconds_max)
    with _folder_faults(home):
        home = home.resolve()
        version = version_in(home)
        if version is None:
            return False
        layout = Layout(home=home, version=version)
        identity = settle(home)
        with locked(layout.lock, identity, deadline):
            cluster = Cluster(layout=layout, identity=identity, binaries=binaries_for(version, home, identity))
            if not lives(layout):
                return False
            cluster.stop(deadline)
            return True


def status(home: Path) -> ServerStatus:
    """Look at a home, and change nothing."""
    with _folder_faults(home):
        home = home.resolve()
        version = version_in(home)
        if version is None:
            return ServerStatus(running=False, home=home, version=None)
        layout = Layout(home=home, version=version)
        server = postmaster_in_file(layout.data)
        if server is None or not lives(layout):
            return ServerStatus(running=False, home=home, version=version)
        return ServerStatus(
            running=True,
            home=home,
            version=version,
            pid=server.pid,
            port=server.port,
            socket_folder=server.socket_folder,
        )


def _made(layout: Layout, identity: Identity) -> Cluster:
    """The cluster of a home, made if the home has none."""
    found = version_in(layout.home)
    if found is not None and found != layout.version:
        raise Fault(
            code="EMBEDDED_OTHER_VERSION",
            message=f"{layout.home} holds a database of PostgreSQL {found}, but {layout.version} was asked for. "
            f"Ask for {found}, or set ONHAND_HOME to a new folder and bring the data over by dump and restore.",
            retryable=False,
            facts={"home": str(layout.home), "found": found, "asked": layout.version},
        )
    binaries = binaries_for(layout.version, layout.home, identity)
    cluster = Cluster(layout=layout, identity=identity, binaries=binaries)
    if not cluster.is_made():
        cluster.make(make_passwords(layout, identity))
    return cluster


def _furnished(cluster: Cluster, deadline: float) -> Addresses | None:
    """Connect, and make the roles and the database if they are missing; nothing if the server ended meanwhile."""
    layout = cluster.layout
    passwords = read_passwords(layout)
    said = "starting"
    for _ in tries(deadline):
        server = postmaster_in_file(layout.data)
        # To knock while it recovers would fill its log.
        if server is not None and server.is_ready:
            addresses = addresses_of(server, passwords)
            try:
                _furnish(addresses, passwords, cluster, deadline)
            except psycopg.OperationalError as error:
                # Starting, recovering, stopping or gone: which of these shows below.
                said = str(error).strip()
                _refuse_wrong_password(layout, error)
            else:
                return addresses
        if not lives(layout):
            return None
    raise _not_ready(layout, said)


def _not_ready(layout: Layout, said: str) -> Fault:
    return Fault(
        code="EMBEDDED_NOT_READY",
        message=f"The database in {layout.data} takes no connection yet; it may be recovering. Its last word: {said}",
        retryable=True,
        facts={"data": str(layout.data), "said": said, "log": log_tail(layout.log)},
    )


def _furnish(addresses: Addresses, passwords: Mapping[str, str], cluster: Cluster, deadline: float) -> None:
    seconds = min(_CONNECT_SECONDS_MAX, max(1, round(seconds_until(deadline))))
    with psycopg.connect(addresses.admin_url, autocommit=True, connect_timeout=seconds) as connection:
        if is_furnished(connection):
            return
        with locked(cluster.layout.lock, cluster.identity, deadline):
            furnish(connection, passwords)


def _refuse_wrong_password(layout: Layout, error: psycopg.OperationalError) -> None:
    # An error of connecting has no code, only its text, which the server writes in English by our settings.
    if "password authentication failed" in str(error):
        raise Fault(
            code="EMBEDDED_PASSWORDS_WRONG",
            message=f"The passwords in {layout.passwords} are not those of the database in {layout.data}. "
            "Put the file back from a backup.",
            retryable=False,
            facts={"file": str(layout.passwords)},
        ) from error


@contextmanager
def _folder_faults(home: Path) -> Iterator[None]:
    """Turn what the system says of files and folders into a fault that names the way out."""
    try:
        yield
    except OSError as error:
        raise Fault(
            code="EMBEDDED_HOME_UNUSABLE",
            message=f"The database in {home} cannot be used: {error}. "
            "Set ONHAND_HOME to a folder of your own on a local disk with room.",
            retryable=False,
            facts={"home": str(home), "errno": error.errno},
        ) from error
