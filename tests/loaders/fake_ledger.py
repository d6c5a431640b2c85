"""A ledger in memory for tests of a replay: kernel commands on a book, keys kept, nothing of the engine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from onhand.faults import Fault
from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.deciding import run
from onhand.kernel.draft import Draft
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State

_NOW = datetime(2024, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """The process was killed; what was posted until then stays."""


class FakeLedger:
    """
    Executes commands one by one, each once per key.

    `kill_after` lets so many more commands happen before the process is killed. `break_next` lets so many bulk calls
    break down, each of its commands with a fault.
    """

    def __init__(self) -> None:
        self.journal: list[Posting] = []
        self.kill_after: int | None = None
        self.break_next = 0
        self.bulk_sizes: list[int] = []
        self._book = Book()
        self._by_key: dict[str, Posting] = {}

    async def bulk(self, commands: Sequence[Command], /) -> list[Posting | Refused | Fault]:
        """Execute commands in order."""
        self.bulk_sizes.append(len(commands))
        if self.break_next:
            self.break_next -= 1
            return [Fault(code="DATABASE_LOST", message="gone", retryable=True) for _ in commands]
        return [self._execute(command) for command in commands]

    async def get_posting(self, number: int, /) -> Posting:
        """Give a posting."""
        return self.journal[number - 1]

    def stock(self, site: str) -> dict[str, int]:
        """Give the available whole units of each item at a site."""
        return {
            holding.place.sku: holding.balances[State.AVAILABLE] // SCALE
            for holding in self._book.holdings.values()
            if holding.place.site == site
        }

    def done(self) -> list[tuple[object, ...]]:
        """Give what stands in the journal, without the numbers and hashes that depend on nothing of interest."""
        return [
            (posting.kind, posting.key, posting.reason, posting.document_id, posting.data, posting.movements)
            for posting in self.journal
        ]

    def _execute(self, command: Command) -> Posting | Refused:
        if self.kill_after is not None:
            if not self.kill_after:
                raise Killed
            self.kill_after -= 1
        known = self._by_key.get(command.key)
        if known is not None:
            if known.fingerprint != command.fingerprint():
                return Refused("IDEMPOTENCY_KEY_REUSED", key=command.key, number=known.number)
            return replace(known, replayed=True)
        draft = Draft(self._book, now=_NOW, today=_NOW.date(), number=len(self.journal) + 1)
        try:
            run(command, draft)
        except Refused as refused:
            return refused
        posting = Posting(
            number=draft.number,
            kind=command.kind,
            key=command.key,
            fingerprint=command.fingerprint(),
            actor=command.actor,
            recorded_at=_NOW,
            occurred_at=command.occurred_at or _NOW,
            movements=tuple(draft.movements),
            changes=tuple(draft.changes),
            reason=command.reason,
            document_type=command.document_type,
            document_id=command.document_id,
            data=command.data,
        )
        self.journal.append(posting)
        self._by_key[command.key] = posting
        return posting
