"""Release a lot: its quarantine or hold ends, in all places at once."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.following import unsold
from onhand.kernel.lots.set_lot_status import find_lot, want_lot
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LOTS, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.transitions import LOT, check_transition
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLot(Command):
    """
    End the quarantine or hold of a lot: what is in quarantine or on hold is available again, in all places.

    The lot is LIVE, or SOLD_OUT where nothing of it is left.
    """

    kind: ClassVar[str] = "release_lot"
    refuses: ClassVar[Codes] = OF_LOTS | {"REASON_REQUIRED", "INVALID_STATUS_TRANSITION"}

    sku: str
    lot: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.sku, "sku")
        check_code(self.lot, "lot")
        check_version(self.version)
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the lot, with which come all of its holdings."""
        del book
        want_lot(wants, self.sku, self.lot)
        return False

    def decide(self, draft: Draft) -> None:
        """Move the goods of each place back, and change the status."""
        lot = find_lot(draft, self.sku, self.lot)
        expect(lot, self.version, f"lot {lot.code}")
        status = "LIVE" if unsold(draft, lot) else "SOLD_OUT"
        if lot.status != status:
            check_transition(LOT, f"lot {lot.code}", lot.status, status)
            draft.change(lot, lot.next(status=status, status_since=draft.now), "released")
        for holding in draft.book.lot_places.get(lot.id, ()):
            for state in (State.QUARANTINE, State.HOLD):
                if holding.balances[state] > 0:
                    draft.move(holding, state, State.AVAILABLE, holding.balances[state])
