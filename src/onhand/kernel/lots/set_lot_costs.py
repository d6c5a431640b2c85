"""Set lot costs: what a lot costs is told or corrected; its cost mode is fixed once it was sold from."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.cost_steps import check_costs
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.set_lot_status import find_lot, want_lot
from onhand.kernel.moving_average import is_valued, unit_cost_of, worth
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LOTS, Codes
from onhand.kernel.states import End, Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

_LEFT_FROM = (State.AVAILABLE, State.RESERVED, State.SOLD)
_SOLD_TO: frozenset[End] = frozenset({State.SOLD, Outside.CUSTOMER, Outside.USED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLotCosts(Command):
    """Set the costs of a lot, in millionths: FIXED with a unit cost, RANGE with a least and a greatest, or none."""

    kind: ClassVar[str] = "lot_costs"
    alone: ClassVar[bool] = True
    refuses: ClassVar[Codes] = OF_LOTS | {"REASON_REQUIRED", "INVALID_COST", "VALUE_TOO_LARGE", "COST_MODE_FIXED"}

    sku: str
    lot: str
    cost_mode: str | None = None
    unit_cost: int | None = None
    cost_min: int | None = None
    cost_max: int | None = None
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.sku, "sku")
        check_code(self.lot, "lot")
        check_version(self.version)
        check_costs(self.cost_mode, self.unit_cost, self.cost_min, self.cost_max)
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the lot, then who took from its holdings, then those postings."""
        want_lot(wants, self.sku, self.lot)
        item = book.names.get(("item", self.sku))
        lot = book.names.get(("lot", item.id, self.lot)) if isinstance(item, Item) else None
        if not isinstance(lot, Lot):
            return True
        complete = True
        for holding in book.lot_places.get(lot.id, ()):
            for state in _LEFT_FROM:
                taker = (holding.id, int(state), 0)
                wants.takers.add(taker)
                complete = complete and taker in book.takers
                wants.postings.update(book.takers.get(taker, ()))
        return not complete or any(number not in book.postings for number in wants.postings)

    def decide(self, draft: Draft) -> None:
        """Change what is told differently."""
        lot = find_lot(draft, self.sku, self.lot)
        expect(lot, self.version, f"lot {lot.code}")
        if lot.cost_mode not in {None, self.cost_mode}:
            for number in _sales(draft, lot):
                raise Refused("COST_MODE_FIXED", sku=self.sku, lot=lot.code, cost_mode=lot.cost_mode, number=number)
        costs = {name: getattr(self, name) for name in ("cost_mode", "unit_cost", "cost_min", "cost_max")}
        if any(getattr(lot, name) != cost for name, cost in costs.items()):
            after = lot.next(**costs)
            draft.change(lot, after, "costs")
            _revalue(draft, after)


def _revalue(draft: Draft, lot: Lot) -> None:
    """Revalue what is there of a lot: it goes out at its old value and comes back at the new."""
    cost = unit_cost_of(lot)
    if cost is None:
        return
    for holding in tuple(draft.book.lot_places.get(lot.id, ())):
        balances = holding.balances
        there = [(state, balances[state]) for state in State if is_valued(state) and balances[state] > 0]
        if holding.value == sum(worth(cost, quantity) for _, quantity in there):
            continue
        for state, quantity in there:
            draft.move(holding, state, Outside.ELSEWHERE, quantity, "revalued")
        for state, quantity in there:
            draft.move(holding, Outside.ELSEWHERE, state, quantity, "revalued", worth(cost, quantity))


def _sales(draft: Draft, lot: Lot) -> list[int]:
    """List the postings that took goods of a lot for a customer or for use, and still stand."""
    book = draft.book
    holdings = {holding.id for holding in book.lot_places.get(lot.id, ())}
    return [
        number
        for number, posting in sorted(book.postings.items())
        if number not in book.reverted
        and any(part.holding_id in holdings and part.target in _SOLD_TO for part in posting.movements)
    ]
