"""Reading earlier postings back, for replays and reversals."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from onhand.kernel.book import Book
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import WORDS, end_named
from onhand.store.engine.rows import DriverRow, utc

LATER_MAX = 1000
"""How many later postings are looked at when something stands in the way of a reversal."""

ReadRows = Callable[..., Awaitable[list[DriverRow]]]


class PostingLoader:
    """Reads postings with their lines; they are put together once the holdings that they name are known."""

    def __init__(self, rows: ReadRows) -> None:
        """Read through a function that runs a named statement."""
        self._rows = rows
        self._read: list[tuple[DriverRow, Sequence[DriverRow], Sequence[DriverRow]]] = []

    async def read(self, numbers: Sequence[int]) -> set[int]:
        """Read some postings, and give the ids of the holdings that they moved."""
        postings = await self._rows("load_postings", numbers=numbers)
        movements = _by_number(await self._rows("load_movements", numbers=numbers))
        changes = _by_number(await self._rows("load_changes", numbers=numbers))
        self._read += [(row, movements.get(row[0], ()), changes.get(row[0], ())) for row in postings]
        return {line[1] for lines in movements.values() for line in lines}

    def assemble(self, book: Book) -> None:
        """Put the postings that were read into the book."""
        for row, movements, changes in self._read:
            posting = posting_of(row, movements, changes, book)
            book.postings[posting.number] = posting
            if row[13] is not None:
                book.reverted[posting.number] = row[13]
        self._read = []

    async def takers(self, taker: tuple[int, int, int]) -> tuple[int, ...]:
        """Find the later postings that took from a state of a holding, newest first."""
        holding_id, state, number = taker
        rows = await self._rows(
            "load_takers", holding_id=holding_id, state=WORDS[state], number=number, limit=LATER_MAX
        )
        return tuple(row[0] for row in rows)

    async def chain(self, chain: tuple[str, int, int]) -> tuple[int, ...]:
        """Find the later postings that changed an entity, newest first."""
        entity, entity_id, number = chain
        rows = await self._rows("load_chain", entity=entity, entity_id=entity_id, number=number, limit=LATER_MAX)
        return tuple(row[0] for row in rows)


def posting_of(row: DriverRow, movements: Iterable[DriverRow], changes: Iterable[DriverRow], book: Book) -> Posting:
    """Put a posting together from its rows."""
    return Posting(
        number=row[0],
        kind=row[1],
        key=row[2],
        fingerprint=row[3],
        actor=row[4],
        recorded_at=utc(row[5]),
        occurred_at=utc(row[6]),
        reason=row[7],
        document_type=row[8],
        document_id=row[9],
        data=_parsed(row[10]),
        hash=row[11],
        reverts=tuple(row[12]),
        movements=tuple(movement_of(line, book) for line in movements),
        changes=tuple(Change(line[1], line[2], line[3], _parsed(line[4]), _parsed(line[5]) or {}) for line in changes),
    )


def movement_of(line: DriverRow, book: Book) -> Movement:
    """Read a movement of a holding that the book knows."""
    _, holding_id, source, target, quantity, *balances, value, value_held, unit_cost = line
    place = book.holdings[holding_id].place
    ends = end_named(source), end_named(target)
    return Movement(holding_id, place, *ends, quantity, tuple(balances), value, value_held, unit_cost)


def _by_number(rows: Iterable[DriverRow]) -> Mapping[int, Sequence[DriverRow]]:
    return {number: list(lines) for number, lines in groupby(sorted(rows, key=itemgetter(0)), key=itemgetter(0))}


def _parsed(value: Any) -> Any:  # noqa: ANN401 - JSON is whatever it is; the driver may have parsed it already
    return json.loads(value) if isinstance(value, str | bytes) else value
