"""What is answered about documents and single items: frozen facts, quantities and money as exact decimals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onhand.kernel.exact import MoneyDecimal, QuantityDecimal, RateDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLineAnswer:
    """A line of an invoice; `returned_gross` is what comes to the customer for what came back, VAT included."""

    position: int
    sku: str
    unit: str | None
    quantity: QuantityDecimal
    price: MoneyDecimal
    vat_rate: RateDecimal
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal
    returned: QuantityDecimal
    returned_gross: MoneyDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAnswer:
    """Money that came, or went back where the amount is below zero."""

    id: int
    amount: MoneyDecimal
    paid_at: datetime
    method: str | None
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceAnswer:
    """An invoice as it is now."""

    id: int
    version: int
    number: str
    site: str
    status: str
    reservation: int
    customer: str | None
    prices_include_vat: bool
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal
    paid: MoneyDecimal
    delivery: Mapping[str, str] | None
    lines: tuple[InvoiceLineAnswer, ...]
    payments: tuple[PaymentAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLineAnswer:
    """A line of an order."""

    sku: str
    quantity: QuantityDecimal
    price: MoneyDecimal
    vat_rate: RateDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswer:
    """An order as it is now."""

    id: int
    version: int
    number: str
    status: str
    reservations: tuple[int, ...]
    customer: str | None
    net: MoneyDecimal
    vat: MoneyDecimal
    gross: MoneyDecimal
    paid: MoneyDecimal
    lines: tuple[OrderLineAnswer, ...]
    payments: tuple[PaymentAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialAnswer:
    """A single item as it is now: its condition, its status, where it is, and for whom."""

    id: int
    version: int
    unit: str
    sku: str
    status: str
    condition: str | None
    site: str | None
    location: str | None
    state: str | None
    document_type: str | None
    document_id: str | None
    reserved_by: str | None
    reserved_until: datetime | None
    reservation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialStep:
    """A step of a single item's status: from, to, why, for which document, who, when, and what was noted."""

    number: int
    line: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    kind: str
    source: str
    target: str
    reason_code: str
    reference_type: str | None
    reference_id: str | None
    notes: str | None
