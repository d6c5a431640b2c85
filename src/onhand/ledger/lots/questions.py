"""The questions about lots: lists that are searched and paged, one lot, and who received it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from onhand.kernel.command import LINES_MAX
from onhand.kernel.lots.metadata import MetadataProblem, problems_of
from onhand.kernel.refusals import Refused
from onhand.kernel.search_words import words_of
from onhand.kernel.text import check_code, check_note, check_time
from onhand.kernel.transitions import LOT
from onhand.ledger.asking import check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.lots.port import ORDERS, LotAnswer, LotsWanted, Recipient
from onhand.ledger.namespace import Namespace, question

_NAME_LENGTH_MAX = 255
_WORDS_MAX = 10


class LotMetadataAnswer(NamedTuple):
    """What is told of a lot beside its facts, what is wrong with it, and its version: 0 where nothing is told."""

    metadata: Mapping[str, Any] | None
    problems: tuple[MetadataProblem, ...]
    version: int


class LotQuestions(Namespace):
    """Questions about lots. Cursors are signed and bound to what was asked."""

    _name = "lots"

    @question
    async def list(  # noqa: PLR0913 - each narrows the list
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
            site_id=(await self._reading.find(Where(site))).site_id,
            since=None if since is None else check_time(since, "since"),
            until=None if until is None else check_time(until, "until"),
            words=_words(text),
            order=order,
        )
        cursor = await self._cursor("lots", *wanted)
        spot = cursor.read(after, *ORDERS[order].types)
        rows = await self._reading.lots.lots(wanted, spot, limit + 1)
        return cursor.page(rows, limit, ORDERS[order].spot_of)

    @question
    async def get(self, sku: str, lot: str) -> LotAnswer:
        """Give one lot; raises Refused BATCH_NOT_FOUND."""
        check_code(sku, "sku")
        check_code(lot, "lot")
        found = await self._reading.find(Where(sku=sku, lot=lot))
        rows = await self._reading.lots.lots(LotsWanted(order="code"), (lot, (found.item_id or 1) - 1), 1)
        if not rows or (rows[0].code, rows[0].sku) != (lot, sku):
            raise Refused("BATCH_NOT_FOUND", sku=sku, lot=lot)
        return rows[0]

    @question
    async def items_of(self, lots: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the items that have a lot of each code, by code; a code that no lot has is left out."""
        codes = list(dict.fromkeys(lots))
        if len(codes) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(codes), lines_max=LINES_MAX)
        found: dict[str, tuple[str, ...]] = {}
        for sku, code in await self._reading.lots.of_codes([check_code(code, "lot") for code in codes]):
            found[code] = (*found.get(code, ()), sku)
        return found

    @question
    async def get_metadata(self, sku: str, lot: str) -> LotMetadataAnswer:
        """Give what is told of a lot beside its facts, and what is wrong with it; bad metadata is told, never fatal."""
        found = await self.get(sku, lot)
        metadata, version = await self._reading.lots.metadata(found.id)
        problems = () if metadata is None else tuple(problems_of(metadata))
        return LotMetadataAnswer(metadata, problems, version)

    @question
    async def list_recipients(
        self, sku: str, lot: str, *, after: str | None = None, limit: int = 50
    ) -> Page[Recipient]:
        """List who received goods of a lot, from the journal: each sale and each use that was not undone."""
        check_page(limit)
        found = await self.get(sku, lot)
        cursor = await self._cursor("recipients", found.id)
        spot = cursor.read(after, int, str, str) or (0, "", "")
        rows = await self._reading.lots.recipients(found.id, spot, limit + 1)
        return cursor.page(rows, limit, lambda row: (row.number, row.site, row.target))


def _words(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    words = words_of(check_note(text, "text"))
    if not 1 <= len(words) <= _WORDS_MAX:
        raise Refused("INVALID_TEXT", field="text", detail=f"it has {len(words)} words, 1 to {_WORDS_MAX} are allowed")
    return words
