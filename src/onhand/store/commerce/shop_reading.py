"""The questions of the shop on PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onhand.kernel.money import RateTotal
from onhand.ledger.commerce.shop_port import Charge, ItemAnswer, ReceiptAnswer, WordRange
from onhand.store.database.answering import NamedRow, answers_of
from onhand.store.database.reader import Reader, RunQuery

_COUNT_MAX = 30_000
"""Counting the names that have a word stops here; of words that are commoner still, any may be taken for the rarest."""
_TRIED = 500
"""So many names with the rarest word are checked for the others first; where words often meet, that fills the page."""
_ASKING = 8
"""Checking one name for the other words costs about as much as reading so many names of a word."""


class PostgresShopReading:
    """Reads of one org, each in a short transaction that sees one moment."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def items_by_code(self, code: str) -> Sequence[ItemAnswer]:
        """The items that a sku or a barcode stands for."""
        return answers_of(ItemAnswer, await self._reader.ask("read_items_by_code", code=code))

    async def items_by_words(self, ranges: Sequence[WordRange], limit: int) -> Sequence[ItemAnswer]:
        """Items that have a word in each range, in the order of those in the rarest; the same item maybe twice."""
        async with self._reader.moment() as ask:
            if len(ranges) == 1:
                rows = await ask("read_items_by_words", **_walk(ranges), walked_max=None, limit=limit)
            else:
                counts = await ask("count_words", **_columns(ranges), count_max=_COUNT_MAX)
                by_rarity = sorted(zip([row.names for row in counts], ranges, strict=True))
                rows = await _items_of_words(ask, by_rarity, limit)
        return answers_of(ItemAnswer, rows)

    async def settings(self) -> Mapping[str, str]:
        """What the org has chosen."""
        return {row.name: row.value for row in await self._reader.ask("read_settings")}

    async def receipt(self, number: int) -> ReceiptAnswer | None:
        """A receipt by its number."""
        rows = await self._reader.ask("read_receipt", number=number)
        return next(iter(answers_of(ReceiptAnswer, rows)), None)

    async def receipts(self, below: int, site_id: int | None, limit: int) -> Sequence[ReceiptAnswer]:
        """Receipts with numbers below one, the newest first."""
        rows = await self._reader.ask("read_receipts", below=below, site_id=site_id, limit=limit)
        return answers_of(ReceiptAnswer, rows)

    async def vat(self, since: datetime, until: datetime, site_id: int | None) -> tuple[Charge, ...]:
        """What was charged between two moments, by rates and documents."""
        rows = await self._reader.ask("read_vat", since=since, until=until, site_id=site_id)
        return tuple(
            Charge(row.documents, RateTotal(row.vat_rate, row.net, row.vat, row.net + row.vat)) for row in rows
        )

    async def acts(self, after: int, last: int) -> Mapping[str, int]:
        """How many postings of each kind there are after one number and up to another."""
        return {row.kind: row.acts for row in await self._reader.ask("count_acts", after=after, last=last)}

    async def open_reservations(self, number: int) -> int:
        """How many promises were open after a posting."""
        (row,) = await self._reader.ask("count_open_reservations", number=number)
        return int(row.reservations)

    async def report_number(self, document_type: str, document_id: str) -> int | None:
        """The number of the posting that holds a report."""
        rows = await self._reader.ask("find_report", document_type=document_type, document_id=document_id)
        return int(rows[0].number) if rows else None


async def _items_of_words(ask: RunQuery, by_rarity: Sequence[tuple[int, WordRange]], limit: int) -> list[NamedRow]:
    """
    Find items whose names have all of some words, given by rarity with how many names have each.

    First a few names of the rarest word are checked for the others. Where that fills no page, the cheaper of two plans
    is taken: check all names of the rarest word, or intersect them with those of the next rarest, and check the rest.
    """
    (rarest, first), (next_rarest, second), *others = by_rarity
    walk = _walk([first, second, *(other for _, other in others)])
    rows = await ask("read_items_by_words", **walk, walked_max=_TRIED, limit=limit)
    if len(rows) == limit or rarest <= _TRIED:
        return rows
    if rarest * _ASKING < rarest + next_rarest:
        return await ask("read_items_by_words", **walk, walked_max=None, limit=limit)
    rest = _walk([first, *(other for _, other in others)])
    return await ask("read_items_of_common_words", **rest, second_low=second.low, second_high=second.high, limit=limit)


def _walk(ranges: Sequence[WordRange]) -> dict[str, object]:
    """Give the parameters of a search that scans the first range, and checks each name for the others."""
    return {"low": ranges[0].low, "high": ranges[0].high, **_columns(ranges[1:])}


def _columns(ranges: Sequence[WordRange]) -> dict[str, object]:
    return {"lows": [told.low for told in ranges], "highs": [told.high for told in ranges]}
