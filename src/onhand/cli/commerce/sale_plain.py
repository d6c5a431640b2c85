"""Documents, serials and findings as plain JSON values: quantities and money are plain decimals in text."""

from onhand.cli.plain import Plain
from onhand.kernel.entity import time_text
from onhand.kernel.exact import decimal_text
from onhand.ledger.commerce.answers import InvoiceAnswer, OrderAnswer, PaymentAnswer, SerialAnswer, SerialStep
from onhand.ledger.serials.consistency import Inconsistency


def invoice(invoice: InvoiceAnswer) -> Plain:
    """Give an invoice with its lines and payments."""
    return {
        "number": invoice.number,
        "site": invoice.site,
        "status": invoice.status,
        "customer": invoice.customer,
        "reservation": invoice.reservation,
        "prices_include_vat": invoice.prices_include_vat,
        **_amounts(invoice),
        "delivery": invoice.delivery,
        "lines": [
            {
                "sku": line.sku,
                "unit": line.unit,
                "quantity": decimal_text(line.quantity),
                "price": decimal_text(line.price),
                "vat_rate": decimal_text(line.vat_rate),
                "net": decimal_text(line.net),
                "vat": decimal_text(line.vat),
                "gross": decimal_text(line.gross),
                "returned": decimal_text(line.returned),
                "returned_gross": decimal_text(line.returned_gross),
            }
            for line in invoice.lines
        ],
        "payments": [_payment(payment) for payment in invoice.payments],
    }


def order(order: OrderAnswer) -> Plain:
    """Give an order with its lines and payments."""
    return {
        "number": order.number,
        "status": order.status,
        "customer": order.customer,
        "reservations": list(order.reservations),
        **_amounts(order),
        "lines": [
            {
                "sku": line.sku,
                "quantity": decimal_text(line.quantity),
                "price": decimal_text(line.price),
                "vat_rate": decimal_text(line.vat_rate),
            }
            for line in order.lines
        ],
        "payments": [_payment(payment) for payment in order.payments],
    }


def serial(serial: SerialAnswer) -> Plain:
    """Give a single item as it is."""
    return {
        "unit": serial.unit,
        "sku": serial.sku,
        "status": serial.status,
        "condition": serial.condition,
        "site": serial.site,
        "location": serial.location,
        "state": serial.state,
        "document": None if serial.document_id is None else [serial.document_type, serial.document_id],
        "reserved_by": serial.reserved_by,
        "reserved_until": None if serial.reserved_until is None else time_text(serial.reserved_until),
        "reservation": serial.reservation,
    }


def step(step: SerialStep) -> Plain:
    """Give a step of a single item's status."""
    return {
        "number": step.number,
        "recorded_at": time_text(step.recorded_at),
        "from": step.source,
        "to": step.target,
        "reason_code": step.reason_code,
        "reference": None if step.reference_id is None else [step.reference_type, step.reference_id],
        "actor": step.actor,
        "notes": step.notes,
    }


def inconsistency(found: Inconsistency) -> Plain:
    """Give something that is not as it should be."""
    return {
        "kind": found.kind,
        "subject": found.subject,
        "detail": found.detail,
        "remedy": found.remedy,
        "repairable": found.repair is not None,
    }


def _amounts(document: InvoiceAnswer | OrderAnswer) -> Plain:
    return {name: decimal_text(getattr(document, name)) for name in ("net", "vat", "gross", "paid")}


def _payment(payment: PaymentAnswer) -> Plain:
    return {
        "amount": decimal_text(payment.amount),
        "paid_at": time_text(payment.paid_at),
        "method": payment.method,
        "reference": payment.reference,
    }
