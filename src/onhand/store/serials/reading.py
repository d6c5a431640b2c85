"""What the life of single items, as a whole, asks, on PostgreSQL."""

from onhand.kernel.serials.following import CORRECTED, REASON_CODES
from onhand.ledger.serials.port import ExpiringReservation, InvoiceItem, LastStep, LifecycleCounts
from onhand.store.database.answering import answer_of, answers_of
from onhand.store.database.reader import Reader


class PostgresLifecycle:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def counts(self) -> LifecycleCounts:
        """How many are in which status."""
        found: dict[str, dict[str, int]] = {"serial": {}, "invoice": {}, "reservation": {}}
        for row in await self._reader.ask("read_lifecycle_counts"):
            found[row.entity][row.status] = row.things
        return LifecycleCounts(*(dict(sorted(counts.items())) for counts in found.values()))

    async def expiring(self, seconds: int, limit: int) -> tuple[ExpiringReservation, ...]:
        """Open reservations that end soon."""
        rows = await self._reader.ask("read_expiring", seconds=seconds, limit=limit)
        return answers_of(ExpiringReservation, rows)

    async def last_steps(self, limit: int) -> tuple[LastStep, ...]:
        """The last steps of single items."""
        rows = await self._reader.ask("read_last_steps", limit=limit)
        return tuple(answer_of(LastStep, row, reason_code=_reason_code(row.action)) for row in rows)

    async def items_of(self, invoice_id: int) -> tuple[InvoiceItem, ...]:
        """The single items of an invoice."""
        rows = await self._reader.ask("read_serials_of_invoice", invoice_id=invoice_id)
        return answers_of(InvoiceItem, rows)


def _reason_code(action: str) -> str:
    code = action.upper()
    return code if code in REASON_CODES else CORRECTED
