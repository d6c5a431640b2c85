"""Repair: what was damaged without onhand is brought into line with what is promised and sold, told by a posting."""

from dataclasses import dataclass, replace
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import INVOICE_WORD, want_document
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.promises.release import want_reservation
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.following import known_serial, reserved_for, standing_of
from onhand.kernel.serials.serial import Serial
from onhand.kernel.states import State
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants

OPEN = frozenset({"active", "releasing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairSerial(Command):
    """
    Let a serial and its place say what an open reservation or a paid invoice says, or that it is for nobody.

    `reservation` and `invoice` are those that were found for it; they are looked at anew here.
    """

    kind: ClassVar[str] = "repair_serial"
    alone: ClassVar[bool] = True

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

    def decide(self, draft: Draft) -> None:
        """Move the unit to the state in which it should stand, and correct the serial."""
        unit = draft.book.unit(draft.book.item(self.sku), self.unit)
        serial = known_serial(draft.book, unit.id)
        if serial is None:
            raise Refused("NOTHING_TO_REPAIR", subject=f"unit {self.unit}")
        holdings = draft.book.unit_places.get(unit.id, [])
        reservation = _promise(draft.book, self.reservation)
        invoice = draft.book.names.get((INVOICE_WORD, self.invoice))
        for holding in holdings:
            promised = _part_of(None if reservation is None else reservation.lines, holding)
            sold = _part_of(invoice.sold if isinstance(invoice, Invoice) else None, holding)
            _align(draft, holding, promised, sold)
        delivered = isinstance(invoice, Invoice) and invoice.status == "delivered"
        standing = standing_of(holdings) or ("delivered" if delivered else None)
        corrected = _corrected(serial, standing, reservation, self.actor)
        if corrected != serial:
            draft.change(serial, replace(corrected, version=serial.version + 1), "corrected")
        if not draft.movements and not draft.changes:
            raise Refused("NOTHING_TO_REPAIR", subject=f"unit {self.unit}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairHolding(Command):
    """
    Let a holding be reserved and sold as much as open reservations and paid invoices say.

    All of them that touch it are named, as they were found at `version` of the holding; another version is refused.
    """

    kind: ClassVar[str] = "repair_holding"
    alone: ClassVar[bool] = True

    holding: int
    version: int
    reservations: tuple[int, ...] = ()
    invoices: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.holding, "holding")
        check_number(self.version, "version", least=0)
        for number in self.reservations:
            check_number(number, "reservation")
        for invoice in self.invoices:
            check_code(invoice, "invoice")
        check_reason(self)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holding, and what binds goods of it."""
        want_anew(wants)
        wants.holdings.add(self.holding)
        more = [want_reservation(book, wants, number) for number in self.reservations]
        more += [want_document(book, wants, INVOICE_WORD, number) for number in self.invoices]
        return any(more)

    def decide(self, draft: Draft) -> None:
        """Move the difference from or to what is available."""
        holding = draft.book.holdings.get(self.holding)
        if holding is None:
            raise Refused("NOTHING_TO_REPAIR", subject=f"holding {self.holding}")
        if holding.version != self.version:
            raise Refused(
                "VERSION_CONFLICT",
                entity=f"holding {self.holding}",
                expected=self.version,
                actual=holding.version,
            )
        promises = [_promise(draft.book, number) for number in self.reservations]
        promised = sum(_part_of(promise.lines, holding) for promise in promises if promise is not None)
        invoices = [draft.book.names.get((INVOICE_WORD, number)) for number in self.invoices]
        sold = sum(_part_of(invoice.sold, holding) for invoice in invoices if isinstance(invoice, Invoice))
        _align(draft, holding, promised, sold)
        if not draft.movements:
            raise Refused("NOTHING_TO_REPAIR", subject=f"holding {self.holding}")


def want_anew(wants: Wants) -> None:
    """Want a posting: a session whose book holds postings forgets it after the batch, and reads the tables anew."""
    wants.postings.add(1)


def check_reason(command: Command) -> None:
    """Refuse a repair without a reason."""
    if command.reason is None:
        raise Refused("REASON_REQUIRED")


def _promise(book: Book, number: int | None) -> Reservation | None:
    """Find a reservation that is open."""
    found = book.entities.get(("reservation", number or 0))
    return found if isinstance(found, Reservation) and found.status in OPEN else None


def _part_of(lines: tuple[tuple[int, int], ...] | None, holding: Holding) -> int:
    return sum(quantity for holding_id, quantity in lines or () if holding_id == holding.id)


def _align(draft: Draft, holding: Holding, promised: int, sold: int) -> None:
    """First free what is bound too much, then bind what is bound too little."""
    wanted = ((State.RESERVED, promised), (State.SOLD, sold))
    for state, quantity in wanted:
        excess = holding.balances[state] - quantity
        if excess > 0:
            draft.move(holding, state, State.AVAILABLE, excess)
    for state, quantity in wanted:
        missing = quantity - holding.balances[state]
        if missing > 0:
            draft.move(holding, State.AVAILABLE, state, missing)


def _corrected(serial: Serial, standing: str | None, reservation: Reservation | None, actor: str) -> Serial:
    """Give the serial as it should be, with the version that it has."""
    if standing is None:
        standing = "delivered" if serial.status in {"sold", "delivered"} else "gone"
    if standing == "reserved" and reservation is not None:
        return replace(reserved_for(serial, reservation, serial.reserved_by or actor), status="reserved")
    if standing == serial.status and serial.reservation_id is None:
        return serial
    return replace(serial.standing(standing), version=serial.version)
