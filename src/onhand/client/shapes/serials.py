"""
What lines and answers of serials look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import NotRequired, TypedDict

from onhand.client.shapes.shared import Document, Posting


class Discrepancy(TypedDict):
    """Discrepancy."""

    kind: str  # The kind: of an operation, of a piece.
    subject: str  # What it is about.
    detail: str  # What is wrong.
    remedy: str  # What a repair would do.
    repairable: bool  # Whether a repair can bring it into line; what it cannot is for people.


class ExpiringReservation(TypedDict):
    """Expiring reservation."""

    reservation: int  # The number of a reservation.
    site: str  # The code of a site.
    status: str  # The status.
    expires_at: str  # When it ends: RFC 3339 with a time zone.
    document: Document | None  # The document behind it.


class InvoiceItem(TypedDict):
    """Invoice item."""

    unit: str  # The code of a unit, or a unit of measure.
    sku: str  # The code of an item.
    status: str  # The status.
    condition: str | None  # The condition of the single item.
    reserved_until: str | None  # Until when it is reserved: RFC 3339 in UTC.
    document: Document | None  # The document behind it.


class LastStep(TypedDict):
    """Last step."""

    number: int  # The number of a posting in the journal, or of a document.
    unit: str  # The code of a unit, or a unit of measure.
    sku: str  # The code of an item.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    actor: str  # Who acted.
    kind: str  # The kind: of an operation, of a piece.
    source: str  # Where from: a state, or the outside.
    target: str  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
    reason_code: str  # Why, as a code such as INVOICE_PAID.


class ReleaseExpiredAnswer(TypedDict):
    """Release expired answer."""

    released: list[int]  # The numbers of reservations.
    offered: list[int]  # The numbers of reservations that were offered what came free.
    dry_run: bool  # Whether it was computed only, and nothing written.


class SerialAnswer(TypedDict):
    """Serial answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    unit: str  # The code of a unit, or a unit of measure.
    sku: str  # The code of an item.
    status: str  # The status.
    condition: str | None  # The condition of the single item.
    site: str | None  # The code of a site.
    location: str | None  # The code of a location of the site.
    state: str | None  # A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.
    reserved_by: str | None  # Who reserved it.
    reserved_until: str | None  # Until when it is reserved: RFC 3339 in UTC.
    reservation: int | None  # The number of a reservation.
    document: Document | None  # The document behind it.


class SerialLine(TypedDict):
    """Serial line."""

    sku: str  # The code of an item.
    unit: str  # The code of a unit, or a unit of measure.
    condition: NotRequired[str]  # The condition of the single item.
    location: NotRequired[str]  # The code of a location of the site.
    lot: NotRequired[str]  # The code of a lot.


class SerialStep(TypedDict):
    """Serial step."""

    number: int  # The number of a posting in the journal, or of a document.
    line: int  # The place of the line in its posting, from zero.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    actor: str  # Who acted.
    kind: str  # The kind: of an operation, of a piece.
    source: str  # Where from: a state, or the outside.
    target: str  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
    reason_code: str  # Why, as a code such as INVOICE_PAID.
    reference_type: str | None  # The type of the document it was for.
    reference_id: str | None  # The id of the document it was for.
    notes: str | None  # What was noted.


class Throughput(TypedDict):
    """Throughput."""

    last_minute: int  # How many postings were made in the last minute.
    last_hour: int  # How many postings were made in the last hour.
    last_day: int  # How many postings were made in the last 24 hours.


class Dashboard(TypedDict):
    """Dashboard."""

    serials_by_status: dict[str, int]  # How many single items are in each status.
    invoices_by_status: dict[str, int]  # How many invoices are in each status.
    reservations_by_status: dict[str, int]  # How many open reservations are in each status.
    expiring: list[ExpiringReservation]  # The open reservations that end soon, the first ones first.
    inconsistencies: list[Discrepancy]  # What is not as it should be, the first of each kind.
    last_steps: list[LastStep]  # The last steps of single items, the newest first.
    throughput: Throughput  # How much the org did lately.


class FindInconsistenciesAnswer(TypedDict):
    """Find inconsistencies answer."""

    findings: list[Discrepancy]  # What was found out of line.


class InvoiceStatus(TypedDict):
    """Invoice status."""

    invoice: str  # The number of an invoice.
    status: str  # The status.
    gross: str  # With VAT, in the currency of the org.
    paid: str  # What is paid, in the currency of the org.
    due: str  # What is still to be paid, in the currency of the org.
    next_statuses: list[str]  # The statuses that may follow.
    consistent: bool  # Whether each single item stands where the invoice says.
    items: list[InvoiceItem]  # The items.


class RepairInconsistenciesAnswer(TypedDict):
    """Repair inconsistencies answer."""

    findings: list[Discrepancy]  # What was found out of line.
    postings: list[Posting]  # What brought it into line.
    dry_run: bool  # Whether it was computed only, and nothing written.


class RepairInvoiceAnswer(TypedDict):
    """Repair invoice answer."""

    findings: list[Discrepancy]  # What was found out of line.
    postings: list[Posting]  # What brought it into line.
    dry_run: bool  # Whether it was computed only, and nothing written.
