"""What accounts ask, on PostgreSQL."""

from onhand.ledger.accounts.port import KeyAnswer, KeyHolder, UserAnswer
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresAccounts:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def holder(self, key_hash: str) -> KeyHolder | None:
        """Whom a key stands for."""
        rows = await self._reader.ask("read_api_key", key_hash=key_hash)
        return next(iter(answers_of(KeyHolder, rows)), None)

    async def ended(self, keys: tuple[int, ...]) -> frozenset[int]:
        """Which of some keys were revoked or have expired."""
        return frozenset(row.id for row in await self._reader.ask("read_ended_api_keys", ids=list(keys)))

    async def keys(self, after: int, limit: int) -> tuple[KeyAnswer, ...]:
        """Keys in the order of their numbers."""
        return answers_of(KeyAnswer, await self._reader.ask("read_api_keys", after=after, limit=limit))

    async def users(self, name: str | None, after: int, limit: int) -> tuple[UserAnswer, ...]:
        """Users in the order of their numbers."""
        rows = await self._reader.ask("read_user_accounts", user=name, after=after, limit=limit)
        return answers_of(UserAnswer, rows)

    async def credential(self, name: str) -> str | None:
        """What names the hash of a user's password."""
        rows = await self._reader.ask("read_user_accounts", user=name, after=0, limit=1)
        return next((row.credential for row in rows if not row.retired), None)

    async def ping(self) -> None:
        """Raise Fault where the database does not answer."""
        await self._reader.ask("read_head")
