"""
CSV files, read and written with care.

Reading bounds size, rows and cells before anything is kept, and tells every row that is wrong by its line in the file.
Writing puts an apostrophe before text that a spreadsheet would take for a formula; reading takes it off again, so a
file that was exported comes back as it was.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from onhand.cli.exits import FILE_UNREADABLE
from onhand.cli.values import unreadable
from onhand.faults import Fault
from onhand.kernel.quantity import shown

FILE_BYTES_MAX = 8 * 1024 * 1024
ROWS_MAX = 10_000
CELL_LENGTH_MAX = 1_000
STDIN = Path("-")

_DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class CsvRow(NamedTuple):
    """A row with its line in the file; a cell that is empty is None."""

    line: int
    cells: Mapping[str, str | None]


class RowTrouble(NamedTuple):
    """What is wrong with a row."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of a file that have the right form, and what is wrong with the others."""

    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    troubles: tuple[RowTrouble, ...]


def read_sheet(file: Path) -> Sheet:
    """
    Read a CSV file in UTF-8 whose first row names the columns; a file named - is the standard input.

    Commas, semicolons or tabs part the cells.

    Raises:
        Fault: FILE_UNREADABLE for a file that is missing, too large, no text, or without such a first row.
    """
    text = _text_of(file)
    header, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=header.count)
    rows: list[CsvRow] = []
    troubles: list[RowTrouble] = []
    lines = _lines(text, delimiter, troubles)
    columns = tuple(name.strip().lower() for name in next(lines, (1, []))[1])
    if not any(columns) or len(set(columns)) < len(columns):
        raise _malformed(file, "its first row does not name each column once")
    for line, cells in lines:
        if len(rows) + len(troubles) >= ROWS_MAX:
            raise _malformed(file, f"it has more than {ROWS_MAX} rows; split it, each part with a key of its own")
        trouble = _wrong_row(cells, columns)
        if trouble is not None:
            troubles.append(RowTrouble(line, "INVALID_COMMAND", trouble))
        else:
            named = zip(columns, (plain_cell(cell) if cell else None for cell in cells), strict=True)
            rows.append(CsvRow(line, dict(named)))
    return Sheet(columns=columns, rows=tuple(rows), troubles=tuple(troubles))


def neutral_cell(text: str) -> str:
    """Give text as a spreadsheet shows it and never runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Give the text that `neutral_cell` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_line(cells: Sequence[object]) -> str:
    """Write one row; None is empty, and text is neutralised, but numbers stay numbers."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(["" if cell is None else cell for cell in cells])
    return line.getvalue()


def _text_of(file: Path) -> str:
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(FILE_BYTES_MAX + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) > FILE_BYTES_MAX:
        raise _malformed(file, f"it is larger than {FILE_BYTES_MAX} bytes; split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _malformed(file, f"line {line} is not UTF-8; save it as CSV UTF-8") from error


def _lines(text: str, delimiter: str, troubles: list[RowTrouble]) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # After a quote that is not closed nothing can be trusted to be a row.
            troubles.append(RowTrouble(line, "INVALID_COMMAND", f"it cannot be read: {error}"))
            return
        if any(cells):
            yield line, cells


def _wrong_row(cells: Sequence[str], columns: Sequence[str]) -> str | None:
    if len(cells) != len(columns):
        return f"it has {len(cells)} cells, the first row has {len(columns)}"
    long = next((name for name, cell in zip(columns, cells, strict=True) if len(cell) > CELL_LENGTH_MAX), None)
    return None if long is None else f"{shown(long)} is longer than {CELL_LENGTH_MAX} characters"


def _malformed(file: Path, what: str) -> Fault:
    return Fault(
        code=FILE_UNREADABLE,
        message=f"{ascii(str(file))[1:-1]} cannot be imported: {what}.",
        retryable=False,
        facts={"file": str(file)},
    )
