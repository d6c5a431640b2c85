"""PgBouncer in transaction mode before a server of the tests, where it is installed."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.faults.servers import wait_for

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")

pgbouncer = pytest.mark.skipif(PROGRAM is None, reason="PgBouncer is not installed; `make pooler` installs it")


@contextmanager
def pooled(folder: Path, url: str, *, servers: int = 2, clients: int = 200) -> Iterator[str]:
    """Run a pooler with so many connections to the server, and give the address that leads through it."""
    assert PROGRAM is not None
    told = conninfo_to_dict(url)
    port = 6432
    (folder / "users.txt").write_text(f'"{told["user"]}" "{told["password"]}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"""[databases]
* = host={told["host"]} port={told.get("port") or 5432} user={told["user"]} password={told["password"]}
[pgbouncer]
pool_mode = transaction
default_pool_size = {servers}
max_client_conn = {clients}
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = plain
auth_file = {folder}/users.txt
pidfile = {folder}/pid
logfile = {folder}/log
"""
    )
    as_user: list[str] = []
    if os.geteuid() == 0:
        user = _ordinary_user(str(told["host"]))
        as_user = ["-u", user.pw_name]
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
    process = subprocess.Popen([PROGRAM, "-q", *as_user, str(folder / "pgbouncer.ini")])
    address = make_conninfo(url, host=str(folder), port=port)
    try:
        assert wait_for(lambda: _answers(address))
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, prepare_threshold=None).close()
    except psycopg.OperationalError:
        return False
    return True


def _ordinary_user(host: str) -> pwd.struct_passwd:
    """Find a user to run it who reaches the server, since it does not run as root."""
    if host.startswith("/"):
        return pwd.getpwuid(Path(host).stat().st_uid)
    return pwd.getpwnam("nobody")
