"""Where things lie in a home, and how a private file is written there."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of one home, which holds one database cluster."""

    home: Path
    version: int

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL; it appears only when it is complete."""
        return self.home / f"{_PREFIX}{self.version}"

    @property
    def log(self) -> Path:
        """The folder to which the server writes its log."""
        return self.home / f"{_PREFIX}-log"

    @property
    def lock(self) -> Path:
        """Locked by whoever creates, starts or stops the server."""
        return lock_of(self.home)

    @property
    def lifeline(self) -> Path:
        """Locked by the processes of the server for as long as any of them lives."""
        return self.home / f"{_PREFIX}.alive"

    @property
    def passwords(self) -> Path:
        """The passwords of the roles, readable by their owner alone."""
        return self.home / "passwords.json"

    @property
    def unfinished_prefix(self) -> str:
        """How the names of folders begin in which a cluster is being made."""
        return f"{_PREFIX}{self.version}.unfinished-"


def lock_of(home: Path) -> Path:
    """The lock of a home; its presence also shows that the home is ours."""
    return home / f"{_PREFIX}.lock"


def version_in(home: Path) -> int | None:
    """The version of the cluster that a home holds, if it holds one."""
    if not home.exists():
        return None
    endings = [path.name.removeprefix(_PREFIX) for path in home.iterdir() if path.name.startswith(_PREFIX)]
    return max((int(ending) for ending in endings if ending.isdecimal()), default=None)


def log_tail(folder: Path, lines: int = 20) -> str:
    """The last lines that the server wrote, oldest first."""
    logs = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
    written = [line for path in logs[-2:] for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    return "\n".join(written[-lines:])


def write_private(path: Path, text: str, *, uid: int, gid: int) -> None:
    """
    Write a file that its owner alone can read, whole or not at all, and on disk before this returns.

    Args:
        uid: The owner; -1 leaves it to be the caller.
        gid: The group; -1 leaves it to be the caller's.
    """
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if hasattr(os, "fchown"):
            os.fchown(descriptor, uid, gid)
        os.fsync(descriptor)
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
