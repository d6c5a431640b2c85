"""Make a report: what was true of a day is kept in the journal, once."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeReport(Command):
    """Keep a report, which stands in `data` and is named by its document; it moves and changes nothing."""

    kind: ClassVar[str] = "report"

    def check(self) -> None:
        """Refuse what is not well formed."""
        if self.data is None or self.document_id is None:
            raise Refused("INVALID_COMMAND", detail="a report has data, and a document that names it")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want nothing."""
        del book, wants
        return False

    def decide(self, draft: Draft) -> None:
        """Draft nothing; the posting is the report."""
