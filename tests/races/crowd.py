"""
A crowd of clients that want the same goods at the same instant.

`Crowd` starts one Python, which forks into many processes, each with a connection of its own; they race as often as
they are told to. `unguarded` has the statements that take a protection out, for the controls.
"""

import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from onhand import Fault, Refused
from onhand.bootstrap import open_stock
from onhand.config import Config
from onhand.ledger.stock import Stock
from onhand.ledger.sync import Synchronous
from onhand.store.engine.statements import Statements, load_statements
from tests.conftest import TestDatabase
from tests.faults.servers import SOURCE, query
from tests.ledger.ledgers import available, config_of, with_sql

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Guard = Literal["whole", "unlocked", "none"]
"""The lock of the journal: as it is, without FOR UPDATE, or with numbers of its own beside, which nothing catches."""

TAKEN = 10
"""How much each client takes."""
_RETRIES_MAX = 50


class Wish(NamedTuple):
    """What so many clients do in a round: each takes TAKEN of an item, with a key of its own."""

    sku: str
    clients: int


class Outcome(NamedTuple):
    """What came of a race: how many were served, refused and neither, and how much is left in the table."""

    served: int
    refused: int
    codes: tuple[str, ...]
    left: int


def statements_of(guard: Guard) -> Statements | None:
    """The statements with a protection taken out; the control's numbers come from a sequence, a range a batch."""
    locked = load_statements()["lock_journal"].text
    unlocked = locked.replace("FOR UPDATE", "")
    match guard:
        case "whole":
            return None
        case "unlocked":
            return with_sql(lock_journal=unlocked)
        case "none":
            return with_sql(lock_journal=unlocked.replace("journal.number,", "nextval('control') * 10000,"))


def furnish_control(database: TestDatabase) -> None:
    """Make the sequence that the control takes its numbers from."""
    query(database.admin_url, "CREATE SEQUENCE control")
    query(database.admin_url, "GRANT USAGE ON SEQUENCE control TO onhand_engine")


async def wish(stock: Stock, sku: str, key: str) -> str:
    """Want TAKEN of an item, and try again, with the same key, as long as a fault says that it can help."""
    fault: Fault | None = None
    for _ in range(_RETRIES_MAX):
        try:
            await stock.sell(site="london", lines=[(sku, TAKEN)], key=key)
        except Refused as refused:
            return refused.code
        except Fault as caught:
            fault = caught
            if not fault.retryable:
                break
        else:
            return "served"
    return f"fault {fault.code if fault else ''}"


def outcome_of(database: TestDatabase, sku: str, codes: Sequence[str]) -> Outcome:
    """Put the clients' answers and the table together."""
    others = tuple(sorted(code for code in codes if code not in {"served", "INSUFFICIENT_INVENTORY"}))
    return Outcome(codes.count("served"), codes.count("INSUFFICIENT_INVENTORY"), others, available(database, sku))


async def race_in_tasks(database: TestDatabase, sku: str, clients: int, *, guard: Guard = "whole") -> Outcome:
    """Race in tasks of one process, over as many as four connections."""
    statements = statements_of(guard)
    stocks = [await open_stock(config_of(database), statements=statements) for _ in range(min(clients, 4))]
    wishes = (wish(stocks[number % len(stocks)], sku, f"{sku}/{number}") for number in range(clients))
    codes = await asyncio.gather(*wishes)
    for stock in stocks:
        await stock.close()
    return outcome_of(database, sku, codes)


def race_in_threads(database: TestDatabase, sku: str, clients: int, *, facades: int = 2) -> Outcome:
    """Race in threads that call the synchronous facade, of which there are a few."""
    stocks = [Synchronous(lambda: open_stock(config_of(database))) for _ in range(facades)]

    def want(number: int) -> str:
        try:
            stocks[number % facades].sell(site="london", lines=[(sku, TAKEN)], key=f"{sku}/{number}")
        except Refused as refused:
            return refused.code
        return "served"

    with ThreadPoolExecutor(clients) as pool:
        codes = list(pool.map(want, range(clients)))
    for stock in stocks:
        stock.close()
    return outcome_of(database, sku, codes)


class Crowd:
    """Many processes, started once, that race as often as they are told."""

    def __init__(self, database: TestDatabase, processes: int, *, guard: Guard = "whole") -> None:
        """Start the processes; each opens the ledger at once."""
        self._database = database
        root = str(SOURCE.parent)
        paths = os.pathsep.join((str(SOURCE), root))
        self._starter = subprocess.Popen(
            [sys.executable, "-m", "tests.races.crowd", database.engine_url, str(processes), guard],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
            cwd=root,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._starter.communicate(timeout=60)
        assert self._starter.returncode == 0

    def race(self, sku: str, clients: int) -> Outcome:
        """Let so many clients want an item; they are spread over the processes."""
        assert self._starter.stdin is not None
        assert self._starter.stdout is not None
        self._starter.stdin.write(json.dumps(Wish(sku, clients)) + "\n")
        self._starter.stdin.flush()
        answer = json.loads(self._starter.stdout.readline())
        return outcome_of(self._database, sku, answer)


async def _serve(url: str, number: int, guard: Guard, starter: "Connection[object, Wish | None]") -> None:
    """Do what the starter tells: so many wishes at once, in tasks of this process."""
    stock = await open_stock(Config(database_url=url), statements=statements_of(guard))
    starter.send("ready")
    while told := starter.recv():
        codes = await asyncio.gather(*(wish(stock, told.sku, f"{told.sku}/{number}/{n}") for n in range(told.clients)))
        starter.send(codes)
    await stock.close()


def _member(*arguments: Any) -> None:  # noqa: ANN401 - those of _serve
    asyncio.run(_serve(*arguments))


def _main(url: str, processes: int, guard: Guard) -> int:
    """Fork the members, pass on what the test tells, and answer with all their answers."""
    forking = multiprocessing.get_context("fork")
    members = []
    for number in range(processes):
        ours, theirs = forking.Pipe()
        process = forking.Process(target=_member, args=(url, number, guard, theirs))
        process.start()
        members.append((process, ours))
    for _, member in members:
        member.recv()
    for line in sys.stdin:
        sku, clients = json.loads(line)
        for position, (_, member) in enumerate(members):
            member.send(Wish(sku, clients // processes + (position < clients % processes)))
        print(json.dumps([code for _, member in members for code in member.recv()]), flush=True)  # noqa: T201 - the answer
    for process, member in members:
        member.send(None)
        process.join()
    return max(abs(process.exitcode or 0) for process, _ in members)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))  # type: ignore[arg-type]  # a guard is told
