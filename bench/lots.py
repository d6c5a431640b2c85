"""
The lists of lots and of stock at full size: `python -m bench.lots --lots 1000000`.

Fills the embedded database of a folder of its own, asks each kind of list many times, and prints the
median and the 95th percentile; it takes some minutes, nearly all of them to fill.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

import onhand
from onhand import embedded
from onhand.ledger.stock import Stock

SQL = Path(__file__).parent / "sql" / "lots.sql"

QUESTIONS: Mapping[str, Callable[[random.Random], Mapping[str, object]]] = {
    "newest": lambda _: {},
    "oldest": lambda _: {"order": "oldest"},
    "by code": lambda _: {"order": "code"},
    "next to expire": lambda _: {"order": "expires_on", "status": "LIVE"},
    "by status": lambda dice: {"status": dice.choice(("LIVE", "ON_HOLD", "QUARANTINED", "SOLD_OUT", "CLOSED"))},
    "by category": lambda dice: {"category": f"category {dice.randrange(12)}"},
    "by kind and status": lambda dice: {"subcategory": f"kind {dice.randrange(60)}", "status": "LIVE"},
    "by brand": lambda dice: {"brand": f"Brand {dice.randrange(1000)}"},
    "by vendor and status": lambda dice: {"vendor": f"Vendor {dice.randrange(500)}", "status": "ON_HOLD"},
    "by site": lambda dice: {"site": f"site-{1 + dice.randrange(20)}"},
    "by site and category": lambda dice: {
        "site": f"site-{1 + dice.randrange(20)}",
        "category": f"category {dice.randrange(12)}",
    },
    "by a common word": lambda dice: {"text": dice.choice(("blue", "kush", "lemon"))},
    "by two common words": lambda dice: {"text": dice.choice(("blue dream", "sour diesel", "white widow"))},
    "by a rare word": lambda dice: {"text": f"lot-20200202-{dice.randrange(15360, 15840)}"},
    "by the beginning of words": lambda dice: {"text": f"purp brand {dice.randrange(1000)}"},
    "by words and status": lambda dice: {"text": "golden haze", "status": dice.choice(("LIVE", "SOLD_OUT"))},
}
"""What people ask of lots, each with values thrown by dice."""

STOCK: Mapping[str, Callable[[random.Random], Mapping[str, object]]] = {
    "stock": lambda _: {},
    "stock, also where nothing is": lambda _: {"empty": True},
    "stock at a site": lambda dice: {"site": f"site-{1 + dice.randrange(20)}"},
    "stock of an item": lambda dice: {"sku": f"ITEM-{dice.randrange(1, 10_000)}"},
    "stock of the greatest item": lambda _: {"sku": "ITEM-0"},
    "stock of it at its site": lambda _: {"sku": "ITEM-0", "site": "site-1"},
    "stock of an item at a site": lambda dice: {
        "sku": f"ITEM-{dice.randrange(1, 10_000)}",
        "site": f"site-{1 + dice.randrange(20)}",
    },
    "stock of a lot": lambda dice: {"lot": lot_code(dice.randrange(15_000))},
}
"""What people ask of stock; one item has as many holdings as all others together have in ten."""


def lot_code(number: int) -> str:
    """Give the code of a lot that was filled in."""
    return f"LOT-{datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=3 * number):%Y%m%d}-{number}"


def open_to_others(folder: str) -> Path:
    """Let whoever runs PostgreSQL pass through a folder; give the home in it."""
    Path(folder).chmod(0o711)
    return Path(folder) / "home"


def fill(url: str, org_id: int, lots: int) -> None:
    """Fill an org with lots, as a superuser."""
    with psycopg.connect(url, autocommit=True) as connection:
        text = SQL.read_text(encoding="utf-8").replace("%(org_id)s", str(org_id)).replace("%(lots)s", str(lots))
        connection.execute(text.encode())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


async def measure(stock: Stock, rounds: int) -> Mapping[str, list[float]]:
    """Ask each question so many times, first page and second; give the milliseconds of each answer."""
    dice = random.Random(7)
    taken: dict[str, list[float]] = {name: [] for name in (*QUESTIONS, *STOCK)}
    for _ in range(rounds):
        for name, make in (*QUESTIONS.items(), *STOCK.items()):
            told = make(dice)
            ask: Any = stock.lots if name in QUESTIONS else stock.list_holdings
            after = None
            for _ in range(2):
                started = time.perf_counter()
                page = await ask(**told, after=after)
                taken[name].append((time.perf_counter() - started) * 1000)
                after = page.after
                if after is None:
                    break
    return taken


_TITLES = {"all lists of lots": QUESTIONS, "all lists of stock": STOCK}


def together(taken: Mapping[str, list[float]], names: Iterable[str]) -> list[float]:
    """Give what all of some questions took."""
    return [value for name in names for value in taken[name]]


async def run(lots: int, rounds: int) -> None:
    """Fill, measure, and print."""
    with tempfile.TemporaryDirectory(prefix="onhand-bench-lots-", ignore_cleanup_errors=True) as folder:
        home = open_to_others(folder)
        addresses = await asyncio.to_thread(embedded.up, home)
        try:
            async with onhand.connect(home=home) as stock:
                started = time.perf_counter()
                url = psycopg.conninfo.make_conninfo(addresses.admin_url, dbname="onhand")
                await asyncio.to_thread(fill, url, stock.org_id, lots)
                sys.stdout.write(f"{lots} lots written in {time.perf_counter() - started:.0f} s\n")
                taken = await measure(stock, rounds)
        finally:
            await asyncio.to_thread(embedded.down, home)
    for name, values in [*taken.items(), *[(title, together(taken, names)) for title, names in _TITLES.items()]]:
        percentile = sorted(values)[int(len(values) * 0.95)]
        sys.stdout.write(f"{name:<28} median {statistics.median(values):7.1f} ms   p95 {percentile:7.1f} ms\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    asyncio.run(run(arguments.lots, arguments.rounds))
