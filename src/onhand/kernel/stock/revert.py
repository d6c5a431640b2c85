"""Revert: an act is undone, exactly, or it is said what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import time_text
from onhand.kernel.lots.following import RESTOCKED, SOLD_OUT, follows_goods
from onhand.kernel.lots.lot import Lot
from onhand.kernel.naming import Named, named_posting
from onhand.kernel.posting import Change, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.transitions import LOT, check_transition
from onhand.kernel.undo import alike, changes_to_undo, check_revertible, lowers_floor, plan_undo, undone
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Revert(Command):
    """
    Undo a posting: every movement turned round, every change set back.

    With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same posting.
    A reversal is an act like any other and can be undone itself.
    """

    kind: ClassVar[str] = "revert"
    alone: ClassVar[bool] = True
    refuses: ClassVar[Codes] = frozenset(
        {
            "QUANTITY_TOO_LARGE",
            "POSTING_NOT_FOUND",
            "INVALID_STATUS_TRANSITION",
            "NOT_REVERTIBLE",
            "ALREADY_REVERTED",
            "REVERT_BLOCKED",
        }
    )

    number: int
    cascade: bool = False
    of_kind: str | None = None
    """The kind that the posting has to be of, where the caller means to undo nothing else."""

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.number, "number")
        if self.of_kind is not None:
            check_code(self.of_kind, "of_kind")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the posting, then what it touched, then what touched that later."""
        return plan_undo(book, wants, self.number) is None

    def named(self, book: Book) -> Iterable[Named]:
        """Name the posting."""
        return named_posting(book, self.number)

    def decide(self, draft: Draft) -> None:
        """Undo what the plan says."""
        book = draft.book
        kind = book.posting(self.number).kind
        if self.of_kind not in {None, kind}:
            raise Refused("NOT_REVERTIBLE", number=self.number, detail=f"it is a {kind}, not a {self.of_kind}")
        check_revertible(book, self.number)
        plan = plan_undo(book, Wants(draft.today), self.number)
        if plan is None or not plan.complete or (len(plan.numbers) > 1 and not self.cascade):
            numbers = () if plan is None else plan.numbers[:-1]
            blockers = [_blocker(book.posting(number)) for number in numbers]
            raise Refused("REVERT_BLOCKED", number=self.number, blockers=blockers)
        draft.is_undoing = True
        for number in plan.numbers:
            _undo(draft, book.posting(number))
        draft.reverts = plan.numbers


def _undo(draft: Draft, posting: Posting) -> None:
    changes = changes_to_undo(posting)
    for change in changes:
        if lowers_floor(change):
            _undo_change(draft, change)
    for movement in reversed(posting.movements):
        holding = draft.book.holdings[movement.holding_id]
        draft.move(holding, movement.target, movement.source, movement.quantity, value=movement.value)
    for change in changes:
        if not lowers_floor(change):
            _undo_change(draft, change)


def _undo_change(draft: Draft, change: Change) -> None:
    if change.entity == "holding":
        before = 0 if change.before is None else change.before["floor"]
        draft.set_floor(draft.book.holdings[change.entity_id], before)
        return
    current = draft.book.entities[change.entity, change.entity_id]
    action = "reverted"
    if follows_goods(change):
        if not alike(current.snapshot(), change.after):
            return  # the goods say what it is now
        action = RESTOCKED if change.action == SOLD_OUT else SOLD_OUT
    if isinstance(current, Lot) and change.before is not None and change.before["status"] != current.status:
        check_transition(LOT, f"lot {current.code}", current.status, change.before["status"])
    draft.change(current, undone(current, change), action)


def _blocker(posting: Posting) -> dict[str, object]:
    told = {
        "posting": posting.number,
        "kind": posting.kind,
        "by": posting.actor,
        "at": time_text(posting.recorded_at),
        "document": posting.document_id,
        "reason": posting.reason,
    }
    return {name: value for name, value in told.items() if value is not None}
