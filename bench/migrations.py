"""
The migrations on a full database: `python -m bench.migrations --movements 1000000`.

Fills the embedded database of a folder of its own, takes the schema back revision by revision and up again, twice, and
prints how long each step took. A step holds its locks no longer than that.
"""

import argparse
import asyncio
import sys
import tempfile
import time

import psycopg
from psycopg.conninfo import make_conninfo

import onhand
from bench.lots import open_to_others
from onhand import embedded
from onhand.store.database.revision import known_revisions
from onhand.store.database.schema import downgrade_schema, upgrade_schema

FILL = """
    INSERT INTO posting (org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash)
    SELECT org_id, number + step, recorded_at, occurred_at, gen_random_uuid(), fingerprint, kind, key || step, actor,
           hash
      FROM posting
     CROSS JOIN generate_series(1, {movements}) AS step
     WHERE number = (SELECT max(number) FROM posting);
    INSERT INTO movement (org_id, number, holding_id, quantity, available, line, source, target)
    SELECT org_id, number + step, holding_id, quantity, available, line, source, target
      FROM movement
     CROSS JOIN generate_series(1, {movements}) AS step
     WHERE number = (SELECT max(number) FROM movement);
    ANALYZE
"""


async def fill(url: str, admin_url: str, movements: int) -> None:
    """Make a lot, sell from it once, and repeat that sale in the tables so many times."""
    async with onhand.connect(url) as stock:
        await stock.define(sites=["london"], items=["A"], key="define")
        await stock.receive(site="london", lines=[("A", 10, "L")], key="po")
        await stock.sell(site="london", lines=[("A", 1)], key="sale")
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(FILL.format(movements=movements).encode())


def timed(what: str, started: float) -> None:
    """Print how long something took."""
    sys.stdout.write(f"{what:<28} {time.perf_counter() - started:6.2f} s\n")


def walk(owner_url: str) -> None:
    """Take the schema back revision by revision, each time up again; the first revision holds the movements."""
    revisions = sorted(known_revisions())
    for before in reversed(revisions[:-1]):
        started = time.perf_counter()
        downgrade_schema(owner_url, before)
        timed(f"down to {before}", started)
        started = time.perf_counter()
        upgrade_schema(owner_url)
        timed(f"up from {before}", started)
        started = time.perf_counter()
        upgrade_schema(owner_url)
        timed("up again, which does nothing", started)


def run(movements: int) -> None:
    """Fill and walk, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="onhand-bench-migrations-", ignore_cleanup_errors=True) as folder:
        home = open_to_others(folder)
        addresses = embedded.up(home)
        try:
            upgrade_schema(addresses.owner_url)
            started = time.perf_counter()
            admin_url = make_conninfo(addresses.admin_url, dbname="onhand")
            asyncio.run(fill(addresses.engine_url, admin_url, movements))
            timed(f"{movements} movements written", started)
            walk(addresses.owner_url)
        finally:
            embedded.down(home)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movements", type=int, default=1_000_000)
    run(parser.parse_args().movements)
