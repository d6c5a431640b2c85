"""
What lines and answers of lots look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Any, TypedDict

from onhand.client.shapes.shared import Balances, Document


class AlertAnswer(TypedDict):
    """Alert answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    rule: str  # The rule that raised the alert: low_stock, out_of_stock, negative, expiring, expired or on_hold.
    severity: str  # How bad it is: warning or critical.
    status: str  # The status.
    raised_at: str  # When it was raised: RFC 3339 in UTC.
    resolved_at: str | None  # When it was resolved: RFC 3339 in UTC.
    sku: str | None  # The code of an item.
    facts: dict[str, Any]  # The facts behind it.


class GetLotMetadataAnswer(TypedDict):
    """Get lot metadata answer."""

    metadata: dict[str, Any] | None  # What is told of the lot.
    problems: list[dict[str, Any]]  # What is wrong with it; it is told, never fatal.
    version: int  # The version, a whole number; another one than told is refused.


class LotAnswer(TypedDict):
    """Lot answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    sku: str  # The code of an item.
    name: str  # The name.
    code: str  # The code.
    status: str  # The status.
    status_since: str | None  # Since when it has its status: RFC 3339 in UTC.
    received_at: str  # When it was received: RFC 3339 in UTC.
    expires_on: str | None  # The last good day, as 2026-01-31.
    vendor: str | None  # The name of a vendor.
    brand: str | None  # The name of a brand.
    category: str | None  # The category.
    subcategory: str | None  # The subcategory.
    grade: str | None  # The grade.
    strain_id: int | None  # The number of the strain, a whole number from 1.
    cost_mode: str | None  # FIXED or RANGE; without it no cost is known.
    unit_cost: str | None  # What one cost, in the currency of the org, with at most two decimals.
    cost_min: str | None  # The least that one cost, in the currency of the org, with at most two decimals.
    cost_max: str | None  # The most that one cost, in the currency of the org, with at most two decimals.
    payment_terms: str | None  # COD, NET_7, NET_15, NET_30, CONSIGNMENT or PARTIAL.
    item_id: int  # The number of the item.
    balances: Balances  # The quantities by state after it, in the item's measure.


class Recipient(TypedDict):
    """Recipient."""

    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    reason: str | None  # Why.
    data: dict[str, Any] | None  # Reference data that is kept as it came: plain JSON without floats, 16 KiB at most.
    site: str  # The code of a site.
    target: str  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
    quantity: str  # How much, in the item's measure.
    document: Document | None  # The document behind it.
