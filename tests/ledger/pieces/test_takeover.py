"""An older installation is taken over: once, with a report of what did not add up, and back again."""

from pathlib import Path

import psycopg
import pytest

from onhand.kernel.refusals import Refused
from onhand.ledger.pieces.takeover import TABLES, plan_takeover
from tests.cli.command_line import CommandLine
from tests.cli.conftest import cli
from tests.conftest import TestDatabase
from tests.faults.servers import query

__all__ = ["cli"]

OLDER = Path(__file__).with_name("older_schema.sql")


@pytest.fixture
def folder(database: TestDatabase, tmp_path: Path) -> Path:
    """The tables of the older installation, exported from a database that has its schema and its damage."""
    with psycopg.connect(database.admin_url) as connection:
        connection.execute(OLDER.read_bytes())
        for name, columns in TABLES.items():
            copy = f"COPY (SELECT {', '.join(columns)} FROM older.{name}) TO STDOUT (FORMAT csv, HEADER)"
            with connection.cursor().copy(copy.encode()) as rows, (tmp_path / f"{name}.csv").open("wb") as file:
                for block in rows:
                    file.write(block)
    return tmp_path


def found(told: dict[str, object]) -> set[tuple[str, str, str]]:
    """Give the findings as table, end of the id, and code."""
    findings = told["findings"]
    assert isinstance(findings, list)
    return {(finding["table"], finding["id"][-4:], finding["code"]) for finding in findings}


def test_what_does_not_add_up_is_reported(cli: CommandLine, folder: Path) -> None:
    """P19: each typical damage is a finding that tells the table, the id, and what was done about it."""
    told = cli.done("takeover", str(folder), "--site", "works", "--plan")

    assert found(told) == {
        ("stock", "ll-7", "ID_INVALID"),
        ("stock", "0005", "QUANTITY_INVALID"),
        ("stock", "0002", "QUANTITY_DIFFERS"),
        ("cut_pieces", "0002", "ID_TWICE"),
        ("cut_pieces", "0002", "TRANSACTION_REWRITTEN"),
        ("cut_pieces", "0003", "TRANSACTION_REWRITTEN"),
        ("cut_pieces", "0003", "IN_STOCK_AFTER_SALE"),
        ("cut_pieces", "0004", "STOCK_UNKNOWN"),
        ("cut_pieces", "0005", "SIZE_INVALID"),
        ("cut_pieces", "0006", "DELETED_IN_STOCK"),
        ("cut_pieces", "0007", "STATUS_UNKNOWN"),
        ("cut_pieces", "0009", "SOLD_THOUGH_UNDONE"),
        ("spare_pieces", "0001", "MADE_BY_UNDONE"),
        ("spare_pieces", "0002", "RESERVATION_DROPPED"),
        ("spare_pieces", "0002", "TRANSACTION_UNKNOWN"),
    }
    assert (told["pieces"], told["postings"]) == (9, [])
    assert cli.postings() == 0


def test_a_takeover_is_done_once(cli: CommandLine, folder: Path, database: TestDatabase) -> None:
    """P15, P19: pieces come over under their clean ids with what was told of them; a second run does nothing."""
    first = cli.done("takeover", str(folder), "--site", "works")
    again = cli.done("takeover", str(folder), "--site", "works")
    shown = cli.run("takeover", str(folder), "--site", "works").out

    assert first == again
    assert "9 pieces of 2 items taken over" in shown
    assert "QUANTITY_DIFFERS" in shown
    assert cli.postings() == 2
    rows = query(
        database.admin_url,
        "SELECT kind, code, size / 1000000.0, status FROM piece JOIN unit USING (org_id, id) ORDER BY kind, code",
    )
    assert [(kind, code[:8], float(size), status) for kind, code, size, status in rows] == [
        ("bundle", "BUNDLE-0", 10, "available"),
        ("bundle", "BUNDLE-0", 10, "available"),
        ("cut", "22222222", 12.5, "available"),
        ("cut", "22222222", 8, "customer"),
        ("cut", "22222222", 20, "available"),
        ("cut", "22222222", 3, "customer"),
        ("roll", "11111111", 100, "available"),
        ("spare", "33333333", 7, "available"),
        ("spare", "33333333", 5, "available"),
    ]
    told = cli.done("piece", "trail", "inv_11111111-0000-4000-8000-000000000001")["trail"]
    assert any("night shift" in str(line.get("after")) for line in told)
    assert cli.run("piece", "verify").code == 0


def test_a_takeover_is_rolled_back(cli: CommandLine, folder: Path) -> None:
    """P19: the rollback takes every piece away again; where one was used since it is refused and tells by what."""
    never = cli.run("takeover", str(folder), "--site", "works", "--rollback", "--json")
    cli.done("takeover", str(folder), "--site", "works")
    sale = cli.done("cut", "inv_22222222-0000-4000-8000-000000000001", "5", "--key", "cut")["number"]

    blocked = cli.run("takeover", str(folder), "--site", "works", "--rollback", "--json")
    cli.done("revert", str(sale), "--key", "uncut")
    undone = cli.done("takeover", str(folder), "--site", "works", "--rollback")

    assert never.refused == "INVALID_COMMAND"
    assert blocked.refused == "REVERT_BLOCKED"
    assert len(undone["postings"]) == 1
    assert cli.done("piece", "list")["pieces"] == []
    assert cli.run("verify").code == 0


def test_files_that_are_not_there_are_told(cli: CommandLine, tmp_path: Path) -> None:
    """P19: a missing file, a missing column and what is no text are answers, never a traceback."""
    missing = cli.run("takeover", str(tmp_path), "--site", "works", "--json")
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_bytes(b"id\n\xff\n" if name == "stock" else b"id\n7\n")
    unreadable = cli.run("takeover", str(tmp_path), "--site", "works", "--json")

    assert (missing.code, unreadable.refused) == (2, "INVALID_COMMAND")
    with pytest.raises(Refused, match="no column product_code"):
        plan_takeover({name: [{"id": "7"}] for name in TABLES})
    with pytest.raises(Refused, match="stock is missing"):
        plan_takeover({})
