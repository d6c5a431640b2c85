"""
What pieces must do, told a second time and otherwise: a list of names, and a copy of it for each act.

The model knows no movement, holding, entity or undo plan. An act is undone by comparing copies: it can be undone when
every piece that it touched still is as the act left it, or when the later acts that changed that are undone first.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Thing(NamedTuple):
    """A piece: its kind, where it is, its size in millionths, and the number of the promise that keeps it."""

    kind: str
    status: str
    size: int
    promise: int | None = None


Changed = Mapping[str, tuple[Thing | None, Thing | None]]
"""Each piece that was changed, before and after; None where it was not there."""


class Act(NamedTuple):
    """What an act changed, step by step; one that undoes several others has a step for each of their steps."""

    number: int
    steps: tuple[Changed, ...]
    undoes: tuple[int, ...] = ()


class No(Exception):  # noqa: N818 - the model refuses as the ledger does
    """The act cannot be done."""


class PieceModel:
    """Pieces by name, and every act so far."""

    def __init__(self) -> None:
        """Know nothing."""
        self.things: dict[str, Thing] = {}
        self.acts: dict[int, Act] = {}
        self.undone: set[int] = set()
        self._counts: dict[str, int] = {}

    def pieces(self) -> dict[str, tuple[str, str, int]]:
        """Give what is known of each piece."""
        return {code: (thing.kind, thing.status, thing.size) for code, thing in self.things.items()}

    def produce(self, number: int, kind: str, size: int, count: int) -> None:
        """Make pieces."""
        self._act(number, lambda: self._produce(kind, size, count))

    def _produce(self, kind: str, size: int, count: int) -> None:
        for _ in range(count):
            self._make(kind, size)

    def cut(self, number: int, code: str, lengths: Sequence[int], kerf: int, waste: int) -> None:
        """Cut a piece: walk along it with the saw."""
        self._act(number, lambda: self._cut(code, lengths, kerf, waste))

    def _cut(self, code: str, lengths: Sequence[int], kerf: int, waste: int) -> None:
        thing = self._here(code, {"available"})
        if thing.kind in {"bundle", "spare"}:
            raise No
        parts = [*lengths, *([waste] if waste else [])]
        left = thing.size
        for position, part in enumerate(parts):
            left -= part
            if position < len(parts) - 1:
                left -= kerf
        if left < 0:
            raise No
        self.things[code] = thing._replace(status="used")
        for length in lengths:
            self._make("cut", length)
        if left > kerf:
            self._make("offcut", left - kerf)

    def combine(self, number: int, codes: Sequence[str], size: int, bundles: int) -> None:
        """Pour the spares together and fill bundles from the heap."""
        self._act(number, lambda: self._combine(codes, size, bundles))

    def _combine(self, codes: Sequence[str], size: int, bundles: int) -> None:
        heap = 0
        for code in codes:
            thing = self._here(code, {"available"})
            if thing.kind != "spare":
                raise No
            heap += thing.size
            self.things[code] = thing._replace(status="used")
        for _ in range(bundles):
            heap -= size
            self._make("bundle", size)
        if heap < 0:
            raise No
        if heap:
            self._make("spare", heap)

    def turn(self, number: int, codes: Sequence[str], before: str, after: str) -> None:
        """Move pieces from one status to another."""

        def turn() -> None:
            for code in codes:
                thing = self._here(code, {before})
                promise = number if after == "reserved" else None
                self.things[code] = thing._replace(status=after, promise=promise)

        self._act(number, turn)

    def revert(self, number: int, target: int, *, cascade: bool) -> tuple[int, ...]:
        """Undo an act, with those in its way if told to; give all that was undone, newest first."""
        if target in self.undone or target not in self.acts:
            raise No
        plan = self._plan(target)
        if len(plan) > 1 and not cascade:
            raise No

        steps: list[Changed] = []
        for one in plan:
            for step in reversed(self.acts[one].steps):
                self._set_back(step)
                steps.append({code: (after, before) for code, (before, after) in step.items()})
        self.acts[number] = Act(number, tuple(steps), plan)
        self.undone |= set(plan)
        return plan

    def _plan(self, target: int) -> tuple[int, ...]:
        """Take every later act that stands and touched what an act of the plan touched, until none is left."""
        plan = {target}
        while True:
            blocker = self._blocker(plan)
            if blocker is None:
                return tuple(sorted(plan, reverse=True))
            plan.add(blocker)

    def _blocker(self, plan: set[int]) -> int | None:
        shown: dict[str, Thing | None] = dict(self.things)
        for number in sorted(plan, reverse=True):
            for step in reversed(self.acts[number].steps):
                for code, (before, after) in step.items():
                    if shown.get(code) != after:
                        return self._last_on(code, number, plan)
                    shown[code] = before
        return None

    def _last_on(self, code: str, since: int, plan: set[int]) -> int:
        later = [
            act.number
            for act in self.acts.values()
            if act.number > since
            and any(code in step for step in act.steps)
            and act.number not in plan | self.undone
            and not self._only_took_back(act, since, code)
        ]
        if not later:
            raise No
        return max(later)

    def _only_took_back(self, act: Act, since: int, code: str) -> bool:
        """Whether all that an act did to a piece was to undo what came after another act; undoing that did it again."""
        there = [number for number in act.undoes if any(code in step for step in self.acts[number].steps)]
        if not there or min(there) <= since:
            return False
        return not any(self._only_took_back(self.acts[number], since, code) for number in there)

    def _set_back(self, step: Changed) -> None:
        for code, (before, _) in step.items():
            if before is None:
                del self.things[code]
            else:
                self.things[code] = before

    def _here(self, code: str, statuses: set[str]) -> Thing:
        thing = self.things.get(code)
        if thing is None or thing.status not in statuses:
            raise No
        return thing

    def _make(self, kind: str, size: int) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        self.things[f"{kind.upper()}-{self._counts[kind]:06d}"] = Thing(kind, "available", size)

    def _act(self, number: int, change: Callable[[], object]) -> None:
        things, counts = dict(self.things), dict(self._counts)
        try:
            change()
        except No:
            self.things, self._counts = things, counts
            raise
        touched = [code for code in {**things, **self.things} if things.get(code) != self.things.get(code)]
        changed = {code: (things.get(code), self.things.get(code)) for code in touched}
        self.acts[number] = Act(number, (changed,))
