"""
The tables of an archive: postings, movements and changes as columns, and as postings again.

The rows stand in the order of the journal, and each is of the postings that its part says. What is read is held to
that, so a row that was added, lost or moved is found even where no hash reaches.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onhand.extras import needs
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import STATES, end_named
from onhand.kernel.strict_json import read_json
from onhand.ledger.core.answers import Balances

if TYPE_CHECKING:
    import polars as pl

POSTINGS, MOVEMENTS, CHANGES = TABLES = ("postings", "movements", "changes")
"""The tables, each a file in every part."""

_BALANCES = Balances._fields
_VALUES = ("value", "value_held", "unit_cost")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    POSTINGS: (
        *("number", "kind", "key", "fingerprint", "actor", "recorded_at", "occurred_at", "reason"),
        *("document_type", "document_id", "data", "hash", "reverts"),
    ),
    MOVEMENTS: ("number", "line", "holding_id", *Place._fields, "source", "target", "quantity", *_BALANCES, *_VALUES),
    CHANGES: ("number", "line", "entity", "entity_id", "action", "before", "after"),
}
_WHOLE = frozenset({"number", "line", "holding_id", "quantity", "entity_id", *_BALANCES, *_VALUES})
_PLACE = slice(3, 3 + len(Place._fields))
_ENDS = _PLACE.stop
_BALANCED = slice(_ENDS + 3, _ENDS + 3 + STATES)


class NotWhole(Exception):  # noqa: N818 - it is told as a fault by whoever knows the folder
    """Something in the tables of an archive is not what was written; the words say where."""


def frame_of(table: str, rows: Sequence[Sequence[Any]]) -> "pl.DataFrame":
    """Make a table of rows."""
    with needs("files"):
        import polars as pl  # noqa: PLC0415 - of some size

    return pl.DataFrame([tuple(row) for row in rows], schema=_schema(table), orient="row")


def check_columns(table: str, frame: "pl.DataFrame") -> None:
    """Raise NotWhole where a table that was read has other columns than were written."""
    if dict(frame.schema) != _schema(table):
        raise NotWhole("it has other columns than an archive has")


def postings_of(frames: Mapping[str, "pl.DataFrame"], first: int, last: int) -> Iterator[Posting]:
    """
    Put the postings of a part together again, in order.

    Raises:
        NotWhole: For a row that is out of order, or of a posting that is not of this part.
    """
    moved: dict[int, list[Movement]] = {}
    for row in _in_order(frames, MOVEMENTS, first, last):
        place, balances = Place._make(row[_PLACE]), tuple(row[_BALANCED])
        source, target, quantity = row[_ENDS : _BALANCED.start]
        ends = end_named(source), end_named(target)
        movement = Movement(row[2], place, *ends, quantity, balances, *row[_BALANCED.stop :])
        moved.setdefault(row[0], []).append(movement)
    changed: dict[int, list[Change]] = {}
    for row in _in_order(frames, CHANGES, first, last):
        number, _, entity, entity_id, action, before, after = row
        told = Change(entity, entity_id, action, None if before is None else read_json(before), read_json(after))
        changed.setdefault(number, []).append(told)
    expected = first
    for row in frames[POSTINGS].iter_rows():
        if row[0] != expected:
            raise NotWhole(f"{POSTINGS}: where posting {expected} should stand there is posting {row[0]}")
        yield _posting(row, moved.get(expected, ()), changed.get(expected, ()))
        expected += 1
    if expected != last + 1:
        raise NotWhole(f"{POSTINGS}: posting {expected} is missing")


def _in_order(frames: Mapping[str, "pl.DataFrame"], table: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table of lines, each the next of its posting."""
    number, line = first, 0
    for row in frames[table].iter_rows():
        expected = line + 1 if row[0] == number else 1
        if not number <= row[0] <= last or row[1] != expected:
            raise NotWhole(f"{table}: line {row[1]} of posting {row[0]} stands out of order, or lacks one before it")
        number, line = row[0], row[1]
        yield row


def _posting(row: tuple[Any, ...], movements: Sequence[Movement], changes: Sequence[Change]) -> Posting:
    told = dict(zip(_COLUMNS[POSTINGS], row, strict=True))
    told |= {name: bytes.fromhex(told[name]) for name in ("fingerprint", "hash")}
    told["reverts"] = tuple(told["reverts"])
    if told["data"] is not None:
        told["data"] = read_json(told["data"])
    return Posting(**told, movements=tuple(movements), changes=tuple(changes))


def _schema(table: str) -> dict[str, Any]:
    with needs("files"):
        import polars as pl  # noqa: PLC0415 - of some size

    columns = _COLUMNS[table]
    kinds: dict[str, Any] = {column: pl.Int64() if column in _WHOLE else pl.String() for column in columns}
    kinds |= {column: pl.Datetime("us", "UTC") for column in ("recorded_at", "occurred_at") if column in kinds}
    if table == POSTINGS:
        kinds["reverts"] = pl.List(pl.Int64())
    return kinds
