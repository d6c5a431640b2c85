"""What the questions of the shop need of a store, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from onhand.kernel.exact import MoneyDecimal, QuantityDecimal, RateDecimal, money_decimal, quantity_decimal
from onhand.kernel.money import RateTotal
from onhand.kernel.stock.product import OptionValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """An item as a till shows it; `found_by` is sku, barcode or name."""

    id: int
    sku: str
    name: str
    measure: str
    price: MoneyDecimal | None
    vat_rate: RateDecimal
    options: tuple[OptionValue, ...]
    found_by: str


class ReceiptLineAnswer(NamedTuple):
    """One line of a receipt: what, how much, at which price, and what it comes to; below zero where it was returned."""

    sku: str
    name: str
    quantity: QuantityDecimal
    measure: str
    price: MoneyDecimal
    vat_rate: RateDecimal
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal


class RateAnswer(NamedTuple):
    """What the lines of one VAT rate come to."""

    vat_rate: RateDecimal
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal


def rate_answer(total: RateTotal) -> RateAnswer:
    """Tell the total of a rate."""
    vat_rate, *amounts = total
    return RateAnswer(quantity_decimal(vat_rate), *map(money_decimal, amounts))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptAnswer:
    """A receipt as it was issued; amounts of the currency, `status` is issued or voided."""

    number: int
    site: str
    status: str
    issued_at: datetime
    sold: tuple[ReceiptLineAnswer, ...]
    rates: tuple[RateAnswer, ...]
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal


class Charge(NamedTuple):
    """What the documents of one kind come to at one rate."""

    documents: str
    total: RateTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsTotal:
    """What the documents of one kind come to: receipts, invoices, orders, or returns on invoices, below zero."""

    documents: str
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VatReport:
    """
    What was charged from one day to another, both included.

    `rates` add up to the whole, and so do `charges`, which tell the same by the kind of document.
    """

    since: date
    until: date
    time_zone: str
    currency: str
    rates: tuple[RateAnswer, ...]
    charges: tuple[DocumentsTotal, ...]
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal


class WordRange(NamedTuple):
    """Words from `low` on and below `high`, letter by letter."""

    low: str
    high: str


class ShopReading(Protocol):
    """Reads of the shop; each sees one moment of the database."""

    async def items_by_code(self, code: str) -> Sequence[ItemAnswer]:
        """The items that a sku or a barcode stands for."""
        ...

    async def items_by_words(self, ranges: Sequence[WordRange], limit: int) -> Sequence[ItemAnswer]:
        """Items that have a word in each range, in the order of those in the rarest; the same item maybe twice."""
        ...

    async def settings(self) -> Mapping[str, str]:
        """What the org has chosen."""
        ...

    async def receipt(self, number: int) -> ReceiptAnswer | None:
        """A receipt by its number."""
        ...

    async def receipts(self, below: int, site_id: int | None, limit: int) -> Sequence[ReceiptAnswer]:
        """Receipts with numbers below one, the newest first."""
        ...

    async def vat(self, since: datetime, until: datetime, site_id: int | None) -> tuple[Charge, ...]:
        """What was charged between two moments, by rates and documents."""
        ...

    async def acts(self, after: int, last: int) -> Mapping[str, int]:
        """How many postings of each kind there are after one number and up to another."""
        ...

    async def open_reservations(self, number: int) -> int:
        """How many promises were open after a posting."""
        ...

    async def report_number(self, document_type: str, document_id: str) -> int | None:
        """The number of the posting that holds a report."""
        ...
