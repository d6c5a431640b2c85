"""Batches of any size, from an empty database on: what comes of them, and how their statements find their rows."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from onhand import Refused
from onhand.kernel.canonical import key_hash
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from onhand.ledger.engine.attempts import Attempts
from onhand.ledger.engine.batcher import BATCH_LINES_MAX, Batcher
from onhand.ledger.engine.execute import Batch
from onhand.ledger.engine.request import Outcome, Request
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.exchange import BoundStatement, Exchange
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import load_statements, statement_of
from onhand.store.engine.writer_session import PostgresSession
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import available, define, furnish, lines, postings, receive, sell, write_side
from tests.ledger.soundness import flaws

SIZES = (1, 32, 256, 2_000)


async def test_batches_of_any_size(stock: Stock, database: TestDatabase) -> None:
    """Batches of 1, 32, 256 and 2,000 commands on one hot item, from the first posting on; refusals harm nobody."""
    await furnish(stock, ("A", sum(SIZES) - 4), ("B", 1))
    last = 3

    for size in SIZES:
        commands = [sell("A", 1, key=f"{size}/{number}") for number in range(size)]
        commands[size // 2] = sell("B", 2, key=f"{size}/too much")
        outcomes = await stock.bulk(commands)
        again = await stock.bulk(commands)

        refused = [position for position, outcome in enumerate(outcomes) if isinstance(outcome, Refused)]
        assert refused == [size // 2]
        numbers = [outcome.number for outcome in outcomes if isinstance(outcome, Posting)]
        assert numbers == list(range(last + 1, last + size))
        assert [outcome.number for outcome in again if isinstance(outcome, Posting)] == numbers
        last += size - 1

    assert available(database, "A") == 0
    assert postings(database) == 3 + sum(SIZES) - len(SIZES)
    assert flaws(database.admin_url) == []


async def test_batches_of_many_items(stock: Stock, database: TestDatabase) -> None:
    """A batch in which every command touches another item, with the items made in the batch before."""
    for size in SIZES:
        skus = [f"{size}-{number}" for number in range(size)]
        outcomes = await stock.bulk(
            [
                define(*skus, key=f"define {size}"),
                *(receive(sku, 2, key=f"in {sku}") for sku in skus),
                *(sell(sku, 1, key=f"out {sku}") for sku in reversed(skus)),
            ]
        )
        assert all(isinstance(outcome, Posting) for outcome in outcomes)

    rows = query(database.admin_url, "SELECT available, count(*) FROM holding GROUP BY available")
    assert rows == [(SCALE, sum(SIZES))]
    assert flaws(database.admin_url) == []


async def test_what_waits_is_executed_together(stock: Stock, database: TestDatabase) -> None:
    """While a transaction is under way the next batch gathers, so callers at the same time share few; order is kept."""
    await furnish(stock, ("A", 1_000))

    sales = await asyncio.gather(*(stock.sell(site="london", lines=[("A", 1)], key=f"k-{n}") for n in range(500)))

    assert [sale.number for sale in sales] == list(range(sales[0].number, sales[0].number + 500))
    assert len({sale.recorded_at for sale in sales}) <= 8
    assert available(database, "A") == 500


async def test_batches_are_bounded() -> None:
    """However much waits, no batch has more lines than its bound, and nothing is left out or out of order."""
    sizes: list[int] = []

    class Counting:
        def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
            del requests, ahead
            return None

        def forget(self) -> None:
            """Nothing is remembered."""

        async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
            del foreseen
            sizes.append(len(requests))
            return [Refused("UNKNOWN_SITE", site=request.command.key) for request in requests]

    batcher = Batcher(Counting())
    outcomes = await batcher.submit([Request(sell("A", 1, key=f"{number}")) for number in range(4_500)])
    await batcher.close()

    assert (max(sizes), sum(sizes)) == (BATCH_LINES_MAX, 4_500)
    assert [outcome.facts["site"] for outcome in outcomes if isinstance(outcome, Refused)] == [
        f"{number}" for number in range(4_500)
    ]


async def test_requests_that_must_be_alone_are() -> None:
    """A command that has to see all earlier postings in the database is a batch of its own, in its place."""
    batches: list[list[str]] = []

    class Listing:
        def foresee(self, requests: Sequence[Request], ahead: Batch | None = None) -> Batch | None:
            del requests, ahead
            return None

        def forget(self) -> None:
            """Nothing is remembered."""

        async def execute(self, requests: Sequence[Request], foreseen: Batch | None = None) -> list[Outcome]:
            del foreseen
            batches.append([request.command.key for request in requests])
            return [Refused("REASON_REQUIRED") for _ in requests]

    batcher = Batcher(Listing())
    alone = type("Alone", (Sell,), {"alone": True, "kind": "alone"})
    commands = [(Sell if key.islower() else alone)(key=key, site="x", lines=lines(("A", 1))) for key in "abCDe"]
    await batcher.submit([Request(command) for command in commands])

    assert batches == [["a", "b"], ["C"], ["D"], ["e"]]


# ---- how rows are found

KEYS = {
    "load_places": ("holding", {"org_id", "item_id", "site_id"}),
    "load_holdings": ("holding", {"org_id", "id"}),
    "find_keys": ("posting", {"org_id", "key_hash"}),
}
"""For each statement that a batch runs on a table that grows: the table, and the key by which it must look rows up."""


class Watched:
    """The write side of a ledger whose one connection can be asked how it plans."""

    def __init__(self, verbs: Stock, asking: Exchange, org_id: int) -> None:
        self.verbs = verbs
        self._asking = asking
        self._org_id = org_id

    async def plan(self, name: str, size: int) -> Mapping[str, Any]:
        """The plan that the next batch of so many would have: the kept one, if the session keeps one."""
        statement = load_statements()[name]
        arguments = [self._argument(parameter, size) for parameter in statement.names]
        text = statement.text
        kept = await self._kept(statement.sql)
        if kept is not None:
            text = f"EXECUTE {kept} ({', '.join(arguments)})"
        else:
            for parameter, argument in zip(statement.names, arguments, strict=True):
                text = text.replace(f"%({parameter})s", argument)
        parts = ("BEGIN", self._entering(), f"EXPLAIN (FORMAT JSON) {text}", "ROLLBACK")
        *_, answer, _ = await self._asking.run(*(BoundStatement(statement_of(part), {}) for part in parts))
        found = answer[0][0]
        return dict((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])

    async def _kept(self, sql: bytes) -> str | None:
        find = statement_of(
            "SELECT name FROM pg_prepared_statements WHERE statement = %(sql)s::text "
            "ORDER BY prepare_time, length(name), name"
        )
        (rows,) = await self._asking.run(BoundStatement(find, {"sql": sql.decode()}))
        return rows[-1][0] if rows else None

    def _entering(self) -> str:
        return load_statements()["enter_org"].text.replace("%(org_id)s", str(self._org_id))

    def _argument(self, parameter: str, size: int) -> str:
        match parameter:
            case "org_id":
                return f"{self._org_id}::bigint"
            case "key_hashes":
                hashes = (key_hash(f"k-{number}").hex() for number in range(size))
                return f"'{{{','.join(hashes)}}}'::uuid[]"
            case _:
                return f"'{{{','.join(str(number + 2) for number in range(size))}}}'::bigint[]"


@asynccontextmanager
async def watched(database: TestDatabase) -> AsyncIterator[Watched]:
    """Open a ledger whose connection the test shares."""
    store = Database(database.engine_url)
    await store.open()
    org_id = await store.create_org("main")
    await store.close()
    connection: AsyncConnection[DriverRow] = await AsyncConnection.connect(database.engine_url, prepare_threshold=None)

    async def connect() -> AsyncConnection[DriverRow]:
        return connection

    session = PostgresSession(connect, load_statements(), CatalogCache(), org_id, is_direct=True)
    batcher = Batcher(Attempts(session, lambda: date(2026, 1, 31)))
    try:
        yield Watched(write_side(batcher), Exchange(connection), org_id)
    finally:
        await batcher.close()
        await session.close()


async def test_rows_are_found_by_their_whole_key_while_tables_grow(database: TestDatabase) -> None:
    """
    On one connection that began with empty tables, batches find rows through an index by the whole key.

    A plan that reads by org alone and filters costs a factor of five to twenty, and shows only at some sizes. The plans
    are those that this connection keeps, renews or makes anew, also after an analysis that found hardly any rows.
    """
    async with watched(database) as ledger:
        wrong: list[str] = []
        for size in (1, 32, 256, 4_000):
            skus = [f"{size}-{number}" for number in range(size)]
            await ledger.verbs.post(define(*skus, key=f"define {size}"))
            await ledger.verbs.post(Receive(key=f"in {size}", site="london", lines=lines(*((sku, 9) for sku in skus))))
            if size == 1:
                query(database.admin_url, "ANALYZE")
            for batch in (1, 32, 256):
                await ledger.verbs.bulk([sell(skus[n % size], 1, key=f"k-{size}-{batch}-{n}") for n in range(batch)])
        for state in ("as it grew", "analysed"):
            for batch in (1, 32, 256):
                for name, (table, key) in KEYS.items():
                    wrong += wrong_reads(await ledger.plan(name, batch), table, key, f"{name} of {batch}, {state}")
            query(database.admin_url, "ANALYZE")

    assert wrong == []
    assert flaws(database.admin_url) == []


def test_a_read_by_org_alone_is_noticed(database: TestDatabase) -> None:
    """Control: a statement that finds its rows by org and filters is found out, with and without an index."""
    url = make_conninfo(database.admin_url, options="-c enable_seqscan=off")
    ((by_index,),) = query(url, "EXPLAIN (FORMAT JSON) SELECT FROM holding WHERE org_id = 1 AND version = 7")
    ((by_table,),) = query(database.admin_url, "EXPLAIN (FORMAT JSON) SELECT FROM holding WHERE version = 7")

    key = {"org_id", "id"}

    assert wrong_reads(by_index[0]["Plan"], "holding", key, "")
    assert wrong_reads(by_table[0]["Plan"], "holding", key, "")


def wrong_reads(plan: Mapping[str, Any], table: str, key: set[str], name: str) -> list[str]:
    """Where a plan reads a table otherwise than by all columns of a key."""
    nodes = list(nodes_of(plan))
    reads = [node for node in nodes if node.get("Relation Name") == table and node["Node Type"] != "ModifyTable"]
    conditions = [read.get("Index Cond") or child(read).get("Index Cond", "") for read in reads]
    wrong = [
        f"{name}: {read['Node Type']} {condition} {read.get('Filter', '')}"
        for read, condition in zip(reads, conditions, strict=True)
        if not key <= set(re.findall(r"\((?:\w+\.)?(\w+) >?= ", condition))  # a run begins at a value
    ]
    return wrong if reads else [f"{name} does not read {table}"]


def child(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The only child of a node, which is the index scan below a bitmap scan."""
    return dict(node.get("Plans", [{}])[0])


def nodes_of(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every node of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes_of(part)
