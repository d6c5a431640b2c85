"""Reads of documents and single items, on PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence

from onhand.kernel.exact import money_decimal
from onhand.kernel.money import part_of
from onhand.kernel.serials.following import CORRECTED, REASON_CODES
from onhand.ledger.commerce.answers import (
    InvoiceAnswer,
    InvoiceLineAnswer,
    OrderAnswer,
    OrderLineAnswer,
    PaymentAnswer,
    SerialAnswer,
    SerialStep,
)
from onhand.ledger.commerce.port import InvoicesWanted, OrdersWanted, SerialsWanted
from onhand.ledger.core.answers import Page
from onhand.store.database.answering import NamedRow, answer_of, answers_of
from onhand.store.database.answering import part_of as part_of_row
from onhand.store.database.reader import Reader, RunQuery


class PostgresDocuments:
    """Each read sees one moment of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def invoices(self, wanted: InvoicesWanted, limit: int) -> Page[InvoiceAnswer]:
        """Invoices with their lines and payments."""
        async with self._reader.moment() as ask:
            rows = await ask("read_invoices", **wanted._asdict(), limit=limit)
            ids = [row.id for row in rows]
            lines = _by_id(await ask("read_invoice_lines", ids=ids), "invoice_id") if ids else {}
            payments = await _payments(ask, invoice_ids=ids)
        return Page(
            rows=tuple(
                answer_of(
                    InvoiceAnswer,
                    row,
                    lines=tuple(map(_line, lines.get(row.id, ()))),
                    payments=payments.get(row.id, ()),
                )
                for row in rows
            )
        )

    async def orders(self, wanted: OrdersWanted, limit: int) -> Page[OrderAnswer]:
        """Orders with their lines and payments."""
        async with self._reader.moment() as ask:
            rows = await ask("read_orders", **wanted._asdict(), limit=limit)
            payments = await _payments(ask, order_ids=[row.id for row in rows])
        return Page(
            rows=tuple(
                answer_of(
                    OrderAnswer,
                    row,
                    lines=tuple(part_of_row(OrderLineAnswer, line) for line in row.ordered),
                    payments=payments.get(row.id, ()),
                )
                for row in rows
            )
        )

    async def serials(self, wanted: SerialsWanted, limit: int) -> Page[SerialAnswer]:
        """Single items with where they are."""
        rows = await self._reader.ask("read_serials", **wanted._asdict(), limit=limit)
        return Page(rows=answers_of(SerialAnswer, rows))

    async def serial_steps(self, serial_id: int, after: tuple[int, int], limit: int) -> Page[SerialStep]:
        """The steps of a single item's status."""
        number, line = after
        rows = await self._reader.ask(
            "read_serial_steps", id=serial_id, after_number=number, after_line=line, limit=limit
        )
        return Page(rows=tuple(map(_step, rows)))


async def _payments(
    ask: RunQuery, *, invoice_ids: Sequence[int] = (), order_ids: Sequence[int] = ()
) -> Mapping[int, tuple[PaymentAnswer, ...]]:
    """Read the payments of some invoices or orders, by the id of the document."""
    if not invoice_ids and not order_ids:
        return {}
    rows = await ask("read_payments", invoice_ids=list(invoice_ids), order_ids=list(order_ids))
    return {document: answers_of(PaymentAnswer, of) for document, of in _by_id(rows, "document").items()}


def _by_id(rows: Iterable[NamedRow], column: str) -> Mapping[int, list[NamedRow]]:
    found: dict[int, list[NamedRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _line(row: NamedRow) -> InvoiceLineAnswer:
    returned_gross = money_decimal(part_of(row.gross, row.returned, row.quantity))
    return answer_of(InvoiceLineAnswer, row, returned_gross=returned_gross)


def _step(row: NamedRow) -> SerialStep:
    code = row.action.upper()
    return answer_of(SerialStep, row, reason_code=code if code in REASON_CODES else CORRECTED)
