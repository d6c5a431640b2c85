"""Totals of items on PostgreSQL: a projection that reads the journal on."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.ledger.worth.totals_port import Followed, ItemTotal, ProductTotal
from onhand.store.database.answering import answers_of
from onhand.store.database.engine_rows import writing
from onhand.store.database.reader import Reader, RunQuery
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements

_NAME = "totals"


class PostgresTotals:
    """
    Totals of one org.

    The row of the projection is locked first and moved on in the same transaction, so each posting is counted once,
    whoever reads and whoever dies.
    """

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[DriverRow]], statements: Statements, org_id: int, reader: Reader
    ) -> None:
        """Write with connections of a pool, and read through a reader of the org."""
        self._pool = pool
        self._statements = statements
        self._org_id = org_id
        self._reader = reader

    async def follow(self, limit: int) -> Followed:
        """Read the next postings, so many at most; each is counted once, whoever reads."""
        async with self._writing() as ask:
            (stands,) = await ask("lock_projection", projection=_NAME)
            (head,) = await ask("read_head")
            last = min(head.number, stands.number + limit)
            if last > stands.number:
                await ask("fold_totals", first=stands.number + 1, last=last)
                await ask("advance_projection", projection=_NAME, number=last)
        return Followed(last, head.number)

    async def rebuild(self) -> Followed:
        """Read the whole journal again, in one step."""
        async with self._writing() as ask:
            await ask("lock_projection", projection=_NAME)
            (head,) = await ask("read_head")
            await ask("clear_totals")
            await ask("fold_totals", first=1, last=head.number)
            await ask("advance_projection", projection=_NAME, number=head.number)
        return Followed(head.number, head.number)

    async def number(self) -> int:
        """How far it has read."""
        rows = await self._reader.ask("read_projection", projection=_NAME)
        return int(rows[0].number) if rows else 0

    async def products(self, code: str | None, after: int, limit: int) -> Sequence[ProductTotal]:
        """Products with the totals of their variants."""
        rows = await self._reader.ask("read_product_totals", code=code, after=after, limit=limit)
        return answers_of(ProductTotal, rows)

    async def items(self, skus: Sequence[str]) -> Sequence[ItemTotal]:
        """The totals of some items; those that there are not are left out."""
        rows = await self._reader.ask("read_item_totals", skus=list(skus))
        return answers_of(ItemTotal, rows)

    async def live(self, skus: Sequence[str], site_id: int | None) -> Sequence[ItemTotal]:
        """What is held at this moment of some items; those that there are not are left out."""
        rows = await self._reader.ask("read_live_totals", skus=list(skus), site_id=site_id)
        return answers_of(ItemTotal, rows)

    def _writing(self) -> AbstractAsyncContextManager[RunQuery]:
        """Write of what the journal tells anew, where it is lost."""
        return writing(self._pool, self._statements, self._org_id, awaits_standby=False)
