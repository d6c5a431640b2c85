"""Recall a lot: all of it goes into quarantine, in all places at once."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.set_lot_status import find_lot, want_lot
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LOTS, Codes
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallLot(Command):
    """
    Quarantine a lot everywhere: what is available or on hold goes into quarantine, and nothing is sold any more.

    What is promised stays promised, and what is on its way stays so, but neither can be handed over while the lot is
    QUARANTINED. A lot that is closed stays closed.
    """

    kind: ClassVar[str] = "recall"
    refuses: ClassVar[Codes] = OF_LOTS | {"REASON_REQUIRED"}

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
        """Move the goods of each place, and change the status."""
        lot = find_lot(draft, self.sku, self.lot)
        expect(lot, self.version, f"lot {lot.code}")
        for holding in draft.book.lot_places.get(lot.id, ()):
            for state in (State.AVAILABLE, State.HOLD):
                if holding.balances[state] > 0:
                    draft.move(holding, state, State.QUARANTINE, holding.balances[state])
        status = lot.status if lot.status == "CLOSED" else "QUARANTINED"
        since = lot.status_since if lot.status == status else draft.now
        draft.change(lot, lot.next(status=status, status_since=since), "recalled")
