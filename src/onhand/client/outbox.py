"""
An outbox: a durable file in which messages wait until the ledger has taken them.

A message gets its key before anything is sent, and is on the disk when `add` returns. It is sent again, under the same
key, until the ledger says that it has it or will not have it; the key makes every repetition harmless. What was told
is written down before the next message is sent, and what was taken is never sent again. A process that is killed
between any two steps loses nothing: a new one goes on from the file.

One outbox is one file; any number of processes may add to it, and one at a time sends.
"""

import asyncio
import json
import random
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from onhand.faults import Fault
from onhand.kernel.refusals import Refused

WAITING, TAKEN, TURNED_DOWN = "waiting", "taken", "turned_down"
PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.5, 60.0

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS message (
        sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
        key       TEXT NOT NULL UNIQUE,
        operation TEXT NOT NULL,
        content   TEXT NOT NULL,
        status    TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'taken', 'turned_down')),
        attempts  INTEGER NOT NULL DEFAULT 0,
        told      TEXT
    );
    CREATE INDEX IF NOT EXISTS message_waiting ON message (sequence) WHERE status = 'waiting';
    CREATE TABLE IF NOT EXISTS slice (
        number     INTEGER NOT NULL,
        product    TEXT    NOT NULL,
        lent       INTEGER NOT NULL,
        sold       INTEGER NOT NULL DEFAULT 0 CHECK (sold <= lent),
        expires_at TEXT,
        PRIMARY KEY (number, product)
    );
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message of the outbox; `sequence` counts up, `told` is what the ledger answered last."""

    sequence: int
    key: str
    operation: str
    content: Mapping[str, Any]
    status: str
    attempts: int
    told: str | None


Transport = Callable[[OutboxMessage], Awaitable[object]]
"""
Sends one message, and returns when the ledger has it.

It raises Refused where the ledger will not have it, and a retryable Fault, an OSError or a TimeoutError where nobody
knows.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What came of sending: how many were taken and turned down now, how many wait still, and why the last one does."""

    taken: int
    turned_down: int
    waiting: int
    why: str | None = None


class Outbox:
    """Messages on their way from one device."""

    def __init__(self, path: Path | str, *, device: str) -> None:
        """
        Open the file, or make it.

        Raises:
            Fault: OUTBOX_UNUSABLE where the file cannot be used, or belongs to another device.
        """
        self.path = Path(path)
        self.device = device
        self._added = asyncio.Event()
        with _faults(self.path):
            self._connection = _connect(self.path)
            self._connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")
            with self.writing() as connection:
                # The name is made once, by chance: a new file of the same device must never make the old one's keys.
                told = {"device": device, "name": f"{device}/{uuid4().hex[:12]}"}
                connection.executemany("INSERT OR IGNORE INTO about (name, value) VALUES (?, ?)", told.items())
            about = dict(self._connection.execute("SELECT name, value FROM about"))
        if about["device"] != device:
            raise _unusable(self.path, f"it is the outbox of {about['device']}")
        self._name = about["name"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what waits there stays there."""
        self._connection.close()

    def add(self, operation: str, content: Mapping[str, Any]) -> OutboxMessage:
        """
        Keep a message for sending; when this returns it is on the disk.

        Raises:
            Fault: OUTBOX_UNUSABLE; then it was not kept, and whoever made it has to know.
        """
        with self.writing() as connection:
            message = self.insert(connection, operation, content)
        self.wake()
        return message

    def wake(self) -> None:
        """Let `keep_sending` look at once."""
        self._added.set()

    def insert(self, connection: sqlite3.Connection, operation: str, content: Mapping[str, Any]) -> OutboxMessage:
        """Keep a message within a transaction that is under way, after any other that was kept."""
        last = connection.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'message'")
        sequence = last.fetchone()[0] + 1
        key = f"{self._name}/{sequence:06d}"
        text = json.dumps(content, sort_keys=True)
        connection.execute(
            "INSERT INTO message (sequence, key, operation, content) VALUES (?, ?, ?, ?)",
            (sequence, key, operation, text),
        )
        return _message((sequence, key, operation, text, WAITING, 0, None))

    def messages(self, status: str | None = None, *, after: int = 0, limit: int = 1000) -> list[OutboxMessage]:
        """List messages in the order in which they were added, those above sequence `after`."""
        columns = "sequence, key, operation, content, status, attempts, told"
        with _faults(self.path):
            rows = self._connection.execute(
                f"SELECT {columns} FROM message "  # noqa: S608 - the columns above
                "WHERE sequence > ? AND (? IS NULL OR status = ?) ORDER BY sequence LIMIT ?",
                (after, status, status, limit),
            )
            return [_message(row) for row in rows]

    def waiting(self) -> int:
        """Count what waits."""
        with _faults(self.path):
            row = self._connection.execute("SELECT count(*) FROM message WHERE status = 'waiting'").fetchone()
        return int(row[0])

    async def send(self, transport: Transport) -> SendReport:
        """
        Send what waits, in order, until nobody knows what became of a message; what breaks down for good is passed by.

        Where another process is sending already, nothing is done.
        """
        taken = turned_down = after = 0
        why: str | None = None
        is_cut_off = False
        with self._alone() as is_alone:
            while is_alone and not is_cut_off and (found := self.messages(WAITING, after=after, limit=1)):
                message = found[0]
                after = message.sequence
                self._note(message, WAITING, message.told)
                try:
                    await transport(message)
                except Refused as refused:
                    self._note(message, TURNED_DOWN, str(refused), attempts=0)
                    turned_down += 1
                except Fault as fault:
                    why, is_cut_off = fault.message, fault.retryable
                    self._note(message, WAITING, why, attempts=0)
                except OSError as error:  # a TimeoutError is one
                    why, is_cut_off = str(error) or type(error).__name__, True
                    self._note(message, WAITING, why, attempts=0)
                else:
                    self._note(message, TAKEN, None, attempts=0)
                    taken += 1
        return SendReport(taken=taken, turned_down=turned_down, waiting=self.waiting(), why=why)

    async def keep_sending(self, transport: Transport) -> None:
        """Send whatever waits until this is cancelled: at once when something is added, and again after a pause."""
        pause = PAUSE_SECONDS
        while True:
            self._added.clear()
            sent = await self.send(transport)
            if sent.waiting:
                await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - spreads load, keeps no secret
                pause = min(pause * 2, PAUSE_SECONDS_MAX)
            else:
                pause = PAUSE_SECONDS
                await self._added.wait()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction, which is on the disk when this ends, or is not there at all."""
        with _faults(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _note(self, message: OutboxMessage, status: str, told: str | None, *, attempts: int = 1) -> None:
        """Write down what is known of a message that waits."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE message SET status = ?, told = ?, attempts = attempts + ? "
                "WHERE sequence = ? AND status = 'waiting'",
                (status, told, attempts, message.sequence),
            )

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Keep other senders out, by a lock that ends with the process however it ends."""
        with _faults(self.path):
            lock = sqlite3.connect(f"{self.path}.sending", isolation_level=None, timeout=0)
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                lock.close()
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                yield False
                return
        try:
            yield True
        finally:
            lock.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _message(row: tuple[Any, ...]) -> OutboxMessage:
    sequence, key, operation, content, status, attempts, told = row
    return OutboxMessage(
        sequence=sequence,
        key=key,
        operation=operation,
        content=json.loads(content),
        status=status,
        attempts=attempts,
        told=told,
    )


def _unusable(path: Path, why: str) -> Fault:
    return Fault(
        code="OUTBOX_UNUSABLE",
        message=f"The outbox {path.name} cannot be used: {why}.",
        retryable=False,
        facts={"path": str(path)},
    )


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(path, str(error)) from error
