"""What lots ask, on PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from onhand.ledger.core.answers import Balances
from onhand.ledger.lots.port import AlertAnswer, LotAnswer, LotsWanted, Recipient
from onhand.store.database.reader import Ask, Reader
from onhand.store.engine.rows import Row, utc
from onhand.store.lots.listing import statement_name

_RARE_MAX = 6_000
"""A word that fewer lots have is rare."""
_COUNT_MAX = 20_000
"""Of more lots that have a word it is not asked how many, not even to find the rarest of common words."""
_AFTER = {"expires_on": ("day", "id"), "code": ("code", "id")}
_HELD_FIRST = 21
_TOLD = ("brand", "vendor", "site", "since", "until")
"""What the statement `read_makers` turns into ids."""


class PostgresLots:
    """Each question in a short transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def lots(self, wanted: LotsWanted, after: tuple[object, ...] | None, limit: int) -> tuple[LotAnswer, ...]:
        """
        Lots in their order, after what ended the page before.

        First brand, vendor, site and times are found as ids, the times as the first and last lot that came in then;
        where one is not there, no lot is. Then the rarest word decides which statement lists them (`lot_tables.py`).
        """
        async with self._reader.moment() as ask:
            told = [getattr(wanted, name) for name in _TOLD]
            (found,) = await ask("read_makers", **dict(zip(_TOLD, told, strict=True)))
            if any(name is not None and known is None for name, known in zip(told, found, strict=True)):
                return ()
            brand_id, vendor_id, site_id, *bounds = found
            first_id, last_id = _going_on(wanted.order, after, *bounds)
            names = _AFTER.get(wanted.order, ())
            params: dict[str, Any] = dict.fromkeys(f"after_{name}" for name in names)
            if after is not None and names:
                params.update(zip((f"after_{name}" for name in names), after, strict=True))
            words = ""
            if wanted.words:
                words, ranges = await _ranges(ask, wanted.words)
                params.update(ranges)
            if wanted.site is not None:
                params["site_id"] = site_id
            rows = await ask(
                statement_name(wanted.order, at_site=wanted.site is not None, words=words),
                status=wanted.status,
                category=wanted.category,
                subcategory=wanted.subcategory,
                brand_id=brand_id,
                vendor_id=vendor_id,
                first_id=first_id,
                last_id=last_id,
                limit=limit,
                **params,
            )
        return tuple(map(_lot_answer, rows))

    async def recipients(self, lot_id: int, after: tuple[object, ...], limit: int) -> tuple[Recipient, ...]:
        """Who received or used goods of a lot, after a posting's number, a site and a target."""
        number, site, target = after
        spot = {"after_number": number, "after_site": site, "after_target": target}
        rows = await self._reader.ask("read_recipients", lot_id=lot_id, **spot, limit=limit)
        return tuple(map(_recipient, rows))

    async def of_codes(self, codes: Sequence[str]) -> Sequence[tuple[str, str]]:
        """The lots that have one of some codes: sku and code."""
        return [(sku, code) for sku, code in await self._reader.ask("read_lots_of_codes", codes=list(codes))]

    async def metadata(self, lot_id: int) -> tuple[Any, int]:
        """What is told of a lot beside its facts, and its version; None and 0 where nothing is."""
        rows = await self._reader.ask("read_lot_metadata", lot_id=lot_id)
        return (json.loads(rows[0][0], parse_float=str), rows[0][1]) if rows else (None, 0)

    async def alert_subjects(
        self, today: date, expiring_on: date, held_since: datetime, limit: int
    ) -> tuple[tuple[str, int, int, int], ...]:
        """Rule, site, item and lot of the alerts that should be and are not, or are and should not be."""
        rows = await self._reader.ask(
            "read_alert_subjects", today=today, expiring_on=expiring_on, held_since=held_since, limit=limit
        )
        return tuple((row[0], row[1], row[2], row[3]) for row in rows)

    async def alert_counts(self, statuses: Sequence[str]) -> Mapping[str, int]:
        """How many alerts of each rule there are in some statuses."""
        return {row[0]: row[1] for row in await self._reader.ask("count_alerts", statuses=list(statuses))}

    async def alerts(
        self, statuses: Sequence[str], rule: str | None, after_id: int | None, limit: int
    ) -> tuple[AlertAnswer, ...]:
        """Alerts, the latest first."""
        rows = await self._reader.ask("read_alerts", statuses=list(statuses), rule=rule, after_id=after_id, limit=limit)
        return tuple(map(_alert_answer, rows))


def _going_on(order: str, after: Any, first_id: int | None, last_id: int | None) -> tuple[int | None, int | None]:  # noqa: ANN401 - what a page ended with
    """
    Give the ids between which a page lies.

    By newest and oldest the cursor is the id of the last lot of the page before, so it narrows these bounds; the other
    orders have cursors of their own.
    """
    if after is None or order in _AFTER:
        return first_id, last_id
    (lot_id,) = after
    if order == "newest":
        return first_id, lot_id - 1  # the page before ended at or below the last one
    return lot_id + 1, last_id


async def _ranges(ask: Ask, words: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """
    Tell whether the rarest of some beginnings of words is "rare" or "common", and give the parameters of the search.

    What begins with a word lies in the range from it to it and the highest character. `low` and `high` bound the rarest
    one, by which lots are looked up; `lows` and `highs` the others, which each lot found has to have as well.
    """
    lows, highs = list(words), [f"{word}\U0010ffff" for word in words]
    counts = await ask("count_lot_words", lows=lows, highs=highs, count_max=_RARE_MAX)
    are_common = min(row[0] for row in counts) >= _RARE_MAX
    if are_common and len(words) > 1:
        counts = await ask("count_lot_words", lows=lows, highs=highs, count_max=_COUNT_MAX)
    (_, low, high), *others = sorted(zip([row[0] for row in counts], lows, highs, strict=True))
    return "common" if are_common else "rare", {
        "low": low,
        "high": high,
        "lows": [low for _, low, _ in others],
        "highs": [high for _, _, high in others],
    }


def _lot_answer(row: Row) -> LotAnswer:
    names = tuple(LotAnswer.__annotations__)[:_HELD_FIRST]
    told = dict(zip(names, row[:_HELD_FIRST], strict=True))
    for name in ("status_since", "received_at"):
        told[name] = told[name] and utc(told[name])
    return LotAnswer(**told, balances=Balances(*row[_HELD_FIRST:]))


def _alert_answer(row: Row) -> AlertAnswer:
    told = dict(zip(AlertAnswer.__annotations__, row, strict=True))
    for name in ("raised_at", "resolved_at"):
        told[name] = told[name] and utc(told[name])
    return AlertAnswer(**{**told, "facts": json.loads(told["facts"])})


def _recipient(row: Row) -> Recipient:
    told = dict(zip(Recipient.__annotations__, row, strict=True))
    for name in ("recorded_at", "occurred_at"):
        told[name] = utc(told[name])
    told["data"] = None if told["data"] is None else json.loads(told["data"])
    return Recipient(**told)
