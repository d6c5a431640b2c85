"""What the engine needs of a store; `onhand.store` has it for PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.kernel.book import Book
from onhand.kernel.posting import Posting
from onhand.kernel.wants import Wants


class Head(NamedTuple):
    """The journal as a batch finds it, its row locked: the last posting, the clock, and the counters."""

    org_id: int
    number: int
    hash: bytes
    now: datetime
    catalog_number: int
    id_last: int


class KnownKey(NamedTuple):
    """The posting that an idempotency key stands for."""

    number: int
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """
    What a batch has come to: its postings in order, the book that they left, and the head that it began at.

    `codes` holds the last number of each sequence that gave some out.
    """

    head: Head
    book: Book
    postings: Sequence[Posting]
    key_hashes: Sequence[bytes]
    codes: Mapping[str, int]


class Session(Protocol):
    """
    One connection, on which batches of one org run one after the other.

    Each method raises `Fault` when the database breaks down; then the transaction is gone and `reset` comes next.
    """

    @property
    def book(self) -> Book:
        """
        The book as far as this session knows it.

        It stays right as long as nobody else writes; `begin` replaces it when somebody has.
        """
        ...

    def foresee(self) -> Head | None:
        """Give the head that the journal has when the batch under way is committed; None where that is not sure."""
        ...

    def lacks(self, wants: Wants) -> bool:
        """Tell whether something that is wanted has to be loaded first."""
        ...

    def follows(self, head: Head, book: Book) -> bool:
        """Tell whether the journal, as far as this session knows, ends at a head to which a book belongs."""
        ...

    async def begin(self, wants: Wants) -> Head:
        """Start a transaction, lock the org's journal row, then load what is wanted into the book."""
        ...

    async def load(self, wants: Wants) -> None:
        """Load what is wanted and not yet in the book."""
        ...

    async def find_keys(self, key_hashes: Sequence[bytes]) -> Mapping[bytes, KnownKey]:
        """Find the postings that keys stand for."""
        ...

    def prepare(self, record: Record) -> object:
        """Put a batch into the form in which it is written; the book may go on from there."""
        ...

    async def commit(self, prepared: object) -> None:
        """
        Write a batch that was prepared here, and commit; one that was decided ahead begins its transaction here.

        Raises:
            Fault: JOURNAL_MOVED where somebody else has written since; nothing was written.
            KeyTaken: A key of the batch stands for a posting already; nothing was written.
        """
        ...

    async def confirm(self) -> None:
        """
        End the transaction without a trace, once what it found is as lasting as a commit; a retry is answered with it.

        Raises:
            Fault: COMMIT_UNCERTAIN where a standby does not have it yet.
        """
        ...

    async def rollback(self) -> None:
        """End the transaction without a trace."""
        ...

    async def reset(self) -> None:
        """Make the session usable again after a fault, on a new connection if need be."""
        ...

    async def close(self) -> None:
        """Give the connection back."""
        ...


class KeyTaken(Exception):  # noqa: N818 - not an error: the batch is decided again, with its keys looked up first
    """An idempotency key of the batch is in the journal already."""
