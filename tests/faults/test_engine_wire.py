"""
Whatever the server answers but what was expected is no success: each message of a batch is met by each kind of fault.

A proxy that speaks the protocol stands between ledger and server (`wire.py`). Law: what was acknowledged is in the
journal under the number that was told, what was refused is not, and a retry under the same key gives one posting.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from onhand import Fault, Posting, Refused
from onhand.ledger.engine.attempts import Attempts
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.request import Outcome
from onhand.ledger.stock import Stock
from onhand.store.database.database import Database
from onhand.store.engine.catalog_cache import CatalogCache
from onhand.store.engine.exchange import Exchange
from onhand.store.engine.expecting import expected_of
from onhand.store.engine.statements import load_statements
from onhand.store.engine.writer_session import PostgresSession
from tests.conftest import TestDatabase
from tests.faults.poolers import pgbouncer, pooled
from tests.faults.servers import homes_folder, query
from tests.faults.wire import Injection, Kind, Label, WireProxy, through_proxy
from tests.ledger.ledgers import furnish, ledger, sell, with_sql, write_side
from tests.ledger.soundness import flaws

if TYPE_CHECKING:
    from onhand.kernel.command import Command

SILENT_SECONDS = 0.25
"""So long the ledger of these tests waits for an answer."""
IDLE_MILLISECONDS = 150
"""So long the server of these tests waits for the next statement of a transaction."""

SQLSTATES = (
    "08006", "22012", "23505", "23514", "25006", "25P03", "26000", "40001", "40P01", "42501", "42P05", "53100",
    "53200", "53300", "55P03", "57014", "57P01", "XX000", "XX001",
)  # fmt: skip
"""One error of each class that a server may meet, and those that are handled by name."""

FAULTS: tuple[Injection, ...] = (
    *(Injection(kind="error", sqlstate=state) for state in SQLSTATES),
    *(Injection(kind="error although done", sqlstate=state) for state in ("XX000", "40001", "23514", "57014")),
    Injection(kind="shutdown"),
    Injection(kind="cut before"),
    Injection(kind="cut within"),
    Injection(kind="cut after"),
    Injection(kind="answered twice"),
    Injection(kind="answer lost"),
    Injection(kind="rows lost"),
    Injection(kind="answer cut"),
    Injection(kind="stall", seconds=IDLE_MILLISECONDS / 1000 + 0.05),
    Injection(kind="stall", seconds=SILENT_SECONDS + 0.05),
)

INJECT = """
    CREATE FUNCTION inject(state text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'injected' USING ERRCODE = state;
    END;
    $$"""


class Mode(NamedTuple):
    """How a batch comes about: whether its plans are new, how many ask at once, and whether it is decided ahead."""

    is_first: bool
    callers: int
    is_ahead: bool

    def __str__(self) -> str:
        return " ".join(
            ["first" if self.is_first else "later", str(self.callers), "ahead" if self.is_ahead else "asked"]
        )


MODES = (
    Mode(is_first=True, callers=1, is_ahead=False),
    Mode(is_first=False, callers=1, is_ahead=False),
    Mode(is_first=True, callers=1, is_ahead=True),
    Mode(is_first=False, callers=1, is_ahead=True),
    Mode(is_first=True, callers=64, is_ahead=True),
    Mode(is_first=False, callers=64, is_ahead=True),
)


@dataclass(slots=True)
class Told:
    """What callers were told, by key."""

    numbers: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    faults: dict[str, Fault] = field(default_factory=dict)

    def note(self, keys: Sequence[str], outcomes: Sequence[Outcome | BaseException]) -> None:
        """Note what some callers were told."""
        for key, outcome in zip(keys, outcomes, strict=True):
            match outcome:
                case Posting():
                    self.numbers[key] = outcome.number
                case Refused():
                    self.refused.add(key)
                case Fault():
                    self.faults[key] = outcome
                case _:
                    raise AssertionError(outcome)


class Shop:
    """A ledger behind the proxy, whose session can be begun anew."""

    def __init__(self, proxy: WireProxy, session: PostgresSession, verbs: Stock) -> None:
        self.proxy = proxy
        self.session = session
        self.verbs = verbs
        self.told = Told()
        self._keys = (f"till/{number}" for number in count())

    async def sell_at_once(self, mode: Mode) -> None:
        """Sell as a mode says; with many callers there are some whose sale is refused."""
        if mode.is_first:
            await self.session.close()
        commands: list[Command] = []
        if mode.is_ahead and mode.callers == 1:
            commands.append(sell("A", 1, key=next(self._keys)))
        commands += [sell("B" if n % 16 == 15 else "A", 1, key=next(self._keys)) for n in range(mode.callers)]
        tasks = []
        for command in commands:
            tasks.append(asyncio.create_task(self.verbs.post(command)))
            if len(commands) == 2:
                await asyncio.sleep(0.001)  # the second comes while the first is under way
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        self.told.note([command.key for command in commands], outcomes)

    async def sell_again(self) -> None:
        """Sell once more in the same process, where nothing is wrong any more."""
        command = sell("A", 1, key=next(self._keys))
        self.told.note([command.key], [await self.verbs.post(command)])

    async def messages(self, mode: Mode) -> list[Label]:
        """Tell which messages a sale takes."""
        self.proxy.tell(None)
        await self.sell_at_once(mode)
        return self.proxy.seen

    async def suffer(self, mode: Mode, injection: Injection) -> int:
        """Sell while a fault is injected, then sell where none is; tell how often it was."""
        self.proxy.tell(injection)
        await self.sell_at_once(mode)
        done = self.proxy.done
        self.proxy.tell(None)
        await self.sell_again()
        return done


@asynccontextmanager
async def shop(database: TestDatabase, url: str, proxy: WireProxy, *, is_direct: bool) -> AsyncIterator[Shop]:
    """A shop with enough of A and none of B, whose ledger does not wait long."""
    texts = {
        name: load_statements()[name].text.replace("'10000'", f"'{IDLE_MILLISECONDS}'")
        for name in ("stay_in_org", "enter_org")
    }
    store = Database(url, is_direct=is_direct, statements=with_sql(**texts))
    query(database.admin_url, INJECT)
    async with ledger(database) as plain:
        await furnish(plain, ("A", 1_000_000), ("B", 1))
        await plain.sell(site="london", lines=[("B", 1)], key="all of B")
    session = PostgresSession(
        store._connect,  # noqa: SLF001 - a session as the database makes them, but for its patience
        store.statements,
        CatalogCache(),
        1,
        is_direct=is_direct,
        answer_seconds_max=SILENT_SECONDS,
    )
    batcher = Batcher(Attempts(session, lambda: datetime.now(UTC).date()))
    opened = Shop(proxy, session, write_side(batcher))
    try:
        await opened.sell_again()
        yield opened
    finally:
        proxy.tell(None)
        await batcher.close()
        await session.close()


async def violations(database: TestDatabase, told: Told) -> list[str]:
    """Say what of the law does not hold."""
    present = dict(query(database.admin_url, "SELECT key, number FROM posting WHERE kind = 'sell'"))
    found = [f"{key} was acknowledged and is not there" for key in told.numbers if key not in present]
    found += [f"{key} has another number" for key, number in told.numbers.items() if present.get(key, number) != number]
    found += [f"{key} was refused and is there" for key in told.refused if key in present]
    found += [f"{key}: {fault}" for key, fault in told.faults.items() if not fault.retryable and not _is_sure(fault)]
    keys = [*told.numbers, *told.faults]
    async with ledger(database) as stock:
        again = await stock.bulk([sell("A", 1, key=key) for key in keys])
    numbers = {key: outcome.number for key, outcome in zip(keys, again, strict=True) if isinstance(outcome, Posting)}
    if numbers | told.numbers != numbers or len(set(numbers.values())) != len(keys):
        found.append("a retry gave another posting")
    return found + flaws(database.admin_url)


def _is_sure(fault: Fault) -> bool:
    """Tell whether a fault says that the server refused what was written, before any commit."""
    return fault.code in ("DATABASE_REFUSED", "DATABASE_FORBIDS")


@contextmanager
def in_front_of(database: TestDatabase, *, is_pooled: bool) -> Iterator[tuple[WireProxy, str]]:
    """Run the proxy in front of the server, or of a pooler before it."""
    if not is_pooled:
        with through_proxy(database.engine_url) as found:
            yield found
        return
    with homes_folder() as folder, pooled(Path(folder), database.engine_url) as url, through_proxy(url) as found:
        yield found


async def suffer_all(database: TestDatabase, mode: Mode, *, is_pooled: bool, faults: int) -> int:
    """Inject so many kinds of faults into each message of a batch, and check the law; tell how many were injected."""
    with in_front_of(database, is_pooled=is_pooled) as (proxy, url):
        async with shop(database, url, proxy, is_direct=not is_pooled) as opened:
            await opened.sell_at_once(mode)
            labels = await opened.messages(mode)
            done = 0
            for position in range(len(labels)):
                for step in range(faults):
                    fault = FAULTS[(position * faults + step + MODES.index(mode) * 7) % len(FAULTS)]
                    injection = Injection(
                        kind=fault.kind, number=position + 1, sqlstate=fault.sqlstate, seconds=fault.seconds
                    )
                    done += await opened.suffer(mode, injection)
    assert {label.letter for label in labels} >= set("BES" + "P" * mode.is_first)
    assert any(label.statement == "COMMIT" for label in labels)
    assert await violations(database, opened.told) == []
    return done


@pytest.mark.parametrize("mode", MODES, ids=str)
async def test_whatever_meets_a_message_nothing_is_told_that_is_not_so(database: TestDatabase, mode: Mode) -> None:
    """T4, T5: each message of a batch is met by a fault, each time by another, and the ledger goes on."""
    assert await suffer_all(database, mode, is_pooled=False, faults=1) > 15


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", MODES, ids=str)
async def test_every_fault_at_every_message(database: TestDatabase, mode: Mode) -> None:
    """T4, T5: each message of a batch is met by each fault."""
    assert await suffer_all(database, mode, is_pooled=False, faults=len(FAULTS)) > 15 * len(FAULTS)


@pgbouncer
@pytest.mark.parametrize("mode", MODES, ids=str)
async def test_the_same_behind_a_pooler(database: TestDatabase, mode: Mode) -> None:
    """T4, T5, T14: the same through PgBouncer in transaction mode, which mixes the sessions of the server."""
    assert await suffer_all(database, mode, is_pooled=True, faults=1) > 15


@pytest.mark.parametrize(
    ("sqlstate", "code"),
    [("55P03", "DATABASE_BUSY"), ("57014", "DATABASE_BUSY"), ("53100", "DATABASE_BUSY"), ("XX000", "DATABASE_REFUSED")],
)
async def test_a_plan_that_cannot_be_made_is_a_fault(database: TestDatabase, sqlstate: str, code: str) -> None:
    """T4: where the server refuses each time to prepare the first write, that is said, and later sales are right."""
    first = Mode(is_first=True, callers=1, is_ahead=False)
    with through_proxy(database.engine_url) as (proxy, url):
        async with shop(database, url, proxy, is_direct=True) as opened:
            injected = await opened.suffer(
                first, Injection(kind="error", label=Label("P", "INSERT INTO posting"), sqlstate=sqlstate)
            )
    (fault,) = opened.told.faults.values()

    assert injected
    assert (fault.code, fault.retryable) == (code, code == "DATABASE_BUSY")
    opened.told.faults.clear()
    assert await violations(database, opened.told) == []


@pytest.mark.parametrize("kind", ["error", "error although done"])
@pytest.mark.parametrize("sqlstate", ["XX000", "40001", "23514", "57014", "22012"])
async def test_an_error_that_answers_a_commit_leaves_it_unknown(
    database: TestDatabase, kind: Kind, sqlstate: str
) -> None:
    """T4: whatever the SQLSTATE, it is retried by its key; where it stays so, the outcome is said to be unknown."""
    later = Mode(is_first=False, callers=1, is_ahead=False)
    with through_proxy(database.engine_url) as (proxy, url):
        async with shop(database, url, proxy, is_direct=True) as opened:
            await opened.suffer(later, Injection(kind=kind, label=Label("E", "COMMIT"), sqlstate=sqlstate))
    (fault,) = opened.told.faults.values()

    assert (fault.code, fault.retryable) == ("COMMIT_UNCERTAIN", True)
    assert await violations(database, opened.told) == []


async def test_neighbours_do_not_suffer_where_a_commit_is_answered_with_errors(database: TestDatabase) -> None:
    """T4: of 64 whose common commit is answered with an error twice, each is told what became of it."""
    crowd = Mode(is_first=False, callers=64, is_ahead=True)
    with through_proxy(database.engine_url) as (proxy, url):
        async with shop(database, url, proxy, is_direct=True) as opened:
            await opened.suffer(crowd, Injection(kind="error", label=Label("E", "COMMIT"), sqlstate="23514"))

    assert opened.told.faults
    assert {fault.code for fault in opened.told.faults.values()} == {"COMMIT_UNCERTAIN"}
    assert await violations(database, opened.told) == []


async def test_without_the_check_sales_are_acknowledged_that_are_lost(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: an exchange that takes any answer for the expected one breaks the law at the same faults."""

    async def trusting(
        self: Exchange, expected: object, rows: object, error: Exception | None
    ) -> tuple[PGresult, Exception | None]:
        del expected, rows
        result = await self._result()
        assert result is not None
        await self._result()
        return result, error

    async def unmarked(self: Exchange, *, has_failed: bool) -> None:
        del has_failed
        await self._result()

    monkeypatch.setattr(Exchange, "_answer", trusting)
    monkeypatch.setattr(Exchange, "_synchronised", unmarked)
    first = Mode(is_first=True, callers=1, is_ahead=False)
    with through_proxy(database.engine_url) as (proxy, url):
        async with shop(database, url, proxy, is_direct=True) as opened:
            proxy.tell(Injection(kind="error", label=Label("P", "INSERT INTO posting")))
            await opened.sell_at_once(first)

    assert opened.told.numbers.keys() >= {"till/1"}
    assert "till/1 was acknowledged and is not there" in await violations(database, opened.told)


def test_what_a_statement_is_answered_with_is_what_the_server_says(database: TestDatabase) -> None:
    """T4: for each statement of the store, whether rows come with its answer is read off it rightly."""
    wrong, asked = [], 0
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        for name, statement in load_statements().items():
            if connection.pgconn.prepare(b"", statement.sql).status == ExecStatus.COMMAND_OK:
                described = connection.pgconn.describe_prepared(b"")
                asked += 1
                if expected_of(statement.sql).has_rows != (described.nfields > 0):
                    wrong.append(name)

    assert wrong == []
    assert asked > 400
