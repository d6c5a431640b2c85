"""
Plans how lines become commands: which lines go together, under which keys, and what has to be there before.

Pure. A command for lines carries them whole as reference data, so each readable line of the file stands in exactly
one posting. Keys are made from the site, the invoice and the place of the first line within its invoice: they do not
change when the file has another name, is compressed, or grows at its end, and an invoice that stands whole in two
files is one invoice.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict, assert_never

from examples.loaders.online_retail import FORMAT, Entry, LineClass, Row
from onhand.kernel.command import Command, Line
from onhand.kernel.commerce.deliver_invoice import DeliverInvoice
from onhand.kernel.commerce.issue_invoice import IssueInvoice
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.sale_lines import SaleLine
from onhand.kernel.money import PricedLine, totals_of
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.define import Define
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack

LINES_MAX = 50
"""Lines of one posting; an invoice of 705 lines becomes several."""

REASON_NOT_STATED = "not stated"
"""The reason of a correction whose description is empty."""

_DATA_BYTES_MAX = 12_000
_DATA_BYTES_A_LINE = 40
_OUT = frozenset({LineClass.SOLD, LineClass.WRITTEN_OFF})
CORRECTIONS = frozenset({LineClass.WRITTEN_OFF, LineClass.FOUND})
_HEAD = ("InvoiceNo", "InvoiceDate", "CustomerID", "Country")
_LINE_COLUMNS = ["line", "StockCode", "Description", "Quantity", "UnitPrice"]


class Opening(StrEnum):
    """Where the stock comes from that the file's sales take: nothing in the file says what was received."""

    DERIVE = "derive"
    NONE = "none"


class Lifecycle(StrEnum):
    """What becomes of the lines of an invoice: sold at once, or reserved, paid and delivered."""

    SALE = "sale"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Where and how a file is replayed; a site keeps to one kind of opening and to one lifecycle for good."""

    site: str
    opening: Opening
    actor: str
    lifecycle: Lifecycle = Lifecycle.SALE

    @property
    def stem(self) -> str:
        """What all keys of a site begin with."""
        return f"{FORMAT}/{self.site}"


class _About(TypedDict):
    """What every command of the same lines is told."""

    key: str
    actor: str
    document_type: str
    document_id: str
    occurred_at: datetime
    data: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Lines that go together into one posting: of one invoice, class, customer, minute and reason."""

    terms: Terms
    entries: tuple[Entry, ...]

    @property
    def key(self) -> str:
        """The key of the posting."""
        first = self.entries[0]
        return f"{self.terms.stem}/invoice/{first.row.invoice}/{first.ordinal}"

    @property
    def takes(self) -> bool:
        """Whether it takes stock, and so can find too little."""
        return self.entries[0].line_class in _OUT

    @property
    def places(self) -> frozenset[int]:
        """The places of its lines within the invoice."""
        return frozenset(entry.ordinal for entry in self.entries)

    def command(self, refused: Collection[int] = ()) -> Command:
        """
        Give the command.

        Args:
            refused: Places of lines that are left out because the ledger refused them. The posting's reference data
                keep them; where no line is left, the posting moves nothing and is the record of the refusal.
        """
        row, line_class = self.entries[0].row, self.entries[0].line_class
        taken = [entry for entry in self.entries if entry.ordinal not in refused]
        about: _About = {
            "key": self.key,
            "actor": self.terms.actor,
            "document_type": "invoice",
            "document_id": row.invoice,
            "occurred_at": row.moment,
            "data": _data(self.entries, refused),
        }
        if not taken:
            return Define(reason="refused", **about)
        match line_class:
            case LineClass.SOLD if self.has_lifecycle:
                return IssueInvoice(site=self.terms.site, number=self._number, lines=_sale_lines(taken), **about)
            case LineClass.SOLD:
                return Sell(site=self.terms.site, lines=_lines(taken, sign=1), **about)
            case LineClass.RETURNED:
                return TakeBack(site=self.terms.site, lines=_lines(taken, sign=-1), **about)
            case LineClass.WRITTEN_OFF | LineClass.FOUND:
                return Adjust(site=self.terms.site, lines=_lines(taken, sign=1), reason=_reason(row), **about)
            case LineClass.NOT_STOCK:
                return Define(reason="not stock", **about)
            case LineClass.REFUSED | LineClass.UNREADABLE:
                raise ValueError(f"a line cannot be planned as {line_class}")
            case _:
                assert_never(line_class)

    @property
    def has_lifecycle(self) -> bool:
        """Whether it is an invoice that is paid and delivered, and not sold at once."""
        return self.terms.lifecycle is Lifecycle.INVOICE and self.entries[0].line_class is LineClass.SOLD

    def followers(self) -> tuple[Command, ...]:
        """Give what follows the command: the payment in full of an invoice, and its delivery."""
        if not self.has_lifecycle:
            return ()
        actor, invoice = self.terms.actor, self._number
        moment = self.entries[0].row.moment
        amount = totals_of(PricedLine(line.quantity, line.price or 0) for line in _sale_lines(self.entries)).gross
        return (
            Pay(key=f"{self.key}/pay", actor=actor, invoice=invoice, amount=amount, occurred_at=moment),
            DeliverInvoice(key=f"{self.key}/deliver", actor=actor, invoice=invoice, occurred_at=moment),
        )

    @property
    def _number(self) -> str:
        """The number of the invoice; one of many lines becomes several, numbered by their first lines."""
        first = self.entries[0]
        return first.row.invoice if first.ordinal == 1 else f"{first.row.invoice}/{first.ordinal}"

    def at(self, places: Collection[int]) -> "Act | None":
        """Give the lines at some places as an act of their own; None where there are none."""
        part = tuple(entry for entry in self.entries if entry.ordinal in places)
        return Act(terms=self.terms, entries=part) if part else None

    def places_in(self, posting: Posting) -> dict[int, bool]:
        """
        Find the places of these lines that a posting stands for.

        Returns:
            Each such place, with whether the line is the same as it was then.
        """
        data = posting.data or {}
        lines = data.get("lines")
        if data.get("InvoiceNo") != self.entries[0].row.invoice or not isinstance(lines, list | tuple):
            return {}
        is_same_head = tuple(data.get(name) for name in _HEAD) == _head(self.entries[0].row)
        known = {line[0]: tuple(line) for line in lines if isinstance(line, list | tuple)}
        return {
            entry.ordinal: is_same_head and known[entry.ordinal] == _columns(entry)
            for entry in self.entries
            if entry.ordinal in known
        }


def class_in(posting: Posting, entry: Entry) -> LineClass:
    """Tell the class of a line from the posting that it stands in."""
    refused = (posting.data or {}).get("refused", ())
    if isinstance(refused, list | tuple) and entry.ordinal in refused:
        return LineClass.REFUSED
    match posting.kind:
        case Sell.kind | IssueInvoice.kind:
            return LineClass.SOLD
        case TakeBack.kind:
            return LineClass.RETURNED
        case Adjust.kind:
            return LineClass.FOUND if entry.row.units > 0 else LineClass.WRITTEN_OFF
        case _:
            return LineClass.NOT_STOCK


def plan_acts(entries: Iterable[Entry], terms: Terms) -> Iterator[Act]:
    """
    Put lines that follow one another together, as many as one posting takes.

    With opening stock every sale is possible, so an invoice is sold in as few postings as it takes. Without, each
    line is an act of its own, so that exactly the lines without stock are refused, and each line is judged by
    the stock that those before it have left.
    """
    lines_max = LINES_MAX if terms.opening is Opening.DERIVE else 1
    gathered: list[Entry] = []
    size = 0
    for entry in entries:
        size += _size(entry.row)
        if gathered and (len(gathered) == lines_max or size > _DATA_BYTES_MAX or not _together(gathered[-1], entry)):
            yield Act(terms=terms, entries=tuple(gathered))
            gathered = []
            size = _size(entry.row)
        gathered.append(entry)
    if gathered:
        yield Act(terms=terms, entries=tuple(gathered))


def _together(before: Entry, entry: Entry) -> bool:
    if before.line_class is not entry.line_class or _head(before.row) != _head(entry.row):
        return False
    return entry.line_class not in CORRECTIONS or _reason(before.row) == _reason(entry.row)


def _head(row: Row) -> tuple[str, str, str, str]:
    return row.invoice, row.date, row.customer, row.country


def _reason(row: Row) -> str:
    return row.description.strip() or REASON_NOT_STATED


def _lines(entries: Sequence[Entry], *, sign: int) -> tuple[Line, ...]:
    return tuple(Line(entry.row.sku, sign * entry.row.units * SCALE) for entry in entries)


def _sale_lines(entries: Sequence[Entry]) -> tuple[SaleLine, ...]:
    return tuple(
        SaleLine(entry.row.sku, entry.row.units * SCALE, entry.row.value // entry.row.units) for entry in entries
    )


def _data(entries: Sequence[Entry], refused: Collection[int]) -> dict[str, object]:
    data: dict[str, object] = {"format": FORMAT, "columns": _LINE_COLUMNS}
    data.update(zip(_HEAD, _head(entries[0].row), strict=True))
    data["lines"] = [_columns(entry) for entry in entries]
    if refused:
        data["refused"] = sorted(refused)
    return data


def _columns(entry: Entry) -> tuple[int, str, str, str, str]:
    row = entry.row
    return entry.ordinal, row.code, row.description, row.quantity, row.price


def _size(row: Row) -> int:
    """Bound the bytes that a line takes as canonical JSON, where quotes take two bytes each."""
    return _DATA_BYTES_A_LINE + 2 * len((row.code + row.description + row.quantity + row.price).encode())
