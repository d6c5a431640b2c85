"""What health, metrics and receipts ask of a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from onhand.kernel.exact import QuantityDecimal, quantity_difference
from onhand.kernel.holding import Place
from onhand.ledger.core.wanted import PlaceIds


class MissingMapping(NamedTuple):
    """An ingredient of a product that is none at a site."""

    site: str
    product: str
    ingredient: str
    unit: str


class DeductionCount(NamedTuple):
    """How many transactions a site deducted, how many are voided in whole or part, how many are recent."""

    site: str
    deducted: int
    voided: int
    recent: int


class RefusalCount(NamedTuple):
    """How many deductions were refused at a site, ever and recently."""

    site: str
    refused: int
    recent: int


class QueueCount(NamedTuple):
    """How many offline sales of a site are in a status, and when the first of them arrived."""

    site: str
    status: str
    sales: int
    oldest: datetime


class SoldItemAnswer(NamedTuple):
    """A line of the receipt: so many of a product; deducted, or voided since."""

    product: str
    name: str
    quantity: QuantityDecimal
    status: str


class TakenPart(NamedTuple):
    """So much of a place, was taken for an ingredient of a line."""

    line: int
    ingredient: str
    place: Place
    quantity: QuantityDecimal


class TrailPosting(NamedTuple):
    """A posting that made or changed a deduction."""

    number: int
    kind: str
    action: str
    actor: str
    recorded_at: datetime
    occurred_at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionTrail:
    """A transaction with all that it took, and the postings that did so or put it back."""

    id: int
    site: str
    transaction: str
    status: str
    items: tuple[SoldItemAnswer, ...]
    parts: tuple[TakenPart, ...]
    postings: tuple[TrailPosting, ...]


class Use(NamedTuple):
    """A receipt took so much, or gave it back where the quantity is below zero."""

    number: int
    kind: str
    actor: str
    occurred_at: datetime
    transaction: str
    site: str
    quantity: QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """What was counted at a place beside what was booked there then."""

    number: int
    line: int
    place: Place
    booked: QuantityDecimal
    counted: QuantityDecimal
    actor: str
    recorded_at: datetime
    occurred_at: datetime
    reason: str | None

    @property
    def difference(self) -> QuantityDecimal:
        """What was found above what was booked; below zero where something is missing."""
        return quantity_difference(self.counted, self.booked)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingAnswer:
    """Which item an ingredient is at a site; the factor is exact, a whole number or two as 1/70."""

    id: int
    version: int
    site: str
    ingredient: str
    unit: str
    sku: str
    factor: str


class RecipesReading(Protocol):
    """Figures and findings; each is one statement."""

    async def guards_missing(self, triggers: Sequence[str], constraints: Sequence[str]) -> tuple[str, ...]:
        """Guards of the database that are not there, or are switched off."""
        ...

    async def keys_used_twice(self, since: int, limit: int) -> tuple[int, ...]:
        """Postings above a number whose key stands for another one too."""
        ...

    async def mappings_missing(self, moment: int, limit: int) -> tuple[MissingMapping, ...]:
        """Ingredients of recipes in force that sites have no item for."""
        ...

    async def strange_movements(self, last: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Postings of the last deductions that touched another site, with the transaction."""
        ...

    async def odd_compensations(self, last: int, limit: int) -> tuple[str, ...]:
        """Transactions of the last deductions of which something else is out than their standing lines took."""
        ...

    async def deduction_counts(self, since: int) -> tuple[DeductionCount, ...]:
        """Deductions by site; recent are those of postings above a number."""
        ...

    async def refusal_counts(self, since: str) -> tuple[RefusalCount, ...]:
        """Refusals by site; recent are those from an hour on."""
        ...

    async def queue_counts(self) -> tuple[QueueCount, ...]:
        """Offline sales by site and status."""
        ...

    async def receipt(self, site_id: int, site: str, transaction: str) -> DeductionTrail | None:
        """A transaction of a site."""
        ...

    async def uses(self, found: PlaceIds, before: int, limit: int) -> tuple[Use, ...]:
        """The receipts that took from some holdings, newest first, below a number."""
        ...

    async def variances(self, found: PlaceIds, before: tuple[int, int], limit: int) -> tuple[Variance, ...]:
        """What was counted at some holdings, newest first, below a number and line."""
        ...

    async def mapped_items(self, site_id: int) -> tuple[str, ...]:
        """The items that ingredients are at a site."""
        ...

    async def mappings(self, site_id: int, after: tuple[str, str], limit: int) -> tuple[MappingAnswer, ...]:
        """What ingredients are at a site, in the order of their names, then of the units; after one of them."""
        ...
