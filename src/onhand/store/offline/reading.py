"""What the queue of offline sales asks, on PostgreSQL."""

from onhand.ledger.offline.port import OfflineSaleAnswer, SaleSpot
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresOffline:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def sales(
        self, site_id: int | None, statuses: tuple[str, ...] | None, number: int | None, after: SaleSpot, limit: int
    ) -> tuple[OfflineSaleAnswer, ...]:
        """Sales in the order in which they were sold."""
        rows = await self._reader.ask(
            "read_offline_sales",
            site_id=site_id,
            statuses=None if statuses is None else list(statuses),
            id=number,
            after_sold_at=after.sold_at,
            after_sequence=after.sequence,
            after_id=after.id,
            limit=limit,
        )
        return answers_of(OfflineSaleAnswer, rows)

    async def sale(self, number: int) -> OfflineSaleAnswer | None:
        """A sale by its number."""
        return next(iter(answers_of(OfflineSaleAnswer, await self._reader.ask("read_offline_sale", id=number))), None)
