"""
The ledger on PostgreSQL against the pure kernel in memory: random histories, played in several ways.

Everything that an answer says must be the same: numbers, movements, balances, changes, ids, codes, refusals with
their facts. The only help is a clock that the test sets, since the world in memory has one of its own.
"""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onhand import Refused
from onhand.kernel.command import Command, Line
from onhand.kernel.posting import Change, Posting
from onhand.kernel.stock.receive import Receive
from onhand.ledger.engine.request import Outcome
from onhand.ledger.stock import Stock
from onhand.store.engine.clock import Clock
from onhand.store.engine.rows import STATE_COLUMNS
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import assembled, with_sql
from tests.ledger.soundness import flaws
from tests.property.steps import KINDS, Step, command_of, steps
from tests.property.world import World, furnished

SETTINGS = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BATCHES = st.lists(st.lists(steps(*KINDS, "revert", "revert"), min_size=1, max_size=12), max_size=4)
"""Histories cut into batches; between two batches time passes."""

Way = Literal["in batches", "one by one", "by two in turn"]
WAYS: tuple[Way, ...] = ("in batches", "one by one", "by two in turn")

_CLOCK = {
    name: load_statements()[name].text.replace("clock_timestamp()", "(SELECT now FROM test_clock)")
    for name in ("lock_journal", "advance_journal_from")
}
_orgs = itertools.count(1)


class StandingClock(Clock):
    """The journal's clock on this side; it stands still until the test goes on."""

    scene_now: datetime

    def now(self) -> datetime:
        """Say what the database would say."""
        return self.scene_now


@dataclass
class Scene:
    """What is asked for at one moment, and what the kernel answers."""

    now: datetime
    commands: list[Command] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)


@pytest.fixture
def clocked(database: TestDatabase) -> TestDatabase:
    """A database in which the journal's clock is a row that the test sets."""
    query(database.admin_url, "CREATE TABLE test_clock (now timestamptz)")
    query(database.admin_url, "GRANT SELECT ON test_clock TO onhand_engine")
    query(database.admin_url, "INSERT INTO test_clock VALUES (now())")
    return database


@SETTINGS
@given(BATCHES)
def test_batches_decide_as_the_kernel_does_one_by_one(clocked: TestDatabase, history: list[list[Step]]) -> None:
    """
    T9: a batch has the outcomes of its commands one after the other, and PostgreSQL those of the kernel in memory.

    So do two ledgers that take turns. Retries are among the commands, and each is dry run as well. It fails when a
    batch decides in another order, or when a ledger trusts its book after another has written: tried.
    """
    agree(clocked, history)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@settings(SETTINGS, max_examples=1_000)
@given(BATCHES)
def test_batches_decide_as_the_kernel_does_for_long(clocked: TestDatabase, history: list[list[Step]]) -> None:
    """T9: the same on a thousand histories."""
    agree(clocked, history)


def agree(database: TestDatabase, history: Sequence[Sequence[Step]]) -> None:
    """Play a history in memory and in several ways on PostgreSQL, and compare all that can be seen."""
    world, scenes = rehearsed(history)
    number = next(_orgs)
    expected = [answer for scene in scenes for answer in scene.answers]
    holdings = {
        holding.id: (holding.version, holding.floor, *holding.balances, holding.value, holding.unit_cost)
        for holding in world.book.holdings.values()
    }

    for way in WAYS:
        org = f"{way}-{number}".replace(" ", "-")
        outcomes = asyncio.run(played(database, scenes, org, way))
        assert [told(outcome) for outcome in outcomes] == expected, way
        assert held(database, org) == holdings, way
    assert flaws(database.admin_url) == []


def rehearsed(history: Sequence[Sequence[Step]]) -> tuple[World, list[Scene]]:
    """Play a history in memory; some steps resend an earlier command instead of making one."""
    world = furnished(skus=("A", "B", "S"))
    opening = (Line("A", 5), Line("A", 3, "L-1"), Line("A", 2, "L-2", "R-1"), Line("B", 6))
    first = Scene(world.now, list(world.commands), [told(posting) for posting in world.journal])
    play(world, first, Receive(key="opening", site="london", lines=opening))
    scenes = [first]
    keys = itertools.count()
    for batch in history:
        world.pass_time(10)
        scene = Scene(world.now)
        scenes.append(scene)
        for step in batch:
            sent = [command for earlier in scenes for command in earlier.commands]
            try:
                resent = step.flag and step.choice % 5 == 0
                command = sent[step.choice % len(sent)] if resent else command_of(world, step, f"step-{next(keys)}")
            except Refused:
                continue  # it is not well formed, so it never reaches a ledger
            play(world, scene, command)
    return world, scenes


def play(world: World, scene: Scene, command: Command) -> None:
    """Execute a command in memory, and keep what came of it."""
    scene.commands.append(command)
    try:
        scene.answers.append(told(world.execute(command)))
    except Refused as refused:
        scene.answers.append(told(refused))


async def played(database: TestDatabase, scenes: Sequence[Scene], org: str, way: Way) -> list[Outcome]:
    """Play the scenes on PostgreSQL in one of the ways; then all that was done once more, as retries in one batch."""
    outcomes: list[Outcome] = []
    clock = with_sql(**_CLOCK)
    standing = StandingClock()
    today = scenes[0].now.date
    async with (
        assembled(
            database, org=org, statements=clock, today=today, is_direct=way == "in batches", clock=standing
        ) as one,
        assembled(database, org=org, statements=clock, today=today, is_direct=True, clock=standing) as two,
    ):
        for scene in scenes:
            standing.scene_now = scene.now
            query(database.admin_url, f"UPDATE test_clock SET now = '{scene.now.isoformat()}'")
            outcomes += await PLAYERS[way](one, two, scene.commands)
        done = {outcome.key: outcome for outcome in outcomes if isinstance(outcome, Posting)}
        again = [command for scene in scenes for command in scene.commands if command.key in done]
        for retried in await one.bulk(again):
            assert isinstance(retried, Posting)
            assert replace(retried, replayed=False) == replace(done[retried.key], replayed=False)
    return outcomes


async def in_batches(one: Stock, two: Stock, commands: Sequence[Command]) -> list[Outcome]:
    """Hand all commands over at once."""
    del two
    return await one.bulk(commands)


async def one_by_one(one: Stock, two: Stock, commands: Sequence[Command]) -> list[Outcome]:
    """Hand each command over alone, after a dry run that must show what it then does."""
    del two
    outcomes: list[Outcome] = []
    for command in commands:
        (shown,) = await one.bulk([command], dry_run=True)
        (outcome,) = await one.bulk([command])
        assert told(shown) == told(outcome)
        outcomes.append(outcome)
    return outcomes


async def by_two_in_turn(one: Stock, two: Stock, commands: Sequence[Command]) -> list[Outcome]:
    """Let two ledgers, as two processes have them, take turns with one to three commands each."""
    outcomes: list[Outcome] = []
    turns = itertools.cycle(((one, 1), (two, 2), (one, 3), (two, 1)))
    while len(outcomes) < len(commands):
        stock, size = next(turns)
        outcomes += await stock.bulk(commands[len(outcomes) : len(outcomes) + size])
    return outcomes


PLAYERS = {"in batches": in_batches, "one by one": one_by_one, "by two in turn": by_two_in_turn}


def told(outcome: object) -> object:
    """All that an answer says; the seal is of its org, so it differs."""
    match outcome:
        case Posting():
            return replace(outcome, hash=b"", changes=tuple(plain(change) for change in outcome.changes))
        case Refused():
            return outcome.code, dict(outcome.facts)
        case _:
            return outcome


def plain(change: Change) -> Change:
    """A change with its snapshots as plain dictionaries."""
    return change._replace(before=None if change.before is None else dict(change.before), after=dict(change.after))


def held(database: TestDatabase, org: str) -> dict[int, tuple[int, ...]]:
    """The holdings of an org as they stand in the table."""
    costs = ("coalesce(value, 0)", "coalesce(unit_cost, 0)")
    columns = ", ".join(("version", "floor", *STATE_COLUMNS, *costs))
    statement = f"SELECT id, {columns} FROM holding JOIN org USING (org_id) WHERE code = '{org}'"
    rows = query(database.admin_url, statement)
    return {row[0]: tuple(row[1:]) for row in rows}
