"""Set lot status: a lot goes live, on hold, into quarantine, or is closed."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.following import unsold
from onhand.kernel.lots.lot import Lot
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LOTS, Codes
from onhand.kernel.text import check_code
from onhand.kernel.transitions import LOT, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

_WITH_REASON = frozenset({"AWAITING_INTAKE", "ON_HOLD", "QUARANTINED", "CLOSED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLotStatus(Command):
    """Give a lot another status, as the table of transitions allows; the goods stay in the states where they are."""

    kind: ClassVar[str] = "lot_status"
    refuses: ClassVar[Codes] = OF_LOTS | {"REASON_REQUIRED", "INVALID_STATUS_TRANSITION", "LOT_NOT_EMPTY"}

    sku: str
    lot: str
    status: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.sku, "sku")
        check_code(self.lot, "lot")
        if self.status not in LOT:
            raise Refused("INVALID_COMMAND", detail=f"status is one of {', '.join(LOT)}")
        check_version(self.version)
        if self.reason is None and self.status in _WITH_REASON:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the lot."""
        del book
        want_lot(wants, self.sku, self.lot)
        return False

    def decide(self, draft: Draft) -> None:
        """Make the step, unless the goods contradict it."""
        lot = find_lot(draft, self.sku, self.lot)
        expect(lot, self.version, f"lot {lot.code}")
        check_transition(LOT, f"lot {lot.code}", lot.status, self.status)
        left = unsold(draft, lot)
        if left and self.status in {"SOLD_OUT", "CLOSED"}:
            raise Refused("LOT_NOT_EMPTY", sku=self.sku, lot=lot.code, on_hand=quantity_text(left), status=self.status)
        draft.change(lot, lot.next(status=self.status, status_since=draft.now), "status")


def want_lot(wants: Wants, sku: str, lot: str) -> None:
    """Want a lot, with which come all of its holdings."""
    wants.items.add(sku)
    wants.lots.add((sku, lot))


def find_lot(draft: Draft, sku: str, lot: str) -> Lot:
    """Find a lot by item and code."""
    return draft.book.lot(draft.book.item(sku), lot)
