"""What an archive asks, on PostgreSQL."""

from datetime import datetime

from onhand.ledger.trust.archive_port import Slice
from onhand.store.database.reader import Reader


class PostgresArchive:
    """Each slice is read in one moment."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def number_before(self, moment: datetime) -> int:
        """The last posting that was recorded before a moment; 0 where there is none."""
        rows = await self._reader.ask("read_number_before", before=moment)
        return int(rows[0].number or 0)

    async def slice(self, first: int, last: int) -> Slice:
        """All that stands in some consecutive postings."""
        async with self._reader.moment() as ask:
            return Slice(
                await ask("archive_postings", first=first, last=last),
                await ask("archive_movements", first=first, last=last),
                await ask("archive_changes", first=first, last=last),
            )
