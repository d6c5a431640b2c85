"""Set metadata of many lots: told of all of them in one posting, or of none."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLotsMetadata(Command):
    """Tell the metadata of many lots, each in place of what was told before."""

    kind: ClassVar[str] = "lots_metadata"
    refuses: ClassVar[Codes] = SetLotMetadata.refuses | {"TOO_MANY_LINES"}

    told: tuple[SetLotMetadata, ...]

    def check(self) -> None:
        """Refuse what is not well formed; each part has been checked by itself."""
        if not self.told or not all(isinstance(part, SetLotMetadata) for part in self.told):
            raise Refused("INVALID_COMMAND", detail="it tells nothing")
        if len(self.told) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(self.told), lines_max=LINES_MAX)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want what each of them wants."""
        has_more = False
        for part in self.told:
            has_more |= part.footprint(book, wants)
        return has_more

    def decide(self, draft: Draft) -> None:
        """Tell them, one after the other."""
        for part in self.told:
            part.decide(draft)
