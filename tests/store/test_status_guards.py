"""The database refuses statuses that the tables of transitions do not lead to, whoever asks."""

from datetime import UTC, datetime, timedelta
from itertools import product

import psycopg
import pytest

from onhand import Fault
from onhand.kernel.transitions import RESERVATION, TRANSITIONS
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish

PAIRS = [(entity, *pair) for entity, table in TRANSITIONS.items() for pair in product(table, repeat=2)]


def test_the_database_has_the_kernels_tables(database: TestDatabase) -> None:
    """C1, S2: for every pair of statuses of every kind, the database allows what the kernel's table allows."""
    for entity, source, target in PAIRS:
        ((allowed,),) = query(database.admin_url, f"SELECT status_may_follow('{entity}', '{source}', '{target}')")

        assert allowed == (source == target or target in TRANSITIONS[entity][source]), (entity, source, target)


_WHILE = "CASE WHEN '{0}' = 'releasing' THEN "
CLAIM = f"claimed_by = {_WHILE} 'w' END, lease_until = {_WHILE} now() END"


async def test_plain_sql_cannot_take_a_reservation_where_no_step_leads(stock: Stock, database: TestDatabase) -> None:
    """C1: an UPDATE by hand, even a superuser's, goes only where a step leads."""
    await furnish(stock, ("A", 5))
    await stock.reserve(site="london", lines=[("A", 1)], key="r")
    refused = set()

    for source, target in product(RESERVATION, repeat=2):
        with psycopg.connect(database.admin_url) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")  # without triggers
            connection.execute(f"UPDATE reservation SET status = '{source}', {CLAIM.format(source)}".encode())
            connection.commit()
            connection.execute(f"UPDATE reservation SET status = '{target}', {CLAIM.format(target)}".encode())
            try:
                connection.commit()
            except psycopg.errors.CheckViolation as error:
                assert "cannot become" in str(error)  # noqa: PT017 - which pairs are refused is what is asked
                refused.add((source, target))

    apart = {(source, target) for source, target in product(RESERVATION, repeat=2) if source != target}
    assert refused == {pair for pair in apart if pair[1] not in RESERVATION[pair[0]]}


async def test_a_slip_of_the_kernel_stops_at_the_database(
    stock: Stock, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C1: with a step added to the kernel's table that is none of the database's, the posting is refused there."""
    await furnish(stock, ("A", 5))
    promise = await stock.reserve(site="london", lines=[("A", 1)], key="r")
    await stock.reservations.release(reservation=promise.made("reservation"), key="1")
    monkeypatch.setitem(RESERVATION, "released", frozenset({"expired"}))

    with pytest.raises(Fault) as caught:
        await stock.reservations.expire(reservation=promise.made("reservation"), key="2")

    assert caught.value.code == "DATABASE_REFUSED"
    assert caught.value.facts["constraint"] == "change_follows_its_transitions"
    assert query(database.admin_url, "SELECT status FROM reservation") == [("released",)]


async def test_an_undoing_may_go_back(stock: Stock, database: TestDatabase) -> None:
    """C1, P14: what a posting undoes goes back to the status before it, and the database lets it."""
    await furnish(stock, ("A", 5))
    promise = await stock.reserve(site="london", lines=[("A", 1)], key="r")
    commit = await stock.reservations.commit(reservation=promise.made("reservation"), key="1")

    await stock.revert(number=commit.number, key="2")

    assert query(database.admin_url, "SELECT status FROM reservation") == [("active",)]
    assert (await stock.verify()).ok


async def test_many_steps_in_one_batch_are_saved_at_once(stock: Stock, database: TestDatabase) -> None:
    """C1: a reservation that is claimed and ended within one batch goes from active to expired in one row."""
    await furnish(stock, ("A", 5))
    await stock.reserve(site="london", lines=[("A", 1)], key="r", expires_at=datetime.now(UTC) + timedelta(seconds=0.2))
    while not (done := await stock.reservations.release_expired(worker="w")).released:
        pass

    assert len(done.released) == 1
    assert query(database.admin_url, "SELECT status, claimed_by FROM reservation") == [("expired", None)]
