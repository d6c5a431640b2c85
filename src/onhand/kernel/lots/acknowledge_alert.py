"""Acknowledge an alert: somebody sees to it; only the facts resolve it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.lots.alert import Alert
from onhand.kernel.naming import Named
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.transitions import ALERT, check_transition
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlert(Command):
    """Say that somebody sees to an alert; only the facts resolve it."""

    kind: ClassVar[str] = "acknowledge"
    refuses: ClassVar[Codes] = frozenset({"INVALID_STATUS_TRANSITION", "ALERT_NOT_FOUND"})

    alert: int

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.alert, "alert")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the alert."""
        del book
        wants.entities.add(("alert", self.alert))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the alert."""
        found = book.entities.get(("alert", self.alert))
        if isinstance(found, Alert):
            yield Named(frozenset({found.site_id}), Refused("ALERT_NOT_FOUND", alert=self.alert))

    def decide(self, draft: Draft) -> None:
        """Make the step."""
        alert = draft.book.entities.get(("alert", self.alert))
        if not isinstance(alert, Alert):
            raise Refused("ALERT_NOT_FOUND", alert=self.alert)
        check_transition(ALERT, f"alert {alert.id}", alert.status, "acknowledged")
        draft.change(alert, alert.next(status="acknowledged"), "acknowledged")
