"""
Tables of CSV, XLSX and Parquet files as rows of text, bounded before they are unpacked.

Numbers come as plain decimals and days as 2026-01-31, whatever the file keeps them as; a formula gives the value that
stands in its cell.
"""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from onhand.cli.exits import FILE_UNREADABLE
from onhand.cli.files.csv_file import CELL_LENGTH_MAX, FILE_BYTES_MAX, ROWS_MAX, CsvRow, RowTrouble, Sheet, read_sheet
from onhand.cli.values import unreadable
from onhand.extras import needs
from onhand.faults import Fault

if TYPE_CHECKING:
    import polars as pl

UNPACKED_BYTES_MAX = 64 * 1024 * 1024
_COLUMNS_MAX = 200


def read_table(file: Path) -> Sheet:
    """
    Read a file by the ending of its name: .xlsx, .parquet, else CSV.

    Raises:
        Fault: FILE_UNREADABLE for what is missing, too large, or not what its name says.
    """
    kind = file.suffix.lower()
    if kind not in {".xlsx", ".parquet"}:
        return read_sheet(file)
    try:
        _check_size(file)
        frame = _xlsx(file) if kind == ".xlsx" else _parquet(file)
    except OSError as error:
        raise unreadable(file, error) from error
    except Fault:
        raise
    except Exception as error:
        raise _unusable(file, f"it is not a whole {kind[1:]} file ({type(error).__name__})") from error
    return _sheet(file, frame)


def _check_size(file: Path) -> None:
    if file.stat().st_size > FILE_BYTES_MAX:
        raise _unusable(file, f"it is larger than {FILE_BYTES_MAX} bytes")


def _xlsx(file: Path) -> "pl.DataFrame":
    with needs("files"):
        import fastexcel
        import polars as pl

    with zipfile.ZipFile(file) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED_BYTES_MAX:
            raise _unusable(file, f"it unpacks to more than {UNPACKED_BYTES_MAX} bytes")
    frame: pl.DataFrame = fastexcel.read_excel(file).load_sheet(0).to_polars()
    return frame


def _parquet(file: Path) -> "pl.DataFrame":
    with needs("files"):
        import polars as pl

    lazy = pl.scan_parquet(file)
    if len(lazy.collect_schema()) > _COLUMNS_MAX:
        raise _unusable(file, f"it has more than {_COLUMNS_MAX} columns")
    return lazy.head(ROWS_MAX + 1).collect()


def _sheet(file: Path, frame: "pl.DataFrame") -> Sheet:
    columns = tuple(str(name).strip().lower() for name in frame.columns)
    if not columns or len(set(columns)) < len(columns):
        raise _unusable(file, "its first row does not name each column once")
    if frame.height > ROWS_MAX:
        raise _unusable(file, f"it has more than {ROWS_MAX} rows; split it, each part with a key of its own")
    rows: list[CsvRow] = []
    troubles: list[RowTrouble] = []
    for line, values in enumerate(frame.iter_rows(), start=2):
        cells = [_text(value) for value in values]
        if not any(cells):
            continue
        long = _too_long(columns, cells)
        if long is not None:
            troubles.append(RowTrouble(line, "INVALID_COMMAND", f"{long} is longer than {CELL_LENGTH_MAX} characters"))
        else:
            rows.append(CsvRow(line, dict(zip(columns, cells, strict=True))))
    return Sheet(columns=columns, rows=tuple(rows), troubles=tuple(troubles))


def _too_long(columns: Sequence[str], cells: Sequence[str | None]) -> str | None:
    return next((name for name, cell in zip(columns, cells, strict=True) if cell and len(cell) > CELL_LENGTH_MAX), None)


def _text(value: object) -> str | None:
    """Write a cell as people would type it."""
    match value:
        case None | "":
            return None
        case bool():
            return str(value).lower()
        case float():
            plain = format(Decimal(repr(value)), "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case Decimal():
            plain = format(value, "f")
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case datetime():
            midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
            return value.date().isoformat() if midnight else value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _unusable(file: Path, what: str) -> Fault:
    return Fault(
        code=FILE_UNREADABLE,
        message=f"{ascii(str(file))[1:-1]} cannot be imported: {what}.",
        retryable=False,
        facts={"file": str(file)},
    )
