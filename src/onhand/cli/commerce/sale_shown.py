"""Documents, serials and findings as people read them."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.tables import document, minute, table
from onhand.kernel.exact import decimal_text
from onhand.ledger.commerce.answers import InvoiceAnswer, OrderAnswer, PaymentAnswer, SerialAnswer, SerialStep
from onhand.ledger.core.answers import Page
from onhand.ledger.serials.consistency import Inconsistency


def invoice(invoice: InvoiceAnswer) -> Iterator[RenderableType]:
    """Show an invoice with its lines and payments."""
    yield Text(f"Invoice {invoice.number}, {invoice.status}", style="bold")
    rows = [
        (
            line.sku,
            line.unit,
            decimal_text(line.quantity),
            decimal_text(line.price),
            f"{decimal_text(line.vat_rate)}%",
            decimal_text(line.net),
            decimal_text(line.vat),
            decimal_text(line.gross),
            decimal_text(line.returned) if line.returned else "",
        )
        for line in invoice.lines
    ]
    yield table(["item", "serial", "quantity", "price", "rate", "net", "VAT", "gross", "returned"], rows)
    yield from _money(invoice, invoice.payments)
    returned = sum(line.returned_gross for line in invoice.lines)
    if returned:
        yield Text(f"  returned  {decimal_text(returned)}, VAT included")
    for name, value in (invoice.delivery or {}).items():
        yield Text(f"  {name:<9} {value}")


def order(order: OrderAnswer) -> Iterator[RenderableType]:
    """Show an order with its lines and payments."""
    yield Text(f"Order {order.number}, {order.status}", style="bold")
    rows = [
        (line.sku, decimal_text(line.quantity), decimal_text(line.price), f"{decimal_text(line.vat_rate)}%")
        for line in order.lines
    ]
    yield table(["item", "quantity", "price", "rate"], rows)
    yield from _money(order, order.payments)
    yield Text(f"  reserved  {', '.join(map(str, order.reservations))}")


def documents(page: Page[InvoiceAnswer] | Page[OrderAnswer]) -> Iterator[RenderableType]:
    """List invoices or orders."""
    if not page.rows:
        yield Text("Nothing.")
        return
    rows = [
        (
            found.number,
            found.status,
            found.customer,
            len(found.lines),
            decimal_text(found.gross),
            decimal_text(found.paid),
        )
        for found in page
    ]
    yield table(["number", "status", "customer", "lines", "gross", "paid"], rows)
    yield from _more(page.after)


def serials(page: Page[SerialAnswer]) -> Iterator[RenderableType]:
    """List single items."""
    if not page.rows:
        yield Text("Nothing.")
        return
    yield table(
        ["serial", "item", "status", "condition", "site", "location", "state", "document", "by", "until (UTC)"],
        [_cells(serial) for serial in page],
    )
    yield from _more(page.after)


def steps(unit: str, page: Page[SerialStep]) -> Iterator[RenderableType]:
    """List the steps of a single item's status."""
    yield Text(f"Serial {unit}:", style="bold")
    if not page.rows:
        yield Text("Nothing happened to it yet.")
        return
    rows = [
        (
            step.number,
            minute(step.recorded_at),
            step.source,
            step.target,
            step.reason_code,
            document(step.reference_type, step.reference_id),
            step.actor,
            step.notes,
        )
        for step in page
    ]
    yield table(["#", "recorded (UTC)", "from", "to", "reason", "document", "by", "notes"], rows)
    yield from _more(page.after)


def inconsistencies(found: Sequence[Inconsistency], repaired: int | None) -> Iterator[RenderableType]:
    """Tell what is not as it should be, what would be done, and how much of it was."""
    if not found:
        yield Text("Everything is as it should be.", style="bold")
        return
    rows = [(one.kind.replace("_", " "), one.subject, one.detail, one.remedy) for one in found]
    yield table(["what", "where", "why", "remedy"], rows)
    if repaired is None:
        yield Text(f"{len(found)} found. --fix repairs what can be repaired.")
    else:
        yield Text(f"{len(found)} found, {repaired} repaired.")


def _cells(serial: SerialAnswer) -> tuple[object, ...]:
    return (
        serial.unit,
        serial.sku,
        serial.status,
        serial.condition,
        serial.site,
        serial.location,
        "" if serial.state == serial.status else serial.state,
        document(serial.document_type, serial.document_id),
        serial.reserved_by,
        minute(serial.reserved_until),
    )


def _money(found: InvoiceAnswer | OrderAnswer, payments: Sequence[PaymentAnswer]) -> Iterator[RenderableType]:
    yield Text(f"  gross     {decimal_text(found.gross)}, with {decimal_text(found.vat)} VAT")
    yield Text(f"  paid      {decimal_text(found.paid)}")
    for payment in payments:
        told = " ".join(part for part in (payment.method, payment.reference) if part)
        yield Text(f"            {decimal_text(payment.amount)} {told}".rstrip())


def _more(after: str | None) -> Iterator[RenderableType]:
    if after is not None:
        yield Text(f"More: --after {after}")
