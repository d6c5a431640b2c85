"""Processes that want the same piece at the same instant: one gets it, the others are told."""

import asyncio
from pathlib import Path

from onhand import Fault, Refused
from onhand.bootstrap import open_stock
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import answer_of, python, query
from tests.ledger.ledgers import config_of, ledger
from tests.ledger.soundness import flaws
from tests.races.crowd import furnish_control, statements_of

PROCESSES = 4

RACER = """
import asyncio, json, sys
import onhand

async def race():
    async with onhand.connect(sys.argv[1], actor="racer") as stock:
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            if sys.argv[2] == "cut":
                await stock.pieces.cut_roll("ROLL-000001", [30], key=sys.argv[3])
            else:
                await stock.pieces.revert_cut(int(sys.argv[2]), key=sys.argv[3])
        except onhand.Refused as refused:
            return refused.code
        return "done"

print(json.dumps(asyncio.run(race())))
"""


def raced(database: TestDatabase, act: str) -> list[str]:
    """Let processes do the same at the same instant; give their answers in order."""
    keys = [f"{act}-{number}" for number in range(PROCESSES)]
    processes = [python(RACER, Path(database.engine_url), Path(act), Path(key)) for key in keys]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(str(answer_of(process)) for process in processes)


async def furnished(stock: Stock, rolls: int = 1) -> None:
    """Make some rolls."""
    await stock.define(sites=["works"], items=["PIPE"], key="furnish")
    await stock.pieces.produce(
        site="works", made=[{"sku": "PIPE", "kind": "roll", "size": 100, "pieces": rolls}], key="works"
    )


async def test_processes_that_cut_one_roll(database: TestDatabase) -> None:
    """P3: of four processes that cut one roll at the same instant one is served; the roll is used once."""
    async with ledger(database) as stock:
        await furnished(stock)

    answers = raced(database, "cut")

    assert answers == ["PIECES_NOT_THERE"] * (PROCESSES - 1) + ["done"]
    assert query(database.admin_url, "SELECT count(*) FROM transformation") == [(1,)]
    assert flaws(database.admin_url) == []


async def test_processes_that_revert_one_cut(database: TestDatabase) -> None:
    """P7: of four processes that undo one cut at the same instant one is served; the roll comes back once."""
    async with ledger(database) as stock:
        await furnished(stock)
        number = (await stock.pieces.cut_roll("ROLL-000001", [30], key="cut")).number

    answers = raced(database, str(number))

    assert answers == ["ALREADY_REVERTED"] * (PROCESSES - 1) + ["done"]
    assert query(database.admin_url, "SELECT sum(available) FROM holding") == [(100_000_000,)]
    assert flaws(database.admin_url) == []


async def test_control_without_the_lock_the_race_is_another(database: TestDatabase) -> None:
    """P3, control: with the lock taken out two who cut one roll do not get these answers, so the race can fail."""
    furnish_control(database)
    async with ledger(database) as stock:
        await furnished(stock, rolls=20)
    stocks = [await open_stock(config_of(database), statements=statements_of("none")) for _ in range(4)]
    outcomes = set()

    for roll in range(1, 21):
        cuts = (
            stock.pieces.cut_roll(f"ROLL-{roll:06d}", [30], key=f"{roll}/{number}")
            for number, stock in enumerate(stocks)
        )
        answers = await asyncio.gather(*cuts, return_exceptions=True)
        codes = (answer.code if isinstance(answer, Refused | Fault) else "done" for answer in answers)
        outcomes.add(tuple(sorted(codes)))
    for stock in stocks:
        await stock.close()

    assert outcomes - {("PIECES_NOT_THERE",) * 3 + ("done",)}, outcomes
