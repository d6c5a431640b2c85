"""Whole postings on PostgreSQL, slice by slice."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import STATES, end_named
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import Row

_PLACE = slice(3, 8)
_BALANCES = slice(11, 11 + STATES)


class PostgresHistory:
    """Each slice is read in one moment, by three statements."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def slice(self, first: int, last: int) -> Sequence[Posting]:
        """Give the postings from one number to another."""
        async with self._reader.moment() as ask:
            postings = await ask("archive_postings", first=first, last=last)
            movements = await ask("archive_movements", first=first, last=last)
            changes = await ask("archive_changes", first=first, last=last)
        moved: dict[int, list[Movement]] = {}
        for row in movements:
            moved.setdefault(row[0], []).append(_movement(row))
        changed: dict[int, list[Change]] = {}
        for row in changes:
            change = Change(row[2], row[3], row[4], _document(row[5]), json.loads(row[6]))
            changed.setdefault(row[0], []).append(change)
        return [_posting(row, moved.get(row[0], ()), changed.get(row[0], ())) for row in postings]


def _movement(row: Row) -> Movement:
    ends = end_named(row[8]), end_named(row[9])
    return Movement(row[2], Place(*row[_PLACE]), *ends, row[10], tuple(row[_BALANCES]), *row[_BALANCES.stop :])


def _document(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _posting(row: Row, movements: Sequence[Movement], changes: Sequence[Change]) -> Posting:
    return Posting(
        number=row[0],
        kind=row[1],
        key=row[2],
        fingerprint=bytes.fromhex(row[3]),
        actor=row[4],
        recorded_at=row[5].astimezone(UTC),
        occurred_at=row[6].astimezone(UTC),
        reason=row[7],
        document_type=row[8],
        document_id=row[9],
        data=_document(row[10]),
        hash=bytes.fromhex(row[11]),
        reverts=tuple(row[12]),
        movements=tuple(movements),
        changes=tuple(changes),
    )
