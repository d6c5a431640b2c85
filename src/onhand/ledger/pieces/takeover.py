"""
Taking over an older installation: what its tables say, held against each other, and what of it can be believed.

The older program kept stock with a number of rolls or bundles, cut pieces and spare pieces beside it, and transactions
whose ids it wrote into the pieces, over and over; a revert restored whatever had changed within a time. So its tables
need not agree. Nothing is guessed silently: each row that is not taken as it stands is a finding.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onhand.kernel.command import LINES_MAX
from onhand.kernel.pieces.names import clean_uuid
from onhand.kernel.pieces.piece import BUNDLE, CUT, ROLL, SPARE
from onhand.kernel.pieces.take_over_pieces import OlderPiece
from onhand.kernel.quantity import SCALE, parse_quantity, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.text import NOTE_LENGTH_MAX

OlderRow = Mapping[str, str]
"""A row of an older table, as text; empty where there is nothing."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "stock": ("id", "product_code", "stock_type", "quantity", "length_m", "pieces_per_bundle", "deleted_at"),
    "cut_pieces": ("id", "stock_id", "length_m", "status", "transaction_id", "created_at", "deleted_at"),
    "spare_pieces": (
        *("id", "stock_id", "piece_count", "piece_length_m"),
        *("status", "transaction_id", "created_at", "deleted_at"),
    ),
    "transactions": ("id", "kind", "stock_id", "created_at", "reverted_at", "notes"),
}
"""The tables of the older installation, and the columns that are read."""

_HERE, _KEPT, _SOLD, _GONE = "IN_STOCK", "RESERVED", "SOLD", ("CUT", "COMBINED", "USED")
_STATUSES = frozenset({_HERE, _KEPT, _SOLD, *_GONE})
_TAKES = frozenset({"DISPATCH", "SALE"})


class OlderFinding(NamedTuple):
    """A row of the older installation that does not add up, and what was done about it."""

    table: str
    id: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """What is taken over, and what did not add up; the same tables give it the same `name`."""

    name: str
    skus: tuple[str, ...]
    pieces: tuple[OlderPiece, ...]
    findings: tuple[OlderFinding, ...]

    def parts(self) -> list[tuple[OlderPiece, ...]]:
        """Give the pieces in as many parts as there are postings."""
        return [self.pieces[first : first + LINES_MAX] for first in range(0, len(self.pieces), LINES_MAX)]


def plan_takeover(tables: Mapping[str, Sequence[OlderRow]]) -> Takeover:
    """Hold the older tables against each other; raises Refused where a table or a column is missing."""
    for name, columns in TABLES.items():
        rows = tables.get(name)
        if rows is None:
            raise Refused("INVALID_COMMAND", detail=f"the table {name} is missing")
        missing = [column for column in columns if rows and column not in rows[0]]
        if missing:
            raise Refused("INVALID_COMMAND", detail=f"the table {name} has no column {missing[0]}")
    work = _Work(tables)
    work.read_stock()
    work.read_pieces("cut_pieces", CUT, "length_m")
    work.read_pieces("spare_pieces", SPARE, "piece_count")
    work.compare()
    told = json.dumps([tables[name] for name in TABLES], sort_keys=True, default=dict)
    return Takeover(
        name=hashlib.sha256(told.encode()).hexdigest()[:16],
        skus=tuple(sorted({piece.sku for piece in work.pieces})),
        pieces=tuple(work.pieces),
        findings=tuple(work.findings),
    )


@dataclass
class _Work:
    """Older tables being read."""

    tables: Mapping[str, Sequence[OlderRow]]
    pieces: list[OlderPiece] = field(default_factory=list)
    findings: list[OlderFinding] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _stock: dict[str, OlderRow] = field(default_factory=dict)
    _sums: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each stock, what its pieces come to, and how many rows they are."""

    def __post_init__(self) -> None:
        self._transactions = {
            clean_uuid(row["id"]) or row["id"]: row for row in self.tables["transactions"] if row["id"]
        }

    def read_stock(self) -> None:
        """Take rolls and bundles, which are told by their number; remember what pieces belong to."""
        for row in self.tables["stock"]:
            code = self._id("stock", row)
            if code is None:
                continue
            self._stock[code] = row
            if row["deleted_at"] or row["stock_type"] not in {"FULL_ROLL", "BUNDLE"}:
                continue
            kind = ROLL if row["stock_type"] == "FULL_ROLL" else BUNDLE
            size = self._size("stock", row, "length_m" if kind == ROLL else "pieces_per_bundle", whole=kind == BUNDLE)
            count = self._count(row)
            if size is None or count is None:
                continue
            length = parse_quantity(row["length_m"]) if kind == BUNDLE and row["length_m"] else None
            name = code if count == 1 else None
            self.pieces += [
                OlderPiece(row["product_code"], kind, size, length, name, notes=self._notes(code, None))
            ] * count

    def read_pieces(self, table: str, kind: str, column: str) -> None:
        """Take cut or spare pieces, each with an id of its own."""
        for row in self.tables[table]:
            code = self._id(table, row)
            size = self._size(table, row, column, whole=kind == SPARE)
            if code is None or size is None:
                continue
            stock_id = clean_uuid(row["stock_id"]) or row["stock_id"]
            stock = self._stock.get(stock_id)
            if stock is None:
                self._find(table, row, "STOCK_UNKNOWN", f"its stock {row['stock_id']} is not there; it is left out")
                continue
            if not self._stands(table, row):
                continue
            here = row["status"] in {_HERE, _KEPT}
            if here:
                total, rows = self._sums.get(stock_id, (0, 0))
                self._sums[stock_id] = total + size, rows + 1
            length = parse_quantity(row["piece_length_m"]) if kind == SPARE and row["piece_length_m"] else None
            self.pieces.append(
                OlderPiece(stock["product_code"], kind, size, length, code, not here, self._notes(stock_id, row))
            )

    def compare(self) -> None:
        """Compare what each stock says with what its pieces come to; the pieces are believed."""
        for code, row in self._stock.items():
            if row["stock_type"] not in {"CUT_ROLL", "SPARE"} or row["deleted_at"]:
                continue
            total, rows = self._sums.get(code, (0, 0))
            if row["quantity"] != quantity_text(total):
                detail = f"it says {row['quantity']}, its {rows} pieces come to {quantity_text(total)}"
                self._find("stock", row, "QUANTITY_DIFFERS", f"{detail}; the pieces are taken")

    def _stands(self, table: str, row: OlderRow) -> bool:
        """Judge a piece's status; False where it is left out."""
        status = row["status"]
        if status not in _STATUSES:
            self._find(table, row, "STATUS_UNKNOWN", f"its status is {status[:40]!a}; it is left out")
            return False
        if row["deleted_at"] and status in {_HERE, _KEPT}:
            self._find(table, row, "DELETED_IN_STOCK", "it is in stock and deleted; it is left out")
            return False
        if row["deleted_at"] or status in _GONE:
            return False
        if status == _KEPT:
            self._find(table, row, "RESERVATION_DROPPED", "nobody tells for whom it was reserved; it is available")
        self._judge_transaction(table, row)
        return True

    def _judge_transaction(self, table: str, row: OlderRow) -> None:
        told = self._transactions.get(clean_uuid(row["transaction_id"]) or row["transaction_id"])
        if told is None:
            self._find(table, row, "TRANSACTION_UNKNOWN", f"transaction {row['transaction_id']} is not there")
            return
        if told["created_at"] != row["created_at"]:
            detail = f"made {row['created_at']}, but its transaction is of {told['created_at']}: who made it is lost"
            self._find(table, row, "TRANSACTION_REWRITTEN", detail)
        takes = told["kind"] in _TAKES and not told["reverted_at"]
        if takes and row["status"] == _HERE:
            self._find(table, row, "IN_STOCK_AFTER_SALE", "its last transaction sold it and stands; count it")
        if told["reverted_at"] and told["kind"] in _TAKES and row["status"] == _SOLD:
            self._find(table, row, "SOLD_THOUGH_UNDONE", "the sale was undone, and it is still sold; count it")
        if told["reverted_at"] and told["kind"] not in _TAKES and told["created_at"] == row["created_at"]:
            self._find(table, row, "MADE_BY_UNDONE", "the act that made it was undone, and it is still there; count it")

    def _notes(self, stock_id: str, row: OlderRow | None) -> tuple[str, ...]:
        """Give what the transactions of a stock, or the one that a piece names, tell."""
        if row is None:
            told = [one for one in self._transactions.values() if clean_uuid(one["stock_id"]) == stock_id]
        else:
            own = self._transactions.get(clean_uuid(row["transaction_id"]) or row["transaction_id"])
            told = [] if own is None else [own]
        lines = (
            " ".join(filter(None, (one["created_at"], one["kind"], one["id"], one["notes"], one["reverted_at"])))
            for one in told
        )
        return tuple(line.strip()[:NOTE_LENGTH_MAX] for line in lines if line.strip())

    def _id(self, table: str, row: OlderRow) -> str | None:
        code = clean_uuid(row["id"])
        if code is None:
            self._find(table, row, "ID_INVALID", "it is no id; the row is left out")
        elif code in self._seen:
            self._find(table, row, "ID_TWICE", "another row has the same id, perhaps in another spelling; left out")
            return None
        else:
            self._seen.add(code)
        return code

    def _size(self, table: str, row: OlderRow, column: str, *, whole: bool) -> int | None:
        try:
            size = parse_quantity(row[column])
        except Refused:
            size = 0
        if size <= 0 or (whole and size % SCALE):
            self._find(table, row, "SIZE_INVALID", f"{column} is {row[column][:40]!a}; the row is left out")
            return None
        return size

    def _count(self, row: OlderRow) -> int | None:
        text = row["quantity"]
        if not text.isascii() or not text.isdigit() or int(text) > LINES_MAX:
            self._find("stock", row, "QUANTITY_INVALID", f"quantity is {text[:40]!a}; the row is left out")
            return None
        return int(text)

    def _find(self, table: str, row: OlderRow, code: str, detail: str) -> None:
        self.findings.append(OlderFinding(table, row["id"][:100], code, detail))
