"""A synchronous standby that is away: nothing is acknowledged that only one machine has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import onhand
from onhand import Fault, embedded
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from onhand.store.accounts.sign_ins import SignInTimes
from onhand.store.database.database import Database
from onhand.store.database.schema import downgrade_schema, upgrade_schema
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


def token(number: int) -> str:
    """The hash of a token."""
    return f"{number:064x}"


async def given_up(addresses: embedded.Addresses, act: Callable[[], Awaitable[object]]) -> str | None:
    """Do something while no standby is there, end its wait, and give the code of the fault; None where it was done."""
    doing = asyncio.ensure_future(act())
    await asyncio.to_thread(lambda: wait_for(lambda: doing.done() or give_up_waiting(addresses), seconds=10))
    try:
        await doing
    except Fault as fault:
        return fault.code
    return None


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


async def test_what_stands_beside_the_journal_is_told_only_once_the_standby_has_it(
    addresses: embedded.Addresses,
) -> None:
    """
    T4: an org, the end of a session, a password and the secret of services are told when a standby has them.

    Those that are found are so, too, at a second try. It fails where the answer to the COMMIT is left to the driver,
    and where what is found is not waited for: tried.
    """
    store = Database(addresses.engine_url)
    await store.open()
    org_id = await store.create_org("beside")
    sessions, passwords = store.sessions(org_id, SignInTimes()), store.passwords(org_id)
    for number in range(2):
        await sessions.open(f"session {number}", token(number), "user", "credential")
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "org": lambda: store.create_org("late"),
        "org, again": lambda: store.create_org("late"),
        "secret": passwords.service_secret,
        "secret, again": passwords.service_secret,
        "password": lambda: passwords.keep("name", "$argon2id$hash"),
        "sign in": lambda: sessions.open("session 2", token(2), "user", "credential"),
        "sign out": lambda: sessions.end("session 0"),
        "another token": lambda: sessions.rotate("session 1", token(3), token(1)),
    }

    wait_for_standby(addresses, "nobody")
    told = {name: await given_up(addresses, act) for name, act in acts.items()}
    wait_for_standby(addresses, "")
    await store.close()

    assert told == {name: None if name == "another token" else "COMMIT_UNCERTAIN" for name in acts}


async def test_a_schema_is_told_only_once_the_standby_has_it(addresses: embedded.Addresses) -> None:
    """T4: a schema that no standby has is not told to be there."""
    query(addresses.admin_url, "CREATE DATABASE new OWNER onhand_owner")
    url = addresses.owner_url.replace("/onhand?", "/new?")

    wait_for_standby(addresses, "nobody")
    told = [
        await given_up(addresses, lambda: asyncio.to_thread(upgrade_schema, url)),
        await given_up(addresses, lambda: asyncio.to_thread(downgrade_schema, url, "base")),
    ]
    wait_for_standby(addresses, "")

    assert told == ["COMMIT_UNCERTAIN", "COMMIT_UNCERTAIN"]
