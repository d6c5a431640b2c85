"""An archive that was damaged or rewritten says so, and names what is wrong, before it answers anything."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onhand import Fault, Refused
from onhand.kernel.canonical import GENESIS, posting_hash
from onhand.ledger.core.answers import JournalHead
from onhand.ledger.stock import Stock
from onhand.ledger.trust.archive import Archive
from onhand.ledger.trust.archive_tables import TABLES, postings_of
from onhand.ledger.trust.seal import sign_head
from tests.ledger.trust.test_archive import lived

Edit = Callable[[pl.DataFrame], pl.DataFrame]


def told_by(folder: Path) -> list[str]:
    """Ask everything of an archive that is not whole; give what each question says, the same sentence once."""
    said = []
    questions: list[Callable[[Archive], object]] = [
        Archive.verify,
        lambda archive: archive.at(moment=1),
        lambda archive: archive.piece("ROLL-000001", moment=2),
        lambda archive: archive.family("ROLL-000001", moment=3),
        lambda archive: archive.trail("ROLL-000001"),
    ]
    for ask in questions:
        with pytest.raises(Fault) as fault:
            ask(Archive.open(folder))
        assert fault.value.code == "ARCHIVE_BROKEN"
        said.append(str(fault.value))
    return sorted(set(said))


def rewrite(folder: Path, table: str, edit: Edit) -> None:
    """Edit a table, and the manifest with it, so that each file is what the manifest says."""
    manifest = folder / "part-3-4.json"
    told = json.loads(manifest.read_text())
    file = folder / f"{table}-3-4.parquet"
    edit(pl.read_parquet(file)).write_parquet(file)
    told["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(told))


def set_in(column: str, number: int, value: object) -> Edit:
    """Change one column of the lines of a posting."""
    return lambda frame: frame.with_columns(
        pl.when(pl.col("number") == number)
        .then(pl.lit(value))
        .otherwise(pl.col(column))
        .alias(column)
        .cast(frame[column].dtype)
    )


EDITS: dict[str, tuple[str, Edit, str]] = {
    "who": ("postings", set_in("actor", 3, "eve"), "posting 3 is not what was sealed"),
    "why": ("postings", set_in("reason", 4, "gift"), "posting 4 is not what was sealed"),
    "when": (
        "postings",
        set_in("recorded_at", 4, datetime(2020, 1, 1, tzinfo=UTC)),
        "posting 4 is not what was sealed",
    ),
    "hash": ("postings", set_in("hash", 3, "00" * 32), "posting 3 is not what was sealed"),
    "no hash": ("postings", set_in("hash", 3, "zz"), "holds what no posting has"),
    "quantity": ("movements", set_in("quantity", 4, 1), "posting 4 is not what was sealed"),
    "holding": ("movements", set_in("holding_id", 4, 1), "posting 4 is not what was sealed"),
    "end": ("movements", set_in("target", 4, "loss"), "posting 4 is not what was sealed"),
    "no end": ("movements", set_in("target", 4, "moon"), "holds what no posting has"),
    "site": (
        "movements",
        set_in("site", 4, "elsewhere"),
        "movement 1 of posting 4 tells a place, balances or a value held",
    ),
    "balance": (
        "movements",
        set_in("available", 4, 5),
        "movement 1 of posting 4 tells a place, balances or a value held",
    ),
    "value": ("movements", set_in("value", 4, 5), "posting 4 is not what was sealed"),
    "value held": (
        "movements",
        set_in("value_held", 4, 5),
        "movement 1 of posting 4 tells a place, balances or a value held",
    ),
    "unit cost": (
        "movements",
        set_in("unit_cost", 4, 5),
        "movement 1 of posting 4 tells a place, balances or a value held",
    ),
    "change": ("changes", set_in("after", 4, '{"status":"available"}'), "posting 4 is not what was sealed"),
    "no change": ("changes", set_in("after", 4, "{"), "holds what no posting has"),
    "missing posting": ("postings", lambda frame: frame.head(1), "postings: posting 4 is missing"),
    "postings swapped": ("postings", lambda frame: frame.reverse(), "posting 3 should stand there is posting 4"),
    "posting twice": ("postings", lambda frame: pl.concat([frame, frame]), "there is posting 3"),
    "missing line": ("movements", lambda frame: frame.slice(1), "movements: line 2 of posting 3 stands out of order"),
    "last line missing": ("changes", lambda frame: frame.head(-1), "posting 4 is not what was sealed"),
    "lines swapped": (
        "movements",
        lambda frame: pl.concat([frame.slice(1, 1), frame.head(1), frame.slice(2)]),
        "movements: line 2 of posting 3 stands out of order",
    ),
    "lines renumbered": (
        "movements",
        lambda frame: pl.concat([frame.slice(1, 1), frame.head(1), frame.slice(2)]).with_columns(frame["line"]),
        "posting 3 is not what was sealed",
    ),
    "stray line": (
        "movements",
        lambda frame: pl.concat([frame, frame.head(1).with_columns(number=pl.lit(9, pl.Int64))]),
        "movements: line 1 of posting 9 stands out of order",
    ),
    "other columns": ("changes", lambda frame: frame.drop("before"), "changes-3-4.parquet cannot be read"),
}


@pytest.mark.parametrize("name", EDITS)
async def test_a_rewritten_row_is_found_and_named(stock: Stock, tmp_path: Path, name: str) -> None:
    """P17: whatever row, column or order is changed, with a manifest made to fit, the first wrong posting is named."""
    table, edit, words = EDITS[name]
    await lived(stock)
    await stock.archive.write(tmp_path, until=2)
    whole = await stock.archive.write(tmp_path, until=4)
    assert whole.verify() == 4
    rewrite(tmp_path, table, edit)

    said = told_by(tmp_path)

    assert len(said) == 1
    assert words in said[0]


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (
        lambda folder: (folder / "movements-3-4.parquet").write_bytes(
            (folder / "movements-3-4.parquet").read_bytes()[:-1] + b"x"
        ),
        "movements-3-4.parquet is missing, or not what was sealed",
    ),
    "missing": (lambda folder: (folder / "changes-1-2.parquet").unlink(), "changes-1-2.parquet is missing"),
    "gap": (lambda folder: (folder / "part-1-2.json").unlink(), "from posting 3 on does not follow posting 0"),
    "unreadable": (lambda folder: (folder / "part-1-2.json").write_text("{"), "part-1-2.json cannot be read"),
    "swapped": (
        lambda folder: (folder / "movements-3-4.parquet").replace(folder / "movements-1-2.parquet"),
        "movements-1-2.parquet is missing, or not what was sealed",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
async def test_a_damaged_file_is_found_and_named(stock: Stock, tmp_path: Path, name: str) -> None:
    """P17: a file that was changed, lost or swapped, a part that is missing, and an unreadable manifest are named."""
    damage, words = DAMAGE[name]
    await lived(stock)
    await stock.archive.write(tmp_path, until=2)
    await stock.archive.write(tmp_path, until=4)
    damage(tmp_path)

    said = told_by(tmp_path)

    assert len(said) == 1
    assert words in said[0]


async def test_a_forged_archive_is_not_the_journal(stock: Stock, tmp_path: Path) -> None:
    """P17: an archive whose every hash was made again is whole by itself; the journal and a kept head tell."""
    await lived(stock)
    archive = await stock.archive.write(tmp_path, until=4)
    key = Ed25519PrivateKey.generate()
    sealed = await stock.get_posting(4)
    head = JournalHead(org_id=archive.parts[0].org_id, number=4, hash=sealed.hash, recorded_at=sealed.recorded_at)
    assert archive.verify(sign_head(head, key)) == 4
    forge(tmp_path, archive)

    forged = Archive.open(tmp_path)
    with pytest.raises(Fault) as by_head:
        forged.verify(sign_head(head, key))
    with pytest.raises(Fault) as by_journal:
        await stock.archive.verify(forged)
    with pytest.raises(Refused) as beyond:
        forged.verify(sign_head(replace(head, number=5), key))

    assert forged.verify() == 4
    assert by_head.value.code == by_journal.value.code == "ARCHIVE_BROKEN"
    assert "posting 4 is not the one that the signed head seals" in str(by_head.value)
    assert beyond.value.code == "INVALID_COMMAND"


def forge(folder: Path, archive: Archive) -> None:
    """Say that somebody else did everything, and make every hash and manifest fit."""
    (part,) = archive.parts
    frames = {table: pl.read_parquet(folder / part.file(table)) for table in TABLES}
    frames["postings"] = frames["postings"].with_columns(actor=pl.lit("eve"))
    sealed, hashes = GENESIS, []
    for posting in postings_of(frames, part.first, part.last):
        sealed = posting_hash(sealed, part.org_id, posting)
        hashes.append(sealed.hex())
    frames["postings"].with_columns(hash=pl.Series(hashes)).write_parquet(folder / part.file("postings"))
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in part.files}
    manifest = part._replace(hash=sealed.hex(), files=files)
    (folder / "part-1-4.json").write_text(json.dumps(manifest._asdict()))
