"""What the life of single items, as a whole, asks of a store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringReservation:
    """An open reservation that ends soon, or should have ended."""

    reservation: int
    site: str
    status: str
    expires_at: datetime
    document_type: str | None
    document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """A step of a single item's status: which item, from, to, why, who and when."""

    number: int
    unit: str
    sku: str
    recorded_at: datetime
    actor: str
    kind: str
    source: str
    target: str
    reason_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceItem:
    """A single item of an invoice, as it is now, and the document that it is for."""

    unit: str
    sku: str
    status: str
    condition: str | None
    document_type: str | None
    document_id: str | None
    reserved_until: datetime | None


class LifecycleCounts(NamedTuple):
    """How many are in which status."""

    serials: Mapping[str, int]
    invoices: Mapping[str, int]
    reservations: Mapping[str, int]


class LifecycleReading(Protocol):
    """Counts, what ends soon, the last steps, and the items of an invoice."""

    async def counts(self) -> LifecycleCounts:
        """How many single items, invoices and open reservations are in which status."""
        ...

    async def expiring(self, seconds: int, limit: int) -> tuple[ExpiringReservation, ...]:
        """Open reservations that end within some seconds, the first ones first."""
        ...

    async def last_steps(self, limit: int) -> tuple[LastStep, ...]:
        """The last steps of single items, the newest first."""
        ...

    async def items_of(self, invoice_id: int) -> tuple[InvoiceItem, ...]:
        """The single items of an invoice, in the order of its lines."""
        ...
