"""Codes that the ledger gives out, asked for by many at once."""

import asyncio
from datetime import date

import onhand
from onhand.ledger.stock import Stock

DAY = date(2026, 1, 31)


async def receipt(stock: Stock, caller: int, *, sku: str = "MILK") -> str | None:
    """Take goods into a lot that the ledger names; gives its code, or None where it was refused."""
    try:
        posting = await stock.receive(site="depot", lines=[(sku, 1, onhand.NEW_LOT)], day=DAY, key=f"in-{caller}")
    except onhand.Refused:
        return None
    return posting.movements[0].place.lot


async def test_no_gap_and_no_duplicate_when_many_ask(database_url: str) -> None:
    """L4: two processes' worth of callers, some of them refused, get lot codes without gap and without duplicate."""
    async with onhand.connect(database_url) as here, onhand.connect(database_url) as there:
        await here.define(sites=["depot"], items=["MILK"], key="define")

        asked = [
            receipt((here, there)[caller % 2], caller, sku="UNKNOWN" if caller % 7 == 0 else "MILK")
            for caller in range(1100)
        ]
        codes = [code for code in await asyncio.gather(*asked) if code is not None]

        first = await here.get_posting(2)

    assert sorted(codes, key=lambda code: int(code.rsplit("-", 1)[1])) == [
        f"LOT-20260131-{number:03d}" for number in range(1, len(codes) + 1)
    ]
    assert len(codes) == 1100 - len(range(0, 1100, 7))
    assert [change.after["batch"] for change in first.changes if change.action == "batch"] == [
        f"BCH-{first.movements[0].place.lot}-000001"
    ]
