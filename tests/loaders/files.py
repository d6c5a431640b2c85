"""Files of the format online-retail, made by the tests."""

import gzip
from collections.abc import Sequence
from pathlib import Path

from examples.loaders.online_retail import COLUMNS, Entry, Row, Unreadable, read_entries
from examples.loaders.reading import TextLine

HEADER = ",".join(COLUMNS)


def text(  # one argument a column
    invoice: str = "536365",
    code: str = "85123A",
    units: object = 6,
    price: object = "2.55",
    *,
    description: str = "WHITE HANGING HEART",
    date: str = "2010-12-01 08:26:00",
    customer: str = "17850.0",
    country: str = "United Kingdom",
) -> str:
    """Write one line."""
    return f"{invoice},{code},{description},{units},{date},{price},{customer},{country}"


def correction(invoice: str, code: str, units: int, description: str = "") -> str:
    """Write the line of a correction of stock: no price, no customer."""
    return text(invoice, code, units, "0.0", description=description, customer="")


def write(path: Path, lines: Sequence[str]) -> Path:
    """Write a file, compressed where its name says so."""
    content = "\n".join((HEADER, *lines, "")).encode("utf-8", errors="surrogateescape")
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def numbered(lines: Sequence[str]) -> list[TextLine]:
    """Number lines as they stand in a file, the header first."""
    return [TextLine(number, line) for number, line in enumerate((HEADER, *lines), start=1)]


def read(lines: Sequence[str]) -> list[Entry | Unreadable]:
    """Read lines as a file of them would be read."""
    return list(read_entries(numbered(lines)))


def readable(lines: Sequence[str]) -> list[Entry]:
    """Read lines that can all be read."""
    entries = [entry for entry in read(lines) if isinstance(entry, Entry)]
    assert len(entries) == len(lines)
    return entries


def row(line: str) -> Row:
    """Read one line that can be read."""
    return readable([line])[0].row
