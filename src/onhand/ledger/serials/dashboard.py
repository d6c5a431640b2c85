"""The dashboard of a dealer: how much is where, what ends soon, what is wrong and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onhand.kernel.refusals import Refused
from onhand.ledger.asking import check_limit
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.serials.consistency import Discrepancy, discrepancy_of, inconsistencies_of
from onhand.ledger.serials.port import ExpiringReservation, LastStep

EXPIRING_SECONDS = 3600
EXPIRING_SECONDS_MAX = 30 * 24 * 3600


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
    inconsistencies: tuple[Discrepancy, ...]
    last_steps: tuple[LastStep, ...]
    throughput: Throughput


class DashboardQuestions(Namespace):
    """What a dealer looks at first."""

    _name = "reports"

    @question
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
        counts = await self._reading.lifecycle.counts()
        return Dashboard(
            serials_by_status=counts.serials,
            invoices_by_status=counts.invoices,
            reservations_by_status=counts.reservations,
            expiring=await self._reading.lifecycle.expiring(expiring_seconds, limit),
            inconsistencies=tuple(
                map(discrepancy_of, await inconsistencies_of(self._reading, self._actor, limit=limit))
            ),
            last_steps=await self._reading.lifecycle.last_steps(limit),
            throughput=await self._throughput(),
        )

    async def _throughput(self) -> Throughput:
        now = datetime.now(UTC)
        head = (await self._reading.head()).number
        spans = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
        counts = [head - await self._reading.number_at(now - span) for span in spans]
        return Throughput(last_minute=counts[0], last_hour=counts[1], last_day=counts[2])
