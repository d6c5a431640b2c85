"""What the server has written to its log, by kind of record."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from bench.server import VERSION, Server

_SHARE = r"\s+\(\s*[\d.]+\)\s+"
_KIND = re.compile(rf"^(\w+/\S+)\s+(\d+){_SHARE}(\d+){_SHARE}(\d+){_SHARE}\d+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The records of one kind; the images of whole pages, which follow a checkpoint, apart."""

    name: str
    records: int
    record_bytes: int
    image_bytes: int


def kinds(server: Server, start: int, end: int) -> Iterator[Kind]:
    """Read the log between two positions; its files must still be there."""
    command = [
        server.programs.program("pg_waldump"),
        "--stats=record",
        f"--path={server.home / f'postgres{VERSION}' / 'pg_wal'}",
        f"--start={_position(start)}",
        f"--end={_position(end)}",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for found in _KIND.finditer(done.stdout):
        yield Kind(name=found[1], records=int(found[2]), record_bytes=int(found[3]), image_bytes=int(found[4]))


def _position(offset: int) -> str:
    """As PostgreSQL writes a position of its log."""
    return f"{offset >> 32:X}/{offset & 0xFFFFFFFF:X}"
