"""Clients in several processes reserve, commit, cancel and expire the same goods; then nothing has drifted."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.conftest import TestDatabase
from tests.faults.servers import python, query
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws

ITEMS, PIECES = 50, 40
CLIENTS, PROCESSES = 64, 3

CROWD = """
import asyncio, json, random, sys, time
from collections import Counter
from datetime import UTC, datetime, timedelta
import onhand
from onhand import Refused

url, name, clients, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
done = Counter()

async def client(stock, number, until):
    source = random.Random(f"{name}/{number}")
    held = []
    turn = 0
    while time.monotonic() < until:
        turn += 1
        key = f"{name}/{number}/{turn}"
        act = source.choice(["reserve", "reserve", "wait", "commit", "release", "order"]) if held else "reserve"
        lines = [(f"I-{source.randrange(50)}", source.randint(1, 4)) for _ in range(source.randint(1, 3))]
        try:
            if act in ("reserve", "wait"):
                soon = datetime.now(UTC) + timedelta(seconds=source.choice([0.3, 1, 3600]))
                hold = 1 if act == "wait" else None
                posting = await stock.reserve(site="london", lines=lines, expires_at=soon, hold_seconds=hold, key=key)
                held.append(posting.made("reservation"))
            elif act == "order":
                soon = datetime.now(UTC) + timedelta(seconds=source.choice([0.3, 3600]))
                priced = [(sku, quantity, 1) for sku, quantity in lines]
                await stock.orders.checkout(key=key, sites=["london"], lines=priced, number=key, expires_at=soon)
                if source.random() < 0.5:
                    await stock.orders.cancel(order=key, key=f"{key}/cancel")
                elif source.random() < 0.5:
                    total = sum(quantity for _, quantity in lines)
                    await stock.orders.pay(order=key, amount=total, key=f"{key}/pay")
                    await stock.orders.fulfil(order=key, key=f"{key}/fulfil")
                    await stock.orders.commit(order=key, key=f"{key}/commit")
            else:
                number_held = held.pop(source.randrange(len(held)))
                await getattr(stock.reservations, act)(reservation=number_held, key=key)
            done[act] += 1
        except Refused as refused:
            done[refused.code] += 1
        if source.random() < 0.05:
            await stock.receive(site="london", lines=[(sku, quantity) for sku, quantity in lines], key=f"{key}/more")

async def worker(stock, until):
    while time.monotonic() < until:
        cleanup = await stock.reservations.release_expired(worker=name, batch=20, lease_seconds=2)
        done["expired"] += len(cleanup.released)
        done["offered"] += len(cleanup.offered)
        await asyncio.sleep(0.05)

async def main():
    async with onhand.connect(url, actor=name) as stock:
        print("ready", flush=True)
        sys.stdin.readline()
        until = time.monotonic() + seconds
        await asyncio.gather(worker(stock, until), *(client(stock, number, until) for number in range(clients)))
    print(json.dumps(done), flush=True)

asyncio.run(main())
"""


def crowd(database: TestDatabase, seconds: float) -> dict[str, int]:
    """Let 64 clients over three processes do what they like for a while; gives how often each thing was done."""
    shares = [CLIENTS // PROCESSES + (number < CLIENTS % PROCESSES) for number in range(PROCESSES)]
    processes = [
        python(CROWD, *map(Path, (database.engine_url, f"p-{number}", str(clients), str(seconds))))
        for number, clients in enumerate(shares)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    total: dict[str, int] = {}
    for process in processes:
        said, _ = process.communicate(timeout=seconds + 120)
        assert process.returncode == 0
        for word, count in json.loads(said).items():
            total[word] = total.get(word, 0) + count
    return total


async def no_drift_after(database: TestDatabase, seconds: float) -> dict[str, int]:
    """Stock fifty items, let the crowd loose, and look for anything that does not add up."""
    async with ledger(database) as stock:
        await furnish(stock, *((f"I-{number}", PIECES) for number in range(ITEMS)))

    total = await asyncio.to_thread(crowd, database, seconds)

    assert flaws(database.admin_url) == []
    async with ledger(database) as stock:
        assert await stock.find_inconsistencies() == ()
        assert (await stock.verify()).ok
    statuses = dict(query(database.admin_url, "SELECT status, count(*) FROM reservation GROUP BY 1"))
    assert {"committed", "released", "expired"} <= statuses.keys()
    return total


async def test_a_crowd_leaves_no_drift(database: TestDatabase) -> None:
    """T1, C2: units reserved are the sum of open reservations after 64 clients over three processes, three seconds."""
    total = await no_drift_after(database, 3)

    assert min(total.get(word, 0) for word in ("reserve", "commit", "release", "order", "expired")) > 0, total


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_crowd_leaves_no_drift_in_a_minute(database: TestDatabase) -> None:
    """T1, C2: the same for sixty seconds."""
    total = await no_drift_after(database, 60)

    assert min(total.get(word, 0) for word in ("reserve", "commit", "release", "order", "expired", "offered")) > 0, (
        total
    )
