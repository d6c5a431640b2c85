"""
The undo plan: what has to be undone, newest first, so that a posting can be undone exactly.

A posting can be undone when every holding that its reversal draws from still has the goods, and every entity that
it changed still is as it left it. Where that is not so, later postings stand in the way; the plan finds them,
and what stands in their way, until all of it can be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onhand.kernel.book import Book
from onhand.kernel.entities import CATALOG, ENTITIES, Entity, Snapshot
from onhand.kernel.posting import Change, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES
from onhand.kernel.wants import Wants

_KEPT = frozenset({"evidence", "lot"})
"""What stays when its posting is undone: what was seen was seen, and an empty lot keeps its code."""


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """
    The postings to undo, newest first; the last is the one that was asked for.

    `complete` is false where nothing left to undo would free what is missing.
    """

    numbers: tuple[int, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """What stops the undoing of a posting: a state of a holding that lacks goods, or an entity changed since."""

    number: int
    cell: tuple[int, int] | None = None
    missing: int = 0
    entity: tuple[str, int] | None = None


def plan_undo(book: Book, wants: Wants, number: int) -> UndoPlan | None:
    """
    Plan the undoing of a posting.

    Args:
        book: What is loaded.
        wants: Gets what is missing of the postings, holdings and later history.
        number: The posting to undo.

    Returns:
        The plan, or None where more has to be loaded first.

    Raises:
        Refused: POSTING_NOT_FOUND, ALREADY_REVERTED, NOT_REVERTIBLE.
    """
    numbers = {number}
    while True:
        if not _loaded(book, wants, numbers):
            return None
        obstacle = _rehearse(book, sorted(numbers, reverse=True))
        if obstacle is None:
            return UndoPlan(tuple(sorted(numbers, reverse=True)))
        candidates = _candidates(book, wants, obstacle)
        if candidates is None or not _loaded(book, wants, set(candidates)):
            return None
        found = _enough(book, obstacle, [candidate for candidate in candidates if candidate not in numbers])
        if not found:
            return UndoPlan(tuple(sorted(numbers, reverse=True)), complete=False)
        numbers |= found


def undone(entity: Entity, change: Change) -> Entity:
    """Give the version of an entity that stands when a change to it is undone."""
    if change.before is None:
        return entity.withdrawn()
    return ENTITIES[change.entity].restore({**change.before, "version": entity.version + 1})


def check_revertible(book: Book, number: int) -> None:
    """Refuse what cannot be undone at all."""
    posting = book.posting(number)
    if number in book.reverted:
        raise Refused("ALREADY_REVERTED", number=number, by=book.reverted[number])
    if any(change.entity in CATALOG for change in posting.changes):
        raise Refused("NOT_REVERTIBLE", number=number, detail="it changed the catalogue; define it anew")


def changes_to_undo(posting: Posting) -> list[Change]:
    """List the changes of a posting that its reversal turns round, last first."""
    return [
        change
        for change in reversed(posting.changes)
        if change.entity not in _KEPT and (change.entity, change.action) != ("holding", "opened")
    ]


def _loaded(book: Book, wants: Wants, numbers: set[int]) -> bool:
    """Want the postings and what they touched; true where all of it is there."""
    complete = True
    wants.postings.update(numbers)
    for number in numbers:
        posting = book.postings.get(number)
        if posting is None:
            complete = False
            continue
        wants.holdings.update(movement.holding_id for movement in posting.movements)
        complete = complete and all(movement.holding_id in book.holdings for movement in posting.movements)
        for change in changes_to_undo(posting):
            complete = _want_entity(book, wants, change) and complete
    return complete


def _want_entity(book: Book, wants: Wants, change: Change) -> bool:
    match change.entity:
        case "reservation":
            wants.reservations.add(change.entity_id)
        case "transfer":
            wants.transfers.add(change.entity_id)
        case "holding":
            wants.holdings.add(change.entity_id)
            return change.entity_id in book.holdings
        case "unit":
            pass  # comes with its holdings
        case _:
            return True
    return (change.entity, change.entity_id) in book.entities


def _rehearse(book: Book, numbers: Sequence[int]) -> _Obstacle | None:
    """Undo the postings in this order on copies, and give the first obstacle."""
    balances: dict[int, list[int]] = {}
    shown: dict[tuple[str, int], Snapshot] = {}
    for number in numbers:
        check_revertible(book, number)
        posting = book.posting(number)
        obstacle = _rehearse_movements(book, posting, balances) or _rehearse_changes(book, posting, shown)
        if obstacle is not None:
            return obstacle
    return None


def _rehearse_movements(book: Book, posting: Posting, balances: dict[int, list[int]]) -> _Obstacle | None:
    for movement in reversed(posting.movements):
        holding = book.holdings[movement.holding_id]
        cells = balances.setdefault(holding.id, list(holding.balances))
        source, target = movement.source, movement.target
        if target < STATES:
            cells[target] -= movement.quantity
            floor = holding.floor if target == 0 else 0
            if cells[target] < floor:
                return _Obstacle(posting.number, cell=(holding.id, int(target)), missing=floor - cells[target])
        if source < STATES:
            cells[source] += movement.quantity
    return None


def _rehearse_changes(book: Book, posting: Posting, shown: dict[tuple[str, int], Snapshot]) -> _Obstacle | None:
    for change in changes_to_undo(posting):
        key = change.entity, change.entity_id
        if not _alike(shown.get(key) or _current(book, change), change.after):
            return _Obstacle(posting.number, entity=key)
        shown[key] = change.before or change.after
    return None


def _current(book: Book, change: Change) -> Snapshot:
    if change.entity == "holding":
        return book.holdings[change.entity_id].snapshot()
    return book.entities[change.entity, change.entity_id].snapshot()


def _alike(current: Snapshot, left: Snapshot) -> bool:
    """Tell whether an entity is as a posting left it; versions only count on."""
    return {**current, "version": 0} == {**left, "version": 0}


def _candidates(book: Book, wants: Wants, obstacle: _Obstacle) -> Sequence[int] | None:
    """List the later postings that may stand in the way, newest first; None where they are not loaded yet."""
    if obstacle.cell is not None:
        taker = (*obstacle.cell, obstacle.number)
        wants.takers.add(taker)
        return book.takers.get(taker)
    if obstacle.entity is not None:
        chain = (*obstacle.entity, obstacle.number)
        wants.chains.add(chain)
        return book.chains.get(chain)
    return ()


def _enough(book: Book, obstacle: _Obstacle, candidates: Sequence[int]) -> set[int]:
    """Choose the newest postings whose undoing frees what is missing; all that changed the entity, if it is one."""
    if obstacle.cell is None:
        return set(candidates[:1])
    found: set[int] = set()
    missing = obstacle.missing
    for number in candidates:
        taken = _taken(book.posting(number), obstacle.cell)
        if taken > 0 and missing > 0:
            found.add(number)
            missing -= taken
    return found


def _taken(posting: Posting, cell: tuple[int, int]) -> int:
    holding_id, state = cell
    taken = 0
    for movement in posting.movements:
        if movement.holding_id == holding_id:
            taken += movement.quantity * ((movement.source == state) - (movement.target == state))
    return taken
