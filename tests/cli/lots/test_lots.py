"""The verbs about lots: a story from intake to recall, and files of lots in three formats."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from onhand.cli.files.csv_file import FILE_BYTES_MAX
from onhand.cli.files.table_file import read_table
from onhand.faults import Fault
from tests.cli.command_line import CommandLine

COLUMNS = ("vendor", "brand", "product", "category", "quantity", "grade", "expires_on", "lot")
ROWS = (
    ("Acme", "Leaf", "Blue Dream", "flower", 40, "A", date(2031, 5, 31), "B-1"),
    ("Acme", "Leaf", "Sour Haze", "flower", 12.5, None, None, "B-2"),
)


def write_csv(file: Path, rows: tuple[tuple[object, ...], ...]) -> None:
    """Write rows as CSV."""
    text = [COLUMNS, *(["" if cell is None else cell for cell in row] for row in rows)]
    file.write_text("\n".join(",".join(map(str, row)) for row in text) + "\n", encoding="utf-8")


def frame(rows: tuple[tuple[object, ...], ...]) -> pl.DataFrame:
    """Give rows as a table with types."""
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return pl.DataFrame(named, schema_overrides={"quantity": pl.Float64})


WRITERS: dict[str, Callable[[Path, tuple[tuple[object, ...], ...]], object]] = {
    "csv": write_csv,
    "xlsx": lambda file, rows: frame(rows).write_excel(file),
    "parquet": lambda file, rows: frame(rows).write_parquet(file),
}


def refused_by(cli: CommandLine, *arguments: str) -> Any:  # noqa: ANN401 - facts differ
    """Give the refusal of a command line."""
    return cli.run(*arguments, "--json").json["refused"]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_of_lots_is_taken_in(cli: CommandLine, tmp_path: Path, kind: str) -> None:
    """B24: lots come in from CSV, XLSX and Parquet alike, after a preview, all in one posting."""
    cli.done("define", "--site", "london", "--key", "sites")
    file = tmp_path / f"lots.{kind}"
    WRITERS[kind](file, ROWS)

    preview = cli.done("import", "lots", str(file), "--site", "london", "--dry-run")
    done = cli.done("import", "lots", str(file), "--site", "london", "--key", "delivery")
    again = cli.done("import", "lots", str(file), "--site", "london", "--key", "delivery")
    lots = cli.done("lots", "--order", "code")["lots"]

    assert (preview["dry_run"], preview["rows"], done["rows"], again["replayed"]) == (True, 2, 2, True)
    assert [(lot["lot"], lot["on_hand"], lot["grade"], lot["expires_on"]) for lot in lots] == [
        ("B-1", "40", "A", "2031-05-31"),
        ("B-2", "12.5", None, None),
    ]


def test_wrong_rows_are_told_by_their_lines(cli: CommandLine, tmp_path: Path) -> None:
    """B24: every wrong row is told with its line and why; all or nothing takes none, row by row takes the others."""
    cli.done("define", "--site", "london", "--key", "sites")
    file = tmp_path / "lots.csv"
    negative, long = ("Acme", "Leaf", "Blue", "flower", -1, "A", None, "B-3"), (*ROWS[1][:5], "x" * 11, None, "B-4")
    wrong = (ROWS[0], negative, long, ROWS[1])
    codes = [(3, "NEGATIVE_QUANTITY"), (4, "INVALID_TEXT")]
    write_csv(file, wrong)

    refused = refused_by(cli, "import", "lots", str(file), "--site", "london", "--key", "d")
    some = cli.done("import", "lots", str(file), "--site", "london", "--row-by-row", "--key", "d")
    again = cli.done("import", "lots", str(file), "--site", "london", "--row-by-row", "--key", "d")

    assert [(row["line"], row["code"]) for row in refused["facts"]["rows"]] == codes
    assert [row["line"] for row in some["taken"]] == [2, 5]
    assert [(row["line"], row["code"]) for row in some["wrong"]] == codes
    assert again["taken"] == some["taken"]
    assert len(cli.done("lots")["lots"]) == 2


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
@pytest.mark.parametrize("content", [b"", b"no such file", b"PK\x03\x04" + b"\x00" * 100, b"PAR1" + b"\xff" * 50])
def test_a_broken_file_is_told(tmp_path: Path, kind: str, content: bytes) -> None:
    """B24: a file that is not what its name says, or too large, is told as such."""
    broken, large = tmp_path / f"broken.{kind}", tmp_path / f"large.{kind}"
    broken.write_bytes(content)
    large.write_bytes(b"\x00" * (FILE_BYTES_MAX + 1))

    for file in (broken, large, tmp_path / f"missing.{kind}"):
        with pytest.raises(Fault) as fault:
            read_table(file)
        assert fault.value.code == "FILE_UNREADABLE"


def test_the_story_of_a_lot(cli: CommandLine) -> None:
    """B22, L17: taken in, half in quarantine, the rest sold, recalled; its trail tells it all, and who received it."""
    run = cli.done
    run("define", "--site", "london", "--key", "sites")
    told = ("--vendor", "Acme", "--brand", "Leaf", "--product", "Blue", "--category", "flower", "--site", "london")
    taken = run("intake", "10", *told, "--lot", "B-1", "--key", "intake")
    sku = taken["movements"][0]["sku"]
    run("lot", "quarantine", sku, "B-1", "5", "--site", "london", "--reason", "damp", "--key", "q")
    run("sell", f"{sku}=5", "--site", "london", "--document", "invoice:7", "--key", "s")
    run("lot", "recall", sku, "B-1", "--reason", "glass", "--key", "r")

    shown = run("lot", "show", sku, "B-1")
    trail = run("trail", "--item", sku, "--lot", "B-1")["trail"]

    assert (shown["status"], shown["quarantine"], shown["available"]) == ("QUARANTINED", "5", "0")
    assert [(row["document"], row["quantity"]) for row in shown["recipients"]] == [
        ({"type": "invoice", "id": "7"}, "5")
    ]
    assert list(dict.fromkeys(line["kind"] for line in trail)) == ["intake", "move", "sell", "recall"]
    refused = refused_by(cli, "sell", f"{sku}@B-1=1", "--site", "london", "--key", "s2")
    assert refused["code"] == "LOT_NOT_FOR_SALE"
    run("lot", "release", sku, "B-1", "--reason", "no glass", "--key", "f")
    run("lot", "status", sku, "B-1", "ON_HOLD", "--reason", "counted", "--key", "h")
    assert run("lots", "--status", "ON_HOLD")["lots"][0]["available"] == "5"


def test_bad_input_is_refused(cli: CommandLine) -> None:
    """L8, L14: what is malformed is refused with its code, and never ends in a traceback."""
    for arguments in (
        ("lots", "--status", "NO"),
        ("lots", "--order", "x"),
        ("lots", "--after", "x"),
        ("lots", "--limit", "101"),
        ("lot", "quarantine", "A", "L", "5", "--reason", "r"),
        ("intake", "x", "--vendor", "V", "--brand", "B", "--product", "P", "--category", "C", "--site", "s"),
    ):
        assert refused_by(cli, *arguments)["code"] in {"INVALID_COMMAND", "INVALID_QUANTITY"}
    assert json.dumps(refused_by(cli, "lot", "show", "A", "L"))
