"""Receive incoming: goods that were ordered come, in whole or in part, or will not come any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.moving_average import worth
from onhand.kernel.naming import Named
from onhand.kernel.outstanding import settle
from onhand.kernel.planning.purchase import Purchase
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.transitions import PURCHASE, check_transition
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveIncoming(Command):
    """
    Receive what was ordered: all that is expected, or some lines; a line of zero says that nothing of an item came.

    With `close`, what has not come is not expected any more; a purchase of which nothing ever came is cancelled.
    """

    kind: ClassVar[str] = "receive_incoming"
    refuses: ClassVar[Codes] = OF_LINES | {
        "INVALID_STATUS_TRANSITION",
        "INSUFFICIENT_INVENTORY",
        "INVALID_COST",
        "VALUE_TOO_LARGE",
        "PURCHASE_NOT_FOUND",
    }

    purchase: int
    lines: tuple[Line, ...] = ()
    close: bool = False

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.purchase, "purchase")
        if self.lines:
            check_lines(self.lines, least=0, costs=True)
        if len({(line.sku, line.unit_cost) for line in self.lines}) > len({line.sku for line in self.lines}):
            raise Refused("INVALID_COMMAND", detail="an item that comes has one unit_cost")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the purchase, then its holdings."""
        wants.entities.add(("purchase", self.purchase))
        known = book.entities.get(("purchase", self.purchase))
        if isinstance(known, Purchase):
            wants.holdings.update(line.holding_id for line in known.lines)
            return False
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name the purchase."""
        found = book.entities.get(("purchase", self.purchase))
        if isinstance(found, Purchase):
            yield Named(frozenset({found.site_id}), Refused("PURCHASE_NOT_FOUND", purchase=self.purchase))

    def decide(self, draft: Draft) -> None:
        """Move what came from incoming to available, and what will not come back to the supplier."""
        purchase = _purchase(draft.book, self.purchase)
        settled, waiting = settle(draft.book, purchase.lines, self.lines)
        came = [line for line in settled if line.quantity]
        status = "expected" if waiting and not self.close else "received"
        if self.close and not came and purchase.version == 1:
            status = "cancelled"
        check_transition(PURCHASE, f"purchase {purchase.id}", purchase.status, status)
        costs = {line.sku: line.unit_cost for line in self.lines}
        for line in came:
            holding = draft.book.holdings[line.holding_id]
            cost = costs.get(holding.place.sku)
            value = None if cost is None else worth(cost, line.quantity)
            draft.move(holding, State.INCOMING, State.AVAILABLE, line.quantity, value=value)
        if self.close:
            for line in waiting:
                draft.move(draft.book.holdings[line.holding_id], State.INCOMING, Outside.SUPPLIER, line.quantity)
            waiting = ()
        draft.change(purchase, purchase.next(status=status, lines=waiting), "received" if came else status)


def _purchase(book: Book, number: int) -> Purchase:
    found = book.entities.get(("purchase", number))
    if not isinstance(found, Purchase):
        raise Refused("PURCHASE_NOT_FOUND", purchase=number)
    return found
