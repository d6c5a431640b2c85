"""Questions about invoices."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onhand.kernel.exact import NOTHING, MoneyDecimal, money_difference
from onhand.kernel.posting import Posting
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.refusals import Refused
from onhand.kernel.serials.repair_holding import RepairHolding
from onhand.kernel.serials.repair_serial import RepairSerial
from onhand.kernel.transitions import INVOICE
from onhand.ledger.asking import check_codes, check_page, check_status
from onhand.ledger.commerce.answers import InvoiceAnswer
from onhand.ledger.commerce.port import InvoicesWanted
from onhand.ledger.core.answers import Page
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.serials.consistency import Discrepancy, Inconsistency
from onhand.ledger.serials.port import InvoiceItem

if TYPE_CHECKING:
    from collections.abc import Sequence

_STANDS = {"open": {"reserved"}, "paid": {"sold", "delivered"}}
"""Where the items of an invoice stand that is not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceStatus:
    """
    Where an invoice and its single items stand.

    `next_statuses` are those that may follow. `consistent` says whether each item stands where the invoice says.
    """

    invoice: str
    status: str
    gross: MoneyDecimal
    paid: MoneyDecimal
    due: MoneyDecimal
    next_statuses: tuple[str, ...]
    consistent: bool
    items: tuple[InvoiceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was out of line at an invoice, and the postings that brought it into line."""

    findings: tuple[Discrepancy, ...]
    postings: tuple[Posting, ...]


class InvoiceQuestions(Namespace):
    """What is invoiced, paid and delivered."""

    _name = "invoices"

    @question
    async def list(
        self,
        *,
        status: str | None = None,
        customer: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[InvoiceAnswer]:
        """List invoices with their lines and payments."""
        check_page(limit)
        check_status(status, INVOICE)
        check_codes(customer=customer)
        cursor = await self._cursor("invoices", status, customer)
        (go_on,) = cursor.read(after, int) or (0,)
        if customer is not None and await self._reading.catalog.customer(customer) is None:
            raise Refused("UNKNOWN_CUSTOMER", customer=customer)
        wanted = InvoicesWanted(status=status, customer=customer, after_id=go_on)
        found = await self._reading.documents.invoices(wanted, limit + 1)
        return cursor.page(found.rows, limit, lambda invoice: (invoice.id,))

    @question
    async def get(self, number: str) -> InvoiceAnswer:
        """Give an invoice with its lines and payments; raises Refused DOCUMENT_NOT_FOUND."""
        check_codes(number=number)
        for found in await self._reading.documents.invoices(InvoicesWanted(number=number), 1):
            return found
        raise Refused("DOCUMENT_NOT_FOUND", document="invoice", number=number)

    @question
    async def status(self, number: str) -> InvoiceStatus:
        """Tell where an invoice and its single items stand, and what may follow; raises DOCUMENT_NOT_FOUND."""
        invoice = await self.get(number)
        items = await self._reading.lifecycle.items_of(invoice.id)
        return InvoiceStatus(
            invoice=invoice.number,
            status=invoice.status,
            gross=invoice.gross,
            paid=invoice.paid,
            due=NOTHING if invoice.status == "cancelled" else money_difference(invoice.gross, invoice.paid),
            next_statuses=tuple(sorted(INVOICE[invoice.status])),
            consistent=all(_stands(invoice, item) for item in items),
            items=items,
        )


def _stands(invoice: InvoiceAnswer, item: InvoiceItem) -> bool:
    """Tell whether an item stands where its invoice says; one that is over says nothing but that it holds none."""
    is_its = (item.document_type, item.document_id) == ("invoice", invoice.number)
    if invoice.status in _STANDS:
        return item.status in _STANDS[invoice.status] and (is_its or item.status == "delivered")
    return not (is_its and item.status in {"reserved", "sold"})


def concerns(invoice: InvoiceAnswer, found: Inconsistency) -> bool:
    """Tell whether an inconsistency is one of an invoice."""
    units: Sequence[str | None] = [line.unit for line in invoice.lines]
    match found.repair:
        case RepairSerial(unit=unit, invoice=number):
            return unit in units or number == invoice.number
        case RepairHolding(invoices=numbers, reservations=reservations):
            return invoice.number in numbers or invoice.reservation in reservations
        case ReleaseReservation(reservation=reservation):
            return reservation == invoice.reservation
        case _:
            return found.subject == f"invoice {invoice.number}"
