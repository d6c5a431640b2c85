"""The loaders as their user sees them: a table or one JSON document, an exit code, never a traceback."""

import json
from pathlib import Path

import pytest

from examples.loaders.__main__ import load
from examples.loaders.summary import Summary
from onhand.cli.edge import answer
from onhand.cli.exits import Exit
from tests.loaders.files import text, write
from tests.loaders.test_run import CLASSES, LINES


@pytest.fixture(autouse=True)
def _own_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line work on this test's database."""
    monkeypatch.setenv("ONHAND_DATABASE_URL", database_url)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with lines of every class, one of them with markup in it."""
    return write(tmp_path / "invoices.csv.gz", [*LINES, text("[red]10", "11111", "[bold]")])


def test_json_is_one_document(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The members are those that are documented, the value is a decimal in text, and again gives the same totals."""
    arguments = ["replay", str(path), "--format", "online-retail", "--json"]

    codes = load(arguments), load(arguments)

    first, again = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert codes == (Exit.DONE, Exit.DONE)
    members = ["lines", "invoices", "units", "value", "classes", "postings", "seconds", "postings_per_second"]
    assert list(first) == members
    assert (first["lines"], first["invoices"], first["units"], first["value"]) == (17, 10, 15, "-52.705")
    assert {name: part["lines"] for name, part in first["classes"].items()} == {
        "sold": 7,
        "returned": 2,
        "written off": 2,
        "found": 1,
        "not stock": 2,
        "refused": 0,
        "unreadable": 3,
    }
    assert first["classes"]["returned"] == {"lines": 2, "units": -10, "value": "-17.73"}
    assert {name: first[name] for name in members[:6]} == {name: again[name] for name in members[:6]}


def test_who_replays_and_where_can_be_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--org and --actor go before the environment, as with every verb that writes."""
    monkeypatch.setenv("ONHAND_ACTOR", "nobody")
    assert answer(["org", "create", "shop"]) == Exit.DONE

    assert load(["replay", str(path), "--org", "shop", "--actor", "ann"]) == Exit.DONE
    unreadable = load(["replay", str(path), "--actor", ""])

    capsys.readouterr()
    answer(["postings", "--org", "shop", "--json"])
    assert {line["actor"] for line in json.loads(capsys.readouterr().out)["postings"]} == {"ann"}
    assert unreadable == Exit.MALFORMED


def test_classes_that_do_not_add_up_fail_the_check(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the classes do not add up to the file, the exit code says that a check has failed."""
    monkeypatch.setattr(Summary, "differences", ("units",))

    assert load(["replay", str(path), "--json"]) == Exit.CHECK_FAILED
    assert json.loads(capsys.readouterr().out)["lines"] == 17


def test_people_see_that_it_adds_up(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has each class, the lines in trouble have their numbers, and what the file says is no markup."""
    code = load(["replay", str(path), "--opening", "none", "--site", "london", "--batch", "2"])

    out = capsys.readouterr().out
    assert code == Exit.DONE
    assert "The classes add up to the file: 17 lines, 10 invoices, 15 units, value -52.705." in out
    assert all(name in out for name in CLASSES[next(iter(CLASSES))])
    assert "Not stock: postage 1, manual entry 1." in out
    assert "need 5, have 0" in out
    assert "[red]10" in out


def test_the_report_has_every_line_in_trouble(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each refused or unreadable line is a JSON object with its number, class and reason."""
    report = tmp_path / "report.jsonl"

    code = load(["replay", str(path), "--opening", "none", "--report", str(report), "--json"])

    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    document = json.loads(capsys.readouterr().out)
    assert code == Exit.DONE
    assert sorted(row["line"] for row in rows) == [2, 3, 5, 7, 10, 11, 15, 16, 18]
    assert len(rows) == document["classes"]["refused"]["lines"] + document["classes"]["unreadable"]["lines"]
    assert [row["invoice"] for row in rows if row["line"] == 18] == ["[red]10"]


def test_many_lines_in_trouble_are_told_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty are shown; how many more there are is said."""
    path = write(tmp_path / "file", ["garbage"] * 25)

    code = load(["replay", str(path)])

    out = capsys.readouterr().out
    assert code == Exit.DONE
    assert out.count("it has 1 columns") == 20
    assert "... and 5 more; --report FILE writes them all." in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing"],
        ["."],
        ["{path}", "--format", "pizza"],
        ["{path}", "--opening", "some"],
        ["{path}", "--batch", "0"],
        ["{path}", "--batch", "1001"],
        ["{path}", "--site", " "],
        ["{path}", "--site", "x" * 101],
        ["{path}", "--report", "/missing/report"],
        ["{path}", "--org", "nobody"],
        [],
    ],
)
@pytest.mark.parametrize("json_option", [[], ["--json"]])
def test_a_slip_is_told_in_words(
    path: Path, arguments: list[str], json_option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong path, option or site is an answer with an exit code of its own, and nothing is posted."""
    given = [argument.format(path=path) for argument in arguments]

    code = load(["replay", *given, *json_option])

    captured = capsys.readouterr()
    assert code == (Exit.BROKEN if "nobody" in given else Exit.MALFORMED)
    assert "Traceback" not in captured.out + captured.err
    assert (captured.out if json_option else captured.err).strip()


def test_a_file_of_another_kind_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the columns that were expected."""
    other = tmp_path / "other.csv"
    other.write_bytes(b"PK\x03\x04\x00\xff\n")

    code = load(["replay", str(other)])

    assert code == Exit.MALFORMED
    assert "InvoiceNo,StockCode" in capsys.readouterr().err


def test_another_opening_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site that was replayed with derived opening stock is not replayed without."""
    first = load(["replay", str(path)])
    other = load(["replay", str(path), "--opening", "none"])

    assert (first, other) == (Exit.DONE, Exit.MALFORMED)
    assert "site online-retail was replayed with another --opening" in capsys.readouterr().err
