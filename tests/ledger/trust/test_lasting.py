"""Files that outlast a power cut, as far as this side can see to it: what is synced, and in which order."""

import os
from pathlib import Path

import pytest

from onhand.ledger.stock import Stock
from onhand.ledger.trust.lasting import put_in_place
from onhand.ledger.trust.seal import load_key

Synced = list[tuple[str, frozenset[str]]]
"""The name of each file and folder that was synced, and the names that were in the folder then."""


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Synced:
    """What is synced in a folder from now on."""
    found: Synced = []
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        sync(descriptor)
        known = {path.stat().st_ino: path.name for path in (tmp_path, *tmp_path.iterdir())}
        names = frozenset(path.name for path in tmp_path.iterdir())
        found.append((known[os.fstat(descriptor).st_ino], names))

    monkeypatch.setattr(os, "fsync", fsync)
    return found


def test_a_file_is_synced_before_it_has_its_name(tmp_path: Path, synced: Synced) -> None:
    """T4: a file is whole on the disk before it takes the place of another, and its name is there when it is told."""
    (tmp_path / "list.csv").write_text("before")
    (tmp_path / "draft").write_text("after")

    put_in_place(tmp_path / "draft", tmp_path / "list.csv")

    assert (tmp_path / "list.csv").read_text() == "after"
    assert synced == [("draft", frozenset({"draft", "list.csv"})), (tmp_path.name, frozenset({"list.csv"}))]


def test_a_key_is_on_the_disk_before_it_signs(tmp_path: Path, synced: Synced) -> None:
    """T4: a key that signed a head is not lost with the power."""
    load_key(tmp_path / "seal.key")

    assert len(synced) == 2
    assert synced[-1] == (tmp_path.name, frozenset({"seal.key"}))


async def test_no_manifest_outlives_what_it_tells_of(stock: Stock, tmp_path: Path, synced: Synced) -> None:
    """P17: the files of a part and their names are on the disk before its manifest has a name."""
    await stock.define(sites=["works"], key="define")

    archive = await stock.archive.write(tmp_path, days=0)

    (part,) = archive.parts
    files = frozenset(part.files)
    assert {name for name, _ in synced[:3]} == files
    assert synced[3] == (tmp_path.name, files)
    assert synced[4] == ("part-1-1.json.draft", files | {"part-1-1.json.draft"})
    assert synced[5:] == [(tmp_path.name, files | {"part-1-1.json"})]
