"""What planning asks, on PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from onhand.ledger.planning.port import Demand, Position, Promisable, PurchaseAnswer
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader


class PostgresPlanning:
    """Reads of one org; demand may take its time, since it reads far back."""

    def __init__(self, reader: Reader, patient: Reader) -> None:
        """Read through a reader of the org, and through one that allows statements more time."""
        self._reader = reader
        self._patient = patient

    async def demand(self, since: datetime, until: datetime, zone: str, site_id: int | None) -> Sequence[Demand]:
        """What was taken of each item on each day; days without any are left out."""
        rows = await self._patient.ask("read_demand", since=since, until=until, zone=zone, site_id=site_id)
        return answers_of(Demand, rows)

    async def positions(self, site_id: int) -> Sequence[Position]:
        """What there is of each item at a site."""
        return answers_of(Position, await self._reader.ask("read_positions", site_id=site_id))

    async def purchases(
        self, site_id: int | None, after: int, limit: int, *, expected: bool
    ) -> Sequence[PurchaseAnswer]:
        """Purchases in the order in which they were made."""
        rows = await self._reader.ask("read_purchases", site_id=site_id, after=after, limit=limit, expected=expected)
        return answers_of(PurchaseAnswer, rows)

    async def promisable(self, site_id: int, item_id: int) -> Sequence[Promisable]:
        """What is available now, then what is expected day by day."""
        return answers_of(Promisable, await self._reader.ask("read_promisable", site_id=site_id, item_id=item_id))
