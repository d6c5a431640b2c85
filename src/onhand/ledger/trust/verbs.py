"""Archives: the old history in files that prove themselves."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onhand.faults import Fault
from onhand.kernel.command import check_number
from onhand.kernel.refusals import Refused
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.trust.archive import DAYS, Archive, extend


class Archives(Namespace):
    """Writes archives, and proves them against the journal."""

    _name = "archive"

    @question
    async def write(self, folder: Path, *, days: int = DAYS, until: int | None = None) -> Archive:
        """
        Write the history that is older than so many days to Parquet files, or that up to a posting.

        Nothing is taken out of the ledger. The archive proves itself, and answers about archived time by itself.
        """
        check_number(days, "days", least=0)
        head = await self._reading.head()
        if until is None:
            last = await self._reading.archive.number_before(datetime.now(UTC) - timedelta(days=days))
        else:
            last = check_number(until, "until", least=0)
            if last > head.number:
                raise Refused("POSTING_NOT_FOUND", number=last)
        return await extend(folder, self._reading.archive, self._org_id, last)

    @question
    async def verify(self, archive: Archive) -> int:
        """Prove an archive from its files, and that the journal holds what it ends with; give its last posting."""
        proved = await asyncio.to_thread(archive.verify)
        if proved and not await self._reading.checks.contains(proved, archive.hash):
            raise Fault(
                code="ARCHIVE_BROKEN",
                message=f"The journal has another posting {proved} than the archive.",
                retryable=False,
            )
        return proved
