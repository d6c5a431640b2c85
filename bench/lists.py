"""
Lists and the look-up of the counter over HTTP, at full size: 1,000,000 lots and holdings, 100,000 items.

    python -m bench.lists

Fills the embedded database of a folder of its own, serves it as `onhand serve` does, and asks one question after
the other on one connection. A figure is that of the best round, since whatever else the machine does only adds to it.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import make_conninfo

import onhand
from bench import lots
from bench.rest import RESULTS, started
from onhand import embedded
from onhand.credentials.keys import make_key

ITEMS, LOTS = 100_000, 1_000_000
LOOKUP_MS, LIST_MS = 20.0, 50.0
"""The goals: 95 in 100 of each question are answered within."""
SQL = Path(__file__).parent / "sql" / "items.sql"
_PROGRAM = str(Path(sys.executable).with_name("onhand"))
_PAGES = 3
_LIMITS = (50, 100)

Asked = Mapping[str, object]
Make = Callable[[random.Random], Asked]


class Times(NamedTuple):
    """What a question took, in milliseconds: half, 95 and 99 in 100 of its answers were there by then."""

    p50: float
    p95: float
    p99: float


def _one_of(*words: str) -> Make:
    return lambda dice: {"q": dice.choice(words)}


LOOKUPS: Mapping[str, Make] = {
    "by sku": lambda dice: {"q": f"SKU-{dice.randrange(1, ITEMS)}"},
    "by barcode": lambda dice: {"q": gtin(dice.randrange(1, ITEMS))},
    "by the beginning of a name": lambda dice: {"q": f"maker{dice.randrange(10, 200)}"},
    "by one letter": lambda dice: {"q": dice.choice("bcglmnoprstvw")},
    "by a word in the middle": _one_of("cotton", "copper", "leath", "golden", "green"),
    "by a rare word at the end": lambda dice: {"q": f"no{dice.randrange(1, ITEMS)}"},
    "by two common words": _one_of("blue cotton", "steel kettle", "golden lamp", "large rug"),
    "by all words of a name": lambda dice: {
        "q": f"maker{dice.randrange(2000)} {dice.choice(('blue', 'red'))} wool shirt"
    },
    "two common words that nothing has": _one_of("blue green", "cotton wool", "kettle lamp", "small large"),
    "nothing by words": lambda dice: {"q": f"nothing {dice.randrange(ITEMS)}"},
    "nothing by barcode": lambda dice: {"q": gtin(ITEMS + dice.randrange(1, 10**9))},
}
"""What is typed or scanned at a counter."""

STOCK: Mapping[str, Make] = {
    **lots.STOCK,
    "stock of a location of a site": lambda dice: {
        "site": f"site-{1 + dice.randrange(20)}",
        "location": f"R-{dice.randrange(50)}",
    },
    "stock of all locations of a code": lambda dice: {"location": f"R-{dice.randrange(50)}"},
    "stock of an item at a location": lambda dice: {
        "sku": f"ITEM-{dice.randrange(1, 10_000)}",
        "location": f"R-{dice.randrange(50)}",
    },
    "stock of the greatest item at a location": lambda dice: {"sku": "ITEM-0", "location": f"R-{dice.randrange(50)}"},
    "stock of a unit": lambda dice: {"unit": f"UNIT-{dice.randrange(20_000)}"},
    "empty holdings at a site too": lambda dice: {"site": f"site-{1 + dice.randrange(20)}", "empty": True},
}
"""What is asked of stock, each filter alone and with others."""


def _lots(make: Make) -> Make:
    return lambda dice: {"q" if name == "text" else name: value for name, value in make(dice).items()}


def _day(dice: random.Random) -> str:
    return f"2022-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}T00:00:00Z"


_FILTERS: Mapping[str, Make] = {
    "status": lambda dice: {"status": dice.choice(("LIVE", "ON_HOLD", "SOLD_OUT", "CLOSED"))},
    "category": lambda dice: {"category": f"category {dice.randrange(12)}"},
    "subcategory": lambda dice: {"subcategory": f"kind {dice.randrange(60)}"},
    "brand": lambda dice: {"brand": f"Brand {dice.randrange(1000)}"},
    "vendor": lambda dice: {"vendor": f"Vendor {dice.randrange(500)}"},
    "site": lambda dice: {"site": f"site-{1 + dice.randrange(20)}"},
    "since": lambda dice: {"since": _day(dice)},
    "words": lambda dice: {"q": dice.choice(("blue", "kush", "lemon", "sour diesel"))},
}
_ORDERS = ("newest", "oldest", "code", "expires_on")


def _in_order(make: Make, order: str, *more: Make) -> Make:
    def made(dice: random.Random) -> Asked:
        asked: dict[str, object] = {**make(dice), "order": order}
        for other in more:
            asked.update(other(dice))
        return asked

    return made


def _pairs() -> Mapping[str, Make]:
    """Each filter in each order, and each two filters in the order that is asked for by nobody in particular."""
    alone = {f"{name}, {order}": _in_order(make, order) for name, make in _FILTERS.items() for order in _ORDERS}
    names = list(_FILTERS)
    both = {
        f"{name} and {other}, {order}": _in_order(_FILTERS[name], order, _FILTERS[other])
        for place, name in enumerate(names)
        for other in names[place + 1 :]
        for order in _ORDERS
    }
    return {**alone, **both}


LISTS = {f"lots {name}": _lots(make) for name, make in lots.QUESTIONS.items()}
"""What is asked of lots, as people do."""
PAIRS = {f"lots by {name}": make for name, make in _pairs().items()}
"""What can be asked of lots: every filter and every two of them, in every order."""


def gtin(number: int) -> str:
    """Give the barcode of an item that was filled in."""
    stem = f"40{number:010}"
    return stem + str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(stem)) % 10)


class Counter:
    """Asks a service on one connection, and keeps what each answer took."""

    def __init__(self, port: int, key: str) -> None:
        """Ask with a key."""
        self._connection = HTTPConnection("127.0.0.1", port)
        self._headers = {"Authorization": f"Bearer {key}"}

    def ask(self, path: str, asked: Asked) -> tuple[float, Any]:
        """Give the milliseconds until the whole answer was there, and what it told."""
        told = urlencode({name: "true" if value is True else value for name, value in asked.items()})
        url = f"{path}?{told}"
        begun = time.perf_counter()
        self._connection.request("GET", url, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        taken = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{url}: {content.decode()}")
        return taken, json.loads(content)

    def look_up(self, make: Make, dice: random.Random, times: int) -> list[float]:
        """Look items up so many times."""
        return [self.ask("/api/items/search", make(dice))[0] for _ in range(times)]

    def list(self, path: str, make: Make, dice: random.Random, times: int) -> list[float]:
        """Read the first pages of so many lists, in pages of each size."""
        taken = []
        for _ in range(times):
            asked = make(dice)
            for limit in _LIMITS:
                after: dict[str, object] = {}
                for _ in range(_PAGES):
                    milliseconds, page = self.ask(path, {**asked, "limit": limit, **after})
                    taken.append(milliseconds)
                    if page["after"] is None:
                        break
                    after = {"after": page["after"]}
        return taken


def measure(counter: Counter, rounds: int, *, every: bool) -> Mapping[str, Mapping[str, list[Times]]]:
    """Ask everything in rounds, the first of which warms up; give what each question took in each."""
    asked: dict[str, dict[str, Callable[[random.Random], list[float]]]] = {
        "lookup": {
            name: lambda dice, make=make: counter.look_up(make, dice, 40)  # type: ignore[misc]
            for name, make in LOOKUPS.items()
        },
        "lists": {
            name: lambda dice, path=path, make=make: counter.list(path, make, dice, 7)  # type: ignore[misc]
            for path, questions in (("/api/holdings", STOCK), ("/api/lots", {**LISTS, **(PAIRS if every else {})}))
            for name, make in questions.items()
        },
    }
    taken: dict[str, dict[str, list[Times]]] = {kind: {name: [] for name in made} for kind, made in asked.items()}
    for number in range(rounds + 1):
        for kind, made in asked.items():
            for name, ask in made.items():
                times = times_of(ask(random.Random(f"{name} {number}")))
                if number:
                    taken[kind][name].append(times)
    return taken


def times_of(taken: Sequence[float]) -> Times:
    """Condense what the answers to a question took."""
    ordered = sorted(taken)
    return Times(*(round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2) for share in (0.5, 0.95, 0.99)))


def best(rounds: Sequence[Times]) -> Times:
    """Give the least of each figure."""
    return Times(*map(min, zip(*rounds, strict=True)))


def figures(taken: Mapping[str, Mapping[str, list[Times]]], load_average: float) -> dict[str, Any]:
    """Give what was measured as it is kept: each question's best round, and the worst of any beside the goal."""
    told: dict[str, Any] = {
        "title": f"lists at {LOTS:,} holdings and the look-up of {ITEMS:,} items over HTTP, one caller",
        "load_average_before": load_average,
        "goals": [],
    }
    for kind, most in (("lookup", LOOKUP_MS), ("lists", LIST_MS)):
        told[kind] = {name: best(rounds)._asdict() for name, rounds in taken[kind].items()}
        worst = max(told[kind], key=lambda name, kind=kind: told[kind][name]["p95"])  # type: ignore[misc]
        value = told[kind][worst]["p95"]
        told["goals"].append(
            {"figure": f"{kind}_p95_ms", "of": worst, "value": value, "at_most": most, "met": value <= most}
        )
    return told


def fill(url: str, org_id: int, items: int, number: int) -> None:
    """Fill an org with items and lots, as a superuser."""
    with psycopg.connect(url, autocommit=True) as connection:
        text = SQL.read_text(encoding="utf-8").replace("%(org_id)s", str(org_id)).replace("%(items)s", str(items))
        connection.execute(text.encode())
    lots.fill(url, org_id, number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill, measure, print, and keep the figures of a run at full size."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description="Measure lists and look-ups over HTTP.")
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", action="store_true", help="ask lots by every two filters in every order, too")
    parser.add_argument("--home", type=Path, help="a home that is filled already, or to keep")
    options = parser.parse_args(arguments)
    load_average = round(os.getloadavg()[0], 2)
    with tempfile.TemporaryDirectory(prefix="onhand-bench-lists-", ignore_cleanup_errors=True) as folder:
        home = options.home or lots.open_to_others(folder)
        addresses = embedded.up(home)
        try:
            key = _key_of(home, make_conninfo(addresses.admin_url, dbname="onhand"), options.lots)
            limits = {"ONHAND_LIMIT_KEY_PER_SECOND": "1000000", "ONHAND_LIMIT_ORG_PER_SECOND": "1000000"}
            environment = {**os.environ, "ONHAND_HOME": str(home), "ONHAND_LOG_LEVEL": "error", **limits}
            with started([_PROGRAM, "serve", "--port", "0"], environment) as port:
                taken = measure(Counter(port, key), options.rounds, every=options.every)
        finally:
            embedded.down(home)
    told = figures(taken, load_average)
    for kind in ("lookup", "lists"):
        for name, times in told[kind].items():
            print(f"{name:<45} p50 {times['p50']:7.1f}   p95 {times['p95']:7.1f}   p99 {times['p99']:7.1f} ms")
    for goal in told["goals"]:
        print(f"{goal['figure']} {goal['value']} ({goal['of']}): {'met' if goal['met'] else 'missed'}")
    if options.lots == LOTS and not options.every:
        results = json.loads(RESULTS.read_text(encoding="utf-8"))
        results["lists"] = told
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _key_of(home: Path, url: str, number: int) -> str:
    """Make a key, and fill the org unless it is filled."""
    with onhand.connect_sync(home=home) as stock:
        key = make_key(stock.org_id)
        stock.accounts.create_key(
            name=f"bench {time.time_ns()}",
            role="viewer",
            key_hash=key.key_hash,
            key=str(time.time_ns()),
        )
        if not stock.catalog.list_sites().rows:
            begun = time.perf_counter()
            fill(url, stock.org_id, ITEMS, number)
            print(f"{number} lots and {ITEMS} items written in {time.perf_counter() - begun:.0f} s")
    return key.text


if __name__ == "__main__":
    main()
