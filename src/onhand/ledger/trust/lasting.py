"""Files that outlast a power cut: what is told to be written is on the disk, under its name."""

import errno
import os
from pathlib import Path

_NOT_TO_BE_SYNCED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})
"""What is said of a folder that cannot be synced: by some network disks, and of a folder that may not be listed."""


def sync_file(file: Path) -> None:
    """Let what a file holds reach the disk."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NOT_TO_BE_SYNCED:
            raise


def put_in_place(draft: Path, file: Path) -> None:
    """Give a complete draft its name, in place of what had it; it is on the disk when this returns."""
    sync_file(draft)
    draft.replace(file)
    sync_folder(file.parent)
