"""Metadata of lots on a real database: real certificates come back whole, and bad metadata is told."""

import gzip
import json
from itertools import islice
from pathlib import Path

from onhand.kernel.lots.certificates import Number, acceptable, original
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query

MANY = 250


async def test_real_certificates_are_kept_whole(stock: Stock, shared: Path) -> None:
    """L12: certificates told of lots come back as they were, number by number, and the ledger verifies."""
    with gzip.open(shared / "data" / "ma-lab-results" / "lab_results.jsonl.gz", "rt", encoding="utf-8") as lines:
        certificates = [json.loads(text, parse_int=Number, parse_float=Number) for text in islice(lines, MANY)]
    await stock.define(sites=["london"], items=["A"], key="define")
    await stock.receive(site="london", lines=[("A", 1, f"S-{number}") for number in range(MANY)], key="po")

    outcomes = await stock.bulk(
        SetLotMetadata(key=f"m-{number}", sku="A", lot=f"S-{number}", metadata=acceptable(certificate)[0])
        for number, certificate in enumerate(certificates)
    )

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    for number, certificate in enumerate(certificates):
        metadata, problems, _ = await stock.lots.get_metadata("A", f"S-{number}")
        assert problems == ()
        assert metadata is not None
        assert original(metadata["certificate"]) == certificate
    assert (await stock.verify()).ok


async def test_bad_stored_metadata_is_told(stock: Stock, database: TestDatabase) -> None:
    """L12: metadata that somebody spoiled by plain SQL is given with what is wrong with it, and nothing breaks."""
    await stock.define(sites=["london"], items=["A"], key="define")
    await stock.receive(site="london", lines=[("A", 1, "L"), ("A", 1, "M")], key="po")
    await stock.lots.set_metadata(sku="A", lot="L", metadata={"thc": "ND"}, key="m")
    query(database.owner_url, """SET onhand.org_id = 1; UPDATE lot_metadata SET facts = '{"thc": 250.5, "x": []}'""")

    metadata, problems, _ = await stock.lots.get_metadata("A", "L")

    assert metadata == {"thc": "250.5", "x": []}
    assert [problem.field for problem in problems] == ["x", "thc"]
    assert await stock.lots.get_metadata("A", "M") == (None, (), 0)
