"""Workers that end expired reservations all at once, some of which die between claim and release."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onhand.kernel.promises.reserve import Reserve
from tests.conftest import TestDatabase
from tests.faults.servers import python, query, wait_for
from tests.ledger.ledgers import furnish, ledger, lines
from tests.ledger.soundness import flaws

EXPIRED = 200
OPEN = 20

WORKER = """
import asyncio, json, os, signal, sys
import onhand

async def main():
    url, name, dies_after = sys.argv[1], sys.argv[2], int(sys.argv[3])
    released = []
    async with onhand.connect(url, actor=name) as stock:
        print("ready", flush=True)
        sys.stdin.readline()
        claims = 0
        while True:
            claimed = await stock.worker.claim_reservations(worker=name, batch=10, lease_seconds=1)
            if not claimed:
                if not await stock._asking.reading.promises.claimable(1) and not open_claims(url):
                    break
                continue
            claims += 1
            if claims == dies_after:
                os.kill(os.getpid(), signal.SIGKILL)
            released += await stock.worker.release_claimed(claimed, worker=name)
    print(json.dumps(released), flush=True)

def open_claims(url):
    import psycopg
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('onhand.org_id', '1', true)")
        return connection.execute("SELECT count(*) FROM reservation WHERE status = 'releasing'").fetchone()[0]

asyncio.run(main())
"""

UNGUARDED = """
import onhand.kernel.promises.claim_reservations
import onhand.kernel.promises.expire_reservation
import onhand.kernel.promises.release_reservation
onhand.kernel.promises.claim_reservations._is_claimable = lambda reservation, draft: True
onhand.kernel.promises.claim_reservations.check_transition = lambda *step: None
onhand.kernel.promises.release_reservation.check_transition = lambda *step: None
onhand.kernel.promises.expire_reservation._check_claim = lambda reservation, claimant: None
"""


async def overdue(database: TestDatabase) -> None:
    """Make 200 reservations whose time is over, and some that are not due."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", EXPIRED + OPEN))
        soon = datetime.now(UTC) + timedelta(seconds=3)
        commands = [
            Reserve(
                key=f"cart-{number}",
                site="london",
                lines=lines(("A", 1)),
                expires_at=soon if number < EXPIRED else soon + timedelta(days=1),
            )
            for number in range(EXPIRED + OPEN)
        ]
        await stock.bulk(commands)
    due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
    assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(EXPIRED,)])


def started(database: TestDatabase, name: str, dies_after: int = 0) -> subprocess.Popen[str]:
    """Start a worker, which waits for the word."""
    worker = python(WORKER, Path(database.engine_url), Path(name), Path(str(dies_after)))
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def go(workers: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Give the word to all at once; gives what each printed at its end."""
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [worker.communicate(timeout=60)[0] for worker in workers]


def releases(database: TestDatabase) -> list[tuple[int, int]]:
    """How many postings ended each reservation, by how many there are of them."""
    return query(
        database.admin_url,
        """SELECT ends, count(*) FROM (
               SELECT entity_id, count(*) AS ends FROM change
                WHERE entity = 'reservation' AND action = 'expired' GROUP BY entity_id) AS ended
            GROUP BY ends ORDER BY ends""",
    )


async def test_three_workers_end_two_hundred_once(database: TestDatabase) -> None:
    """C2: 200 expired reservations and three workers in processes of their own make 200 releases."""
    await overdue(database)

    workers = [await asyncio.to_thread(started, database, f"w-{number}") for number in range(3)]
    told = await asyncio.to_thread(go, workers)

    ended = [number for said in told for number in json.loads(said)]
    assert (len(ended), len(set(ended))) == (EXPIRED, EXPIRED)
    assert releases(database) == [(1, EXPIRED)]
    assert query(database.admin_url, "SELECT status, count(*) FROM reservation GROUP BY 1 ORDER BY 1") == [
        ("active", OPEN),
        ("expired", EXPIRED),
    ]
    assert flaws(database.admin_url) == []


async def test_workers_that_die_lose_nothing(database: TestDatabase) -> None:
    """C2: three workers are killed between claim and release; three others take over, and 200 are ended once."""
    await overdue(database)

    dying = [await asyncio.to_thread(started, database, f"d-{number}", number + 1) for number in range(3)]
    living = [await asyncio.to_thread(started, database, f"w-{number}") for number in range(3)]
    await asyncio.to_thread(go, dying)
    await asyncio.to_thread(go, living)

    assert [worker.returncode for worker in dying] == [-signal.SIGKILL] * 3
    assert [worker.returncode for worker in living] == [0] * 3
    assert releases(database) == [(1, EXPIRED)]
    taken_over = query(
        database.admin_url,
        "SELECT count(*) FROM change WHERE action = 'claimed' AND before ->> 'status' = 'releasing'",
    )
    assert taken_over[0][0] > 0
    assert flaws(database.admin_url) == []
    async with ledger(database) as stock:
        assert (await stock.verify()).ok


async def test_the_oldest_are_claimed_first_in_bounded_batches(database: TestDatabase) -> None:
    """C2: a claim takes the longest overdue, so many at most; what another has claimed is left to him."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 9))
        now = datetime.now(UTC)
        numbers = []
        for number in range(9):
            promise = await stock.reserve(
                site="london",
                lines=[("A", 1)],
                key=f"{number}",
                expires_at=now + timedelta(seconds=0.9 - number / 20),
            )
            numbers.append(promise.made("reservation"))
        due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(9,)])

        first = await stock.worker.claim_reservations(worker="one", batch=4)
        second = await stock.worker.claim_reservations(worker="two", batch=4)
        stolen = await stock.worker.release_claimed(first, worker="two")
        await stock.worker.release_claimed(second, worker="two")

        assert [claim.id for claim in first] == numbers[:4:-1]
        assert [claim.id for claim in second] == numbers[4:0:-1]
        assert stolen == ()
        assert (await stock.reservations.release_expired(worker="three")).released == (numbers[0],)
        assert set((await stock.reservations.release_expired(worker="one")).released) == {claim.id for claim in first}


async def test_control_without_the_guards_they_end_more(database: TestDatabase) -> None:
    """
    C2, control: with claims that take what others have claimed and tables that allow every step, more than 200.

    So the tests above go red when the protection is taken out; the database's own guards are out of the way too.
    """
    await overdue(database)
    query(database.admin_url, "ALTER TABLE change DROP CONSTRAINT change_follows_its_transitions")
    query(database.admin_url, "ALTER TABLE reservation DISABLE TRIGGER reservation_follows_its_transitions")
    greedy = UNGUARDED + WORKER.replace(
        "await stock.worker.claim_reservations(worker=name, batch=10, lease_seconds=1)", "await greedy(stock, name)"
    ).replace("def open_claims", GREEDY + "\ndef open_claims")

    workers = [python(greedy, Path(database.engine_url), Path(f"w-{number}"), Path("0")) for number in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    await asyncio.to_thread(go, workers)

    assert sum(ends * count for ends, count in releases(database)) > EXPIRED


GREEDY = """
seen = None

async def greedy(stock, name):
    global seen
    from onhand.kernel.promises.claim_reservations import ClaimReservations
    from onhand.ledger.promises.port import Versioned
    if seen is None:
        seen = [due.id for due in await stock._asking.reading.promises.claimable(1000)]
    if not seen:
        return ()
    some, seen[:] = tuple(seen[:10]), seen[10:]
    posting = await stock.post(ClaimReservations(key=f"{name}/{some[0]}", worker=name, reservations=some))
    return tuple(Versioned(change.entity_id, change.after["version"]) for change in posting.changes)
"""
