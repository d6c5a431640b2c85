"""Receive serials: single items come in, each under its serial number, with its condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.put import holding_for, want_holding
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.serials.following import serial_of
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.unit import Unit
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


class SerialLine(NamedTuple):
    """A single item that comes in."""

    sku: str
    unit: str
    condition: str | None = None
    location: str | None = None
    lot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveSerials(Command):
    """
    Take single items in; each serial number is unique in the org.

    `unit_cost` is what each of them costs, in millionths of the currency.
    """

    kind: ClassVar[str] = "receive_serials"
    refuses: ClassVar[Codes] = frozenset(
        {
            "TOO_MANY_LINES",
            "UNKNOWN_SITE",
            "UNKNOWN_LOCATION",
            "UNKNOWN_ITEM",
            "BATCH_NOT_FOUND",
            "UNIT_ALREADY_EXISTS",
            "INVALID_COST",
        }
    )

    site: str
    serials: tuple[SerialLine, ...]
    unit_cost: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_lines(self._lines(), costs=True)
        for serial in self.serials:
            check_code(serial.unit, "unit")
            if serial.condition is not None:
                check_code(serial.condition, "condition")
        if len({serial.unit for serial in self.serials}) < len(self.serials):
            raise Refused("INVALID_COMMAND", detail="a serial number stands twice")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings that the items are put to."""
        del book
        for line in self._lines():
            want_holding(wants, self.site, line)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Put each item where it goes, and begin to keep its serial."""
        site = draft.book.site(self.site)
        for serial, line in zip(self.serials, self._lines(), strict=True):
            holding = holding_for(draft, site, line, new_unit=True)
            draft.move(holding, Outside.SUPPLIER, State.AVAILABLE, SCALE, value=self.unit_cost)
            kept = serial_of(draft, draft.book.get(Unit, holding.key.unit_id or 0), serial.condition)
            if kept.condition != serial.condition:
                draft.change(kept, kept.next(condition=serial.condition), "graded")

    def _lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(serial.sku, SCALE, serial.lot, serial.location, serial.unit, unit_cost=self.unit_cost)
            for serial in self.serials
        )
