"""Whether recipes and deductions are in order: one check for each thing that can go wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onhand.ledger.recipes.port import RecipesReading

TRIGGERS = (
    "posting_is_append_only",
    "movement_is_append_only",
    "change_is_append_only",
    "holding_stays_where_it_is",
    "deduction_parts_of_its_site",
    "deduction_stays_what_it_is",
    "deduction_follows_its_transitions",
    "offline_sale_is_never_dropped",
    "offline_sale_follows_its_transitions",
)
"""The triggers that stand behind the kernel."""

CONSTRAINTS = (
    "posting_pkey",
    "posting_key_unique",
    "reversal_pkey",
    "holding_available_not_below_floor",
    "recipe_product_unique",
    "mapping_ingredient_unique",
    "deduction_transaction_unique",
    "offline_sale_transaction_unique",
    "offline_sale_is_decided_by_somebody",
)
"""The constraints that stand behind the kernel."""

KEYS_LOOKED_AT = 10_000
DEDUCTIONS_LOOKED_AT = 10_000
"""So many of the last postings and deductions are looked at; `verify` looks at all."""

ATTEMPTS_MIN = 20
"""Of fewer attempts a rate says nothing."""
RATE_WARNING, RATE_CRITICAL = 0.95, 0.80
AGE_WARNING, AGE_CRITICAL = timedelta(hours=1), timedelta(hours=24)

_TOLD_MAX = 20


class HealthStatus(StrEnum):
    """How things stand, the better ones first."""

    HEALTHY = "healthy"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one check found; `findings` are the first few."""

    name: str
    status: HealthStatus
    detail: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All checks; as a whole things stand as with the worst of them."""

    checks: tuple[Check, ...]

    @property
    def status(self) -> HealthStatus:
        """How things stand."""
        order = list(HealthStatus)
        return max((check.status for check in self.checks), key=order.index, default=HealthStatus.HEALTHY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of the last day that are judged."""

    deducted: int
    refused: int
    oldest_waiting: datetime | None

    def checks(self, now: datetime) -> tuple[Check, Check]:
        """Judge the rate of success and the age of the queue."""
        return self._rate(), self._age(now)

    def _rate(self) -> Check:
        tried = self.deducted + self.refused
        rate = self.deducted / tried if tried else 1.0
        status = HealthStatus.HEALTHY
        if tried >= ATTEMPTS_MIN and rate < RATE_WARNING:
            status = HealthStatus.CRITICAL if rate < RATE_CRITICAL else HealthStatus.WARNING
        return Check(
            name="success rate",
            status=status,
            detail=f"{self.deducted} of {tried} deductions of the last 24 hours succeeded",
        )

    def _age(self, now: datetime) -> Check:
        if self.oldest_waiting is None:
            return Check(name="queue age", status=HealthStatus.HEALTHY, detail="no offline sale waits")
        age = now - self.oldest_waiting
        status = HealthStatus.HEALTHY
        if age >= AGE_WARNING:
            status = HealthStatus.CRITICAL if age >= AGE_CRITICAL else HealthStatus.WARNING
        minutes = int(age.total_seconds() // 60)
        return Check(
            name="queue age", status=status, detail=f"the oldest offline sale that waits arrived {minutes} minutes ago"
        )


async def checks_of(reading: RecipesReading, head: int, moment: int) -> tuple[Check, ...]:
    """
    Look at the database.

    Args:
        reading: Asks it.
        head: The number of the last posting.
        moment: Now, in microseconds since 1970.
    """
    guards = await reading.guards_missing(TRIGGERS, CONSTRAINTS)
    twice = await reading.keys_used_twice(max(head - KEYS_LOOKED_AT, 0), _TOLD_MAX)
    keys = [f"the key of posting {number} is used again" for number in twice]
    if "posting_key_unique" in guards:
        keys.append("keys need not be unique: posting_key_unique is missing")
    missing = await reading.mappings_missing(moment, _TOLD_MAX)
    strange = await reading.strange_movements(DEDUCTIONS_LOOKED_AT, _TOLD_MAX)
    odd = await reading.odd_compensations(DEDUCTIONS_LOOKED_AT, _TOLD_MAX)
    return (
        _check(
            "schema and triggers",
            HealthStatus.CRITICAL,
            "guards are in place",
            [f"{name} is missing" for name in guards],
        ),
        _check("idempotency", HealthStatus.CRITICAL, "each key stands for one posting", keys),
        _check(
            "mappings",
            HealthStatus.WARNING,
            "every ingredient of a recipe in force has an item at each site that has mappings",
            [f"{row.product} needs {row.ingredient} ({row.unit}), which is no item at {row.site}" for row in missing],
        ),
        _check(
            "cross-store deductions",
            HealthStatus.CRITICAL,
            "no deduction touched another store",
            [
                f"posting {number} of transaction {transaction} moved goods of another store"
                for number, transaction in strange
            ],
        ),
        _check(
            "compensations",
            HealthStatus.CRITICAL,
            "what was voided was put back, exactly",
            [f"transaction {transaction} has not taken what its standing lines say" for transaction in odd],
        ),
    )


def _check(name: str, otherwise: HealthStatus, fine: str, findings: Sequence[str]) -> Check:
    if not findings:
        return Check(name=name, status=HealthStatus.HEALTHY, detail=fine)
    return Check(name=name, status=otherwise, detail=findings[0], findings=tuple(findings))
