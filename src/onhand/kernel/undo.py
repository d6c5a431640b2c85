"""
The undo plan: what has to be undone, newest first, so that a posting can be undone exactly.

A posting can be undone when every holding that its reversal draws from still has the goods, and every entity that
it changed still is as it left it. Where that is not so, later postings stand in the way; the plan finds them,
and what stands in their way, until all of it can be undone. A later posting and the reversal that undid it cancel out,
so neither stands in the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onhand.kernel.book import Book
from onhand.kernel.entities import CATALOG, ENTITIES
from onhand.kernel.entity import Entity, Snapshot
from onhand.kernel.lots.following import follows_goods
from onhand.kernel.posting import Change, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, State
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """
    The postings to undo, newest first; the last is the one that was asked for.

    `complete` is false where nothing left to undo would free what is missing; then all that came between is listed.
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
    numbers = wants.begun.setdefault(number, {number})
    while True:
        if not _loaded(book, wants, numbers):
            return None
        obstacle = _rehearse(book, sorted(numbers, reverse=True))
        if obstacle is None:
            return UndoPlan(tuple(sorted(numbers, reverse=True)))
        candidates = _candidates(book, wants, obstacle)
        if candidates is None:
            return None
        found = _enough(book, obstacle, [candidate for candidate in candidates if candidate not in numbers])
        if not found:
            return UndoPlan(tuple(sorted(numbers.union(candidates), reverse=True)), complete=False)
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
    of_catalog = [change for change in posting.changes if change.entity in CATALOG]
    if not of_catalog:
        return
    makes_only_known = len(of_catalog) == len(posting.changes) and not posting.movements
    if makes_only_known or any(change.before is not None for change in of_catalog):
        raise Refused("NOT_REVERTIBLE", number=number, detail="it changed the catalogue; define it anew")


def changes_to_undo(posting: Posting) -> list[Change]:
    """List the changes of a posting that its reversal turns round, last first; those of a holding's floor as one."""
    floors: dict[int, Change] = {}
    others: list[Change] = []
    for change in reversed(posting.changes):
        if change.entity != "holding":
            others.append(change)
        elif change.action == "policy":
            last = floors.get(change.entity_id, change)
            floors[change.entity_id] = last._replace(before=change.before)
    return [*floors.values(), *(change for change in others if not _stays(change))]


def _stays(change: Change) -> bool:
    """
    Tell whether a change stays when its posting is undone.

    Evidence is never undone, nor is the making of an entity with `outlives_undoing`: a lot that is empty again keeps
    its code.
    """
    if change.entity == "evidence":
        return True
    return change.before is None and ENTITIES[change.entity].outlives_undoing


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
        case "holding":
            wants.holdings.add(change.entity_id)
            return change.entity_id in book.holdings
        case _:
            wants.entities.add((change.entity, change.entity_id))
            return (change.entity, change.entity_id) in book.entities


def _rehearse(book: Book, numbers: Sequence[int]) -> _Obstacle | None:
    """Undo the postings in this order on copies, and give the first obstacle."""
    rehearsal = _Rehearsal(book)
    for number in numbers:
        check_revertible(book, number)
        obstacle = rehearsal.undo(book.posting(number))
        if obstacle is not None:
            return obstacle
    return None


class _Rehearsal:
    """Undoes postings on copies of what they touched, in the order in which they would be undone."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._balances: dict[int, list[int]] = {}
        self._shown: dict[tuple[str, int], Snapshot] = {}

    def undo(self, posting: Posting) -> _Obstacle | None:
        """Undo a posting, or give the first obstacle."""
        changes = changes_to_undo(posting)
        first = [change for change in changes if lowers_floor(change)]
        rest = [change for change in changes if not lowers_floor(change)]
        return (
            self._undo_changes(posting.number, first)
            or self._undo_movements(posting)
            or self._undo_changes(posting.number, rest)
        )

    def _undo_movements(self, posting: Posting) -> _Obstacle | None:
        for movement in reversed(posting.movements):
            cells = self._cells(movement.holding_id)
            source, target = movement.source, movement.target
            if target < STATES:
                cells[target] -= movement.quantity
                floor = self._floor(movement.holding_id) if target == State.AVAILABLE else 0
                if cells[target] < floor:
                    cell = movement.holding_id, int(target)
                    return _Obstacle(posting.number, cell=cell, missing=floor - cells[target])
            if source < STATES:
                cells[source] += movement.quantity
        return None

    def _undo_changes(self, number: int, changes: Sequence[Change]) -> _Obstacle | None:
        for change in changes:
            key = change.entity, change.entity_id
            if not alike(self._snapshot(*key), change.after):
                if follows_goods(change):
                    continue
                return _Obstacle(number, entity=key)
            self._shown[key] = change.before or change.after
            if change.entity == "holding":
                missing = self._floor(change.entity_id) - self._cells(change.entity_id)[State.AVAILABLE]
                if missing > 0:
                    return _Obstacle(number, cell=(change.entity_id, int(State.AVAILABLE)), missing=missing)
        return None

    def _cells(self, holding_id: int) -> list[int]:
        return self._balances.setdefault(holding_id, list(self._book.holdings[holding_id].balances))

    def _floor(self, holding_id: int) -> int:
        return int(self._snapshot("holding", holding_id)["floor"])

    def _snapshot(self, entity: str, entity_id: int) -> Snapshot:
        shown = self._shown.get((entity, entity_id))
        if shown is not None:
            return shown
        if entity == "holding":
            return self._book.holdings[entity_id].snapshot()
        return self._book.entities[entity, entity_id].snapshot()


def alike(current: Snapshot, left: Snapshot) -> bool:
    """Tell whether an entity is as a posting left it; versions only count on."""
    return {**current, "version": 0} == {**left, "version": 0}


def lowers_floor(change: Change) -> bool:
    """Tell whether undoing a change lowers a floor; that is done before the movements, all other changes after."""
    before = change.before
    return change.entity == "holding" and before is not None and before["floor"] < change.after["floor"]


def _candidates(book: Book, wants: Wants, obstacle: _Obstacle) -> list[int] | None:
    """
    List the later postings that may stand in the way, newest first; None where they are not loaded yet.

    Those are the ones that took from the state that lacks goods, and those that changed the entity (of a holding: its
    floor), unless they were undone, or only undid postings that are later as well.
    """
    later: set[int] = set()
    entity = obstacle.entity
    if obstacle.cell is not None:
        holding_id, state = obstacle.cell
        entity = ("holding", holding_id) if state == State.AVAILABLE else None
        taker = holding_id, state, obstacle.number
        wants.takers.add(taker)
        if taker not in book.takers:
            return None
        later.update(book.takers[taker])
    if entity is not None:
        chain = *entity, obstacle.number
        wants.chains.add(chain)
        if chain not in book.chains:
            return None
        later.update(book.chains[chain])
    if not _loaded(book, wants, later):
        return None
    standing = sorted((number for number in later if number not in book.reverted), reverse=True)
    taking_back = {number: _takes_back(book, wants, number, obstacle) for number in standing}
    if None in taking_back.values():
        return None
    return [number for number in standing if not taking_back[number]]


def _takes_back(book: Book, wants: Wants, number: int, obstacle: _Obstacle) -> bool | None:
    """
    Tell whether a posting is no obstacle: all that it did there merely undid postings later than the one to undo.

    A reversal of such a reversal does again what was undone, so it is an obstacle like any other act.

    Returns:
        None where more has to be loaded first.
    """
    wants.postings.add(number)
    posting = book.postings.get(number)
    if posting is None:
        return None
    wants.postings.update(posting.reverts)
    if not all(reverted in book.postings for reverted in posting.reverts):
        return None
    undone_there = [reverted for reverted in posting.reverts if _touches(book.posting(reverted), obstacle)]
    if not undone_there or min(undone_there) <= obstacle.number:
        return False
    found = [_takes_back(book, wants, reverted, obstacle) for reverted in undone_there]
    return None if None in found else not any(found)


def _touches(posting: Posting, obstacle: _Obstacle) -> bool:
    """Tell whether a posting did anything to the entity, or to the state of the holding, that is the obstacle."""
    if obstacle.cell is None:
        return any((change.entity, change.entity_id) == obstacle.entity for change in posting.changes)
    holding_id, state = obstacle.cell
    return any(
        movement.holding_id == holding_id and state in {movement.source, movement.target}
        for movement in posting.movements
    ) or any((change.entity, change.entity_id) == ("holding", holding_id) for change in posting.changes)


def _enough(book: Book, obstacle: _Obstacle, candidates: Sequence[int]) -> set[int]:
    """
    Choose which candidates are undone as well: the newest ones that free what is missing of the goods.

    Of those that changed an entity it is the newest alone; the plan is tried again with it, and may find the next.
    """
    if obstacle.cell is None:
        return set(candidates[:1])
    found: set[int] = set()
    missing = obstacle.missing
    for number in candidates:
        freed = _freed(book.posting(number), obstacle.cell)
        if freed > 0 and missing > 0:
            found.add(number)
            missing -= freed
    return found


def _freed(posting: Posting, cell: tuple[int, int]) -> int:
    """Count how much more there would be in a state of a holding, above its floor, were a posting undone."""
    holding_id, state = cell
    freed = 0
    for movement in posting.movements:
        if movement.holding_id == holding_id:
            freed += movement.quantity * ((movement.source == state) - (movement.target == state))
    for change in changes_to_undo(posting):
        if state == State.AVAILABLE and (change.entity, change.entity_id) == ("holding", holding_id) and change.before:
            freed += change.after["floor"] - change.before["floor"]
    return freed
