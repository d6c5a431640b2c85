"""Putting stock: the holding that a line names, opened where it is new."""

from onhand.kernel.catalog.codes import is_given_piece_code
from onhand.kernel.command import Line
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.lots.lot import Lot
from onhand.kernel.pick import expect_version
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.unit import Unit
from onhand.kernel.wants import Wants


def want_holding(wants: Wants, site: str, line: Line) -> None:
    """Want the holding that a line names, and the entities in its name."""
    wants.sites.add(site)
    wants.items.add(line.sku)
    wants.places.add((site, line.sku))
    if line.lot is not None:
        wants.lots.add((line.sku, line.lot))
    if line.location is not None:
        wants.locations.add((site, line.location))
    if line.unit is not None:
        wants.units.add((line.sku, line.unit))


def holding_for(draft: Draft, site: Site, line: Line, *, lot: Lot | None = None, new_unit: bool = False) -> Holding:
    """
    Find or open the holding that a line names.

    Args:
        draft: Opens the holding where there is none.
        site: Where the goods go.
        line: Names item, location, lot and unit; its version, if told, has to be the holding's.
        lot: The lot, where the caller has found or made it already.
        new_unit: Whether the line's unit is made here; then it may not be known yet.
    """
    item = draft.book.item(line.sku)
    if lot is None and line.lot is not None:
        lot = draft.book.lot(item, line.lot)
    location = None if line.location is None else draft.book.location(site, line.location)
    unit = None if line.unit is None else _unit(draft, item, lot, line.unit, new=new_unit)
    if unit is not None and unit.lot_id != (None if lot is None else lot.id):
        lot = _lot_of(draft, unit, line)
    holding = draft.holding(site, item, location=location, lot=lot, unit=unit)
    if line.version is not None:
        expect_version(draft, [holding], line)
    return holding


def _lot_of(draft: Draft, unit: Unit, line: Line) -> Lot | None:
    """Give the lot that a unit came in, so that a unit is always held under its own lot."""
    if line.lot is not None:
        raise Refused("INVALID_COMMAND", detail=f"unit {unit.code} did not come in lot {line.lot}")
    return None if unit.lot_id is None else draft.book.get(Lot, unit.lot_id)


def _unit(draft: Draft, item: Item, lot: Lot | None, code: str, *, new: bool) -> Unit:
    if not new:
        return draft.book.unit(item, code)
    known = draft.book.names.get(("unit", code))
    if isinstance(known, Unit):
        if not known.retired or known.item_id != item.id:
            raise Refused("UNIT_ALREADY_EXISTS", unit=code)
        again = known.next(retired=False, lot_id=None if lot is None else lot.id)
        draft.change(known, again, "restored")
        return again
    if is_given_piece_code(code):
        raise Refused("INVALID_TEXT", field="unit", detail="codes of this form are given out by the ledger")
    unit = Unit(id=draft.next_id(), item_id=item.id, code=code, lot_id=None if lot is None else lot.id)
    draft.make(unit)
    return unit
