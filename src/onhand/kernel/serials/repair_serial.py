"""Repair a serial: it and its place say what is promised and sold, told by a posting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import INVOICE_WORD, named_invoices, want_document
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_reservations, named_unit
from onhand.kernel.promises.release_reservation import want_reservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.serials.following import known_serial, reserved_for, standing_of
from onhand.kernel.serials.repairs import align, check_reason, find_promise, part_of, want_anew
from onhand.kernel.serials.serial import Serial
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairSerial(Command):
    """
    Let a serial and its place say what an open reservation or a paid invoice says, or that it is for nobody.

    `reservation` and `invoice` are those that were found for it; they are looked at anew here.
    """

    kind: ClassVar[str] = "repair_serial"
    alone: ClassVar[bool] = True
    refuses: ClassVar[Codes] = frozenset({"UNKNOWN_ITEM", "UNIT_NOT_FOUND", "REASON_REQUIRED", "NOTHING_TO_REPAIR"})

    sku: str
    unit: str
    reservation: int | None = None
    invoice: str | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.sku, "sku")
        check_code(self.unit, "unit")
        if self.reservation is not None:
            check_number(self.reservation, "reservation")
        if self.invoice is not None:
            check_code(self.invoice, "invoice")
        check_reason(self)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the unit with its holdings, and what it may be bound to."""
        want_anew(wants)
        wants.items.add(self.sku)
        wants.units.add((self.sku, self.unit))
        more = [
            self.reservation is not None and want_reservation(book, wants, self.reservation),
            self.invoice is not None and want_document(book, wants, INVOICE_WORD, self.invoice),
        ]
        return any(more)

    def named(self, book: Book) -> Iterable[Named]:
        """Name the unit, the reservation and the invoice."""
        yield from named_unit(book, self.sku, self.unit)
        yield from named_reservations(book, self.reservation)
        yield from named_invoices(book, self.invoice)

    def decide(self, draft: Draft) -> None:
        """Move the unit to the state in which it should stand, and correct the serial."""
        unit = draft.book.unit(draft.book.item(self.sku), self.unit)
        serial = known_serial(draft.book, unit.id)
        if serial is None:
            raise Refused("NOTHING_TO_REPAIR", subject=f"unit {self.unit}")
        holdings = draft.book.unit_places.get(unit.id, [])
        reservation = find_promise(draft.book, self.reservation)
        invoice = draft.book.names.get((INVOICE_WORD, self.invoice))
        for holding in holdings:
            promised = part_of(None if reservation is None else reservation.lines, holding)
            sold = part_of(invoice.sold if isinstance(invoice, Invoice) else None, holding)
            align(draft, holding, promised, sold)
        delivered = isinstance(invoice, Invoice) and invoice.status == "delivered"
        standing = standing_of(holdings) or ("delivered" if delivered else None)
        corrected = _corrected(serial, standing, reservation, self.actor)
        if corrected != serial:
            draft.change(serial, replace(corrected, version=serial.version + 1), "corrected")
        if not draft.movements and not draft.changes:
            raise Refused("NOTHING_TO_REPAIR", subject=f"unit {self.unit}")


def _corrected(serial: Serial, standing: str | None, reservation: Reservation | None, actor: str) -> Serial:
    """Give the serial as it should be, with the version that it has."""
    if standing is None:
        standing = "delivered" if serial.status in {"sold", "delivered"} else "gone"
    if standing == "reserved" and reservation is not None:
        return replace(reserved_for(serial, reservation, serial.reserved_by or actor), status="reserved")
    if standing == serial.status and serial.reservation_id is None:
        return serial
    return replace(serial.standing(standing), version=serial.version)
