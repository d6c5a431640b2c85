"""Check alerts: they are raised and resolved by the facts as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.lots.alert import Alert
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.stock_level import StockLevel
from onhand.kernel.naming import Named
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.states import State
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants

SEVERITIES = {
    "low_stock": "warning",
    "out_of_stock": "critical",
    "negative": "critical",
    "expiring": "warning",
    "expired": "critical",
    "on_hold": "warning",
}
"""The rules, each with the severity of its alerts."""
_OF_LOTS = frozenset({"expiring", "expired", "on_hold"})
_HELD = frozenset({"ON_HOLD", "QUARANTINED"})
_DAYS_MAX = 3650


class Subject(NamedTuple):
    """What a rule is about, in ids: a lot with its item, or an item at a site; zero stands where there is none."""

    rule: str
    site_id: int
    item_id: int
    lot_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAlerts(Command):
    """Raise and resolve the alerts of some subjects, as the facts say now."""

    kind: ClassVar[str] = "watch"
    refuses: ClassVar[Codes] = frozenset({"TOO_MANY_LINES"})

    subjects: tuple[Subject, ...]
    expiring_days: int = 30
    hold_days: int = 14

    def check(self) -> None:
        """Refuse what is not well formed."""
        if len(self.subjects) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(self.subjects), lines_max=LINES_MAX)
        for subject in self.subjects:
            if subject.rule not in SEVERITIES:
                raise Refused("INVALID_COMMAND", detail=f"a rule is one of {', '.join(SEVERITIES)}")
            for number in subject[1:]:
                check_number(number, "subject", least=0)
        for days in (self.expiring_days, self.hold_days):
            if check_number(days, "days", least=0) > _DAYS_MAX:
                raise Refused("INVALID_COMMAND", detail=f"days are 0 to {_DAYS_MAX}")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the alerts, and what they are about; a place is wanted by the names of its site and item."""
        for subject in self.subjects:
            wants.names.add(("alert", *subject))
            wants.entities.add(("item", subject.item_id))
            if subject.rule in _OF_LOTS:
                wants.entities.add(("lot", subject.lot_id))
                continue
            wants.entities.add(("site", subject.site_id))
            wants.names.add(("stock_level", subject.site_id, subject.item_id))
            site, item = book.entities.get(("site", subject.site_id)), book.entities.get(("item", subject.item_id))
            if isinstance(site, Site) and isinstance(item, Item):
                wants.sites.add(site.code)
                wants.items.add(item.sku)
                wants.places.add((site.code, item.sku))
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites of the subjects."""
        del book
        for subject in self.subjects:
            if subject.site_id:
                detail = f"there is no item {subject.item_id} at site {subject.site_id}"
                yield Named(frozenset({subject.site_id}), Refused("INVALID_COMMAND", detail=detail))

    def decide(self, draft: Draft) -> None:
        """Look at each fact, and make the step that it asks for."""
        for subject in self.subjects:
            facts = self._lot_facts(draft, subject) if subject.rule in _OF_LOTS else _place_facts(draft, subject)
            follow(draft, subject, facts, SEVERITIES[subject.rule])

    def _lot_facts(self, draft: Draft, subject: Subject) -> dict[str, Any] | None:
        lot = draft.book.entities.get(("lot", subject.lot_id))
        if not isinstance(lot, Lot) or lot.item_id != subject.item_id:
            raise Refused("INVALID_COMMAND", detail=f"there is no lot {subject.lot_id} of item {subject.item_id}")
        left = sum(holding.on_hand for holding in draft.book.lot_places.get(lot.id, ()))
        told = {"lot": lot.code, "on_hand": quantity_text(left)}
        if left <= 0:
            return None
        if subject.rule == "on_hold":
            held = lot.status in _HELD and (lot.status_since or draft.now) <= draft.now - timedelta(self.hold_days)
            return {**told, "status": lot.status} if held else None
        if lot.expires_on is None or lot.is_expired(draft.today) != (subject.rule == "expired"):
            return None
        is_near = lot.expires_on <= draft.today + timedelta(self.expiring_days)
        return {**told, "expires_on": lot.expires_on.isoformat()} if is_near else None


def _place_facts(draft: Draft, subject: Subject) -> dict[str, Any] | None:
    site = draft.book.entities.get(("site", subject.site_id))
    item = draft.book.entities.get(("item", subject.item_id))
    if not isinstance(site, Site) or not isinstance(item, Item):
        raise Refused("INVALID_COMMAND", detail=f"there is no item {subject.item_id} at site {subject.site_id}")
    holdings = draft.book.at(site, item)
    available = sum(holding.balances[State.AVAILABLE] for holding in holdings)
    told = {"site": site.code, "sku": item.sku, "available": quantity_text(available)}
    if subject.rule == "negative":
        return told if any(holding.balances[State.AVAILABLE] < 0 for holding in holdings) else None
    level = draft.book.names.get(("stock_level", site.id, item.id))
    if not isinstance(level, StockLevel) or level.low < 0 or available > level.low:
        return None
    is_out = available <= 0
    return {**told, "low": quantity_text(level.low)} if is_out == (subject.rule == "out_of_stock") else None


def follow(draft: Draft, subject: Subject, facts: dict[str, Any] | None, severity: str) -> None:
    """Raise the alert of a subject, or resolve it where there are no facts for it; one that stands already stays."""
    known = draft.book.names.get(("alert", *subject))
    if not isinstance(known, Alert):
        if facts is not None:
            draft.make(
                Alert(
                    id=draft.next_id(),
                    **subject._asdict(),
                    severity=severity,
                    status="open",
                    raised_at=draft.now,
                    facts=facts,
                )
            )
    elif facts is None and known.status != "resolved":
        draft.change(known, known.next(status="resolved", resolved_at=draft.now), "resolved")
    elif facts is not None and known.status == "resolved":
        draft.change(known, known.next(status="open", raised_at=draft.now, resolved_at=None, facts=facts), "raised")
