"""What both repairs need: the open promise, its part of a holding, and the moves that align the two."""

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.wants import Wants

OPEN = frozenset({"active", "releasing"})


def want_anew(wants: Wants) -> None:
    """Want a posting: a session whose book holds postings forgets it after the batch, and reads the tables anew."""
    wants.postings.add(1)


def check_reason(command: Command) -> None:
    """Refuse a repair without a reason."""
    if command.reason is None:
        raise Refused("REASON_REQUIRED")


def find_promise(book: Book, number: int | None) -> Reservation | None:
    """Find a reservation that is open."""
    found = book.entities.get(("reservation", number or 0))
    return found if isinstance(found, Reservation) and found.status in OPEN else None


def part_of(lines: tuple[tuple[int, int], ...] | None, holding: Holding) -> int:
    """Add up what lines say of a holding."""
    return sum(quantity for holding_id, quantity in lines or () if holding_id == holding.id)


def align(draft: Draft, holding: Holding, promised: int, sold: int) -> None:
    """First free what is bound too much, then bind what is bound too little."""
    wanted = ((State.RESERVED, promised), (State.SOLD, sold))
    for state, quantity in wanted:
        excess = holding.balances[state] - quantity
        if excess > 0:
            draft.move(holding, state, State.AVAILABLE, excess)
    for state, quantity in wanted:
        missing = quantity - holding.balances[state]
        if missing > 0:
            draft.move(holding, State.AVAILABLE, state, missing)
