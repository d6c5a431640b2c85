"""
Taking stock: which holdings serve a line, in which order, and what is missing.

Lines that ask for the same are summed before the check, so two lines cannot each take the last one; lines that
name a lot, location or unit are served before those that leave the choice. Where some name a lot and others a location,
the goods of that lot at that location are shared out so that all are served.
"""

from collections.abc import Callable, Sequence
from datetime import date

from onhand.kernel.command import Line
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.lots.for_sale import CHOOSY, FOR_CUSTOMERS, blocked, check_for_sale, only_for_sale
from onhand.kernel.lots.lot import Lot
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.sharing import share
from onhand.kernel.states import End, Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants

Taken = list[tuple[Holding, int]]
"""What was taken from which holding, in millionths, in order."""

_ANYWHERE = (None, None, None)
SHARED_MAX = 2_000
"""Above so many pairs of line and holding no shares are computed; the lines take what there is one after the other."""
_NEVER = date.max

Ends = tuple[State, End]
"""From where to where goods are taken."""

_OWED: frozenset[End] = frozenset({State.RESERVED, Outside.CUSTOMER, Outside.USED})
"""The ends for which negative stock may be taken, where a policy allows it; anything else has to be there."""


def want_lines(wants: Wants, site: str, lines: Sequence[Line]) -> None:
    """Want what taking these lines at a site may touch."""
    wants.sites.add(site)
    for line in lines:
        wants.items.add(line.sku)
        if line.unit is None:
            wants.places.add((site, line.sku))
        else:
            wants.units.add((line.sku, line.unit))
        if line.lot is not None:
            wants.lots.add((line.sku, line.lot))
        if line.location is not None:
            wants.locations.add((site, line.location))


def take(draft: Draft, site: Site, lines: Sequence[Line], target: End, source: State = State.AVAILABLE) -> Taken:
    """
    Take all lines from one state, or refuse with every shortage.

    Args:
        draft: Gets the movements, in the order in which the lots are picked.
        site: Where the goods stand.
        lines: Quantities in millionths.
        target: Where the goods go.
        source: The state that they are taken from.

    Raises:
        Refused: INSUFFICIENT_INVENTORY with all shortages; VERSION_CONFLICT; an unknown name.
    """
    taken: Taken = []
    shortages: list[dict[str, object]] = []
    ends = source, target
    groups = _groups(lines)
    if groups[0][0][2:5] != _ANYWHERE:
        taken += _take_shared(draft, site, groups, ends)
    for group in groups:
        candidates = _candidates(draft, site, group, ends)
        if len(group) == 1 == len(candidates) and _capacity(candidates[0], ends) >= group[0].quantity:
            draft.move(candidates[0], source, target, group[0].quantity)
            taken.append((candidates[0], group[0].quantity))
            continue
        requested = sum(line.quantity for line in group)
        held = sum(_capacity(holding, ends) for holding in candidates)
        if held < requested:
            passed_over = _passed_over(draft, site, group[0]) if target in CHOOSY else []
            shortages.append(_shortage(site, group[0], requested, held, passed_over))
            continue
        for line in group:
            _draw(draft, candidates, line.quantity, ends, taken)
    if shortages:
        raise Refused("INSUFFICIENT_INVENTORY", shortages=shortages)
    return taken


def _take_shared(draft: Draft, site: Site, groups: list[list[Line]], ends: Ends) -> Taken:
    """
    Take the items of which some lines name a lot and others a location, where sharing serves all lines of the item.

    The groups that were served are removed from `groups`. The others stay, and are taken one after the other, which
    finds out what is short.
    """
    taken: Taken = []
    for sku in _overlapping(groups):
        asking = [group for group in groups if group[0].sku == sku and group[0].unit is None]
        candidates = [_candidates(draft, site, group, ends) for group in asking]
        if sum(map(len, candidates)) > SHARED_MAX:
            continue
        holdings = {holding.id: holding for found in candidates for holding in found}
        takers = share(
            [sum(line.quantity for line in group) for group in asking],
            [[holding.id for holding in found] for found in candidates],
            {holding_id: _capacity(holding, ends) for holding_id, holding in holdings.items()},
        )
        if takers is None:
            continue
        groups[:] = [group for group in groups if group not in asking]
        for holding_id, portions in takers.items():
            quantity = sum(portions.values())
            if quantity:
                draft.move(holdings[holding_id], *ends, quantity)
                taken.append((holdings[holding_id], quantity))
    return taken


def _overlapping(groups: Sequence[Sequence[Line]]) -> list[str]:
    """List the items of which lines that name only a lot meet lines that name only a location."""
    by_lot, by_location = (
        {group[0].sku: None for group in groups if (group[0].lot is None, group[0].location is None) == named}
        for named in ((False, True), (True, False))
    )
    return [sku for sku in by_lot if sku in by_location]


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines that name the same item, lot, location and unit; the more a group names, the earlier it comes."""
    if len(lines) == 1:
        return [list(lines)]
    groups: dict[tuple[str | None, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.sku, line.lot, line.location, line.unit), []).append(line)
    if all(key[1:] == _ANYWHERE for key in groups):
        return list(groups.values())
    return [groups[key] for key in sorted(groups, key=lambda key: key[1:].count(None))]


def _candidates(draft: Draft, site: Site, group: Sequence[Line], ends: Ends) -> list[Holding]:
    """List the holdings that may serve lines that ask for the same, in the order in which they are picked."""
    book, line = draft.book, group[0]
    item = book.item(line.sku)
    if line.unit is not None:
        unit = book.unit(item, line.unit)
        found = [holding for holding in book.unit_places.get(unit.id, []) if holding.key.site_id == site.id]
    else:
        found = book.at(site, item)
    if line.lot is not None:
        lot = book.lot(item, line.lot)
        found = [holding for holding in found if holding.key.lot_id == lot.id]
    if line.location is not None:
        location = book.location(site, line.location)
        found = [holding for holding in found if holding.key.location_id == location.id]
    for told in group:
        if told.version is not None:
            expect_version(draft, found, told)
    if ends[1] in CHOOSY:
        for holding in found:
            if holding.key.lot_id is not None:
                found = _for_sale(draft, line, found, ends)
                break
    if len(found) > 1:
        found = _in_order(draft, item, [holding for holding in found if _capacity(holding, ends)])
    return found


def _for_sale(draft: Draft, line: Line, found: list[Holding], ends: Ends) -> list[Holding]:
    """Pass over lots that may not be sold; one that is named is refused, unless it is merely brought elsewhere."""
    if line.lot is None and line.unit is None:
        return only_for_sale(draft, found)
    if ends[1] in FOR_CUSTOMERS:
        for holding in found:
            if holding.key.lot_id is not None:
                check_for_sale(draft.book.get(Lot, holding.key.lot_id), line.sku, draft.today)
    return found


def expect_version(draft: Draft, found: Sequence[Holding], line: Line) -> None:
    """
    Refuse a line that was decided on another version of its holding than the one that was there before this draft.

    Where a line leaves the choice among several holdings, their version is the sum of theirs.
    """
    actual = sum(draft.version_before(holding) for holding in found)
    if line.version != actual:
        named = [line.sku, line.lot, line.location, line.unit]
        entity = "holding " + " ".join(part for part in named if part is not None)
        raise Refused("VERSION_CONFLICT", entity=entity, expected=line.version, actual=actual)


def _in_order(draft: Draft, item: Item, holdings: list[Holding]) -> list[Holding]:
    order = PICK_POLICIES[item.pick_policy]
    lots = draft.book.entities

    def rank(holding: Holding) -> tuple[object, ...]:
        lot = None if holding.key.lot_id is None else lots["lot", holding.key.lot_id]
        return (*order(lot if isinstance(lot, Lot) else None), holding.floor < 0, holding.id)

    return sorted(holdings, key=rank)


def _fefo(lot: Lot | None) -> tuple[object, ...]:
    return (_NEVER if lot is None or lot.expires_on is None else lot.expires_on, *_fifo(lot))


def _fifo(lot: Lot | None) -> tuple[object, ...]:
    return (lot is None, 0 if lot is None else lot.received_at.timestamp(), 0 if lot is None else lot.id)


def _lifo(lot: Lot | None) -> tuple[object, ...]:
    return (lot is None, 0 if lot is None else -lot.received_at.timestamp(), 0 if lot is None else -lot.id)


PICK_POLICIES: dict[str, Callable[[Lot | None], tuple[object, ...]]] = {"fefo": _fefo, "fifo": _fifo, "lifo": _lifo}
"""The order in which lots are taken; a lot that is named on the line comes before any policy."""


def _capacity(holding: Holding, ends: Ends) -> int:
    """Count what may be taken: what is there, and for some ends as much more as the holding may fall below zero."""
    source, target = ends
    if source == State.AVAILABLE and target in _OWED:
        return holding.capacity
    return max(holding.balances[source], 0)


def _draw(draft: Draft, candidates: list[Holding], quantity: int, ends: Ends, taken: Taken) -> None:
    """Draw what is there in order; what is still missing comes from where negative stock is allowed."""
    source, target = ends
    for holding in candidates:
        portion = min(quantity, holding.balances[source])
        if portion > 0:
            draft.move(holding, source, target, portion)
            taken.append((holding, portion))
            quantity -= portion
            if not quantity:
                return
    for holding in candidates:
        portion = min(quantity, _capacity(holding, ends))
        if portion > 0:
            draft.move(holding, source, target, portion)
            taken.append((holding, portion))
            quantity -= portion


def _shortage(site: Site, line: Line, requested: int, held: int, passed_over: Sequence[object]) -> dict[str, object]:
    named = {"sku": line.sku, "lot": line.lot, "location": line.location, "unit": line.unit}
    return {
        "site": site.code,
        **{name: value for name, value in named.items() if value is not None},
        "requested": quantity_text(requested),
        "available": quantity_text(held),
        **({"blocked": passed_over} if passed_over else {}),
    }


def servable(draft: Draft, site: Site, line: Line, target: End, source: State = State.AVAILABLE) -> int:
    """Count how much of a line could be taken, by the rules of `take`."""
    ends = source, target
    return sum(_capacity(holding, ends) for holding in _candidates(draft, site, [line], ends))


def _passed_over(draft: Draft, site: Site, line: Line) -> list[dict[str, object]]:
    """Tell what a line passed over: what is there in lots that may not be sold; nothing where the line names a lot."""
    if line.lot is not None or line.unit is not None:
        return []
    there = draft.book.at(site, draft.book.item(line.sku))
    return blocked(draft, [holding for holding in there if line.location in {None, holding.place.location}])
