"""What promises ask, on PostgreSQL."""

from onhand.ledger.promises.port import Versioned
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresPromises:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def claimable(self, limit: int) -> tuple[Versioned, ...]:
        """Those whose time has passed and that no worker is at."""
        return answers_of(Versioned, await self._reader.ask("read_claimable", limit=limit))

    async def claimed(self, worker: str, limit: int) -> tuple[Versioned, ...]:
        """Those that a worker has claimed and not ended."""
        return answers_of(Versioned, await self._reader.ask("read_claimed", worker=worker, limit=limit))

    async def next_in_line(self, limit: int) -> tuple[Versioned, ...]:
        """Those who wait for what is there."""
        return answers_of(Versioned, await self._reader.ask("read_next_in_line", limit=limit))
