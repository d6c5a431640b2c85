"""Repair a holding: it is reserved and sold as much as open reservations and paid invoices say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command, check_number
from onhand.kernel.commerce.documents import INVOICE_WORD, named_invoices, want_document
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_holding, named_reservations
from onhand.kernel.promises.release_reservation import want_reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.serials.repairs import align, check_reason, find_promise, part_of, want_anew
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairHolding(Command):
    """
    Let a holding be reserved and sold as much as open reservations and paid invoices say.

    All of them that touch it are named, as they were found at `version` of the holding; another version is refused.
    """

    kind: ClassVar[str] = "repair_holding"
    alone: ClassVar[bool] = True
    refuses: ClassVar[Codes] = frozenset({"VERSION_CONFLICT", "REASON_REQUIRED", "NOTHING_TO_REPAIR"})

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

    def named(self, book: Book) -> Iterable[Named]:
        """Name the holding, the reservations and the invoices."""
        yield from named_holding(book, self.holding, Refused("NOTHING_TO_REPAIR", subject=f"holding {self.holding}"))
        yield from named_reservations(book, *self.reservations)
        yield from named_invoices(book, *self.invoices)

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
        promises = [find_promise(draft.book, number) for number in self.reservations]
        promised = sum(part_of(promise.lines, holding) for promise in promises if promise is not None)
        invoices = [draft.book.names.get((INVOICE_WORD, number)) for number in self.invoices]
        sold = sum(part_of(invoice.sold, holding) for invoice in invoices if isinstance(invoice, Invoice))
        align(draft, holding, promised, sold)
        if not draft.movements:
            raise Refused("NOTHING_TO_REPAIR", subject=f"holding {self.holding}")
