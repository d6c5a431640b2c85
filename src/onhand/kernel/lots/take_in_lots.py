"""Take in many lots: all of them in one posting, or none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.take_in import TakeIn
from onhand.kernel.naming import Named
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInLots(Command):
    """Take many lots in, in order: what one makes known the next one finds."""

    kind: ClassVar[str] = "intake_lots"
    refuses: ClassVar[Codes] = TakeIn.refuses | {"TOO_MANY_LINES"}

    intakes: tuple[TakeIn, ...]

    def check(self) -> None:
        """Refuse what is not well formed; each intake has been checked by itself."""
        if not self.intakes or not all(isinstance(intake, TakeIn) for intake in self.intakes):
            raise Refused("INVALID_COMMAND", detail="it has no intakes")
        if len(self.intakes) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(self.intakes), lines_max=LINES_MAX)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want what each of them wants."""
        for intake in self.intakes:
            intake.footprint(book, wants)
        return True

    def named(self, book: Book) -> Iterable[Named]:
        """Name what each of them names."""
        for intake in self.intakes:
            yield from intake.named(book)

    def decide(self, draft: Draft) -> None:
        """Take them in, one after the other."""
        for intake in self.intakes:
            intake.decide(draft)
