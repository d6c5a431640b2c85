"""The life of single items seen from their invoices, and as a whole: status, what may follow, dashboard, repair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onhand.kernel.posting import Posting
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.repair_holding import RepairHolding
from onhand.kernel.serials.repair_serial import RepairSerial
from onhand.kernel.transitions import INVOICE
from onhand.ledger.asking import check_limit
from onhand.ledger.commerce.answers import InvoiceAnswer
from onhand.ledger.commerce.questions import Documents
from onhand.ledger.serials.consistency import Consistency, Inconsistency
from onhand.ledger.serials.port import ExpiringReservation, InvoiceItem, LastStep

EXPIRING_SECONDS = 3600
EXPIRING_SECONDS_MAX = 30 * 24 * 3600
_STANDS = {"open": {"reserved"}, "paid": {"sold", "delivered"}}
"""Where the items of an invoice stand that is not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceStatus:
    """
    Where an invoice and its single items stand.

    `next_statuses` are those that may follow. `consistent` says whether each item stands where the invoice says.
    """

    invoice: str
    status: str
    gross: int
    paid: int
    due: int
    next_statuses: tuple[str, ...]
    consistent: bool
    items: tuple[InvoiceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be, and what a repair would do; one that is for people has none."""

    kind: str
    subject: str
    detail: str
    remedy: str
    repairable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """How many postings the org made in the last minute, hour and day."""

    last_minute: int
    last_hour: int
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """What a dealer looks at: how many are where, what ends soon, what is wrong, what happened last, and how much."""

    serials_by_status: Mapping[str, int]
    invoices_by_status: Mapping[str, int]
    reservations_by_status: Mapping[str, int]
    expiring: tuple[ExpiringReservation, ...]
    inconsistencies: tuple[Finding, ...]
    last_steps: tuple[LastStep, ...]
    throughput: Throughput


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was out of line at an invoice, and the postings that brought it into line."""

    findings: tuple[Finding, ...]
    postings: tuple[Posting, ...]


class Lifecycle(Documents, Consistency):
    """Questions of a dealer, and the repair of one invoice."""

    async def invoice_status(self, number: str) -> InvoiceStatus:
        """Tell where an invoice and its single items stand, and what may follow; raises DOCUMENT_NOT_FOUND."""
        invoice = await self.invoice_of(number)
        items = await self.reading.lifecycle.items_of(invoice.id)
        return InvoiceStatus(
            invoice=invoice.number,
            status=invoice.status,
            gross=invoice.gross,
            paid=invoice.paid,
            due=0 if invoice.status == "cancelled" else invoice.gross - invoice.paid,
            next_statuses=tuple(sorted(INVOICE[invoice.status])),
            consistent=all(_stands(invoice, item) for item in items),
            items=items,
        )

    async def dashboard(self, *, expiring_seconds: int = EXPIRING_SECONDS, limit: int = 20) -> Dashboard:
        """
        Show how many items, invoices and reservations are where, what ends soon, what is wrong and what happened.

        Args:
            expiring_seconds: What ends within so many seconds ends soon; 30 days at most.
            limit: At most so many rows of each list, and inconsistencies of each kind.
        """
        check_limit(limit)
        if not 0 <= expiring_seconds <= EXPIRING_SECONDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"expiring_seconds is from 0 to {EXPIRING_SECONDS_MAX}")
        counts = await self.reading.lifecycle.counts()
        return Dashboard(
            serials_by_status=counts.serials,
            invoices_by_status=counts.invoices,
            reservations_by_status=counts.reservations,
            expiring=await self.reading.lifecycle.expiring(expiring_seconds, limit),
            inconsistencies=tuple(map(finding_of, await self.check(limit=limit))),
            last_steps=await self.reading.lifecycle.last_steps(limit),
            throughput=await self._throughput(),
        )

    async def repair_invoice(self, number: str, *, actor: str | None = None, dry_run: bool = False) -> Repaired:
        """
        Bring into line what is out of line at an invoice: its items, its goods and its reservation.

        Done twice it does nothing the second time, since nothing is out of line then. Raises DOCUMENT_NOT_FOUND.
        """
        invoice = await self.invoice_of(number)
        found = [one for one in await self.check(actor=actor) if _concerns(invoice, one)]
        postings = await self.repair(found, dry_run=dry_run)
        return Repaired(findings=tuple(map(finding_of, found)), postings=postings)

    async def _throughput(self) -> Throughput:
        now = datetime.now(UTC)
        head = (await self.reading.head()).number
        spans = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
        counts = [head - await self.reading.number_at(now - span) for span in spans]
        return Throughput(last_minute=counts[0], last_hour=counts[1], last_day=counts[2])


def finding_of(found: Inconsistency) -> Finding:
    """Give an inconsistency as it is told outside, without the command that would repair it."""
    return Finding(
        kind=found.kind,
        subject=found.subject,
        detail=found.detail,
        remedy=found.remedy,
        repairable=found.repair is not None,
    )


def _stands(invoice: InvoiceAnswer, item: InvoiceItem) -> bool:
    """Tell whether an item stands where its invoice says; one that is over says nothing but that it holds none."""
    is_its = (item.document_type, item.document_id) == ("invoice", invoice.number)
    if invoice.status in _STANDS:
        return item.status in _STANDS[invoice.status] and (is_its or item.status == "delivered")
    return not (is_its and item.status in {"reserved", "sold"})


def _concerns(invoice: InvoiceAnswer, found: Inconsistency) -> bool:
    """Tell whether an inconsistency is one of an invoice."""
    units: Sequence[str | None] = [line.unit for line in invoice.lines]
    match found.repair:
        case RepairSerial(unit=unit, invoice=number):
            return unit in units or number == invoice.number
        case RepairHolding(invoices=numbers, reservations=reservations):
            return invoice.number in numbers or invoice.reservation in reservations
        case ReleaseReservation(reservation=reservation):
            return reservation == invoice.reservation
        case _:
            return found.subject == f"invoice {invoice.number}"
