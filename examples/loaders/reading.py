"""
Reading a file line by line, plain or compressed, in bounded memory.

One line of the file is one record: a quote that is never closed spoils its own line and no other.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from onhand.faults import Fault

LINE_BYTES_MAX = 1_000
"""No line of an invoice is longer; what is longer is reported and not kept in memory."""

_GZIP = b"\x1f\x8b"
_BUFFER_BYTES = 1 << 20


class TextLine(NamedTuple):
    """
    A line of the file by its number, the first line being 1, without its line break.

    Bytes that are no UTF-8 stand in `text` as lone surrogates; `text` is None where the line is too long to be one.
    """

    number: int
    text: str | None


def read_lines(path: Path) -> Iterator[TextLine]:
    """
    Read the lines of a file, blank ones left out.

    Raises:
        Fault: FILE_UNREADABLE where it is no file, may not be read or is cut short.
    """
    try:
        with _opened(path) as stream:
            yield from _lines(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise Fault(
            code="FILE_UNREADABLE",
            message=f"{path} cannot be read: {error}. Check the path and that the file is complete.",
            retryable=False,
            facts={"path": str(path)},
        ) from error


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():
        raise FileNotFoundError("it is not there, or it is not a file")
    with path.open("rb") as stream:
        compressed = stream.read(len(_GZIP)) == _GZIP
    if not compressed:
        return path.open("rb", buffering=_BUFFER_BYTES)
    # GzipFile reads as a raw stream does, which its type does not say.
    return io.BufferedReader(cast("io.RawIOBase", gzip.open(path, "rb")), _BUFFER_BYTES)


def _lines(stream: BinaryIO) -> Iterator[TextLine]:
    number = 0
    while content := stream.readline(LINE_BYTES_MAX + 1):
        number += 1
        is_too_long = len(content) > LINE_BYTES_MAX and not content.endswith(b"\n")
        while is_too_long and not content.endswith(b"\n"):
            content = stream.readline(_BUFFER_BYTES)
            if not content:
                break
        if is_too_long:
            yield TextLine(number, None)
            continue
        text = content.decode("utf-8", errors="surrogateescape").rstrip("\r\n")
        if number == 1:
            text = text.removeprefix("\ufeff")
        if text:
            yield TextLine(number, text)
