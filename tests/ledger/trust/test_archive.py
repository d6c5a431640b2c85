"""Old history in Parquet files: written once, sealed by the journal, and giving the ledger's own answers."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from onhand import Fault, Refused
from onhand.ledger.core.answers import MovementLine
from onhand.ledger.stock import Stock
from onhand.ledger.trust.archive import Archive
from tests.conftest import TestDatabase
from tests.ledger.pieces.piece_lives import live
from tests.property.piece_model import PieceModel
from tests.store.busy_week import MONDAY, a_busy_week


async def lived(stock: Stock) -> int:
    """Let some pieces live; give the number of the last posting that is to be archived."""
    await stock.define(sites=["works"], items=["PIPE"], key="furnish")
    await stock.pieces.produce(site="works", made=[{"sku": "PIPE", "kind": "roll", "size": 100}], key="works")
    await stock.pieces.cut_roll("ROLL-000001", [30], key="cut", data={"order": "\u00e4", "lines": [1, None, True]})
    sale = await stock.pieces.dispatch(["CUT-000001"], key="sale", reason="sold", document=("van", "7"))
    await stock.pieces.take_back(["CUT-000001"], key="back")
    return sale.number


async def test_an_archive_goes_on_where_it_ends(stock: Stock, tmp_path: Path) -> None:
    """P17: run again it adds what is old enough by now; nothing is archived twice, and the default is 180 days."""
    last = await lived(stock)

    young = await stock.archive.write(tmp_path)
    first = await stock.archive.write(tmp_path, until=2)
    whole = await stock.archive.write(tmp_path, days=0)
    again = await stock.archive.write(tmp_path, until=last)

    assert (young.last, first.last, whole.last) == (0, 2, last + 1)
    assert [(part.first, part.last) for part in whole.parts] == [(1, 2), (3, last + 1)]
    assert again.parts == whole.parts
    assert await stock.archive.verify(again) == last + 1


async def test_an_archive_that_was_broken_off_goes_on(stock: Stock, tmp_path: Path) -> None:
    """P17: whatever a crash left of a part that was not finished, at any step, it is written anew and proved."""
    last = await lived(stock)
    whole = await stock.archive.write(tmp_path / "whole", until=last)
    (part,) = whole.parts
    names = [*part.files, f"part-1-{last}.json.draft"]
    for count in range(len(names) + 1):
        folder = tmp_path / f"left {count}"
        folder.mkdir()
        for name in names[:count]:
            content = (tmp_path / "whole" / name.removesuffix(".draft")).read_bytes()
            (folder / name).write_bytes(content[: len(content) // 2] if name == names[count - 1] else content)

        empty = Archive.open(folder)
        again = await stock.archive.write(folder, until=last)

        assert (empty.last, await stock.archive.verify(again)) == (0, last)
        assert again.hash == whole.hash


async def test_pieces_of_a_random_history_are_told_alike(stock: Stock, database: TestDatabase, tmp_path: Path) -> None:
    """P17, P10, P11: at many moments of a random history pieces, stock, trails and families are told as they were."""
    chance = random.Random(5)
    families = []

    async def watch(number: int, model: PieceModel) -> None:
        codes = sorted(model.pieces())
        asked = chance.sample(codes, min(2, len(codes)))
        families.extend([(number, await stock.pieces.family(code)) for code in asked])

    last, undone = await live(stock, database, 90, seed=11, watch=watch)

    archive = await stock.archive.write(tmp_path, until=last)
    codes = sorted({one.code for _, family in families for one in family.members.values()})
    for number, family in chance.sample(families, 25):
        code = family.members[family.id].code
        assert archive.family(code, moment=number) == family
        assert archive.piece(code, moment=number) == await stock.pieces.get(code, number=number)
        assert archive.at(moment=number, limit=100) == await stock.list_holdings_at(number=number, limit=100)
        assert archive.at(unit=code, moment=number) == await stock.list_holdings_at(unit=code, number=number)
    for code in chance.sample(codes, min(10, len(codes))):
        assert archive.trail(code) == tuple([line async for line in stock.every(stock.pieces.trail, code)])
    assert undone > 5
    assert max(family.depth for _, family in families) > 3


async def test_stock_of_a_busy_week_is_told_alike(stock: Stock, tmp_path: Path) -> None:
    """P17, P11: site, item, lot, location, unit, page by page, by number and by time, recorded and occurred."""
    journal = await a_busy_week(stock)
    archive = await stock.archive.write(tmp_path, until=len(journal))
    questions = [
        *((), ("london",), (None, "mug"), ("paris", "mug"), (None, None, "T-1"), (None, None, None, "A-1")),
        *((None, "tea", "T-2"), (None, None, None, None, "SN-1"), (None, "drill", None, None, "SN-1")),
    ]

    for number in range(len(journal) + 1):
        for asked in questions:
            assert archive.at(*asked, moment=number, limit=100) == await stock.list_holdings_at(
                *asked, number=number, limit=100
            )
        happened = MONDAY + timedelta(hours=number)
        for empty in (False, True):
            assert archive.at(
                moment=number, occurred_at=happened, empty=empty, limit=100
            ) == await stock.list_holdings_at(number=number, occurred_at=happened, empty=empty, limit=100)
    for posting in journal[:-1]:
        for moment in (posting.recorded_at, posting.recorded_at - timedelta(microseconds=1)):
            assert archive.at(moment=moment, limit=100) == await stock.list_holdings_at(recorded_at=moment, limit=100)
    page, after = archive.at(limit=2), await stock.list_holdings_at(number=len(journal), limit=2)
    further = await stock.list_holdings_at(number=len(journal), limit=2, after=after.holdings.after)
    assert page.holdings.rows == after.holdings.rows
    assert archive.at(limit=2, after=page.holdings.after).holdings.rows == further.holdings.rows
    with pytest.raises(Refused, match="the cursor is not one of this list"):
        archive.at("london", limit=2, after=page.holdings.after)


async def test_values_are_archived_and_proved(stock: Stock, tmp_path: Path) -> None:
    """P17, B30: the value of each movement, and what it leaves in its holding, are in the files and proved."""
    await stock.define(sites=["works", "yard"], items=["PIPE", "SAND"], key="furnish")
    for number, cost in enumerate(("1", "3.333333")):
        line = {"sku": "SAND", "quantity": 7, "lot": f"L-{number}", "unit_cost": cost}
        await stock.receive(site="works", lines=[line], key=f"in {number}")
    await stock.receive(site="works", lines=[{"sku": "PIPE", "quantity": 100, "unit_cost": "0.7"}], key="pipe")
    made = await stock.pieces.create_cut(site="works", sku="PIPE", lengths=[60, 20], key="name")
    cut = await stock.pieces.cut_roll("CUT-000001", [7, 11], kerf="0.003", waste=1, key="cut")
    sent = await stock.transfer(site="works", target="yard", lines=[("SAND", 9)], in_transit=True, key="van")
    await stock.arrive(transfer=sent.made("transfer"), lines=[("SAND", 8)], close=True, reason="spilt", key="there")
    await stock.sell(site="works", lines=[("SAND", 2), ("PIPE", 3)], key="sale")
    await stock.pieces.revert_cut(cut.number, key="undo")
    last = (await stock.sell(site="works", lines=[("PIPE", 17)], key="rest")).number

    archive = await stock.archive.write(tmp_path, until=last)

    assert await stock.archive.verify(archive) == last
    held = {(line.number, line.value_held) for line in archive.trail("CUT-000001") if isinstance(line, MovementLine)}
    assert held == {(made.number, Decimal(42)), (cut.number, Decimal(0)), (last - 1, Decimal(42))}


async def test_what_is_not_known_is_refused_alike(stock: Stock, tmp_path: Path) -> None:
    """P17: a code or a piece that no archived posting made known is refused as the ledger refuses it."""
    journal = await a_busy_week(stock)
    archive = await stock.archive.write(tmp_path, until=len(journal))
    questions: list[tuple[str | None, ...]] = [
        *(("x",), (None, "x"), (None, None, "x"), (None, "mug", "T-1"), (None, None, None, "x"), ("",)),
        *(("paris", None, None, "A-1"), (None, None, None, None, "x"), (None, "tea", None, None, "SN-1")),
    ]

    told = [refusal(partial(archive.at, *asked)) for asked in questions]
    live = [await refusal_of(stock.list_holdings_at(*asked, number=len(journal))) for asked in questions]

    assert told == live
    for ask in (archive.piece, archive.family, archive.trail):
        assert refusal(partial(ask, "SN-1"))[0] == "PIECE_NOT_FOUND"
        assert refusal(partial(ask, "inv_7"))[0] == "INVALID_PIECE_ID"


async def test_an_archive_says_where_it_ends(stock: Stock, tmp_path: Path) -> None:
    """P17: what came later is not guessed at: not by number, nor by time, nor what undid an archived posting."""
    last = await lived(stock)
    await stock.revert(number=last, cascade=True, key="undo")
    archive = await stock.archive.write(tmp_path, until=last)
    end = (await stock.get_posting(last)).recorded_at

    before = archive.at(moment=end - timedelta(microseconds=1))
    beyond = [fault(partial(archive.at, moment=moment)) for moment in (last + 1, end)]
    told = tuple([line async for line in stock.every(stock.pieces.trail, "CUT-000001")])

    assert before.number == last - 1
    assert beyond == ["ARCHIVE_ENDS"] * 2
    assert archive.trail("CUT-000001") == tuple(replace(line, reverted_by=None) for line in told if line.number <= last)
    assert any(line.reverted_by for line in told)


def refusal(ask: Callable[[], object]) -> tuple[str, object]:
    """Ask what must be refused; give the code and the facts."""
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.code, refused.value.facts


async def refusal_of(asked: Awaitable[object]) -> tuple[str, object]:
    """Await what must be refused; give the code and the facts."""
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.code, refused.value.facts


def fault(ask: Callable[[], object]) -> str:
    """Ask what must break down; give the code."""
    with pytest.raises(Fault) as broken:
        ask()
    return broken.value.code
