"""Clients and servers that are killed in mid-load: what was acknowledged is there, what is retried is there once."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

import onhand
from onhand import Fault, embedded
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import homes_folder, python, query, wait_for
from tests.ledger.ledgers import furnish, ledger, sell
from tests.ledger.soundness import flaws

VERSION = int(os.environ.get("ONHAND_POSTGRES") or 18)

SELLER = """
import asyncio, itertools, os, sys
import onhand

log = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
prefix = sys.argv[3]
numbers = itertools.count()

async def sell(stock):
    for number in numbers:
        key = f"{prefix}/{number}"
        os.write(log, f"sent {key}\\n".encode())
        sale = await stock.sell(site="london", lines=[("A", 1)], key=key)
        os.write(log, f"done {key} {sale.number}\\n".encode())

async def main():
    async with onhand.connect(sys.argv[1]) as stock:
        await asyncio.gather(*(sell(stock) for _ in range(8)))

asyncio.run(main())
"""


class Log:
    """What a client wrote before it sent each act, and after each answer."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text().splitlines() if path.exists() else []
        words = [line.split() for line in lines if len(line.split()) > 1]
        self.sent = [word[1] for word in words if word[0] == "sent"]
        self.done = {word[1]: int(word[2]) for word in words if word[0] == "done"}


def told(log: Path, prefix: str) -> int:
    """How many acts of a client are acknowledged by now."""
    return sum(line.startswith(f"done {prefix}/") for line in log.read_text().splitlines()) if log.exists() else 0


def kill_sellers(database: TestDatabase, log: Path, rounds: Sequence[int]) -> None:
    """Let a client sell until so many acts are acknowledged, and kill it; once for each figure."""
    for number, acknowledged in enumerate(rounds):
        prefix = f"client-{number}"
        client = python(SELLER, Path(database.engine_url), log, Path(prefix))
        assert wait_for(lambda acknowledged=acknowledged, prefix=prefix: told(log, prefix) >= acknowledged)  # type: ignore[misc]  # a default has no type here
        os.kill(client.pid, signal.SIGKILL)
        client.communicate()


async def settle(database: TestDatabase, log: Path) -> None:
    """Resend everything that was ever sent, and check that all of it is there once, with the numbers first told."""
    written = Log(log)
    present = dict(query(database.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'"))
    assert {key: present.get(key) for key in written.done} == written.done

    async with ledger(database) as stock:
        outcomes = await stock.bulk([sell("A", 1, key=key) for key in written.sent])

    rows = query(database.admin_url, "SELECT key, count(*) FROM posting WHERE kind = 'sell' GROUP BY key")
    assert all(isinstance(outcome, Posting) for outcome in outcomes)
    assert sorted(rows) == sorted((key, 1) for key in set(written.sent))
    assert flaws(database.admin_url) == []


async def test_a_client_killed_in_mid_load_loses_nothing(database: TestDatabase, tmp_path: Path) -> None:
    """T2: kill -9 of a client: its acknowledged sales are in the journal, and resending all it sent makes each once."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 1_000_000))

    await asyncio.to_thread(kill_sellers, database, tmp_path / "log", (1, 40, 150))

    await settle(database, tmp_path / "log")


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_clients_killed_many_times_lose_nothing(database: TestDatabase, tmp_path: Path) -> None:
    """T2: the same for a thousand kills."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 100_000_000))

    await asyncio.to_thread(kill_sellers, database, tmp_path / "log", [number % 60 for number in range(1_000)])

    await settle(database, tmp_path / "log")


# ---- the server


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of this test's own, with a server that may be killed."""
    with homes_folder() as folder:
        embedded.up(folder / "home", version=VERSION)
        yield folder / "home"


class Load:
    """Callers who sell one unit at a time, and try again with the same key after each fault."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self.done: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.stopped = False

    async def call(self, name: int) -> None:
        """Sell until told to stop."""
        number = 0
        while not self.stopped:
            key = f"{name}/{number}"
            try:
                sale = await self._stock.sell(site="london", lines=[("A", 1)], key=key)
            except Fault as fault:
                self.faults.append(fault)
                continue
            self.done[key] = sale.number
            number += 1

    async def reaches(self, more: int) -> None:
        """Wait until so many more acts are acknowledged."""
        wanted = len(self.done) + more
        assert await asyncio.to_thread(wait_for, lambda: len(self.done) >= wanted)


async def under_load(home: Path, callers: int, kills: Sequence[Callable[[], None]]) -> None:
    """Let callers sell while the server of a home is killed, again and again, and started; then count."""
    admin_url = make_conninfo(embedded.up(home, version=VERSION).admin_url, dbname="onhand")
    async with onhand.connect(home=home) as stock:
        await furnish(stock, ("A", 1_000_000))
        load = Load(stock)
        calling = [asyncio.create_task(load.call(name)) for name in range(callers)]
        for kill in kills:
            await load.reaches(60)
            await asyncio.to_thread(kill)
            await asyncio.to_thread(embedded.up, home, version=VERSION)
        await load.reaches(60)
        load.stopped = True
        await asyncio.gather(*calling)

    rows = query(admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'")
    assert all(fault.retryable for fault in load.faults), load.faults
    assert dict(rows) == load.done
    assert len(rows) == len(load.done)
    assert flaws(admin_url) == []


def postmaster_killer(home: Path) -> Callable[[], None]:
    """What kills the whole server of a home at once."""

    def kill() -> None:
        pid = embedded.status(home).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    return kill


def backend_killer(home: Path) -> Callable[[], None]:
    """What kills the one process of the server that serves the ledger, upon which the server throws all others out."""

    def kill() -> None:
        url = embedded.up(home, version=VERSION).admin_url
        ((pid,),) = query(url, "SELECT max(pid) FROM pg_stat_activity WHERE usename = 'onhand_engine'")
        os.kill(pid, signal.SIGKILL)

    return kill


async def test_a_server_killed_in_mid_load_loses_nothing(home: Path) -> None:
    """
    T2: kill -9 of PostgreSQL, as a whole and of the process that serves: every acknowledged sale is there, once.

    The ledger that was open goes on by itself as soon as the server is there again.
    """
    kills = [postmaster_killer(home), backend_killer(home), postmaster_killer(home)]

    await under_load(home, 16, kills)


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_a_server_killed_many_times_loses_nothing(home: Path) -> None:
    """T2: the same for a thousand kills."""
    await under_load(home, 16, [postmaster_killer(home), backend_killer(home)] * 500)


async def test_a_server_that_is_away_is_a_retryable_fault(home: Path) -> None:
    """T14: while the server is stopped, callers are told to try again; the same ledger goes on when it is back."""
    async with onhand.connect(home=home) as stock:
        await furnish(stock, ("A", 10))
        await asyncio.to_thread(embedded.down, home)

        with pytest.raises(Fault) as fault:
            await stock.sell(site="london", lines=[("A", 4)], key="till/1")
        await asyncio.to_thread(embedded.up, home, version=VERSION)
        sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert (fault.value.code, fault.value.retryable) == ("DATABASE_UNREACHABLE", True)
    assert not sale.replayed
    assert sale.movements[0].balances[0] == 6_000_000
