"""
What lines and answers of commerce look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict


class CustomerAnswer(TypedDict):
    """Customer answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    code: str  # The code.
    name: str  # The name.
    email: str | None  # The address for letters.
    vat_number: str | None  # The VAT number.


class InvoiceLineAnswer(TypedDict):
    """Invoice line answer."""

    position: int  # The place of the line in its document, from 1.
    sku: str  # The code of an item.
    unit: str | None  # The code of a unit, or a unit of measure.
    quantity: str  # How much, in the item's measure.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: str
    vat_rate: str  # The rate of VAT, in percent; null takes the item's.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.
    returned: str  # What came back of it, in the item's measure.
    returned_gross: str  # What came back comes to, VAT included, in the currency of the org.


class OrderLineAnswer(TypedDict):
    """Order line answer."""

    sku: str  # The code of an item.
    quantity: str  # How much, in the item's measure.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: str
    vat_rate: str  # The rate of VAT, in percent; null takes the item's.


class PaymentAnswer(TypedDict):
    """Payment answer."""

    id: int  # The number by which the thing is known in its org.
    amount: str  # How much, in the currency of the org.
    paid_at: str  # When it was paid: RFC 3339 in UTC.
    method: str | None  # How it was paid.
    reference: str | None  # The reference of the payment.


class InvoiceAnswer(TypedDict):
    """Invoice answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    number: str  # The number of a posting in the journal, or of a document.
    site: str  # The code of a site.
    status: str  # The status.
    reservation: int  # The number of a reservation.
    customer: str | None  # The customer.
    prices_include_vat: bool  # Whether the prices hold the VAT.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.
    paid: str  # What is paid, in the currency of the org.
    delivery: dict[str, str] | None  # What is told of the delivery: carrier, tracking, recipient, address, note.
    lines: list[InvoiceLineAnswer]  # The lines, all or none of which are done.
    payments: list[PaymentAnswer]  # The payments, in order.


class OrderAnswer(TypedDict):
    """Order answer."""

    id: int  # The number by which the thing is known in its org.
    version: int  # The version, a whole number; another one than told is refused.
    number: str  # The number of a posting in the journal, or of a document.
    status: str  # The status.
    reservations: list[int]  # The numbers of reservations.
    customer: str | None  # The customer.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.
    paid: str  # What is paid, in the currency of the org.
    lines: list[OrderLineAnswer]  # The lines, all or none of which are done.
    payments: list[PaymentAnswer]  # The payments, in order.
