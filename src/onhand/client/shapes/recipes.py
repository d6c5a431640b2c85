"""
What lines and answers of recipes look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict


class Check(TypedDict):
    """Check."""

    name: str  # The name.
    status: Literal["healthy", "warning", "critical"]  # The status.
    detail: str  # What is wrong.
    findings: list[str]  # What was found wrong.


class Ingredient(TypedDict):
    """Ingredient."""

    name: str  # The name.
    amount: str  # How much the recipe takes, a plain decimal or two whole numbers as 1/70.
    unit: NotRequired[str]  # The code of a unit, or a unit of measure.
    waste: NotRequired[str]  # The part that is lost, a plain decimal or two whole numbers as 1/70.
    is_product: NotRequired[bool]  # Whether the ingredient is a product with a recipe of its own.
    substitutes: NotRequired[Sequence[Mapping[str, Any]]]  # What stands in where it is missing, in order.


class MappingAnswer(TypedDict):
    """Mapping answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    site: str  # The code of a site.
    ingredient: str  # The name of an ingredient.
    unit: str  # The code of a unit, or a unit of measure.
    sku: str  # The code of an item.
    factor: str  # How much of the item's measure one of the unit is, as 1/70.


class MappingLine(TypedDict):
    """Mapping line."""

    ingredient: str  # The name of an ingredient.
    unit: str  # The code of a unit, or a unit of measure.
    sku: str | None  # The code of an item.
    factor: NotRequired[str]  # How much of the item's measure one of the unit is, as 1/70.


class SiteMetrics(TypedDict):
    """Site metrics."""

    site: str  # The code of a site.
    deducted: int  # How many transactions were deducted.
    deducted_24h: int  # How many transactions were deducted in the last 24 hours.
    voided: int  # How many transactions were voided, in whole or in part.
    refused: int  # How many transactions were refused.
    refused_24h: int  # How many transactions were refused in the last 24 hours.
    queue: dict[str, int]  # How many offline sales are in which status.
    oldest_waiting: str | None  # When the first sale arrived that still waits: RFC 3339 in UTC.
    # The part of the last day's deductions that was not refused, 0 to 1; null where nobody tried.
    success_rate_24h: float | None


class SoldItemAnswer(TypedDict):
    """Sold item answer."""

    product: str  # The code of a product.
    name: str  # The name.
    quantity: str  # How much, in the item's measure.
    status: str  # The status.


class TakenPart(TypedDict):
    """Taken part."""

    line: int  # The place of the line in its posting, from zero.
    ingredient: str  # The name of an ingredient.
    quantity: str  # How much, in the item's measure.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class TrailPosting(TypedDict):
    """Trail posting."""

    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    action: str  # What happened to it.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    reason: str | None  # Why.


class Use(TypedDict):
    """Use."""

    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    actor: str  # Who acted.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    transaction: str  # The number of the sale, as the till tells it.
    site: str  # The code of a site.
    quantity: str  # How much, in the item's measure.


class Variance(TypedDict):
    """Variance."""

    number: int  # The number of a posting in the journal, or of a document.
    line: int  # The place of the line in its posting, from zero.
    booked: str  # What the books said then, in the item's measure.
    counted: str  # What was counted, in the item's measure.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    reason: str | None  # Why.
    difference: str  # What was counted less what was booked, in the item's measure.
    site: str  # The code of a site.
    sku: str  # The code of an item.
    location: str | None  # The code of a location of the site.
    lot: str | None  # The code of a lot.
    unit: str | None  # The code of a unit, or a unit of measure.


class DeductionTrail(TypedDict):
    """Deduction trail."""

    id: int  # The number by which the thing is known in its org.
    site: str  # The code of a site.
    transaction: str  # The number of the sale, as the till tells it.
    status: str  # The status.
    items: list[SoldItemAnswer]  # The items.
    parts: list[TakenPart]  # What was taken.
    postings: list[TrailPosting]  # How many postings, a whole number.


class Health(TypedDict):
    """Health."""

    checks: list[Check]  # What was looked at.
    status: Literal["healthy", "warning", "critical"]  # The status.


class Metrics(TypedDict):
    """Metrics."""

    sites: list[SiteMetrics]  # Sites, by their codes.
    alerts: dict[str, int]  # How many alerts stand, by their rules.
    latency_p50_ms: float | None  # What half of the last deductions of this process took at most, in milliseconds.
    # What 99 of a hundred of the last deductions of this process took at most, in milliseconds.
    latency_p99_ms: float | None
