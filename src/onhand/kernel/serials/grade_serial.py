"""Grade a serial: somebody looked at a single item, and says in which condition it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_unit
from onhand.kernel.refusing import Codes
from onhand.kernel.serials.following import serial_of
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSerial(Command):
    """Set the condition of a unit; one that was no serial is kept as one from now on."""

    kind: ClassVar[str] = "grade"
    refuses: ClassVar[Codes] = frozenset({"UNKNOWN_ITEM", "UNIT_NOT_FOUND", "VERSION_CONFLICT"})

    sku: str
    unit: str
    condition: str
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        for field in ("sku", "unit", "condition"):
            check_code(getattr(self, field), field)
        check_version(self.version)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the unit with its holdings."""
        del book
        wants.items.add(self.sku)
        wants.units.add((self.sku, self.unit))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the unit."""
        return named_unit(book, self.sku, self.unit)

    def decide(self, draft: Draft) -> None:
        """Change the condition, if it is another."""
        serial = serial_of(draft, draft.book.unit(draft.book.item(self.sku), self.unit), self.condition)
        expect(serial, self.version, f"serial {self.unit}")
        if serial.condition != self.condition:
            draft.change(serial, serial.next(condition=self.condition), "graded")
