"""Arrive: goods in transit are received, in whole or in part, with a reason for the difference."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_transfer
from onhand.kernel.outstanding import settle, settle_values
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.transit import Transit
from onhand.kernel.transitions import TRANSFER, check_transition
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive(Command):
    """
    Receive a transfer: all that is on its way, or some lines.

    With `close`, what has not come is written off as lost, and a reason is required; without, it stays on its way. A
    line of zero says that nothing of an item came.
    """

    kind: ClassVar[str] = "arrive"
    refuses: ClassVar[Codes] = OF_LINES | {
        "TRANSFER_NOT_FOUND",
        "REASON_REQUIRED",
        "INVALID_STATUS_TRANSITION",
        "INSUFFICIENT_INVENTORY",
        "PIECE_IS_WHOLE",
        "SERIAL_NOT_WHOLE",
        "VALUE_TOO_LARGE",
    }

    transfer: int
    lines: tuple[Line, ...] = ()
    close: bool = False

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.transfer, "transfer")
        if self.lines:
            check_lines(self.lines, least=0)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the transfer, then its holdings."""
        wants.entities.add(("transfer", self.transfer))
        known = book.entities.get(("transfer", self.transfer))
        if isinstance(known, Transit):
            wants.holdings.update(line.holding_id for line in known.lines)
            return False
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name the transfer."""
        return named_transfer(book, self.transfer)

    def decide(self, draft: Draft) -> None:
        """Move what came from incoming to available, and what is given up to loss."""
        transfer = draft.book.transfer(self.transfer)
        check_transition(TRANSFER, f"transfer {transfer.id}", transfer.status, "received")
        settled, waiting = settle(draft.book, transfer.lines, self.lines)
        if waiting and self.close and self.reason is None:
            raise Refused("REASON_REQUIRED")
        status = "in_transit" if waiting and not self.close else "received"
        values, values_left = settle_values(transfer.lines, transfer.line_values, settled)
        for line, value in zip(settled, values, strict=True):
            draft.move(
                draft.book.holdings[line.holding_id], State.INCOMING, State.AVAILABLE, line.quantity, value=value
            )
        if self.close:
            for line, value in zip(waiting, values_left or (0,) * len(waiting), strict=True):
                draft.move(
                    draft.book.holdings[line.holding_id], State.INCOMING, Outside.LOSS, line.quantity, value=value
                )
            waiting, values_left = (), None
        draft.change(transfer, transfer.next(status=status, lines=waiting, line_values=values_left), "received")
