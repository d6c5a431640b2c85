"""The questions about lots: lists that are searched and paged, one lot, and who received it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onhand.kernel.metadata import Problem, problems_of
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code, check_note, check_time
from onhand.kernel.transitions import LOT
from onhand.kernel.words import words_of
from onhand.ledger.answers import Page
from onhand.ledger.asking import Asking
from onhand.ledger.cursors import open_cursor, sign_cursor
from onhand.ledger.lots_reading import ORDERS, LotAnswer, LotsWanted, Recipient
from onhand.ledger.reading import Where

PAGE_MAX = 100
_NAME_LENGTH_MAX = 255
_WORDS_MAX = 10


class LotQueries(Asking):
    """Questions about lots. Cursors are signed and bound to what was asked."""

    async def lots(  # noqa: PLR0913 - each narrows the list
        self,
        *,
        status: str | None = None,
        category: str | None = None,
        subcategory: str | None = None,
        brand: str | None = None,
        vendor: str | None = None,
        site: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        text: str | None = None,
        order: str = "newest",
        after: str | None = None,
        limit: int = 50,
    ) -> Page[LotAnswer]:
        """
        List lots, in the order newest, oldest, expires_on (those that expire) or code.

        `text` is some words, each of which begins a word of the lot's code, vendor, brand, product or category. `site`
        asks for lots that are or were there, `since` and `until` for those that came in between.
        """
        check_page(limit)
        for field, value in (("category", category), ("subcategory", subcategory), ("site", site)):
            if value is not None:
                check_code(value, field)
        for field, value in (("brand", brand), ("vendor", vendor)):
            if value is not None:
                check_code(value, field, _NAME_LENGTH_MAX)
        if status not in {None, *LOT}:
            raise Refused("INVALID_COMMAND", detail=f"status is one of {', '.join(LOT)}")
        if order not in ORDERS:
            raise Refused("INVALID_COMMAND", detail=f"order is one of {', '.join(ORDERS)}")
        wanted = LotsWanted(
            status=status,
            category=category,
            subcategory=subcategory,
            brand=brand,
            vendor=vendor,
            site=site,
            since=None if since is None else check_time(since, "since"),
            until=None if until is None else check_time(until, "until"),
            words=_words(text),
            order=order,
        )
        return await self._lots(wanted, after, limit)

    async def lot(self, sku: str, lot: str) -> LotAnswer:
        """Give one lot; raises Refused BATCH_NOT_FOUND."""
        check_code(sku, "sku")
        check_code(lot, "lot")
        found = await self.reading.find(Where(sku=sku, lot=lot))
        rows = await self.reading.lots.lots(LotsWanted(order="code"), (lot, (found.item_id or 1) - 1), 1)
        if not rows or (rows[0].code, rows[0].sku) != (lot, sku):
            raise Refused("BATCH_NOT_FOUND", sku=sku, lot=lot)
        return rows[0]

    async def lot_metadata(self, sku: str, lot: str) -> tuple[Mapping[str, Any] | None, list[Problem]]:
        """Give what is told of a lot beside its facts, and what is wrong with it; bad metadata is told, never fatal."""
        found = await self.lot(sku, lot)
        metadata = await self.reading.lots.metadata(found.id)
        return metadata, [] if metadata is None else problems_of(metadata)

    async def recipients(self, sku: str, lot: str, *, after: str | None = None, limit: int = 50) -> Page[Recipient]:
        """List who received goods of a lot, from the journal: each sale and each use that was not undone."""
        check_page(limit)
        found = await self.lot(sku, lot)
        key, question = await self.reading.lots.cursor_key(), ("recipients", found.id)
        spot = open_cursor(key, question, after) or (0,)
        rows = await self.reading.lots.recipients(found.id, int(str(spot[0])), limit + 1)
        kept = _whole_postings(rows, limit)
        more = len(kept) < len(rows)
        return Page(rows=kept, after=sign_cursor(key, question, (kept[-1].number,)) if more else None)

    async def _lots(self, wanted: LotsWanted, after: str | None, limit: int) -> Page[LotAnswer]:
        key, question = await self.reading.lots.cursor_key(), ("lots", *map(str, wanted))
        rows = await self.reading.lots.lots(wanted, open_cursor(key, question, after), limit + 1)
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(
            rows=rows[:limit], after=None if last is None else sign_cursor(key, question, _spot(wanted.order, last))
        )


def check_page(limit: int) -> None:
    """Refuse a page that is empty or holds more than a hundred rows."""
    if type(limit) is not int or not 1 <= limit <= PAGE_MAX:
        raise Refused("INVALID_COMMAND", detail=f"limit is 1 to {PAGE_MAX}")


def _words(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    words = words_of(check_note(text, "text"))
    if not 1 <= len(words) <= _WORDS_MAX:
        raise Refused("INVALID_TEXT", field="text", detail=f"it has {len(words)} words, 1 to {_WORDS_MAX} are allowed")
    return words


def _spot(order: str, lot: LotAnswer) -> tuple[object, ...]:
    match order:
        case "expires_on":
            return (str(lot.expires_on), lot.id)
        case "code":
            return (lot.code, lot.item_id)
        case _:
            return (lot.id,)


def _whole_postings(rows: tuple[Recipient, ...], limit: int) -> tuple[Recipient, ...]:
    """Cut a page between two postings, so that a cursor by number leaves no row out."""
    if len(rows) <= limit:
        return rows
    kept = tuple(row for row in rows[:limit] if row.number != rows[limit].number)
    return kept or rows[:limit]
