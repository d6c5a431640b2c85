"""Cleanup and waiting lines as a program uses them."""

import asyncio
from datetime import UTC, datetime, timedelta

from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query, wait_for
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws


async def test_when_a_reservation_expires_the_next_in_line_is_offered_it(stock: Stock, database: TestDatabase) -> None:
    """C18: the cleanup that ends a reservation gives its goods to the next who waits, and says so."""
    await furnish(stock, ("A", 2))
    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    first = await stock.reserve(site="london", lines=[("A", 2)], key="1", expires_at=soon)
    second = await stock.reserve(site="london", lines=[("A", 1)], key="2", hold_seconds=600)
    third = await stock.reserve(site="london", lines=[("A", 2)], key="3", hold_seconds=600)
    due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
    assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(1,)])

    done = await stock.reservations.release_expired(worker="w")

    assert done.released == (first.made("reservation"),)
    assert done.offered == (second.made("reservation"),)
    statuses = {line.id: line.status for line in await stock.reservations.list()}
    assert statuses[second.made("reservation")] == "active"
    assert statuses[third.made("reservation")] == "pending"
    assert flaws(database.admin_url) == []
    assert (await stock.verify()).ok


async def test_two_processes_offer_one_piece_once(stock: Stock, database: TestDatabase) -> None:
    """C18: whoever offers, and how often: a piece that came free goes to one who waits, in turn."""
    await furnish(stock, ("A", 1))
    first = await stock.reserve(site="london", lines=[("A", 1)], key="1")
    waiting = [
        (await stock.reserve(site="london", lines=[("A", 1)], key=f"w-{number}", hold_seconds=600)).made("reservation")
        for number in range(3)
    ]
    await stock.reservations.release(reservation=first.made("reservation"), key="r")

    async with ledger(database) as other:
        offered = await asyncio.gather(
            stock.reservations.offer_waiting(), other.reservations.offer_waiting(), stock.reservations.offer_waiting()
        )

    assert sorted(number for some in offered for number in some) == waiting[:1]
    assert flaws(database.admin_url) == []


async def test_every_change_leaves_an_immutable_movement(stock: Stock, database: TestDatabase) -> None:
    """C9: reserving, releasing, offering and committing are movements in the journal, which nobody can change."""
    await furnish(stock, ("A", 2))
    one = await stock.reserve(site="london", lines=[("A", 2)], key="1", actor="ann")
    two = await stock.reserve(site="london", lines=[("A", 1)], key="2", hold_seconds=600)
    await stock.reservations.release(
        reservation=one.made("reservation"), key="3", actor="bob", reason="changed her mind"
    )
    await stock.reservations.offer_waiting()
    await stock.reservations.commit(reservation=two.made("reservation"), key="4")

    rows = query(
        database.admin_url,
        """SELECT kind, actor, source, target, quantity / 1000000 FROM movement JOIN posting USING (org_id, number)
            WHERE kind <> 'receive' ORDER BY number, line""",
    )

    assert rows == [
        ("reserve", "ann", "available", "reserved", 2),
        ("release", "bob", "reserved", "available", 2),
        ("offer", "test", "available", "reserved", 1),
        ("commit", "test", "reserved", "customer", 1),
    ]


async def test_an_expiry_that_was_undone_can_come_again(stock: Stock, database: TestDatabase) -> None:
    """C1, P14: a reservation whose expiry was reverted is due again, and expires again, for its worker."""
    await furnish(stock, ("A", 2))
    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    await stock.reserve(site="london", lines=[("A", 2)], key="1", expires_at=soon)
    due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
    assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(1,)])
    first = await stock.reservations.release_expired(worker="cleaner")
    expiry = (await stock.head()).number
    await stock.revert(number=expiry, key="undo")

    second = await stock.reservations.release_expired(worker="cleaner")

    assert first.released == second.released != ()
    assert (await stock.get_posting(expiry)).kind == "expire"
    assert (await stock.reservations.release_expired(worker="cleaner")).released == ()
    assert flaws(database.admin_url) == []
