"""What the engine needs of a store; `onhand.store` has it for PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.faults import Fault
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
        """Predict the head after the commit of the batch under way; None where somebody else may be writing."""
        ...

    def lacks(self, wants: Wants) -> bool:
        """Tell whether something that is wanted has to be loaded first."""
        ...

    def follows(self, head: Head, book: Book) -> bool:
        """Tell whether the journal, as far as this session knows, ends at a head to which a book belongs."""
        ...

    def forget(self) -> None:
        """Begin the next batch with an empty book, since somebody may have edited the tables beside the journal."""
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
        """Encode a batch for writing; whatever the book goes through afterwards is not in it."""
        ...

    async def commit(self, prepared: object) -> None:
        """
        Write a batch that was prepared here, and commit; one that was decided ahead begins its transaction here.

        Raises:
            Fault: JOURNAL_MOVED where somebody else has written since; nothing was written. COMMIT_UNCERTAIN where the
                commit was answered with an error; its keys tell what became of it.
            Unreplicated: It is committed, and a standby does not have it yet.
            KeyTaken: A key of the batch stands for a posting already; nothing was written.
        """
        ...

    async def confirm(self) -> None:
        """
        End a transaction that only found retries, once the postings that it found are as durable as a commit of now.

        Raises:
            Unreplicated: A standby does not have it yet.
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


class Unreplicated(Fault):
    """A commit that is durable here, and not on the standby yet; to ask again at once would only wait again."""

    def __init__(self) -> None:
        """Tell that it is to be asked again."""
        super().__init__(
            code="COMMIT_UNCERTAIN",
            message="The commit is not on the standby yet; ask again with the same key.",
            retryable=True,
        )


class KeyTaken(Exception):  # noqa: N818 - not an error: the batch is decided again, with its keys looked up first
    """An idempotency key of the batch is in the journal already."""
