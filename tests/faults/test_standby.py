"""A synchronous standby that is away: nothing is acknowledged that only one machine has."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import onhand
from onhand import Fault, embedded
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from onhand.store.schema import upgrade_schema
from tests.faults.servers import homes_folder, query, wait_for
from tests.ledger.ledgers import furnish

_GIVE_UP = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def addresses() -> Iterator[embedded.Addresses]:
    """A server of this module's own, since what it waits for is a setting of the whole server."""
    with homes_folder() as folder:
        found = embedded.up(Path(folder) / "home")
        upgrade_schema(found.owner_url)
        yield found
        embedded.down(Path(folder) / "home")


@pytest.fixture
async def stock(addresses: embedded.Addresses) -> AsyncIterator[Stock]:
    """An open ledger on that server."""
    async with onhand.connect(addresses.engine_url, actor="test") as opened:
        yield opened


def wait_for_standby(addresses: embedded.Addresses, name: str) -> None:
    """Let each commit wait for a standby from now on, and see one wait; none where the name is empty."""
    query(addresses.admin_url, f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    query(addresses.admin_url, "SELECT pg_reload_conf()")
    with ThreadPoolExecutor(1) as pool:

        def is_waited_for() -> bool:
            probe = pool.submit(query, addresses.admin_url, "SELECT pg_logical_emit_message(true, 'probe', '')")
            while not probe.done():
                if give_up_waiting(addresses):
                    return True
            return False

        assert not name or wait_for(is_waited_for)


def give_up_waiting(addresses: embedded.Addresses) -> bool:
    """Do what an administrator may do: end the wait of the commit that waits, if one does."""
    return bool(query(addresses.admin_url, _GIVE_UP))


async def test_a_retry_is_answered_only_once_the_standby_has_the_first(
    stock: Stock, addresses: embedded.Addresses
) -> None:
    """
    T4: a sale whose commit no standby has is not acknowledged, nor is its retry, until a standby has it.

    It fails where a retry is looked up and its transaction rolled back, which waits for nobody: tried.
    """
    await furnish(stock, ("A", 10))
    wait_for_standby(addresses, "nobody")
    faults: list[Fault] = []

    for _ in range(2):
        sale = asyncio.ensure_future(stock.sell(site="london", lines=[("A", 4)], key="till/1"))
        await asyncio.to_thread(lambda: wait_for(lambda: give_up_waiting(addresses), seconds=10))
        with pytest.raises(Fault) as fault:
            await sale
        faults.append(fault.value)
    wait_for_standby(addresses, "")
    again = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert [fault.code for fault in faults] == ["COMMIT_UNCERTAIN", "COMMIT_UNCERTAIN"]
    assert isinstance(again, Posting)
    assert again.replayed
    assert query(addresses.admin_url.replace("/postgres?", "/onhand?"), "SELECT count(*) FROM posting") == [(3,)]
