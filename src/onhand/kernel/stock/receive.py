"""Receive: goods come from a supplier, into lots or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import is_given_lot, next_lot_code, note_batch, want_batch_code, want_lot_code
from onhand.kernel.command import Command, Line, check_lines, told_value
from onhand.kernel.draft import Draft
from onhand.kernel.lots.lot import Lot
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.text import check_code, check_day
from onhand.kernel.wants import Wants

LOT_ARRIVALS = ("LIVE", "AWAITING_INTAKE")
"""The statuses with which a lot begins."""
_ARRIVALS = frozenset(State) - {State.RESERVED, State.SOLD, State.INCOMING}
NEW_LOT = "new"
"""Stands for a lot whose code is given from the sequence of its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive(Command):
    """
    Take goods in.

    A line's lot is found or made; NEW_LOT makes one with the next code of `day`. A line's unit is made. A line's
    state says where the goods stand at first: available unless told, or in quarantine, on hold, defective, a sample.
    Lots that are made are LIVE, unless `status` says that they are AWAITING_INTAKE.
    """

    kind: ClassVar[str] = "receive"
    refuses: ClassVar[Codes] = OF_LINES | {
        "UNKNOWN_SITE",
        "UNKNOWN_LOCATION",
        "UNKNOWN_ITEM",
        "UNIT_ALREADY_EXISTS",
        "VERSION_CONFLICT",
        "SERIAL_NOT_WHOLE",
        "INVALID_COST",
        "VALUE_TOO_LARGE",
        "LOT_CLOSED",
    }

    site: str
    lines: tuple[Line, ...]
    expires_on: date | None = None
    day: date | None = None
    status: str | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self.lines, costs=True)
        if any(line.state is not None and line.state not in _ARRIVALS for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="goods do not come reserved, sold or incoming")
        if self.expires_on is not None:
            check_day(self.expires_on, "expires_on")
        if self.day is not None:
            check_day(self.day, "day")
        if self.status not in {None, *LOT_ARRIVALS}:
            raise Refused("INVALID_COMMAND", detail=f"a lot begins as {' or '.join(LOT_ARRIVALS)}")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the goods are put to; once the clock is known, the sequences of codes."""
        del book
        wants.sites.add(self.site)
        for line in self.lines:
            want_holding(wants, self.site, line)
            if line.lot == NEW_LOT:
                want_lot_code(wants, self.day or wants.today)
            elif line.lot is not None:
                want_batch_code(wants, line.lot)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Put all lines where they go."""
        site = draft.book.site(self.site)
        for line in self.lines:
            item = draft.book.item(line.sku)
            lot = self._lot(draft, item, line)
            holding = holding_for(draft, site, line, lot=lot, new_unit=True)
            target = State.AVAILABLE if line.state is None else line.state
            draft.move(holding, Outside.SUPPLIER, target, line.quantity, value=told_value(line))
            if lot is not None:
                note_batch(draft, holding, lot.code)

    def _lot(self, draft: Draft, item: Item, line: Line) -> Lot | None:
        if line.lot is None:
            return None
        code = next_lot_code(draft, self.day or draft.today) if line.lot == NEW_LOT else line.lot
        known = draft.book.names.get(("lot", item.id, code))
        if isinstance(known, Lot):
            if self.expires_on not in {None, known.expires_on}:
                raise Refused("INVALID_COMMAND", detail=f"lot {code} is known to expire on {known.expires_on}")
            check_open(known, item.sku)
            return known
        if line.lot != NEW_LOT and is_given_lot(code):
            raise Refused("INVALID_TEXT", field="lot", detail="codes of this form are given out by the ledger")
        lot = Lot(
            id=draft.next_id(),
            item_id=item.id,
            code=code,
            received_at=draft.now,
            expires_on=self.expires_on,
            status=self.status or "LIVE",
            status_since=draft.now,
        )
        draft.make(lot)
        return lot


def check_open(lot: Lot, sku: str) -> None:
    """Refuse to take goods into a lot that is closed."""
    if lot.status == "CLOSED":
        raise Refused("LOT_CLOSED", sku=sku, lot=lot.code)
