"""Tally refusals: a process tells how many deductions were refused, for the metrics."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.recipes.refusal_tally import RefusalTally
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


class TallyLine(NamedTuple):
    """So many deductions were refused at a site within an hour."""

    site: str
    hour: str
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRefusals(Command):
    """Add what a process has counted since it last told."""

    kind: ClassVar[str] = "tally_refusals"

    process: str
    counts: tuple[TallyLine, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.process, "process")
        if not 1 <= len(self.counts) <= LINES_MAX:
            raise Refused("INVALID_COMMAND", detail="it has no counts, or too many")
        for line in self.counts:
            check_code(line.site, "site")
            check_code(line.hour, "hour")
            check_number(line.refused, "refused")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the tallies that there are."""
        del book
        wants.names.update(("refusal_tally", line.site, line.hour, self.process) for line in self.counts)
        return False

    def decide(self, draft: Draft) -> None:
        """Count on."""
        for line in self.counts:
            known = draft.book.names.get(("refusal_tally", line.site, line.hour, self.process))
            if isinstance(known, RefusalTally):
                draft.change(known, known.next(refused=known.refused + line.refused), "counted")
            else:
                draft.make(
                    RefusalTally(
                        id=draft.next_id(),
                        site=line.site,
                        hour=line.hour,
                        process=self.process,
                        refused=line.refused,
                    )
                )
