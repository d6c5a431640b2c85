"""
What lines and answers of sales look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict


class DocumentsTotal(TypedDict):
    """Documents total."""

    documents: str  # The kind of documents: receipts, invoices, orders, or returns on invoices.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.


class RateAnswer(TypedDict):
    """Rate answer."""

    vat_rate: str  # The rate of VAT, in percent; null takes the item's.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.


class ReceiptLineAnswer(TypedDict):
    """Receipt line answer."""

    sku: str  # The code of an item.
    name: str  # The name.
    quantity: str  # How much, in the item's measure.
    measure: str  # The measure of the item, as piece, kg or m.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: str
    vat_rate: str  # The rate of VAT, in percent; null takes the item's.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.


class ReceiptAnswer(TypedDict):
    """Receipt answer."""

    number: int  # The number of a posting in the journal, or of a document.
    site: str  # The code of a site.
    status: str  # The status.
    issued_at: str  # When it was issued: RFC 3339 in UTC.
    sold: list[ReceiptLineAnswer]  # What is sold and still here, in the item's measure.
    rates: list[RateAnswer]  # The totals of each rate of VAT.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.


class VatReport(TypedDict):
    """Vat report."""

    since: str  # Only after this posting, or since this day or moment.
    until: str  # Only up to this posting, day or moment.
    time_zone: str  # The time zone of the org.
    currency: str  # The currency of the org.
    rates: list[RateAnswer]  # The totals of each rate of VAT.
    charges: list[DocumentsTotal]  # The totals of each kind of document.
    net: str  # Without VAT, in the currency of the org.
    vat: str  # The VAT, in the currency of the org.
    gross: str  # With VAT, in the currency of the org.
