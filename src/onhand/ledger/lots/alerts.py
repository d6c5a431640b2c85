"""Alerts as their users see them: raised and resolved by the facts, acknowledged by people."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Unpack

from onhand.kernel.lots.acknowledge_alert import AcknowledgeAlert
from onhand.kernel.lots.check_alerts import SEVERITIES, CheckAlerts, Subject
from onhand.kernel.lots.set_low_stock import SetLowStock
from onhand.kernel.lots.sound_alarm import ALARMS
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import ALERT
from onhand.ledger.asking import check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.port import Reading
from onhand.ledger.engine.acting import About
from onhand.ledger.lots.port import AlertAnswer
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.reading_lines import LineLike, lines_of

_SUBJECTS_MAX = 1000
STANDING = ("open", "acknowledged")


class LotAlerts(Namespace):
    """What somebody should see to."""

    _name = "lots"

    @verb
    async def check_alerts(self, *, expiring_days: int = 30, hold_days: int = 14) -> list[Posting]:
        """
        Raise the alerts that the facts ask for and resolve those that they do not ask for any more.

        Safe to run by any number of processes at once: what is true is looked at again in each posting, so an alert is
        raised and resolved once.
        """
        made: list[Posting] = []
        while True:
            today = datetime.now(UTC).date()
            found = await self._reading.lots.alert_subjects(
                today,
                today + timedelta(expiring_days),
                datetime.now(UTC) - timedelta(hold_days),
                _SUBJECTS_MAX,
            )
            if not found:
                return made
            number = (await self._reading.head()).number
            command = CheckAlerts(
                key=f"watch/{today}/{number}/{expiring_days}/{hold_days}",
                actor=self._actor,
                subjects=tuple(Subject(*subject) for subject in found),
                expiring_days=expiring_days,
                hold_days=hold_days,
            )
            posting = await self._post(command)
            if not posting.changes or posting.replayed:
                return made
            made.append(posting)

    @verb
    async def acknowledge_alert(self, *, alert: int, **about: Unpack[About]) -> Posting:
        """Say that somebody sees to an alert; only the facts resolve it."""
        return await self._do(AcknowledgeAlert(alert=alert, **self._told(about)), about)

    @verb
    async def set_low_stock(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Set up to what quantity items are low at a site."""
        return await self._do(SetLowStock(site=site, lines=lines_of(lines), **self._told(about)), about)

    @question
    async def list_alerts(
        self, *, status: str | None = None, rule: str | None = None, after: str | None = None, limit: int = 50
    ) -> Page[AlertAnswer]:
        """List alerts, the latest first: those that are open or acknowledged, unless a status is told."""
        check_page(limit)
        if status not in {None, *ALERT}:
            raise Refused("INVALID_COMMAND", detail=f"status is one of {', '.join(ALERT)}")
        if rule not in {None, *SEVERITIES, *ALARMS}:
            raise Refused("INVALID_COMMAND", detail=f"rule is one of {', '.join((*SEVERITIES, *ALARMS))}")
        cursor = await self._cursor("alerts", status, rule)
        (spot,) = cursor.read(after, int) or (None,)
        statuses = STANDING if status is None else (status,)
        rows = await self._reading.lots.alerts(statuses, rule, spot, limit + 1)
        return cursor.page(rows, limit, lambda alert: (alert.id,))

    @question
    async def count_alerts(self) -> Mapping[str, int]:
        """Count the alerts that are open or acknowledged, by their rules; those about the whole ledger also if none."""
        return await alert_counts(self._reading)


async def alert_counts(reading: Reading) -> Mapping[str, int]:
    """Count the alerts that stand, by their rules; those about the whole ledger also if none."""
    return {**dict.fromkeys(ALARMS, 0), **await reading.lots.alert_counts(STANDING)}
