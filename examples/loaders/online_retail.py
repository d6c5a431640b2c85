"""
The format `online-retail`: the invoice lines of a wholesaler of giftware (UCI Online Retail).

Pure: text in, rows and classes out. Times are taken as UTC, since the file names no zone. Prices are exact integers
in millionths; quantities are whole pieces.

Classes. What a line is, is told by the line and its two neighbours alone, so that it does not depend on how much of
the file is at hand:

- not stock: its code is no catalogue number (see NOT_STOCK).
- returned: less than zero pieces on a cancellation, or at a price, which is paid back.
- written off: less than zero pieces on any other invoice at price 0; the reason stands in the description.
- found: more than zero pieces at price 0, without a customer, and either without a description or alone on its
  invoice. In the half year at hand 707 lines have price 0 and no customer: 369 are alone on their invoice, and none
  of these carries the name of goods (334 have no description, 35 a note such as "found" or "adjustment"); the 338
  others stand among the lines of an invoice and all carry the name under which the item is sold elsewhere. So a line
  that nobody pays for, that nobody gets and that stands alone is a correction of stock; a free one among others was
  handed over with them.
- sold: every other line with more than zero pieces.

Codes. 90 catalogue numbers occur in capitals and in small letters; 89 of them share a description in both spellings,
and the last one has no description in one of them. So the case is a slip of typing, and the sku is the code in
capitals. The code as it came is kept with the posting.
"""

import csv
import re
import string
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from examples.loaders.reading import LINE_BYTES_MAX, TextLine
from onhand.faults import Fault
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code, check_note, check_time

FORMAT = "online-retail"
COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")

NOT_STOCK: tuple[tuple[str, str], ...] = (
    (r"POST|DOT", "postage"),
    (r"C[0-9]+", "carriage"),
    (r"M", "manual entry"),
    (r"D", "discount"),
    (r"S", "samples"),
    (r"B", "bad debt"),
    (r"BANK CHARGES|AMAZON ?FEE|CRUK", "charges and commissions"),
    (r"PADS", "pads to match cushions"),
    (r"GIFT.*", "vouchers"),
    (r"DCGS.*", "goods of the web shop"),
    (r"TEST.*|ADJUST.*", "tests and adjustments"),
    (r"[^0-9].*", "other codes"),
)
"""
Patterns of codes that are no stock, capitals or not, and what they are; the first match counts.

The last is the rule behind the others: goods carry a catalogue number, and that begins with a digit.
"""

QUANTITY_MAX = 999_999_999
"""Pieces on one line; what is larger is a slip."""

CODE_LENGTH_MAX = 40
"""Characters of an invoice's or an item's code."""

_CACHED_TEXTS = 8_192
_QUANTITY = re.compile(r"-?(?:0|[1-9][0-9]{0,8})", re.ASCII)
_PRICE = re.compile(r"(-?)([0-9]{1,9})(?:\.([0-9]{1,6}))?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?", re.ASCII)
_DIGITS = frozenset(string.digits)
_NOT_STOCK = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), kind) for pattern, kind in NOT_STOCK)


class LineClass(StrEnum):
    """What became of a line; each line of a file ends in exactly one class."""

    SOLD = "sold"
    RETURNED = "returned"
    WRITTEN_OFF = "written off"
    FOUND = "found"
    NOT_STOCK = "not stock"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class Row(NamedTuple):
    """
    A line of the file, its columns as they came and what they mean.

    `number` is the line's number in the file. `units` has the sign of the file; `value` is units times price, in
    millionths.
    """

    number: int
    invoice: str
    code: str
    description: str
    quantity: str
    date: str
    price: str
    customer: str
    country: str
    sku: str
    units: int
    value: int
    moment: datetime


class Unreadable(NamedTuple):
    """A line that cannot be read, why, and as much of it as could be."""

    number: int
    reason: str
    invoice: str | None = None
    units: int = 0
    value: int = 0


class Entry(NamedTuple):
    """A row with its class and its place among the lines of its invoice, the first being 1."""

    row: Row
    line_class: LineClass
    ordinal: int


def read_entries(lines: Iterable[TextLine]) -> Iterator[Entry | Unreadable]:
    """
    Read and classify all lines of a file.

    The place of a row in its invoice is counted over the whole file, so an invoice may be interrupted by another. A
    line that cannot be read takes a place too, of its own invoice or the one before it, so the others keep theirs
    when it is mended.

    Raises:
        Fault: FILE_UNREADABLE where the file does not begin with the columns of this format.
    """
    source = iter(lines)
    _check_header(next(source, None))
    ordinals: dict[str, int] = {}
    invoice_before: str | None = None
    waiting: tuple[Row, int] | None = None
    for line in source:
        row = parse(line)
        invoice = row.invoice or (waiting[0].invoice if waiting is not None else "")
        ordinals[invoice] = ordinal = ordinals.get(invoice, 0) + 1
        if isinstance(row, Unreadable):
            yield row
            continue
        if waiting is not None:
            yield _entry(*waiting, {invoice_before, invoice})
            invoice_before = waiting[0].invoice
        waiting = row, ordinal
    if waiting is not None:
        yield _entry(*waiting, {invoice_before})


def parse(line: TextLine) -> Row | Unreadable:
    """Read one line; what is wrong with it is an answer, never an error."""
    number, text = line
    if text is None:
        return Unreadable(number, f"it is longer than {LINE_BYTES_MAX} bytes")
    columns = _columns(text)
    if columns is None:
        return Unreadable(number, "a quote is not closed")
    if len(columns) != len(COLUMNS):
        return Unreadable(number, f"it has {len(columns)} columns, not {len(COLUMNS)}")
    invoice, code, description, quantity, date, price, customer, country = columns
    units = _units(quantity)
    unit_price = _millionths(price)
    moment = _moment(date)
    wrong_text = _wrong_text(text, columns)
    if wrong_text is None and units and unit_price is not None and moment is not None:
        sku = code.strip().upper()
        value = units * unit_price
        return Row(
            number, invoice, code, description, quantity, date, price, customer, country, sku, units, value, moment
        )
    return Unreadable(
        number,
        wrong_text or _wrong_number(units, unit_price) or f"its InvoiceDate is no time: {ascii(date)[:40]}",
        None if _wrong_code(invoice, "InvoiceNo") else invoice,
        units or 0,
        (units or 0) * (unit_price or 0),
    )


def classify(row: Row, *, is_alone: bool) -> LineClass:
    """Tell what a row is; `is_alone` says that no other row of its invoice stands beside it."""
    if row.sku[0] not in _DIGITS:
        return LineClass.NOT_STOCK
    if row.units < 0:
        is_paid_back = row.value != 0 or row.invoice[0] in "Cc"
        return LineClass.RETURNED if is_paid_back else LineClass.WRITTEN_OFF
    is_unpaid = row.value == 0 and not row.customer.strip()
    if is_unpaid and (is_alone or not row.description.strip()):
        return LineClass.FOUND
    return LineClass.SOLD


def not_stock_kind(code: str) -> str:
    """Tell what a code that is no stock stands for."""
    return next((kind for pattern, kind in _NOT_STOCK if pattern.fullmatch(code.strip())), "goods")


def _entry(row: Row, ordinal: int, neighbours: Container[str | None]) -> Entry:
    return Entry(row, classify(row, is_alone=row.invoice not in neighbours), ordinal)


def _check_header(line: TextLine | None) -> None:
    columns = _columns(line.text or "") if line is not None else None
    if columns is None or tuple(column.strip() for column in columns) != COLUMNS:
        raise Fault(
            code="FILE_UNREADABLE",
            message=f"The file does not begin with the columns of {FORMAT}: {','.join(COLUMNS)}.",
            retryable=False,
            facts={"format": FORMAT},
        )


def _columns(text: str) -> list[str] | None:
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True), None)
    except csv.Error:
        return None


def _wrong_text(text: str, columns: list[str]) -> str | None:
    """Say what is wrong with the text of a line: characters that nobody sees, a name that is none."""
    if not (text.isascii() and text.isprintable()):
        try:
            check_note(text, "the line", LINE_BYTES_MAX)
        except Refused as refusal:
            is_not_utf8 = any("\udc80" <= character <= "\udcff" for character in text)
            return "it is not UTF-8" if is_not_utf8 else str(refusal.facts["detail"])
    return _wrong_code(columns[0], "InvoiceNo") or _wrong_code(columns[1].strip(), "StockCode")


@lru_cache(maxsize=_CACHED_TEXTS)
def _wrong_code(value: str, name: str) -> str | None:
    try:
        check_code(value, name, CODE_LENGTH_MAX)
    except Refused as refusal:
        return f"its {name} is no code: {refusal.facts['detail']}"
    return None


def _wrong_number(units: int | None, price: int | None) -> str | None:
    if units is None:
        return "its Quantity is no whole number of at most nine digits"
    if units == 0:
        return "its Quantity is 0, which moves nothing"
    if price is None:
        return "its UnitPrice is no plain decimal of at most nine digits and six decimals"
    return None


@lru_cache(maxsize=_CACHED_TEXTS)
def _units(quantity: str) -> int | None:
    return int(quantity) if _QUANTITY.fullmatch(quantity) else None


@lru_cache(maxsize=_CACHED_TEXTS)
def _millionths(price: str) -> int | None:
    match = _PRICE.fullmatch(price)
    if match is None:
        return None
    sign, whole, decimals = match.groups()
    millionths = int(whole) * SCALE + int((decimals or "").ljust(6, "0"))
    return -millionths if sign else millionths


@lru_cache(maxsize=_CACHED_TEXTS)
def _moment(date: str) -> datetime | None:
    if not _DATE.fullmatch(date):
        return None
    try:
        return check_time(datetime.fromisoformat(date).replace(tzinfo=UTC), "InvoiceDate")
    except (ValueError, Refused):
        return None
