"""The kernel against a second ledger: whatever is asked, both give the same answer and hold the same stock."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from onhand.kernel.command import Command, Line
from onhand.kernel.posting import Posting
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.stock.transit import Transit
from tests.property.model import Below, Ended, Model, Open, Part, Short
from tests.property.world import furnished, zero_sums

SITES = st.sampled_from(("london", "leeds"))
ITEMS = st.sampled_from(("A", "B"))
LOTS = st.sampled_from((None, None, "EARLY", "LATE"))
UNITS = st.integers(1, 5)
PARTS = st.lists(st.tuples(ITEMS, UNITS, LOTS), min_size=1, max_size=3)
STATES = st.sampled_from(("available", "quarantine", "hold"))
EXPIRES_ON = {"EARLY": date(2026, 3, 1), "LATE": date(2026, 6, 1), None: None}


def _lines(parts: Sequence[Part]) -> tuple[Line, ...]:
    return tuple(Line(item, quantity, lot) for item, quantity, lot in parts)


class Ledgers(RuleBasedStateMachine):
    """The world and the model, told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.world = furnished()
        self.model = Model()
        self.expires: dict[int, datetime] = {}
        self.before: dict[int, Model] = {}
        """The model before each posting, by its number."""

    @initialize()
    def open(self) -> None:
        """Make the lots known, the one that expires first received last."""
        for lot in ("LATE", "EARLY", None):
            self.receive("london", "A", 4, lot)
            self.receive("london", "B", 2, lot)
            self.receive("leeds", "A", 3, lot)

    # ---- what is asked of both

    @rule(site=SITES, item=ITEMS, quantity=UNITS, lot=LOTS)
    def receive(self, site: str, item: str, quantity: int, lot: str | None) -> None:
        """Goods come in."""
        command = Receive(key=self._key(), site=site, lines=_lines([(item, quantity, lot)]), expires_on=EXPIRES_ON[lot])
        self._same(command, lambda model: model.add(site, item, lot, "available", quantity))

    @rule(site=SITES, parts=PARTS)
    def sell(self, site: str, parts: list[Part]) -> None:
        """Goods are sold."""
        self._same(
            Sell(key=self._key(), site=site, lines=_lines(parts)), lambda model: model.take(site, parts, owed=True)
        )

    @rule(site=SITES, item=ITEMS, quantity=UNITS, lot=LOTS)
    def take_back(self, site: str, item: str, quantity: int, lot: str | None) -> None:
        """Goods come back, into quarantine."""
        lines = (Line(item, quantity, lot, state=State.QUARANTINE),)
        self._same(
            TakeBack(key=self._key(), site=site, lines=lines),
            lambda model: model.add(site, item, lot, "quarantine", quantity),
        )

    @rule(site=SITES, parts=PARTS, seconds=st.none() | st.integers(1, 9))
    def reserve(self, site: str, parts: list[Part], seconds: int | None) -> None:
        """Goods are promised, for a time or not."""
        expires_at = None if seconds is None else self.world.now + timedelta(seconds=seconds)
        command = Reserve(key=self._key(), site=site, lines=_lines(parts), expires_at=expires_at)
        posting = self._same(command, lambda model: model.reserve(0, site, parts))
        if posting is not None:
            name = posting.made("reservation")
            self.model.promises[name] = self.model.promises.pop(0)
            if expires_at is not None:
                self.expires[name] = expires_at

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        """A promise is taken back."""
        name = self._pick(data, self.model.promises)
        self._same(
            ReleaseReservation(key=self._key(), reservation=name), lambda model: model.end_promise(name, sold=False)
        )

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data(), in_part=st.booleans())
    def commit(self, data: st.DataObject, *, in_part: bool) -> None:
        """A promise is kept, wholly or in part."""
        name = self._pick(data, self.model.promises)
        parts = self._some(data, self.model.promises[name]) if in_part else []
        command = CommitReservation(key=self._key(), reservation=name, lines=_lines(parts))
        self._same(command, lambda model: model.end_promise(name, sold=True, parts=parts))

    @precondition(lambda self: self.model.promises)
    @rule(data=st.data(), seconds=st.integers(0, 9))
    def expire(self, data: st.DataObject, seconds: int) -> None:
        """Time passes, and a promise is expired, if it is due."""
        self.world.pass_time(seconds)
        name = self._pick(data, self.model.promises)
        command = ExpireReservation(key=self._key(), reservation=name)
        due = name in self.expires and self.expires[name] <= self.world.now
        if self.model.promises[name] and not due:
            assert self.world.refusal(command).code == "RESERVATION_NOT_EXPIRED"
        else:
            self._same(command, lambda model: model.end_promise(name, sold=False))

    @rule(site=SITES, parts=PARTS, in_transit=st.booleans())
    def send(self, site: str, parts: list[Part], *, in_transit: bool) -> None:
        """Goods go to the other site."""
        target = "leeds" if site == "london" else "london"
        command = Transfer(key=self._key(), site=site, target=target, lines=_lines(parts), in_transit=in_transit)
        posting = self._same(command, lambda model: model.send(0 if in_transit else None, site, target, parts))
        if posting is not None and in_transit:
            self.model.ways[posting.made("transfer")] = self.model.ways.pop(0)

    @precondition(lambda self: self.model.ways)
    @rule(data=st.data(), in_part=st.booleans(), close=st.booleans())
    def arrive(self, data: st.DataObject, *, in_part: bool, close: bool) -> None:
        """Goods arrive, wholly or in part, and what is missing is given up or not."""
        name = self._pick(data, self.model.ways)
        parts = self._some(data, self.model.ways[name], least=0) if in_part else []
        command = Arrive(key=self._key(), transfer=name, lines=_lines(parts), close=close, reason="as it came")
        self._same(command, lambda model: model.arrive(name, parts, close=close))

    @rule(site=SITES, parts=PARTS, left=STATES, entered=STATES)
    def move(self, site: str, parts: list[Part], left: str, entered: str) -> None:
        """Goods change their state."""
        if left == entered:
            return

        def moved(model: Model) -> None:
            for item, lot, quantity in model.take(site, parts, left):
                model.add(site, item, lot, entered, quantity)

        source, target = State[left.upper()], State[entered.upper()]
        command = Move(key=self._key(), site=site, lines=_lines(parts), source=source, target=target, reason="seen")
        self._same(command, moved)

    @rule(site=SITES, item=ITEMS, quantity=st.integers(-5, 5), lot=LOTS)
    def adjust(self, site: str, item: str, quantity: int, lot: str | None) -> None:
        """Goods are found or lost."""
        if not quantity:
            return

        def adjusted(model: Model) -> None:
            if quantity > 0:
                model.add(site, item, lot, "available", quantity)
            else:
                model.take(site, [(item, -quantity, lot)])

        self._same(Adjust(key=self._key(), site=site, lines=_lines([(item, quantity, lot)]), reason="seen"), adjusted)

    @rule(site=SITES, item=ITEMS, quantity=st.integers(0, 9), lot=LOTS)
    def count(self, site: str, item: str, quantity: int, lot: str | None) -> None:
        """Goods are counted."""
        command = Count(key=self._key(), site=site, lines=_lines([(item, quantity, lot)]))
        self._same(command, lambda model: model.count(site, item, lot, quantity))

    @rule(site=SITES, item=ITEMS, limit=st.integers(0, 6))
    def allow_negative(self, site: str, item: str, limit: int) -> None:
        """A limit below zero is set."""
        command = AllowNegative(key=self._key(), site=site, lines=(Line(item, limit),))
        self._same(command, lambda model: model.limit(site, item, limit))

    @rule()
    def revert_the_last(self) -> None:
        """The last act is undone, whatever it was, also if it was an undoing."""
        last = len(self.world.journal)
        posting = self.world.execute(Revert(key=self._key(), number=last))
        self.before[posting.number] = self.model
        self.model = self.before[last].copy()

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """An accepted command is sent again; nothing happens."""
        position = data.draw(st.integers(0, len(self.world.journal) - 1))
        answer = self.world.execute(self.world.commands[position])
        assert answer.replayed
        assert answer.hash == self.world.journal[position].hash

    # ---- what holds at all times

    @invariant()
    def both_hold_the_same(self) -> None:
        """T9: every balance and every open line is what the model says."""
        held: dict[tuple[str, str, str | None, str], int] = {}
        for holding in self.world.book.holdings.values():
            for state in State:
                if holding.balances[state]:
                    held[holding.place.site, holding.place.sku, holding.place.lot, state.name.lower()] = (
                        holding.balances[state]
                    )
        assert held == self.model.stock
        assert self._open(Reservation) == {name: lines for name, lines in self.model.promises.items() if lines}
        assert self._open(Transit) == {name: lines for name, lines in self.model.ways.items() if lines}

    @invariant()
    def nothing_appears(self) -> None:
        """L11: each item sums to zero."""
        assert set(zero_sums(self.world).values()) <= {0}

    # ---- how they are told

    def _key(self) -> str:
        return f"step-{len(self.world.journal)}"

    def _same(self, command: Command, told: Callable[[Model], object]) -> Posting | None:
        """Tell both; they accept or refuse alike."""
        after = self.model.copy()
        code = None
        try:
            told(after)
        except Short:
            code = "INSUFFICIENT_INVENTORY"
        except Ended:
            code = "INVALID_STATUS_TRANSITION"
        except Below:
            code = "COUNTED_BELOW_PROMISED"
        if code is not None:
            assert self.world.refusal(command).code == code
            return None
        posting = self.world.execute(command)
        self.before[posting.number] = self.model
        self.model = after
        return posting

    def _open(self, kind: type[Reservation | Transit]) -> dict[int, Open]:
        found: dict[int, Open] = {}
        for entity in self.world.book.entities.values():
            if isinstance(entity, kind) and entity.lines:
                places = [(self.world.book.holdings[line.holding_id].place, line.quantity) for line in entity.lines]
                found[entity.id] = {(place.site, place.sku, place.lot): quantity for place, quantity in places}
        return found

    @staticmethod
    def _pick(data: st.DataObject, opened: dict[int, Open]) -> int:
        return data.draw(st.sampled_from(sorted(opened)))

    @staticmethod
    def _some(data: st.DataObject, waiting: Open, *, least: int = 1) -> list[Part]:
        """Draw a part of what is open, perhaps one too many; a lot is named where the choice would not be plain."""
        items = [item for _, item, _ in waiting]
        plain = [(item, lot, held) for (_, item, lot), held in waiting.items() if lot or items.count(item) == 1]
        if not plain:
            return [("A", 99, None)]
        item, lot, held = data.draw(st.sampled_from(plain))
        return [(item, data.draw(st.integers(least, held + 1)), lot)]


def test_refusals_are_asked_for() -> None:
    """Control: the model refuses by itself, so an answer that both give is not an echo."""
    model = Model()
    model.add("london", "A", None, "available", 5)
    model.limit("london", "A", 1)

    refused = []
    for parts, owed in (([("A", 6, None)], False), ([("B", 1, "EARLY")], True), ([("A", 7, None)], True)):
        try:
            model.take("london", parts, owed=owed)
        except Short:
            refused.append(parts)
    assert len(refused) == 3
    assert model.take("london", [("A", 6, None)], owed=True) == [("A", None, 5), ("A", None, 1)]
    model.add("london", "A", None, "reserved", 3)
    with pytest.raises(Below):
        model.count("london", "A", None, 1)
    model.count("london", "A", None, 2)
    assert isinstance(furnished().refusal(Sell(key="k", site="london", lines=(Line("A", 1),))), Refused)


TestLedgers = Ledgers.TestCase
TestLedgers.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no finding
)
