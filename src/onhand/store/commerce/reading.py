"""Reads of documents and single items, on PostgreSQL."""

from collections.abc import Iterable, Mapping

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
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import Row, utc


class PostgresDocuments:
    """Each read sees one moment of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def invoices(self, wanted: InvoicesWanted, limit: int) -> Page[InvoiceAnswer]:
        """Invoices with their lines and payments."""
        async with self._reader.moment() as ask:
            rows = await ask("read_invoices", **wanted._asdict(), limit=limit)
            ids = [row[0] for row in rows]
            lines = _by_first(await ask("read_invoice_lines", ids=ids)) if ids else {}
            payments = _by_first(await ask("read_payments", invoice_ids=ids, order_ids=[])) if ids else {}
        return Page(rows=tuple(_invoice(row, lines.get(row[0], ()), payments.get(row[0], ())) for row in rows))

    async def orders(self, wanted: OrdersWanted, limit: int) -> Page[OrderAnswer]:
        """Orders with their lines and payments."""
        async with self._reader.moment() as ask:
            rows = await ask("read_orders", **wanted._asdict(), limit=limit)
            ids = [row[0] for row in rows]
            payments = _by_first(await ask("read_payments", invoice_ids=[], order_ids=ids)) if ids else {}
        return Page(rows=tuple(_order(row, payments.get(row[0], ())) for row in rows))

    async def serials(self, wanted: SerialsWanted, limit: int) -> Page[SerialAnswer]:
        """Single items with where they are."""
        rows = await self._reader.ask("read_serials", **wanted._asdict(), limit=limit)
        return Page(rows=tuple(map(_serial, rows)))

    async def serial_steps(self, serial_id: int, after: tuple[int, int], limit: int) -> Page[SerialStep]:
        """The steps of a single item's status."""
        number, line = after
        rows = await self._reader.ask(
            "read_serial_steps", id=serial_id, after_number=number, after_line=line, limit=limit
        )
        return Page(rows=tuple(map(_step, rows)))


def _by_first(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _invoice(row: Row, lines: Iterable[Row], payments: Iterable[Row]) -> InvoiceAnswer:
    fields = ("id", "version", "number", "site", "status", "reservation", "customer", "prices_include_vat")
    return InvoiceAnswer(
        **dict(zip(fields, row[:8], strict=True)),
        net=row[8],
        vat=row[9],
        gross=row[10],
        paid=row[11],
        delivery=row[12],
        lines=tuple(_line(line) for line in lines),
        payments=tuple(_payment(payment) for payment in payments),
    )


def _line(row: Row) -> InvoiceLineAnswer:
    fields = ("position", "sku", "unit", "quantity", "price", "vat_rate", "net", "vat", "gross", "returned")
    told = dict(zip(fields, row[1:], strict=True))
    return InvoiceLineAnswer(**told, returned_gross=part_of(told["gross"], told["returned"], told["quantity"]))


def _payment(row: Row) -> PaymentAnswer:
    return PaymentAnswer(id=row[1], amount=row[2], paid_at=utc(row[3]), method=row[4], reference=row[5])


def _order(row: Row, payments: Iterable[Row]) -> OrderAnswer:
    fields = ("sku", "quantity", "price", "vat_rate")
    return OrderAnswer(
        id=row[0],
        version=row[1],
        number=row[2],
        status=row[3],
        reservations=tuple(row[4]),
        lines=tuple(OrderLineAnswer(**dict(zip(fields, line, strict=True))) for line in row[5]),
        customer=row[6],
        net=row[7],
        vat=row[8],
        gross=row[9],
        paid=row[10],
        payments=tuple(_payment(payment) for payment in payments),
    )


def _serial(row: Row) -> SerialAnswer:
    return SerialAnswer(
        id=row[0],
        version=row[1],
        unit=row[2],
        sku=row[3],
        status=row[4],
        condition=row[5],
        site=row[6],
        location=row[7],
        state=row[8],
        document_type=row[9],
        document_id=row[10],
        reserved_by=row[11],
        reserved_until=row[12] and utc(row[12]),
        reservation=row[13],
    )


def _step(row: Row) -> SerialStep:
    code = row[6].upper()
    return SerialStep(
        number=row[0],
        line=row[1],
        recorded_at=utc(row[2]),
        occurred_at=utc(row[3]),
        actor=row[4],
        kind=row[5],
        reason_code=code if code in REASON_CODES else CORRECTED,
        source=row[7],
        target=row[8],
        reference_type=row[9],
        reference_id=row[10],
        notes=row[11],
    )
