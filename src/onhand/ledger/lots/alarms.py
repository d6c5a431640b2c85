"""Alarms: what is wrong with the ledger as a whole, found by whoever checks it, and told as alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from onhand.kernel.lots.sound_alarm import SoundAlarm
from onhand.kernel.posting import Posting
from onhand.ledger.lots.alerts import alert_counts
from onhand.ledger.namespace import Namespace, verb
from onhand.ledger.recipes.health import Check, HealthStatus

SLOW_SECONDS = 1.0
"""An act that takes longer than this is slow."""

_PROBES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFindings:
    """What a check found: each thing that is not as it should be in a sentence, and how deductions succeed."""

    inconsistencies: Sequence[str]
    success_rate: Check


class Alarms(Namespace):
    """Raises and resolves the alerts about the whole ledger."""

    _name = "worker"

    @verb
    async def sound_alarms(self, found: CheckFindings, *, slow_seconds: float = SLOW_SECONDS) -> list[Posting]:
        """
        Raise the alerts that a check asks for, and resolve those that it does not ask for any more.

        Safe to run by any number of processes at once: an alert that stands already stays, and where nothing changes
        nothing is posted.

        Args:
            found: What the check found.
            slow_seconds: How long an act may take. Some are tried, without being done, and the quickest counts.
        """
        told = {
            "inconsistency": _inconsistent(found.inconsistencies),
            "failure_rate": _failing(found.success_rate),
            "slow_operations": _slow(await self._quickest(), slow_seconds),
        }
        standing = {rule for rule, count in (await alert_counts(self._reading)).items() if count}
        number = (await self._reading.head()).number
        changed = [(rule, facts) for rule, facts in told.items() if (facts is not None) != (rule in standing)]
        postings = [
            await self._post(
                SoundAlarm(
                    key=f"alarm/{rule}/{number}", actor=self._actor, rule=rule, stands=facts is not None, data=facts
                )
            )
            for rule, facts in changed
        ]
        return [posting for posting in postings if not posting.replayed]

    async def _quickest(self) -> float:
        """Try some acts without doing them; gives how many seconds the quickest took."""
        seconds = []
        for _ in range(_PROBES):
            begun = perf_counter()
            await self._post(
                SoundAlarm(key="probe", actor=self._actor, rule="slow_operations", stands=False), dry_run=True
            )
            seconds.append(perf_counter() - begun)
        return min(seconds)


def _inconsistent(found: Sequence[str]) -> dict[str, Any] | None:
    return {"found": len(found), "first": found[0][:500]} if found else None


def _failing(check: Check) -> dict[str, Any] | None:
    return None if check.status == HealthStatus.HEALTHY else {"status": str(check.status), "detail": check.detail}


def _slow(seconds: float, limit: float) -> dict[str, Any] | None:
    return {"milliseconds": round(seconds * 1000), "limit": round(limit * 1000)} if seconds > limit else None
