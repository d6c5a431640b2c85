"""Transfer: goods go from one place to another, at once or in transit until they are received."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_TAKING, Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.transit import Transit
from onhand.kernel.text import LOCATION_LENGTH_MAX, check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Command):
    """
    Move goods to another site, or to another location of the same site: all lines or none.

    In transit, the goods are incoming at the target until `Arrive` says what came.
    """

    kind: ClassVar[str] = "transfer"
    refuses: ClassVar[Codes] = OF_TAKING | {"SAME_PLACE", "VALUE_TOO_LARGE"}

    site: str
    target: str
    lines: tuple[Line, ...]
    target_location: str | None = None
    in_transit: bool = False

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        check_code(self.target, "target")
        if self.target_location is not None:
            check_code(self.target_location, "target_location", LOCATION_LENGTH_MAX)
        check_lines(self.lines)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings at both ends."""
        del book
        want_lines(wants, self.site, self.lines)
        want_lines(wants, self.target, self.lines)
        if self.target_location is not None:
            wants.locations.add((self.target, self.target_location))
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name both sites."""
        return named_sites(book, self.site, self.target)

    def decide(self, draft: Draft) -> None:
        """Take the goods at the source and put them to the target, lot by lot and unit by unit."""
        source, target = draft.book.site(self.site), draft.book.site(self.target)
        location = None if self.target_location is None else draft.book.location(target, self.target_location)
        taken = take(draft, source, self.lines, Outside.ELSEWHERE)
        values = [movement.value for movement in draft.movements[-len(taken) :]]
        arrived = [(draft.twin(holding, target, location), quantity) for holding, quantity in taken]
        if any(here is there for (here, _), (there, _) in zip(taken, arrived, strict=True)):
            raise Refused("SAME_PLACE")
        state = State.INCOMING if self.in_transit else State.AVAILABLE
        for (holding, quantity), value in zip(arrived, values, strict=True):
            draft.move(holding, Outside.ELSEWHERE, state, quantity, value=value)
        if self.in_transit:
            worths = merged((holding, value) for (holding, _), value in zip(arrived, values, strict=True))
            draft.make(
                Transit(
                    id=draft.next_id(),
                    source_site_id=source.id,
                    target_site_id=target.id,
                    status="in_transit",
                    lines=merged(arrived),
                    line_values=tuple(line.quantity for line in worths) if any(values) else None,
                )
            )
