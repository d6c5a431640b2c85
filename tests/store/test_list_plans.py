"""The plans of lists at a size that tells: whatever is asked for, a page is read and no more."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import psycopg
import pytest

import bench.lots
from onhand.ledger.asking import Asking
from onhand.ledger.core.answers import Page
from onhand.ledger.core.questions import Questions
from onhand.ledger.engine.acting import Acting
from onhand.ledger.lots.port import ORDERS
from onhand.ledger.lots.questions import LotQuestions
from onhand.store.core.reading import PostgresReading
from onhand.store.database.database import Database
from onhand.store.database.reader import Reader, RunQuery
from onhand.store.database.schema import upgrade_schema
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements, load_statements
from onhand.store.lots.reading import PostgresLots
from tests.conftest import Server

if TYPE_CHECKING:
    from onhand.ledger.engine.batcher import Batcher

LOTS = 50_000
PAGES_BY_AGE_MAX = 700
"""So many pages a list may touch in the order in which lots came in, which each index of lots has."""
PAGES_MAX = 1_500
"""So many pages of eight kilobytes a list may touch: each of its rows brings its lot, its holdings and its names."""
PAGES_OF_WORDS_MAX = 12_000
"""The same where words are looked for, of which each candidate is asked; all lots have a hundred thousand and more."""
PAGES_OF_A_SITE_MAX = 6_000
"""The same for a site in an order that is not that of its holdings: every twentieth lot is there."""
BIG = frozenset({"lot", "holding", "lot_word"})

FILTERS: list[dict[str, Any]] = [
    {},
    {"status": "ON_HOLD"},
    {"status": "CLOSED"},
    {"category": "category 3"},
    {"category": "category 3", "status": "CLOSED"},
    {"subcategory": "kind 7", "status": "LIVE"},
    {"brand": "Brand 7"},
    {"brand": "Brand 7", "status": "LIVE"},
    {"vendor": "Vendor 24", "status": "ON_HOLD"},
    {"site": "site-3"},
    {"site": "site-1"},
    {"since": datetime(2020, 2, 1, tzinfo=UTC), "until": datetime(2020, 2, 2, tzinfo=UTC)},
    {"since": datetime(2020, 1, 3, tzinfo=UTC), "until": datetime(2020, 3, 2, tzinfo=UTC)},
    {"text": "blue"},
    {"text": "golden haze", "status": "CLOSED"},
    {"text": "vendor purp"},
    {"text": "purp brand 931"},
]

STOCK: list[dict[str, Any]] = [
    {},
    {"empty": True},
    {"site": "site-3"},
    {"site": "site-3", "empty": True},
    {"sku": "ITEM-7"},
    {"sku": "ITEM-0"},
    {"sku": "ITEM-0", "site": "site-1"},
    {"sku": "ITEM-0", "empty": True},
    {"sku": "ITEM-7", "site": "site-3"},
    {"lot": bench.lots.lot_code(7)},
    {"site": "site-3", "location": "R-7"},
    {"unit": "UNIT-7"},
]
"""ITEM-0 stands in as many holdings as five thousand lots have, all of them at site-1."""


EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)"


class Plan(NamedTuple):
    """What a statement did: the pages that it touched, the tables that it read whole, the most rows that it sorted."""

    pages: int
    whole: frozenset[str]
    sorted_rows: int


class Watching(Reader):
    """A reader that asks for the plan of each statement with some beginning before it asks the statement."""

    begins = "read_"

    def watch(self, begins: str) -> list[Plan]:
        """Keep plans from now on."""
        self.begins = begins
        self.plans: list[Plan] = []
        return self.plans

    @asynccontextmanager
    async def moment(self) -> AsyncIterator[RunQuery]:
        """Let statements see one moment of the database, and keep their plans."""
        async with super().moment() as ask:

            async def watched(name: str, **params: object) -> list[DriverRow]:
                if name.startswith(self.begins):
                    ((told,),) = await ask(f"explain {name}", **params)
                    self.plans.append(plan_of(told[0]["Plan"]))
                return await ask(name, **params)

            yield watched


def plan_of(top: Mapping[str, Any]) -> Plan:
    """Read a plan."""
    nodes = list(nodes_of(top))
    return Plan(
        top["Shared Hit Blocks"] + top["Shared Read Blocks"],
        frozenset(node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan") & BIG,
        max((int(rows_of(node)) for node in nodes if node["Node Type"] == "Sort"), default=0),
    )


def nodes_of(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk a plan."""
    yield node
    for below in node.get("Plans", ()):
        yield from nodes_of(below)


def rows_of(node: Mapping[str, Any]) -> float:
    """Tell how many rows a sort took in."""
    (below,) = node["Plans"]
    return float(below["Actual Rows"]) * float(below["Actual Loops"])


def explained() -> Statements:
    """Give all statements, and each again as a question for its plan."""
    statements = load_statements()
    asked = {
        f"explain {name}": one._replace(text=f"{EXPLAIN} {one.text}", sql=EXPLAIN.encode() + b" " + one.sql)
        for name, one in statements.items()
    }
    return {**statements, **asked}


def gates(reading: PostgresReading) -> tuple[Acting, Asking]:
    """The gates of a ledger in which nothing is done."""
    return Acting(cast("Batcher", None), actor="test"), Asking(reading, 1)


@pytest.fixture(scope="module")
def many(server: Server) -> Iterator[str]:
    """A database with so many lots that the planner decides as it does for a million."""
    name = f"onhand_many_{os.getpid()}"
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER onhand_owner".encode())
    made = server.database(name)
    upgrade_schema(made.owner_url)
    with psycopg.connect(made.admin_url, autocommit=True) as connection:
        connection.execute("INSERT INTO org (org_id, code) VALUES (1, 'main')")
        connection.execute("INSERT INTO journal (org_id) VALUES (1)")
    bench.lots.fill(made.admin_url, 1, LOTS)
    yield made.engine_url
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def watched(many: str) -> AsyncIterator[tuple[PostgresReading, Watching]]:
    """The read side on that database, and what keeps its plans."""
    database = Database(many)
    await database.open()
    statements = explained()
    reading = PostgresReading(database.readers, statements, 1)
    reader = Watching(database.readers, statements, 1, timeout_seconds=60)
    reading._reader = reader  # noqa: SLF001 - the reader is what is watched
    reading.lots = PostgresLots(reader)
    yield reading, reader
    await database.close()


async def plans_of(
    reader: Watching, begins: str, ask: Callable[..., Awaitable[Page[Any]]], asked: Mapping[str, Any]
) -> list[Plan]:
    """Ask for two pages of a list, and give the plans of the statements that read them."""
    plans = reader.watch(begins)
    page = await ask(**asked)
    if page.after is not None:
        await ask(**asked, after=page.after)
    assert plans
    return plans


async def test_a_list_of_lots_reads_a_page_and_no_more(watched: tuple[PostgresReading, Watching]) -> None:
    """
    L10: in each order and whatever is asked for, no list reads a table whole, and none touches more than a page needs.

    Red without the indexes of a status together with another filter.
    """
    reading, reader = watched
    lots = LotQuestions(*gates(reading)).list
    found = {
        (order, str(asked)): await plans_of(reader, "read_lots_", lots, {**asked, "order": order})
        for order, asked in product(ORDERS, FILTERS)
    }

    assert {asked: plans for asked, plans in found.items() if any(plan.whole for plan in plans)} == {}
    assert {asked: plans for asked, plans in found.items() if most(plans) > allowed(*asked)} == {}


def allowed(order: str, asked: str) -> int:
    """Tell how many pages a list may touch."""
    if "text" in asked:
        return PAGES_OF_WORDS_MAX
    if order in {"newest", "oldest"}:
        return PAGES_BY_AGE_MAX
    return PAGES_OF_A_SITE_MAX if "site" in asked and order in {"code", "expires_on"} else PAGES_MAX


def most(plans: list[Plan]) -> int:
    """Give the most pages that a plan touched."""
    return max(plan.pages for plan in plans)


async def test_a_list_of_stock_reads_a_page_and_no_more(watched: tuple[PostgresReading, Watching]) -> None:
    """
    L10, L14: no list of stock reads all holdings of the org, of a site or of an item, nor sorts more than its page.

    Red without the index of holdings by item, site and id.
    """
    reading, reader = watched
    found = {
        str(asked): await plans_of(reader, "read_holdings", Questions(*gates(reading)).list_holdings, asked)
        for asked in STOCK
    }

    assert {asked: plans for asked, plans in found.items() if any(plan.whole & BIG for plan in plans)} == {}
    assert {asked: plans for asked, plans in found.items() if most(plans) > PAGES_MAX} == {}
    assert {asked: plans for asked, plans in found.items() if any(plan.sorted_rows > 51 for plan in plans)} == {}


async def test_a_time_far_from_the_first_lot_is_not_walked_to(watched: tuple[PostgresReading, Watching]) -> None:
    """
    L10: lots of a time are listed by code, and those with a common word by age, without reading all that came before.

    Red without the index of codes that has the id in it, and without the bounds of the list on its words.
    """
    reading, reader = watched
    lots = LotQuestions(*gates(reading)).list
    late = datetime(2020, 2, 20, tzinfo=UTC)
    by_code = await plans_of(reader, "read_lots_", lots, {"since": late, "order": "code"})
    by_age = await plans_of(reader, "read_lots_", lots, {"since": late, "order": "oldest", "text": "blue"})

    assert most(by_code) < PAGES_BY_AGE_MAX
    assert most(by_age) < PAGES_BY_AGE_MAX
