"""Homes, processes and users for the tests of the embedded server."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onhand.embedded.layout import version_in
from onhand.embedded.polling import deadline_after, tries
from onhand.embedded.processes import members

SOURCE = Path(__file__).resolve().parents[2] / "src"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run the server as another user")


@contextmanager
def homes_folder() -> Iterator[Path]:
    """
    A folder for homes; each server in it is ended with it.

    Not pytest's own: its folders are closed to other users, so root's server could not reach a home in them, and
    their long paths would send each socket elsewhere.
    """
    folder = Path(tempfile.mkdtemp(prefix="oh-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        stop_all(folder)
        shutil.rmtree(folder)


def stop_all(folder: Path) -> None:
    """End every process of each server below a folder, by its pid."""
    for data in [path.parent for path in folder.rglob("PG_VERSION") if path.parent.parent.name != "base"]:
        for pid in members(data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert wait_for(lambda data=data: not members(data))  # type: ignore[misc]  # A default has no type here.


def wait_for(fact: Callable[[], bool], seconds: float = 30) -> bool:
    """Look at a fact until it holds."""
    return any(fact() for _ in tries(deadline_after(seconds)))


def data_of(home: Path) -> Path:
    """The data folder in a home."""
    return home / f"postgres{version_in(home)}"


def query(url: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows of one statement, on a connection of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def python(
    script: str, *arguments: Path, environment: dict[str, str] | None = None, within: Sequence[str] = ()
) -> subprocess.Popen[str]:
    """
    Start a Python of its own, in a session of its own as from another terminal.

    Args:
        within: The command that is to run it, if it is not to be run directly.
    """
    wanted = os.environ | (environment or {})
    paths = [path for path in (wanted.get("PYTHONPATH"), str(SOURCE)) if path]
    return subprocess.Popen(
        [*within, sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=wanted | {"PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    )


def answer_of(process: subprocess.Popen[str]) -> Any:  # noqa: ANN401 - whatever the script printed as JSON
    """Wait for a Python started above, and read what it printed."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


def run_as(uid: int, action: Callable[[], object]) -> Any:  # noqa: ANN401 - whatever the action returned, through JSON
    """
    Run an action in a fork of this process that has become another user for good.

    A fork, since that user may be unable to enter the folder of this Python.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            os.write(writer, json.dumps(action()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said)


def modes_above(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Owner, group and mode of a folder and of all above it."""
    facts = {path: path.stat() for path in (folder, *folder.parents)}
    return {path: (fact.st_uid, fact.st_gid, stat.S_IMODE(fact.st_mode)) for path, fact in facts.items()}
