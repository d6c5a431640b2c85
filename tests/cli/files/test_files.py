"""Files in and out."""

import csv
import io
import json
from pathlib import Path

import pytest

from onhand.cli.files.csv_file import FILE_BYTES_MAX, neutral_cell, plain_cell
from tests.cli.command_line import CommandLine

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1+1", "''=1+1"]
PLAIN = ["", "A", "'A", "1-2", "a=b", "'", "O'Neill"]


def write(path: Path, content: str | bytes) -> str:
    """Write a file; give its name."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_a_file_is_received_wholly(cli: CommandLine, tmp_path: Path) -> None:
    """The rows of a file are one posting; a preview shows it and writes nothing; the key makes a retry safe."""
    cli.stocked()
    file = write(tmp_path / "goods.csv", "sku,quantity,lot,state\nA,5,,\nB,1.25,L9,quarantine\n\nB,1,L1,\n")
    command = ("import", "receive", file, "--site", "london", "--key", "k", "--document", "po:7")

    preview = cli.done(*command, "--dry-run")
    postings = cli.postings()
    made = cli.done(*command)
    again = cli.done(*command)

    assert postings == 2
    assert preview["movements"] == made["movements"]
    assert (made["rows"], made["document"], made["replayed"], again["replayed"]) == (
        *(3, {"type": "po", "id": "7"}, False, True),
    )
    assert [(line["sku"], line["lot"], line["to"], line["quantity"]) for line in made["movements"]] == [
        ("A", None, "available", "5"),
        ("B", "L9", "quarantine", "1.25"),
        ("B", "L1", "available", "1"),
    ]


def test_every_wrong_row_is_told_by_its_line(cli: CommandLine, tmp_path: Path) -> None:
    """B24: all rows that are wrong are told at once, by their line in the file, and nothing is taken."""
    cli.stocked()
    rows = ["sku;quantity", "A;1", "A;1e5", "NONE;1", 'B;"2"', ";3", "A;-1", "A;1;1", "ALSO-NONE;1"]
    file = write(tmp_path / "goods.csv", "\r\n".join(rows))

    refused = cli.run("import", "receive", file, "--site", "london", "--json")
    shown = cli.run("import", "receive", file, "--site", "london", "--dry-run")

    told = {row["line"]: row["code"] for row in refused.json["refused"]["facts"]["rows"]}
    assert told == {
        3: "INVALID_QUANTITY",
        4: "UNKNOWN_ITEM",
        6: "INVALID_TEXT",
        7: "NEGATIVE_QUANTITY",
        8: "INVALID_COMMAND",
        9: "UNKNOWN_ITEM",
    }
    assert (refused.code, shown.code, shown.out) == (2, 2, "")
    assert "line 4: There is no item NONE." in shown.err
    assert cli.postings() == 2


def test_every_shortage_is_told_by_its_line(cli: CommandLine, tmp_path: Path) -> None:
    """B24: what a rule refuses keeps its own code, and tells the lines that it is about."""
    cli.stocked()
    file = write(tmp_path / "lost.csv", "sku,quantity\nA,-4\nB,-3\nA,-7\n")

    refused = cli.run("import", "adjust", file, "--site", "london", "--reason", "fire", "--json")

    assert (refused.code, refused.refused) == (1, "INSUFFICIENT_INVENTORY")
    assert [row["line"] for row in refused.json["refused"]["facts"]["rows"]] == [2, 3, 4]
    assert cli.available("A") == "10"


def test_a_count_names_each_place_once(cli: CommandLine, tmp_path: Path) -> None:
    """A counted place that stands twice in a file is told by its line; a sound count is taken."""
    cli.stocked()
    twice = write(tmp_path / "twice.csv", "sku,quantity,lot\nA,1,\nB,1,L1\nA,2,\n")
    once = write(tmp_path / "once.csv", "\ufeffSKU, Quantity ,Lot\nA,9,\nB,2,L1\n")

    refused = cli.run("import", "count", twice, "--site", "london", "--json")
    counted = cli.done("import", "count", once, "--site", "london", "--key", "c")

    assert [row["line"] for row in refused.json["refused"]["facts"]["rows"]] == [4]
    assert counted["rows"] == 2
    assert (cli.available("A"), cli.available("B")) == ("9", "2")


def test_a_count_below_what_is_promised_tells_its_rows(cli: CommandLine, tmp_path: Path) -> None:
    """L9, B24: each counted place where less lies than is promised is told by its line, and nothing is counted."""
    cli.stocked()
    cli.done("reserve", "--site", "london", "A=4", "--key", "r")
    file = write(tmp_path / "counted.csv", "sku,quantity,lot\nB,1,L1\nA,3,\n")

    refused = cli.run("import", "count", file, "--site", "london", "--json")

    assert (refused.code, refused.refused) == (1, "COUNTED_BELOW_PROMISED")
    assert [row["line"] for row in refused.json["refused"]["facts"]["rows"]] == [3]
    assert cli.available("A") == "6"


def test_the_catalogue_is_imported(cli: CommandLine, tmp_path: Path) -> None:
    """Sites, locations, products and items are told apart by the columns of the file."""
    cli.done("import", "define", write(tmp_path / "s.csv", "site,name\nlondon,London\n"), "--key", "1")
    cli.done("import", "define", write(tmp_path / "l.csv", "site,location\nlondon,A-1\n"), "--key", "2")
    cli.done("import", "define", write(tmp_path / "p.csv", "product,name\ntee,T-shirt\n"), "--key", "3")
    items = cli.done(
        "import", "define", write(tmp_path / "i.csv", "sku,name,product,measure\nT,Tee,tee,kg\n"), "--key", "4"
    )
    unknown = write(tmp_path / "u.csv", "site,location\nlondon,A-2\nnowhere,A-1\n")

    refused = cli.run("import", "define", unknown, "--json")

    assert items["changes"][0]["after"]["measure"] == "kg"
    assert [row["line"] for row in refused.json["refused"]["facts"]["rows"]] == [3]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "does not name each column once"),
        (b"\n\n", "does not name each column once"),
        (b"sku,sku\nA,1\n", "does not name each column once"),
        (b"\xff\xfes\x00k\x00u\x00", "line 1 is not UTF-8"),
        (b"sku,quantity\nA,1\nB\xe9,1\n", "line 3 is not UTF-8"),
        (b"sku,quantity\n" + b"A,1\n" * 10_001, "more than 10000 rows"),
        (b"sku,quantity\n" + b"A" * FILE_BYTES_MAX, "is larger than"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_file_that_is_none_is_told(cli: CommandLine, tmp_path: Path, content: bytes, told: str) -> None:
    """B24: a file that is too large, no text or without columns is told as a whole; nothing of it is taken."""
    file = write(tmp_path / "wrong.csv", content)

    result = cli.run("import", "receive", file, "--site", "london", "--json")

    assert (result.code, result.json["fault"]["code"]) == (2, "FILE_UNREADABLE")
    assert told in result.json["fault"]["message"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("sku,price\nA,1\n", "lacks quantity"),
        ("sku,quantity,price\nA,1,1\n", "has 'price'"),
        ("sku,quantity\n", "no rows"),
        ('sku,quantity\nA,"1\n', "1 row of the file cannot be taken"),
        ("sku,quantity\n" + "A" * 1_001 + ",1\n", "1 row of the file cannot be taken"),
        ("sku,quantity\nA\0,1\n", "1 row of the file cannot be taken"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_file_of_another_form_is_told(cli: CommandLine, tmp_path: Path, content: str, told: str) -> None:
    """B24: wrong columns, an unclosed quote, a huge cell or a NUL are told, and nothing is taken."""
    file = write(tmp_path / "wrong.csv", content)

    result = cli.run("import", "receive", file, "--site", "london", "--json")

    assert (result.code, result.refused) == (2, "INVALID_COMMAND")
    assert told in result.json["refused"]["message"]


def test_a_file_that_cannot_be_opened_is_told(cli: CommandLine, tmp_path: Path) -> None:
    """A missing file and a folder are told; so is a file that cannot be written."""
    missing = cli.run("import", "receive", str(tmp_path / "none.csv"), "--site", "london", "--json")
    folder = cli.run("import", "receive", str(tmp_path), "--site", "london", "--json")
    output = cli.run("export", "stock", "--output", str(tmp_path / "none" / "x.csv"), "--json")

    assert [result.code for result in (missing, folder, output)] == [2, 2, 2]
    assert {result.json["fault"]["code"] for result in (missing, folder, output)} == {"FILE_UNREADABLE"}


def test_an_import_needs_its_site(cli: CommandLine, tmp_path: Path) -> None:
    """Without a site nothing can be received."""
    result = cli.run("import", "receive", write(tmp_path / "g.csv", "sku,quantity\nA,1\n"), "--json")

    assert (result.code, result.refused) == (2, "INVALID_COMMAND")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_neutralised(text: str) -> None:
    """B24: text that a spreadsheet would run gets an apostrophe, which an import takes off again."""
    assert neutral_cell(text) == f"'{text}"
    assert plain_cell(neutral_cell(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text: str) -> None:
    """B24: text that no spreadsheet runs is written and read as it is."""
    assert neutral_cell(text) == plain_cell(text) == text


def test_an_export_is_neutral_and_comes_back(cli: CommandLine, tmp_path: Path) -> None:
    """B24: an exported sku that looks like a formula is neutralised, numbers are not, and it can be imported again."""
    cli.done("define", "--site", "london", "--item", "A", "--key", "d")
    cli.done("import", "define", write(tmp_path / "i.csv", 'sku,name\n"=cmd(""x"")",Evil\n'), "--key", "i")
    cli.done("allow-negative", "--site", "london", "A=5", "--key", "n")
    cli.done("sell", "--site", "london", "A=2", "--key", "s")
    cli.done("receive", "--site", "london", '=cmd("x")=3', "--key", "r")
    file = tmp_path / "stock.csv"

    told = cli.done("export", "stock", "--output", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    counts = "sku,quantity\n" + "".join(f'"{row["sku"]}",5\n'.replace('"x"', '""x""') for row in rows)
    cli.done("import", "count", write(tmp_path / "c.csv", counts), "--site", "london", "--key", "c")

    assert (told["rows"], told["number"], told["file"]) == (2, 5, str(file))
    assert [(row["sku"], row["available"]) for row in rows] == [("A", "-2"), ('\'=cmd("x")', "3")]
    assert cli.available('=cmd("x")') == "5"
    assert not list(tmp_path.glob("*.part"))


def test_lists_are_exported(cli: CommandLine) -> None:
    """Movements and postings go to stdout as CSV or as JSON lines, from and up to a number."""
    cli.stocked()
    cli.done("sell", "--site", "london", "A=1", "--key", "s", "--document", "i:1")

    movements = list(csv.DictReader(io.StringIO(cli.run("export", "movements").out)))
    lines = [json.loads(line) for line in cli.run("export", "movements", "A", "--format", "jsonl").out.splitlines()]
    postings = list(csv.DictReader(io.StringIO(cli.run("export", "postings", "--since", "1", "--until", "2").out)))
    before = list(csv.DictReader(io.StringIO(cli.run("export", "stock", "--until", "2").out)))

    assert [(row["number"], row["sku"], row["quantity"], row["on_hand"]) for row in movements] == [
        ("2", "A", "10", "10"),
        ("2", "B", "2.5", "2.5"),
        ("3", "A", "1", "9"),
    ]
    assert (movements[2]["document_type"], movements[2]["document_id"]) == ("i", "1")
    assert [(line["number"], line["quantity"]) for line in lines] == [(2, "10"), (3, "1")]
    assert [row["number"] for row in postings] == ["2"]
    assert [row["on_hand"] for row in before] == ["10", "2.5"]
