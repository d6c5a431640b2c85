"""What the service does when PostgreSQL itself is killed: it says so, does nothing by halves, and goes on by itself."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

import onhand
from onhand import embedded
from onhand.store.database.schema import upgrade_schema
from tests.api.serving import Answered, Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import homes_folder, query, wait_for
from tests.ledger.soundness import flaws

VERSION = int(os.environ.get("ONHAND_POSTGRES") or 18)
SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of this test's own, with a server that may be killed."""
    with homes_folder() as folder:
        embedded.up(folder / "home", version=VERSION)
        yield folder / "home"


@pytest.fixture
def database(home: Path) -> TestDatabase:
    """The database of that home, with goods in it."""
    addresses = embedded.up(home, version=VERSION)
    upgrade_schema(addresses.owner_url)
    with onhand.connect_sync(addresses.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 100_000)], key="po-1")
    return TestDatabase(
        name="onhand",
        admin_url=make_conninfo(addresses.admin_url, dbname="onhand"),
        owner_url=addresses.owner_url,
        engine_url=addresses.engine_url,
    )


class Seller(threading.Thread):
    """Sells one unit after the other, each under its key until it is told that it was done."""

    def __init__(self, running: Running, key: str, name: str, stop: threading.Event) -> None:
        super().__init__()
        self._caller = running.caller(key)
        self._name = name
        self._stop_selling = stop
        self.done: dict[str, int] = {}
        self.troubles: list[Answered] = []

    def run(self) -> None:
        """Sell until told to stop; what was begun is brought to its end."""
        number = 0
        while not self._stop_selling.is_set():
            key = f"{self._name}/{number}"
            answered = self._caller.post("/api/sales", SALE, key=key)
            while answered.status not in {200, 201}:
                self.troubles.append(answered)
                answered = self._caller.post("/api/sales", SALE, key=key)
            self.done[key] = answered.body["number"]
            number += 1


def _kill(home: Path) -> None:
    pid = embedded.status(home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.timeout(300)
def test_postgresql_is_killed_under_load_and_comes_back(home: Path, database: TestDatabase) -> None:
    """
    C16, T2: while it is gone reads say so, writes answer 503 with Retry-After; the same server process goes on after.

    What was acknowledged is there once, what was not was brought to its end under its key, and nothing is half done.
    """
    with serving(database) as running:
        keys = [running.make_key(f"till-{number}", "clerk") for number in range(4)]
        watcher = running.caller(running.make_key("watcher", "viewer"))
        stop = threading.Event()
        sellers = [Seller(running, key, f"till-{number}", stop) for number, key in enumerate(keys)]
        for seller in sellers:
            seller.start()
        away, seconds = [], []
        for _ in range(2):
            wanted = sum(len(seller.done) for seller in sellers) + 30
            assert wait_for(lambda wanted=wanted: sum(len(seller.done) for seller in sellers) >= wanted)  # type: ignore[misc]  # a default has no type here
            _kill(home)
            begun = time.monotonic()
            away.append([watcher.get(path) for path in ("/api/holdings", "/api/postings/1", "/health/ready")])
            live = watcher.get("/health/live")
            away[-1].append(running.caller(keys[0]).post("/api/sales", SALE, key=f"meanwhile-{len(away)}"))
            seconds.append(time.monotonic() - begun)
            embedded.up(home, version=VERSION)
            assert wait_for(lambda: watcher.get("/health/ready").status == 200)
            assert live.status == 200
        wanted = sum(len(seller.done) for seller in sellers) + 30
        assert wait_for(lambda: sum(len(seller.done) for seller in sellers) >= wanted)
        stop.set()
        for seller in sellers:
            seller.join()
        again = [
            running.caller(keys[0]).post("/api/sales", SALE, key=f"meanwhile-{number}").status for number in (1, 2)
        ]
        available = watcher.get("/api/holdings").body["rows"][0]["balances"]["available"]

    troubles = [answered for seller in sellers for answered in seller.troubles]
    done = {key: number for seller in sellers for key, number in seller.done.items()}
    rows = dict(query(database.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'"))
    for answered in [*away[0], *away[1], *troubles]:
        assert answered.status == 503, answered
        assert answered.code in {"DATABASE_UNREACHABLE", "DATABASE_BUSY"}
        assert answered.headers["retry-after"] == "1"
    assert max(seconds) < 4, "each of five answers comes within about a second"
    assert troubles, "the sellers met the outage"
    assert {status // 100 for status in again} == {2}
    assert {key: number for key, number in rows.items() if not key.startswith("meanwhile")} == done
    assert available == str(100_000 - len(rows))
    assert flaws(database.admin_url) == []
