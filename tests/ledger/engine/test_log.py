"""The log of a ledger: one JSON line for each operation, whatever anybody put into it; nothing at all unless asked."""

import asyncio
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onhand.bootstrap import open_stock
from onhand.config import LOGS, Config
from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.stock import Stock
from onhand.ledger.sync import Synchronous
from onhand.logs import LEVELS, make_logger, stack_of, tell
from tests.conftest import TestDatabase
from tests.ledger.ledgers import config_of

HOSTILE = [
    "ann\nlevel=error forged\r\n",
    'ann", "level": "error',
    "\u2028\u2029\u0085\u000b\u000c",
    "\x1b[2Jann\x7f",
    "ann" * 5000,
    "\ud83d\ude00 \u202e",
]
SECRETS = {
    "postgres://app:hunter2@db.example/stock": "hunter2",
    "postgresql://app:h%40nter:2@db/stock?sslmode=off": "nter",
    "key ohk_live_7_AbCdEf0123456789": "AbCdEf",
    "whsec_c2VjcmV0LXNlY3JldA==": "c2Vj",
    "Authorization: Bearer abc.def-ghi": "abc.def",
    "bearer abcdefgh": "abcdefgh",
    "password=hunter2 host=db": "hunter2",
    "PASSWORD: hunter2": "hunter2",
    "token=tok123&x=1": "tok123",
    'api_key="k-123"': "k-123",
    "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA": "aGFzaA",
}


async def opened(database: TestDatabase, file: Path, level: str = "info") -> Stock:
    """Open a ledger that logs to a file."""
    told = config_of(database)
    return await open_stock(
        Config(database_url=told.database_url, owner_url=told.owner_url, actor="test", log=level, log_file=file)
    )


def lines_of(text: str) -> list[dict[str, Any]]:
    """Read lines, each of which is one JSON document."""
    return [json.loads(line) for line in text.splitlines()]


async def test_each_operation_is_one_line(database: TestDatabase, tmp_path: Path) -> None:
    """L7: acts, questions and refusals have level, message, timestamp, context; a refusal its name, code, status."""
    file = tmp_path / "log"
    async with await opened(database, file) as stock:
        await stock.define(sites=["london"], items=["A"], key="define")
        await stock.receive(site="london", lines=[("A", 5)], key="po", actor="ann")
        await stock.receive(site="london", lines=[("A", 5)], key="po", actor="ann")
        with pytest.raises(Refused):
            await stock.sell(site="london", lines=[("A", 6)], key="sale", actor="bob")
        await stock.sell(site="london", lines=[("A", 1)], key="dry", dry_run=True)
        await stock.list_holdings("london")
        with pytest.raises(Refused):
            await stock.list_holdings("rome")
        with pytest.raises(Refused):
            await stock.sell(site="", lines=[], key="nothing")

    lines = lines_of(file.read_text(encoding="utf-8"))
    contexts = [line["context"] for line in lines]
    assert [(line["level"], line["message"], line["context"]["operation"]) for line in lines] == [
        ("info", "done", "define"),
        ("info", "done", "receive"),
        ("info", "done", "receive"),
        ("warning", "refused", "sell"),
        ("info", "done", "sell"),
        ("info", "done", "list_holdings"),
        ("warning", "refused", "list_holdings"),
        ("warning", "refused", "sell"),
    ]
    assert [context["actor"] for context in contexts] == ["test", "ann", "ann", "bob", *["test"] * 4]
    assert {context["org"] for context in contexts} == {stock.org_id}
    assert len({context["request_id"] for context in contexts}) == len(lines)
    assert all(context["duration_ms"] >= 0 for context in contexts)
    assert all(line["timestamp"].endswith("Z") for line in lines)
    assert [(context.get("number"), context.get("replayed")) for context in contexts[:3]] == [
        (1, False),
        (2, False),
        (2, True),
    ]
    assert contexts[4]["dry_run"] is True
    assert [line["error"] for line in lines if "error" in line] == [
        {"name": "Refused", "code": "INSUFFICIENT_INVENTORY", "status": 400},
        {"name": "Refused", "code": "UNKNOWN_SITE", "status": 404},
        {"name": "Refused", "code": "INVALID_TEXT", "status": 422},
    ]


async def test_what_an_operation_does_by_itself_shares_its_request_id(database: TestDatabase, tmp_path: Path) -> None:
    """L7: the acts that one verb hands in are lines of one request; those of two callers at once are not."""
    file = tmp_path / "log"
    async with await opened(database, file) as stock:
        await stock.define(sites=["london"], items=["A"], key="define")
        await stock.lots.set_low_stock(site="london", lines=[("A", 5)], key="low")
        await stock.lots.check_alerts()
        await asyncio.gather(*[stock.receive(site="london", lines=[("A", 1)], key=f"po-{n}") for n in range(3)])

    contexts = [line["context"] for line in lines_of(file.read_text(encoding="utf-8"))]
    told = [context["operation"] for context in contexts]
    assert told == ["define", "set_low_stock", "check_alerts", *["receive"] * 3]
    assert len({context["request_id"] for context in contexts}) == len(contexts)
    assert {context["duration_ms"] > 0 for context in contexts} == {True}


async def test_a_breakdown_has_its_stack(database: TestDatabase, tmp_path: Path) -> None:
    """L7: what broke down is an error with name, code, status and stack, which tells places and no values."""
    file = tmp_path / "log"
    stock = await opened(database, file)
    async with stock:
        await stock.define(sites=["london"], items=["secret-item"], key="define")
        with psycopg.connect(database.admin_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE holding RENAME TO elsewhere")
        with pytest.raises(Fault):
            await stock.list_holdings("london", "secret-item")

    *_, line = lines_of(file.read_text(encoding="utf-8"))
    assert (line["level"], line["message"], line["context"]["operation"]) == ("error", "failed", "list_holdings")
    assert (line["error"]["name"], line["error"]["status"]) == ("Fault", 500)
    assert any(place.startswith("ledger/core/questions.py:") for place in line["error"]["stack"])
    assert "secret-item" not in json.dumps(line)


@pytest.mark.parametrize("told", HOSTILE)
async def test_no_line_break_or_control_character_gets_into_a_line(told: str) -> None:
    """L7: whatever is put where a name belongs, a line is one line of printable ASCII, and means what it says."""
    stream = io.StringIO()

    tell(make_logger(stream=stream), "done", {"actor": told, "key": {told: [told]}}, None, 200)

    (text,) = stream.getvalue().splitlines()
    assert text.isascii()
    assert text.isprintable()
    line = json.loads(text)
    assert (line["level"], line["context"]["actor"]) == ("info", json.loads(json.dumps(told[:2000])))


@pytest.mark.parametrize(("told", "secret"), SECRETS.items())
def test_no_secret_gets_into_a_line(told: str, secret: str) -> None:
    """L7: passwords in addresses, keys, tokens and hashes are left out, also where somebody put them in a name."""
    stream = io.StringIO()
    error = Fault(code="DATABASE_UNREACHABLE", message=told, retryable=True)

    tell(
        make_logger(stream=stream),
        "failed",
        {"actor": told, "key": [told], told: 1, "what": ValueError(told)},
        error,
        503,
    )

    assert secret in told
    assert secret not in stream.getvalue()
    assert stream.getvalue().count("***") >= 4


def test_a_level_lets_through_what_is_at_least_as_grave() -> None:
    """L7: the level chosen leaves the lesser lines out."""
    found = {}
    for level in LEVELS:
        stream = io.StringIO()
        logger = make_logger(level, stream)
        tell(logger, "done", {}, None, 200)
        tell(logger, "refused", {}, Refused("UNKNOWN_SITE", site="x"), 404)
        tell(logger, "failed", {}, Fault(code="INTERNAL", message="", retryable=False), 500)
        found[level] = [line["level"] for line in lines_of(stream.getvalue())]

    assert found == {
        "debug": ["info", "warning", "error"],
        "info": ["info", "warning", "error"],
        "warning": ["warning", "error"],
        "error": ["error"],
    }
    assert set(LOGS) == {"off", *LEVELS}


def test_a_stack_tells_the_cause_too() -> None:
    """L7: the places of the cause follow those of the error."""
    empty: dict[str, str] = {}
    stack: list[str] = []
    try:
        try:
            _ = empty["inner-value"]
        except KeyError as inner:
            raise ValueError("outer-value") from inner
    except ValueError as error:
        stack = stack_of(error)

    assert len(stack) == 2
    assert all(place.startswith("test_log.py:") for place in stack)


async def test_nothing_is_in_the_way_unless_asked(stock: Stock) -> None:
    """L7: without a log nobody watches the gates but the meter of deductions, so the hot path costs what it did."""
    acting, asking = stock._acting, stock._asking  # noqa: SLF001 - it is what the test is about

    assert type(acting.batcher) is Batcher
    assert [observer.__qualname__ for observer in acting.observers] == ["DeductionMeter.observe"]
    assert (acting.watchers, asking.watchers) == ([], [])


@pytest.mark.parametrize(("log", "writes"), [(None, False), ("off", False), ("info", True), ("error", False)])
def test_a_program_logs_when_the_environment_says_so(
    database: TestDatabase, tmp_path: Path, log: str | None, *, writes: bool
) -> None:
    """L7: ONHAND_LOG and ONHAND_LOG_FILE switch the log of the command line on; its answer stays as it is."""
    file = tmp_path / "log"
    chosen = {} if log is None else {"ONHAND_LOG": log}
    environment = {**os.environ, "ONHAND_DATABASE_URL": database.engine_url, "ONHAND_LOG_FILE": str(file), **chosen}

    done = subprocess.run(
        [sys.executable, "-c", "from onhand.cli.main import run; run()", "stock", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert json.loads(done.stdout) == {"holdings": [], "after": None}
    written = lines_of(file.read_text(encoding="utf-8")) if file.exists() else []
    assert [line["context"]["operation"] for line in written] == (["list_holdings"] if writes else [])


@pytest.mark.parametrize("told", ["loud", "INFO", "1"])
def test_a_setting_that_cannot_be_read_is_told(told: str) -> None:
    """L7: an unknown level is a fault with a sentence, and so is a file that cannot be written."""
    with pytest.raises(Fault, match="ONHAND_LOG is"):
        Config.from_environment({"ONHAND_LOG": told})


async def test_a_log_that_cannot_be_written_is_told(database: TestDatabase, tmp_path: Path) -> None:
    """L7: a log file in a folder that is not there is a fault before anything is done."""
    with pytest.raises(Fault, match="The log cannot be written"):
        await opened(database, tmp_path / "nowhere" / "log")


def test_a_program_without_an_event_loop_logs_too(database: TestDatabase, tmp_path: Path) -> None:
    """L7: the same lines come from the ledger without `await`."""
    file = tmp_path / "log"
    told = config_of(database)
    config = Config(database_url=told.database_url, owner_url=told.owner_url, actor="test", log="info", log_file=file)
    with Synchronous(lambda: open_stock(config)) as stock:
        stock.define(sites=["london"], key="define")
        stock.list_holdings()

    assert [line["context"]["operation"] for line in lines_of(file.read_text(encoding="utf-8"))] == [
        "define",
        "list_holdings",
    ]


def test_a_program_that_serves_logs_what_its_libraries_do() -> None:
    """L7: what the standard library and structlog are told are lines of one log, with stack and without secrets."""
    script = (
        "import logging, structlog\n"
        "from onhand.logs import hear_everybody, make_logger\n"
        "worker = structlog.get_logger('worker')\n"
        "hear_everybody(make_logger())\n"
        "logging.getLogger('pool').warning('cannot reach %s', 'postgres://app:hunter2@db/stock\\nforged')\n"
        "logging.getLogger('pool').info('not told')\n"
        "worker.info('done', task='cleanup')\n"
        "try:\n"
        "    raise ValueError('inner-value')\n"
        "except ValueError:\n"
        "    logging.getLogger('server').exception('broke')\n"
        "hear_everybody(None)\n"
        "worker.info('not told'); logging.error('not told')\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    first, second, third = lines_of(done.stderr)
    assert (first["level"], first["context"]) == ("warning", {"library": "pool"})
    assert first["message"] == "cannot reach postgres://app:***@db/stock\nforged"
    assert (second["level"], second["message"], second["context"]) == ("info", "done", {"task": "cleanup"})
    assert (third["level"], third["message"], third["error"]["name"]) == ("error", "broke", "ValueError")
    assert "inner-value" not in done.stderr
    assert done.stdout == ""
