"""
What lines and answers of worth look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import TypedDict

from onhand.client.shapes.shared import Balances
from onhand.client.speaking import Page


class CostLine(TypedDict):
    """Cost line."""

    kind: str  # The kind: of an operation, of a piece.
    end: str  # Where the goods came from or went to: the outside, elsewhere, or incoming.
    value_in: str  # What came into the value of stock, in the currency of the org.
    value_out: str  # What went out of the value of stock, in the currency of the org.


class GetReportRow(TypedDict):
    """Get report row."""

    vat_rate: str  # The rate in percent, a plain decimal.
    net: str  # Without VAT, in the currency of the org, a plain decimal.
    vat: str  # The VAT, in the currency of the org, a plain decimal.
    gross: str  # With VAT, in the currency of the org, a plain decimal.


class ItemTotal(TypedDict):
    """Item total."""

    sku: str  # The code of an item.
    balances: Balances  # The quantities by state after it, in the item's measure.


class ProductTotal(TypedDict):
    """Product total."""

    id: int  # The number by which the thing is known in its org.
    code: str  # The code.
    name: str  # The name.
    variants: int  # How many items the product has, a whole number.
    balances: Balances  # The quantities by state after it, in the item's measure.


class ValuedItem(TypedDict):
    """Valued item."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    quantity: str  # How much, in the item's measure.
    value: str  # What goods are worth, in the currency of the org; or the value of an option.
    unit_cost: str | None  # What one costs, in the currency of the org; a plain decimal.


class CostReport(TypedDict):
    """Cost report."""

    since: int  # Only after this posting, or since this day or moment.
    until: int  # Only up to this posting, day or moment.
    opening: str  # What stock was worth at the first moment, in the currency of the org.
    lines: list[CostLine]  # The lines, all or none of which are done.
    closing: str  # What stock was worth at the last moment, in the currency of the org.


class GetReport(TypedDict):
    """Get report."""

    day: str  # The day, on the clocks of the org.
    time_zone: str  # The time zone of the org, by its name in the IANA database.
    currency: str  # The currency of the org, by its ISO 4217 code.
    first_posting: int  # The number of the first posting of the day.
    last_posting: int  # The number of the last posting of the day; one less where there was none.
    postings: dict[str, int]  # How many postings of each kind were made.
    open_reservations: int  # How many reservations were open at the end of the day.
    vat: list[GetReportRow]  # What was sold, by rate.
    gross: str  # All that was sold with VAT, in the currency of the org, a plain decimal.


class Totals(TypedDict):
    """Totals."""

    number: int  # The number of a posting in the journal, or of a document.
    products: Page[ProductTotal]  # Products.


class Valuation(TypedDict):
    """Valuation."""

    number: int  # The number of a posting in the journal, or of a document.
    value: str  # What goods are worth, in the currency of the org; or the value of an option.
    items: Page[ValuedItem]  # The items.


class GetReportAnswer(TypedDict):
    """Get report answer."""

    day: str  # The day, on the clocks of the org.
    report: GetReport | None  # Null where it was not made yet.
