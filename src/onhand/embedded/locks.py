"""Locks between processes, which the system lets go when their holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onhand.embedded.identity import Identity
from onhand.embedded.polling import tries
from onhand.faults import Fault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(path: Path, identity: Identity, deadline: float) -> Iterator[None]:
    """
    Hold the lock of a home, so that one process at a time creates, starts or stops its server.

    Raises:
        Fault: EMBEDDED_BUSY if another process holds it until the deadline.
    """
    descriptor = _open(path, identity)
    try:
        if not any(_taken(descriptor) for _ in tries(deadline)):
            raise Fault(
                code="EMBEDDED_BUSY",
                message=f"Another process is still starting or stopping the database in {path.parent}.",
                retryable=True,
                facts={"lock": str(path)},
            )
        try:
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def lifeline(path: Path, identity: Identity) -> Iterator[int | None]:
    """
    Lock a file whose descriptor a new server inherits, so that the lock lasts as long as any process of it lives.

    It shows what pids cannot: a server in another container that shares this folder. Yields nothing if such a lock
    is held. It is closed here and never unlocked: unlocking would undo it for the heirs as well. Where descriptors
    cannot be inherited it locks nothing.
    """
    descriptor = _open(path, identity)
    try:
        yield descriptor if sys.platform == "win32" or _taken(descriptor) else None
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether any living process holds the lock on a file."""
    if sys.platform == "win32" or not path.exists():
        return False
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        # Shared, so that two who only look do not take each other for a server.
        return not _taken(descriptor, shared=True)
    finally:
        os.close(descriptor)


def _open(path: Path, identity: Identity) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    if hasattr(os, "fchown") and identity.drops:
        os.fchown(descriptor, identity.owner_uid, identity.owner_gid)
    return descriptor


if sys.platform == "win32":

    def _taken(descriptor: int, *, shared: bool = False) -> bool:
        del shared  # Such locks are not to be had here, and nobody asks for one.
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _taken(descriptor: int, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int) -> None:
        # Said in words, since a process forked meanwhile holds a copy of the descriptor open.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
