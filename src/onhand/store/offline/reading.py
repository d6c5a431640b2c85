"""What the queue of offline sales asks, on PostgreSQL."""

from onhand.kernel.offline.offline_sale import QueuedItem
from onhand.ledger.offline.port import OfflineSaleAnswer, SaleSpot
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import Row, utc


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
        return tuple(map(_answer, rows))

    async def sale(self, number: int) -> OfflineSaleAnswer | None:
        """A sale by its number."""
        return next(map(_answer, await self._reader.ask("read_offline_sale", id=number)), None)


def _answer(row: Row) -> OfflineSaleAnswer:
    return OfflineSaleAnswer(
        id=row[0],
        version=row[1],
        site=row[2],
        transaction=row[3],
        status=row[4],
        reason=row[5],
        device=row[6],
        sequence=row[7],
        sold_at=utc(row[8]),
        arrived_at=utc(row[9]),
        items=tuple(QueuedItem(*item) for item in row[10]),
        slice=row[11],
        errors=tuple(row[12]),
        decided_by=row[13],
        decision=row[14],
    )
