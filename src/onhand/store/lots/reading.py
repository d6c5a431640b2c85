"""What lots ask, on PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onhand.ledger.lots.port import ORDERS, AlertAnswer, LotAnswer, LotOrder, LotsWanted, Recipient
from onhand.store.database.answering import answers_of
from onhand.store.database.reader import Reader, RunQuery
from onhand.store.lots.listing import after_fields, statement_name

_RARE_MAX = 6_000
"""A word that fewer lots have is rare."""
_COUNT_MAX = 20_000
"""Of more lots that have a word it is not asked how many, not even to find the rarest of common words."""
_LOOKED_UP = ("brand", "vendor", "since", "until")
"""What the statement `read_lot_bounds` turns into ids."""


class PostgresLots:
    """Each question in a short transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def lots(self, wanted: LotsWanted, after: tuple[object, ...] | None, limit: int) -> tuple[LotAnswer, ...]:
        """
        Lots in their order, after what ended the page before.

        First brand, vendor and times are found as ids, the times as the first and last lot that came in then; where one
        is not there, no lot is. Then the rarest word decides which statement lists them (`listing.py`).
        """
        order = ORDERS[wanted.order]
        async with self._reader.moment() as ask:
            asked = {name: getattr(wanted, name) for name in _LOOKED_UP}
            (bounds,) = await ask("read_lot_bounds", **asked)
            if any(value is not None and getattr(bounds, name) is None for name, value in asked.items()):
                return ()
            first_id, last_id = _going_on(order, after, bounds.since, bounds.until)
            names = after_fields(order)
            spot = after or (None,) * len(names)
            params: dict[str, Any] = {f"after_{name}": value for name, value in zip(names, spot, strict=False)}
            words = ""
            if wanted.words:
                words, ranges = await _ranges(ask, wanted.words)
                params.update(ranges)
            if wanted.site_id is not None:
                params["site_id"] = wanted.site_id
            rows = await ask(
                statement_name(wanted.order, at_site=wanted.site_id is not None, words=words),
                status=wanted.status,
                category=wanted.category,
                subcategory=wanted.subcategory,
                brand_id=bounds.brand,
                vendor_id=bounds.vendor,
                first_id=first_id,
                last_id=last_id,
                limit=limit,
                **params,
            )
        return answers_of(LotAnswer, rows)

    async def recipients(self, lot_id: int, after: tuple[object, ...], limit: int) -> tuple[Recipient, ...]:
        """Who received or used goods of a lot, after a posting's number, a site and a target."""
        number, site, target = after
        spot = {"after_number": number, "after_site": site, "after_target": target}
        rows = await self._reader.ask("read_recipients", lot_id=lot_id, **spot, limit=limit)
        return answers_of(Recipient, rows)

    async def of_codes(self, codes: Sequence[str]) -> Sequence[tuple[str, str]]:
        """The lots that have one of some codes: sku and code."""
        rows = await self._reader.ask("read_lots_of_codes", codes=list(codes))
        return [(row.sku, row.code) for row in rows]

    async def metadata(self, lot_id: int) -> tuple[Any, int]:
        """What is told of a lot beside its facts, and its version; None and 0 where nothing is."""
        rows = await self._reader.ask("read_lot_metadata", lot_id=lot_id)
        return next(((json.loads(row.facts, parse_float=str), row.version) for row in rows), (None, 0))

    async def alert_subjects(
        self, today: date, expiring_on: date, held_since: datetime, limit: int
    ) -> tuple[tuple[str, int, int, int], ...]:
        """Rule, site, item and lot of the alerts that should be and are not, or are and should not be."""
        rows = await self._reader.ask(
            "read_alert_subjects", today=today, expiring_on=expiring_on, held_since=held_since, limit=limit
        )
        return tuple((row.rule, row.site_id, row.item_id, row.lot_id) for row in rows)

    async def alert_counts(self, statuses: Sequence[str]) -> Mapping[str, int]:
        """How many alerts of each rule there are in some statuses."""
        return {row.rule: row.alerts for row in await self._reader.ask("count_alerts", statuses=list(statuses))}

    async def alerts(
        self, statuses: Sequence[str], rule: str | None, after_id: int | None, limit: int
    ) -> tuple[AlertAnswer, ...]:
        """Alerts, the latest first."""
        rows = await self._reader.ask("read_alerts", statuses=list(statuses), rule=rule, after_id=after_id, limit=limit)
        return answers_of(AlertAnswer, rows)


def _going_on(
    order: LotOrder,
    after: Any,  # noqa: ANN401 - what a page ended with
    first_id: int | None,
    last_id: int | None,
) -> tuple[int | None, int | None]:
    """
    Give the ids between which a page lies.

    By newest and oldest the cursor is the id of the last lot of the page before, so it narrows these bounds; the other
    orders have cursors of their own.
    """
    if after is None or after_fields(order):
        return first_id, last_id
    (lot_id,) = after
    if order.descending:
        return first_id, lot_id - 1  # the page before ended at or below the last one
    return lot_id + 1, last_id


async def _ranges(ask: RunQuery, words: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """
    Tell whether the rarest of some beginnings of words is "rare" or "common", and give the parameters of the search.

    What begins with a word lies in the range from it to it and the highest character. `low` and `high` bound the rarest
    one, by which lots are looked up; `lows` and `highs` the others, which each lot found has to have as well.
    """
    lows, highs = list(words), [f"{word}\U0010ffff" for word in words]
    counts = await ask("count_lot_words", lows=lows, highs=highs, count_max=_RARE_MAX)
    are_common = min(row.lots for row in counts) >= _RARE_MAX
    if are_common and len(words) > 1:
        counts = await ask("count_lot_words", lows=lows, highs=highs, count_max=_COUNT_MAX)
    (_, low, high), *others = sorted(zip([row.lots for row in counts], lows, highs, strict=True))
    return "common" if are_common else "rare", {
        "low": low,
        "high": high,
        "lows": [low for _, low, _ in others],
        "highs": [high for _, _, high in others],
    }
