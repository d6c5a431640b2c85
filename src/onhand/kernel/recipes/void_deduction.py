"""Void a deduction: what a sale took is put back, exactly and once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.recipes.deduction import DEDUCTED, VOIDED, Deduction
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.states import Outside, State
from onhand.kernel.text import check_code
from onhand.kernel.transitions import DEDUCTION, check_transition
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidDeduction(Command):
    """
    Compensate a transaction: put back what it took, from which holding it took it; all lines that stand, or some.

    The goods are available again, whatever slice or lot they came from. Lines count from 1. A reason is required.
    """

    kind: ClassVar[str] = "void"
    refuses: ClassVar[Codes] = frozenset(
        {
            "QUANTITY_TOO_LARGE",
            "UNKNOWN_SITE",
            "REASON_REQUIRED",
            "TRANSACTION_NOT_FOUND",
            "ALREADY_VOIDED",
            "VALUE_TOO_LARGE",
        }
    )

    transaction: str
    site: str
    line_numbers: tuple[int, ...] = ()

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.transaction, "transaction")
        check_code(self.site, "site")
        for line in self.line_numbers:
            check_number(line, "line")
        if len(set(self.line_numbers)) < len(self.line_numbers):
            raise Refused("INVALID_COMMAND", detail="a line is voided twice")
        if self.reason is None:
            raise Refused("REASON_REQUIRED")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the deduction, then the holdings that it took from."""
        wants.sites.add(self.site)
        site = book.names.get(("site", self.site))
        if site is None:
            return True
        name = ("deduction", site.id, self.transaction)
        wants.names.add(name)
        known = book.names.get(name)
        if not isinstance(known, Deduction):
            return True
        wants.holdings.update(part.holding_id for part in known.parts)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Move back what the chosen lines took."""
        site = draft.book.site(self.site)
        known = draft.book.names.get(("deduction", site.id, self.transaction))
        if not isinstance(known, Deduction):
            raise Refused("TRANSACTION_NOT_FOUND", site=site.code, transaction=self.transaction)
        standing = {line for line, item in enumerate(known.items, start=1) if item.status == DEDUCTED}
        chosen = set(self.line_numbers) or standing
        if max(chosen, default=0) > len(known.items):
            raise Refused("INVALID_COMMAND", detail=f"transaction {self.transaction} has no line {max(chosen)}")
        if not chosen or not chosen <= standing:
            raise Refused("ALREADY_VOIDED", site=site.code, transaction=self.transaction)
        returned: dict[int, int] = {}
        for part in known.parts:
            if part.line in chosen:
                returned[part.holding_id] = returned.get(part.holding_id, 0) + part.quantity
        for holding_id, quantity in returned.items():
            draft.move(draft.book.holdings[holding_id], Outside.USED, State.AVAILABLE, quantity)
        status = VOIDED if chosen == standing else "partly_voided"
        check_transition(DEDUCTION, f"transaction {self.transaction}", known.status, status)
        items = tuple(
            item._replace(status=VOIDED) if line in chosen else item for line, item in enumerate(known.items, start=1)
        )
        draft.change(known, known.next(status=status, items=items), "voided")
