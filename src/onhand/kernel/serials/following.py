"""
Serials: the status of a single item follows from where its unit stands, whatever operation put it there.

Each step of a status has a reason code; it is the action of the change, in lower case.
"""

from collections.abc import Iterable
from dataclasses import replace

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.posting import Movement
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.serial import Serial
from onhand.kernel.states import STATES, Outside, State
from onhand.kernel.stock.unit import Unit
from onhand.kernel.transitions import SERIAL, check_transition

REASONS = {
    ("available", "reserved"): "INVOICE_CREATED",
    ("available", "sold"): "DIRECT_SALE",
    ("reserved", "available"): "INVOICE_CANCELLED",
    ("reserved", "sold"): "INVOICE_PAID",
    ("sold", "delivered"): "DELIVERED",
    ("sold", "available"): "RETURNED",
    ("delivered", "available"): "RETURNED",
}
EXPIRED, CORRECTED = "RESERVATION_EXPIRED", "CORRECTED"
REASON_CODES = frozenset({*REASONS.values(), EXPIRED, CORRECTED})
"""Why a status changed."""

_STANDING = {State.RESERVED: "reserved", State.SOLD: "sold"}


def serial_of(
    draft: Draft, unit: Unit, condition: str | None = None, *, reservation: Reservation | None = None
) -> Serial:
    """Find the serial of a unit, or begin to keep one, as the unit stands; `reservation` is what it is promised to."""
    known = known_serial(draft.book, unit.id)
    if known is not None:
        return known
    standing = standing_of(draft.book.unit_places.get(unit.id, ())) or "gone"
    made = Serial(id=draft.next_id(), unit_id=unit.id, status=standing, condition=condition)
    if standing == "reserved":
        if reservation is None:
            raise Refused("INVALID_COMMAND", detail=f"unit {unit.code} is reserved; release it first")
        made = reserved_for(made, reservation, "somebody")
    draft.make(made)
    return made


def known_serial(book: Book, unit_id: int) -> Serial | None:
    """Find the serial of a unit, if one is kept."""
    found = book.names.get(("serial", unit_id))
    return found if isinstance(found, Serial) else None


def standing_of(holdings: Iterable[Holding]) -> str | None:
    """Give the status of what is somewhere; None where it is nowhere."""
    held = [state for holding in holdings for state in State if holding.balances[state]]
    return next((_STANDING[state] for state in held if state in _STANDING), "available" if held else None)


def reason_code(source: str, target: str, kind: str) -> str:
    """Give the reason code of a step, which an operation of some kind made."""
    if kind in {"repair_serial", "repair_holding", "revert"}:
        return CORRECTED
    if kind == "expire" and source == "reserved":
        return EXPIRED
    return REASONS.get((source, target), CORRECTED)


def follow_serials(draft: Draft, command: Command) -> None:
    """
    Let the serials follow what a command did to their units and to the reservations of these.

    Raises:
        Refused: SERIAL_NOT_WHOLE, or INVALID_STATUS_TRANSITION with from and to.
    """
    units = _units_moved(draft)
    reserving = _reservations_changed(draft)
    for unit_id in dict.fromkeys([*units, *reserving]):
        serial = known_serial(draft.book, unit_id)
        if serial is not None:
            _follow(draft, command, serial, units.get(unit_id, []), reserving.get(unit_id))


def _units_moved(draft: Draft) -> dict[int, list[Movement]]:
    units: dict[int, list[Movement]] = {}
    for movement in draft.movements:
        if movement.place.unit is not None:
            unit_id = draft.book.holdings[movement.holding_id].key.unit_id
            units.setdefault(unit_id or 0, []).append(movement)
    return units


def _reservations_changed(draft: Draft) -> dict[int, Reservation]:
    """Find the reservations that this draft made or changed, by the units that they hold."""
    reserving: dict[int, Reservation] = {}
    for change in draft.changes:
        if change.entity == "reservation":
            reservation = draft.book.reservation(change.entity_id)
            for line in reservation.lines:
                holding = draft.book.holdings.get(line.holding_id)  # whoever leaves the goods alone has not loaded them
                if holding is not None and holding.key.unit_id is not None:
                    reserving[holding.key.unit_id] = reservation
    return reserving


def _follow(
    draft: Draft, command: Command, serial: Serial, moved: list[Movement], reservation: Reservation | None
) -> None:
    holdings = draft.book.unit_places.get(serial.unit_id, [])
    held = sum(sum(holding.balances) for holding in holdings)
    if held not in {0, SCALE}:
        unit = draft.book.get(Unit, serial.unit_id)
        raise Refused("SERIAL_NOT_WHOLE", unit=unit.code, quantity=quantity_text(held))
    status = standing_of(holdings) or _left(serial, moved)
    for target in _steps(serial.status, status, forced=bool(draft.reverts)):
        stepped = serial.standing(target)
        if target in {"sold", "delivered"} and stepped.document_id is None:
            stepped = replace(stepped, document_type=command.document_type, document_id=command.document_id)
        if target == "reserved" and reservation is not None:
            stepped = reserved_for(stepped, reservation, command.actor)
        action = "reverted" if draft.reverts else reason_code(serial.status, target, command.kind).lower()
        draft.change(serial, stepped, action)
        serial = stepped
    if serial.status == "reserved" and reservation is not None and not draft.reverts:
        told = replace(reserved_for(serial, reservation, serial.reserved_by or command.actor), version=serial.version)
        if told != serial:
            draft.change(serial, replace(told, version=serial.version + 1), "promised")


def _left(serial: Serial, moved: list[Movement]) -> str:
    """Tell what became of a unit that is nowhere any more."""
    ends = [movement.target for movement in moved if movement.target >= STATES]
    if not ends:
        return serial.status
    return "delivered" if ends[-1] == Outside.CUSTOMER else "gone"


def _steps(source: str, target: str, *, forced: bool) -> list[str]:
    """List the steps from a status to another; what is handed over at once is sold on the way."""
    if source == target:
        return []
    if forced or target in SERIAL[source]:
        return [target]
    if target == "delivered" and "sold" in SERIAL[source]:
        return ["sold", target]
    check_transition(SERIAL, "serial", source, target)
    return []


def reserved_for(serial: Serial, reservation: Reservation, actor: str) -> Serial:
    """Give a serial as promised to a reservation; neither its status nor its version change."""
    return replace(
        serial,
        document_type=reservation.document_type,
        document_id=reservation.document_id,
        reserved_by=actor,
        reserved_until=reservation.expires_at,
        reservation_id=reservation.id,
    )
