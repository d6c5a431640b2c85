"""Old history in Parquet files: sealed, proved, and answering by itself."""

import json
from pathlib import Path

import pytest

from onhand import Fault
from onhand.kernel.quantity import SCALE
from onhand.ledger.archive import Archive
from onhand.ledger.stock import Stock


async def lived(stock: Stock) -> int:
    """Let some pieces live; give the number of the last posting that is to be archived."""
    await stock.define(sites=["works"], items=["PIPE"], key="furnish")
    await stock.produce(site="works", made=[{"sku": "PIPE", "kind": "roll", "size": 100}], key="works")
    await stock.cut_roll("ROLL-000001", [30], key="cut", data={"order": "\u00e4", "lines": [1, None, True]})
    sale = await stock.dispatch_pieces(["CUT-000001"], key="sale", reason="sold", document=("van", "7"))
    await stock.return_pieces(["CUT-000001"], key="back")
    return sale.number


async def test_an_archive_is_sealed_and_answers_by_itself(stock: Stock, tmp_path: Path) -> None:
    """P17: history is written up to a posting, proved by the journal's hash, and asked without the ledger."""
    last = await lived(stock)

    archive = await stock.write_archive(tmp_path, until=last)
    proved = await stock.check_archive(archive)
    then = await stock.at("works", number=3)
    alone = Archive.open(tmp_path)

    assert proved == alone.verify() == last
    assert [(held.place, held.balances) for held in alone.at(3, site="works")] == [
        (held.place, held.balances) for held in then.holdings
    ]
    assert [held.balances.available for held in alone.at(2, unit="ROLL-000001")] == [100 * SCALE]
    statuses = [(alone.piece("CUT-000001", number) or {}).get("status") for number in (2, 3, 4)]
    assert statuses == [None, "available", "customer"]
    told = [
        (event.number, event.event, event.actor, event.reason, event.document_id) for event in alone.trail("CUT-000001")
    ]
    assert told == [(3, "created", "test", None, None), (4, "sold", "test", "sold", "7")]
    with pytest.raises(Fault) as beyond:
        alone.at(5)
    assert beyond.value.code == "ARCHIVE_ENDS"


async def test_an_archive_goes_on_where_it_ends(stock: Stock, tmp_path: Path) -> None:
    """P17: run again it adds what is old enough by now; nothing is archived twice, and the default is 180 days."""
    last = await lived(stock)

    young = await stock.write_archive(tmp_path)
    first = await stock.write_archive(tmp_path, until=2)
    whole = await stock.write_archive(tmp_path, days=0)
    again = await stock.write_archive(tmp_path, until=last)

    assert (young.last, first.last, whole.last) == (0, 2, last + 1)
    assert [(part.first, part.last) for part in whole.parts] == [(1, 2), (3, last + 1)]
    assert again.parts == whole.parts
    assert await stock.check_archive(again) == last + 1


@pytest.mark.parametrize("damage", ["changed", "missing", "gap", "unreadable"])
async def test_a_damaged_archive_is_found(stock: Stock, tmp_path: Path, damage: str) -> None:
    """P17: a file that was changed or lost, a part that is missing, and a manifest that cannot be read are told."""
    await lived(stock)
    await stock.write_archive(tmp_path, until=2)
    await stock.write_archive(tmp_path, until=4)
    file = tmp_path / "movements-3-4.parquet"
    match damage:
        case "changed":
            file.write_bytes(file.read_bytes()[:-1] + b"x")
        case "missing":
            file.unlink()
        case "gap":
            (tmp_path / "part-1-2.json").unlink()
        case _:
            (tmp_path / "part-1-2.json").write_text("{")

    with pytest.raises(Fault) as fault:
        Archive.open(tmp_path)

    assert fault.value.code == "ARCHIVE_BROKEN"


async def test_a_rewritten_archive_is_not_the_journal(stock: Stock, tmp_path: Path) -> None:
    """P17: files and manifest that were rewritten together do not lead to the hash that the journal has."""
    await lived(stock)
    archive = await stock.write_archive(tmp_path, until=3)
    manifest = tmp_path / "part-1-3.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**told, "hash": "00" * 32}))

    with pytest.raises(Fault) as alone:
        Archive.open(tmp_path).verify()
    manifest.write_text(json.dumps(told))
    await stock.check_archive(archive)

    assert alone.value.code == "ARCHIVE_BROKEN"
