"""What the life of single items, as a whole, asks, on PostgreSQL."""

from onhand.kernel.serials.following import CORRECTED, REASON_CODES
from onhand.ledger.serials.port import ExpiringReservation, InvoiceItem, LastStep, LifecycleCounts
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import utc


class PostgresLifecycle:
    """Each question is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def counts(self) -> LifecycleCounts:
        """How many are in which status."""
        found: dict[str, dict[str, int]] = {"serial": {}, "invoice": {}, "reservation": {}}
        for entity, status, count in await self._reader.ask("read_lifecycle_counts"):
            found[entity][status] = count
        return LifecycleCounts(*(dict(sorted(counts.items())) for counts in found.values()))

    async def expiring(self, seconds: int, limit: int) -> tuple[ExpiringReservation, ...]:
        """Open reservations that end soon."""
        return tuple(
            ExpiringReservation(
                reservation=row[0],
                site=row[1],
                status=row[2],
                expires_at=utc(row[3]),
                document_type=row[4],
                document_id=row[5],
            )
            for row in await self._reader.ask("read_expiring", seconds=seconds, limit=limit)
        )

    async def last_steps(self, limit: int) -> tuple[LastStep, ...]:
        """The last steps of single items."""
        return tuple(
            LastStep(
                number=row[0],
                unit=row[2],
                sku=row[3],
                recorded_at=utc(row[4]),
                actor=row[5],
                kind=row[6],
                source=row[8],
                target=row[9],
                reason_code=row[7].upper() if row[7].upper() in REASON_CODES else CORRECTED,
            )
            for row in await self._reader.ask("read_last_steps", limit=limit)
        )

    async def items_of(self, invoice_id: int) -> tuple[InvoiceItem, ...]:
        """The single items of an invoice."""
        return tuple(
            InvoiceItem(
                unit=row[0],
                sku=row[1],
                status=row[2],
                condition=row[3],
                document_type=row[4],
                document_id=row[5],
                reserved_until=row[6] and utc(row[6]),
            )
            for row in await self._reader.ask("read_serials_of_invoice", invoice_id=invoice_id)
        )
