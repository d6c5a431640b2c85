"""Sound an alarm: what a worker finds of the ledger as a whole raises an alert, and resolves it when it is over."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.check_alerts import Subject, follow
from onhand.kernel.refusals import Refused
from onhand.kernel.wants import Wants

ALARMS = {"inconsistency": "critical", "failure_rate": "warning", "slow_operations": "warning"}
"""The rules that are about the whole ledger, each with the severity of its alerts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundAlarm(Command):
    """Raise the alert of a rule about the whole ledger, with `data` as its facts, or resolve it."""

    kind: ClassVar[str] = "alarm"

    rule: str
    stands: bool

    def check(self) -> None:
        """Refuse what is not well formed."""
        if self.rule not in ALARMS:
            raise Refused("INVALID_COMMAND", detail=f"an alarm is one of {', '.join(ALARMS)}")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the alert."""
        del book
        wants.names.add(("alert", *self._subject))
        return False

    def decide(self, draft: Draft) -> None:
        """Make the step that was told, if it is one."""
        follow(draft, self._subject, dict(self.data or {}) if self.stands else None, ALARMS[self.rule])

    @property
    def _subject(self) -> Subject:
        return Subject(self.rule, 0, 0, 0)
