"""What the questions of costs ask, on PostgreSQL."""

from collections.abc import Sequence
from decimal import Decimal

from onhand.kernel.exact import money_decimal
from onhand.kernel.quantity import SCALE
from onhand.ledger.worth.port import CostLine, ValuedItem, ValueSpot
from onhand.store.database.answering import NamedRow, answer_of, answers_of
from onhand.store.database.reader import Reader


class PostgresCosts:
    """Each question in a transaction of its own, which may take its time, since it adds much up."""

    def __init__(self, reader: Reader) -> None:
        """Ask through a patient reader."""
        self._reader = reader

    async def valuation(
        self, site_id: int | None, item_id: int | None, number: int | None, after: ValueSpot, limit: int
    ) -> tuple[tuple[ValuedItem, ...], ValueSpot | None, Decimal]:
        """What the goods of each item at each site are worth, after a posting or now."""
        params = {
            "site_id": site_id,
            "item_id": item_id,
            "after_item_id": after.item_id,
            "after_site_id": after.site_id,
            "limit": limit + 1,
        }
        if number is None:
            rows = await self._reader.ask("read_valuation", **params)
        else:
            rows = await self._reader.ask("read_valuation_then", **params, number=number)
        last = answer_of(ValueSpot, rows[limit - 1]) if len(rows) > limit else None
        return tuple(map(_valued, rows[:limit])), last, money_decimal(rows[0].total if rows else 0)

    async def between(self, since: int, until: int, site_id: int | None) -> Sequence[CostLine]:
        """What came into the value of stock and went out of it after one posting and up to another."""
        rows = await self._reader.ask("read_costs_between", since=since, until=until, site_id=site_id)
        return answers_of(CostLine, rows)


def _valued(row: NamedRow) -> ValuedItem:
    quantity, value = row.quantity, row.value
    unit_cost = (2 * value * SCALE + quantity) // (2 * quantity) if quantity > 0 and value >= 0 else None
    return answer_of(ValuedItem, row, unit_cost=None if unit_cost is None else money_decimal(unit_cost))
