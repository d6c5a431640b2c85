"""Files of lab certificates: one JSON object a line, plain or packed with gzip, bounded before they are unpacked."""

import gzip
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from onhand.cli.exits import FILE_UNREADABLE
from onhand.cli.files.csv_file import FILE_BYTES_MAX, ROWS_MAX, STDIN, RowTrouble
from onhand.cli.files.table_file import UNPACKED_BYTES_MAX
from onhand.cli.values import unreadable
from onhand.faults import Fault
from onhand.kernel.lots.certificates import Number, Numbered
from onhand.kernel.lots.metadata import BYTES_MAX
from onhand.kernel.strict_json import read_spelled_json

_GZIP = b"\x1f\x8b"


class Certificates(NamedTuple):
    """The certificates of a file, and what is wrong with its other lines."""

    certificates: tuple[Numbered, ...]
    troubles: tuple[RowTrouble, ...]


def read_certificates(file: Path) -> Certificates:
    """
    Read a file of certificates; a file named - is the standard input. Numbers keep the spelling that they came in.

    Raises:
        Fault: FILE_UNREADABLE for what is missing, too large, or not what its first bytes say.
    """
    found: list[Numbered] = []
    troubles: list[RowTrouble] = []
    for line, text in enumerate(_lines(file), start=1):
        if not text.strip():
            continue
        if len(found) + len(troubles) >= ROWS_MAX:
            raise _unusable(file, f"it has more than {ROWS_MAX} lines; split it, each part with a key of its own")
        certificate = _certificate(text)
        if isinstance(certificate, str):
            troubles.append(RowTrouble(line, "INVALID_COMMAND", certificate))
        else:
            found.append(Numbered(line, certificate))
    return Certificates(tuple(found), tuple(troubles))


def _certificate(text: bytes) -> Mapping[str, Any] | str:
    """Read a line; what is wrong with it is told as text."""
    if len(text) > BYTES_MAX:
        return f"it is longer than {BYTES_MAX} bytes"
    try:
        read = read_spelled_json(text.decode("utf-8-sig"), Number)
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except ValueError as error:
        return f"it is not JSON: {str(error)[:100]}"
    return read if isinstance(read, dict) else "it is not a JSON object"


def _lines(file: Path) -> Iterator[bytes]:
    content = _content(file)
    if content[: len(_GZIP)] == _GZIP:
        content = _unpacked(file, content)
    yield from content.splitlines()


def _content(file: Path) -> bytes:
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(UNPACKED_BYTES_MAX + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(UNPACKED_BYTES_MAX + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    most = FILE_BYTES_MAX if content[: len(_GZIP)] == _GZIP else UNPACKED_BYTES_MAX
    if len(content) > most:
        raise _unusable(file, f"it is larger than {most} bytes; split it")
    return content


def _unpacked(file: Path, content: bytes) -> bytes:
    import io

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(UNPACKED_BYTES_MAX + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _unusable(file, f"it is not a whole gzip file ({type(error).__name__})") from error
    if len(unpacked) > UNPACKED_BYTES_MAX:
        raise _unusable(file, f"it unpacks to more than {UNPACKED_BYTES_MAX} bytes")
    return unpacked


def _unusable(file: Path, what: str) -> Fault:
    return Fault(
        code=FILE_UNREADABLE,
        message=f"{ascii(str(file))[1:-1]} cannot be imported: {what}.",
        retryable=False,
        facts={"file": str(file)},
    )
