"""Whole postings on PostgreSQL, slice by slice."""

import json
from collections.abc import Sequence
from typing import Any

from onhand.kernel.posting import Change, Movement, Posting
from onhand.store.core.answer_rows import movement_of
from onhand.store.database.answering import NamedRow, answer_of
from onhand.store.database.reader import Reader


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
            moved.setdefault(row.number, []).append(movement_of(row))
        changed: dict[int, list[Change]] = {}
        for row in changes:
            change = Change(row.entity, row.entity_id, row.action, _document(row.before), json.loads(row.after))
            changed.setdefault(row.number, []).append(change)
        return [_posting(row, moved.get(row.number, ()), changed.get(row.number, ())) for row in postings]


def _document(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _posting(row: NamedRow, movements: Sequence[Movement], changes: Sequence[Change]) -> Posting:
    return answer_of(
        Posting,
        row,
        fingerprint=bytes.fromhex(row.fingerprint),
        hash=bytes.fromhex(row.hash),
        movements=tuple(movements),
        changes=tuple(changes),
    )
