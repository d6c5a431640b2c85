"""
A draft: one command at work on the book.

What it moves and changes is on the book at once, so that the next line and the next command see it; when
anything is refused the draft is dropped, and the book is as it was.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from onhand.kernel.book import Book
from onhand.kernel.entity import Entity
from onhand.kernel.holding import Holding, HoldingKey, Place
from onhand.kernel.lots.lot import Lot
from onhand.kernel.moving_average import average, check_value, is_valued, unit_cost_of, units_of, value_taken, worth
from onhand.kernel.pieces.piece import Piece
from onhand.kernel.posting import Change, Movement
from onhand.kernel.quantity import QUANTITY_MAX, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, WORDS, End, Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.location import Location
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable


_EVENTS = {State.RESERVED: "reserved", Outside.CUSTOMER: "sold", Outside.USED: "used", Outside.LOSS: "lost"}
_COMEBACKS = {State.RESERVED: "released", Outside.CUSTOMER: "returned", Outside.FOUND: "found"}
"""What happens to a piece that goes to an end, or comes from one."""


class Draft:
    """
    The movements and changes that a command leads to.

    `now` is the journal's clock, `today` the day that codes given out carry, `number` the posting's if accepted.
    """

    __slots__ = ("_undo", "book", "changes", "is_undoing", "movements", "now", "number", "reverts", "today")

    def __init__(self, book: Book, *, now: datetime, today: date, number: int) -> None:
        self.book = book
        self.now = now
        self.today = today
        self.number = number
        self.movements: list[Movement] = []
        self.changes: list[Change] = []
        self.reverts: tuple[int, ...] = ()
        self.is_undoing = False
        """Whether this is a reversal: it sets the changes of pieces back, so movements need not change pieces."""
        self._undo: list[Callable[[], object]] = []

    def move(
        self,
        holding: Holding,
        source: End,
        target: End,
        quantity: int,
        event: str | None = None,
        value: int | None = None,
    ) -> None:
        """
        Move so much of a holding from one end to another; at least one end is a state.

        This is the last guard of every balance: rules report shortages before, together. Where the holding is of a
        piece, the piece says where it stands from now on; `event` is the word for it. `value` is what the goods are
        worth, where the rule knows it; else it follows from the holding.

        Raises:
            Refused: INSUFFICIENT_INVENTORY or QUANTITY_TOO_LARGE; PIECE_IS_WHOLE or PIECES_NOT_THERE; VALUE_TOO_LARGE.
        """
        balances = holding.balances
        moved = 0
        if holding.key.unit_id is not None:
            self._follow(holding, source, target, quantity, event)
        if value or holding.value or holding.unit_cost or holding.key.lot_id is not None:
            moved = self._carry(holding, source, target, quantity, value)
        if source < STATES:
            left = balances[source] - quantity
            if left < (holding.floor if source == 0 else 0):
                raise Refused("INSUFFICIENT_INVENTORY", shortages=[shortage(holding, source, quantity)])
            balances[source] = left
        if target < STATES:
            total = balances[target] + quantity
            if source >= STATES:  # only then all states together grow, and their sum is kept too
                total = max(total, sum(balances) + quantity)
            if total > QUANTITY_MAX:
                if source < STATES:
                    balances[source] += quantity
                raise Refused(
                    "QUANTITY_TOO_LARGE", quantity=quantity_text(total), quantity_max=quantity_text(QUANTITY_MAX)
                )
            balances[target] += quantity
        holding.version += 1
        self.movements.append(
            Movement(
                holding.id,
                holding.place,
                source,
                target,
                quantity,
                tuple(balances),
                moved,
                holding.value,
                holding.unit_cost,
            )
        )

    def make(self, entity: Entity) -> None:
        """Add an entity that was not there."""
        self.book.put(entity)
        self._undo.append(lambda: self.book.drop(entity))
        self.changes.append(Change(entity.entity, entity.id, "created", None, entity.snapshot()))

    def change(self, before: Entity, after: Entity, action: str = "changed") -> None:
        """Put a new version of an entity in the place of the one before."""
        self.book.put(after)
        self._undo.append(lambda: self.book.put(before))
        self.changes.append(Change(after.entity, after.id, action, before.snapshot(), after.snapshot()))

    def set_floor(self, holding: Holding, floor: int) -> None:
        """Set how far a holding's available stock may fall; zero, or below zero where negative stock is allowed."""
        if holding.balances[State.AVAILABLE] < floor:
            facts = shortage(holding, State.AVAILABLE, floor)
            facts["available"] = quantity_text(holding.balances[State.AVAILABLE])
            raise Refused("INSUFFICIENT_INVENTORY", shortages=[facts])
        before, earlier = holding.snapshot(), holding.floor

        def restore() -> None:
            holding.floor = earlier
            holding.version -= 1

        self._undo.append(restore)
        holding.floor = floor
        holding.version += 1
        self.changes.append(Change("holding", holding.id, "policy", before, holding.snapshot()))

    def note(self, holding: Holding, action: str, facts: dict[str, object]) -> None:
        """Keep evidence about a holding that changes nothing, such as what was counted."""
        self.changes.append(Change("evidence", holding.id, action, None, facts))

    def holding(
        self,
        site: Site,
        item: Item,
        *,
        location: Location | None = None,
        lot: Lot | None = None,
        unit: Unit | None = None,
    ) -> Holding:
        """Find the holding at a place, or open it."""
        key = HoldingKey(
            site.id,
            item.id,
            None if location is None else location.id,
            None if lot is None else lot.id,
            None if unit is None else unit.id,
        )
        found = self.book.keys.get(key)
        if found is None:
            place = Place(
                site.code,
                item.sku,
                None if location is None else location.code,
                None if lot is None else lot.code,
                None if unit is None else unit.code,
            )
            found = self._open(key, place)
        return found

    def twin(self, holding: Holding, site: Site, location: Location | None) -> Holding:
        """Find or open the holding of the same item, lot and unit at another place."""
        key = holding.key._replace(site_id=site.id, location_id=None if location is None else location.id)
        found = self.book.keys.get(key)
        if found is None:
            place = holding.place._replace(site=site.code, location=None if location is None else location.code)
            found = self._open(key, place)
        return found

    def hold(self, key: HoldingKey, place: Place) -> Holding:
        """Find the holding with a key, or open it; the place tells the same in codes."""
        found = self.book.keys.get(key)
        return self._open(key, place) if found is None else found

    def next_id(self) -> int:
        """Give the next id of the org; it is given back when the draft is dropped."""
        self.book.id_last += 1
        self._undo.append(self._give_id_back)
        return self.book.id_last

    def next_of(self, sequence: str) -> int:
        """Give the next number of a sequence; it is given back when the draft is dropped, so there are no gaps."""
        codes = self.book.codes
        earlier = codes.get(sequence)
        codes[sequence] = (earlier or 0) + 1
        self.book.codes_given.add(sequence)
        self._undo.append(lambda: codes.pop(sequence) if earlier is None else codes.__setitem__(sequence, earlier))
        return codes[sequence]

    def version_before(self, holding: Holding) -> int:
        """Give the version that a holding had before this draft touched it."""
        moved = sum(movement.holding_id == holding.id for movement in self.movements)
        policies = sum(change[:3] == ("holding", holding.id, "policy") for change in self.changes)
        return holding.version - moved - policies

    def drop(self) -> None:
        """Leave the book as it was before this draft."""
        holdings = self.book.holdings
        for holding_id, _, source, target, quantity, *_ in reversed(self.movements):
            holding = holdings[holding_id]
            if source < STATES:
                holding.balances[source] += quantity
            if target < STATES:
                holding.balances[target] -= quantity
            holding.version -= 1
        for undo in reversed(self._undo):
            undo()

    def _open(self, key: HoldingKey, place: Place) -> Holding:
        holding = Holding(id=self.next_id(), key=key, place=place)
        self.book.put_holding(holding)
        self._undo.append(lambda: self.book.drop_holding(holding))
        self.changes.append(Change("holding", holding.id, "opened", None, holding.snapshot()))
        return holding

    def _carry(self, holding: Holding, source: End, target: End, quantity: int, value: int | None) -> int:
        """Add the value of goods to a holding that they come to, or take it from the one that they leave; gives it."""
        leaves, comes = is_valued(source), is_valued(target)
        if leaves == comes:
            return 0 if leaves else value or 0
        if value is None:
            value = value_taken(holding, quantity) if leaves else self._value_brought(holding, quantity)
        earlier = holding.value, holding.unit_cost

        def restore() -> None:
            holding.value, holding.unit_cost = earlier

        self._undo.append(restore)
        holding.value += value if comes else -value
        check_value(holding.value)
        holding.unit_cost = average(holding, units_of(holding) + (quantity if comes else -quantity))
        return value

    def _value_brought(self, holding: Holding, quantity: int) -> int:
        """Give the value of goods that came without one: at what their lot costs, else at the moving average."""
        lot = self.book.entities.get(("lot", holding.key.lot_id or 0))
        cost = unit_cost_of(lot) if isinstance(lot, Lot) else None
        value = worth(holding.unit_cost if cost is None else cost, quantity)
        check_value(value)
        return value

    def _follow(self, holding: Holding, source: End, target: End, quantity: int, event: str | None) -> None:
        """Change a piece to stand where its goods go; refuse to move a part of it, or from where it does not stand."""
        piece = self.book.entities.get(("piece", holding.key.unit_id or 0))
        if self.is_undoing or not isinstance(piece, Piece):
            return
        code = str(holding.place.unit)
        if quantity != piece.size:
            size = quantity_text(piece.size)
            raise Refused("PIECE_IS_WHOLE", piece=code, size=size, quantity=quantity_text(quantity))
        if piece.status != WORDS[Outside.LOSS if source == Outside.FOUND else source]:
            raise Refused("PIECES_NOT_THERE", pieces=[{"piece": code, "status": piece.status}])
        told = event or (_COMEBACKS.get(source) if target < STATES else None) or _EVENTS.get(target, "moved")
        where = holding.id if target < STATES else piece.holding_id
        self.change(piece, piece.next(status=WORDS[target], holding_id=where), told)

    def _give_id_back(self) -> None:
        self.book.id_last -= 1


def shortage(holding: Holding, state: End, requested: int) -> dict[str, object]:
    """Tell a shortage of one holding as facts."""
    held = holding.capacity if state == State.AVAILABLE else holding.balances[state]
    return {
        **{name: value for name, value in holding.place._asdict().items() if value is not None},
        "requested": quantity_text(requested),
        "available": quantity_text(held),
    }
