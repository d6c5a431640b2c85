"""What health, metrics and receipts ask, on PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from onhand.kernel.holding import Place
from onhand.ledger.core.wanted import NUMBER_MAX, PlaceIds
from onhand.ledger.recipes.port import (
    DeductionCount,
    DeductionTrail,
    MappingAnswer,
    MissingMapping,
    QueueCount,
    RefusalCount,
    TakenPart,
    TrailPosting,
    Use,
    Variance,
)
from onhand.store.database.answering import answer_of, answers_of, part_of
from onhand.store.database.reader import Reader, RunQuery


class PostgresRecipes:
    """Each question is one statement, or some that see one moment."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def guards_missing(self, triggers: Sequence[str], constraints: Sequence[str]) -> tuple[str, ...]:
        """Guards of the database that are not there, or are switched off."""
        rows = await self._reader.ask("read_guards", triggers=list(triggers), constraints=list(constraints))
        return tuple(row.name for row in rows)

    async def keys_used_twice(self, since: int, limit: int) -> tuple[int, ...]:
        """Postings above a number whose key stands for another one too."""
        return tuple(row.number for row in await self._reader.ask("read_keys_used_twice", since=since, limit=limit))

    async def mappings_missing(self, moment: int, limit: int) -> tuple[MissingMapping, ...]:
        """Ingredients of recipes in force that sites have no item for."""
        rows = await self._reader.ask("read_missing_mappings", moment=moment, limit=limit)
        return answers_of(MissingMapping, rows)

    async def strange_movements(self, last: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Postings of the last deductions that touched another site, with the transaction."""
        rows = await self._reader.ask("read_strange_movements", last=last, limit=limit)
        return tuple((row.number, row.transaction) for row in rows)

    async def odd_compensations(self, last: int, limit: int) -> tuple[str, ...]:
        """Transactions of the last deductions of which something else is out than their standing lines took."""
        return tuple(
            row.transaction for row in await self._reader.ask("read_odd_compensations", last=last, limit=limit)
        )

    async def deduction_counts(self, since: int) -> tuple[DeductionCount, ...]:
        """Deductions by site; recent are those of postings above a number."""
        return answers_of(DeductionCount, await self._reader.ask("read_deduction_counts", since=since))

    async def refusal_counts(self, since: str) -> tuple[RefusalCount, ...]:
        """Refusals by site; recent are those from an hour on."""
        return answers_of(RefusalCount, await self._reader.ask("read_refusal_counts", since=since))

    async def queue_counts(self) -> tuple[QueueCount, ...]:
        """Offline sales by site and status."""
        return answers_of(QueueCount, await self._reader.ask("read_queue_counts"))

    async def receipt(self, site_id: int, site: str, transaction: str) -> DeductionTrail | None:
        """A transaction of a site."""
        async with self._reader.moment() as ask:
            rows = await ask("read_deduction_trail", site_id=site_id, transaction=transaction)
            if not rows:
                return None
            (row,) = rows
            places = await _places(ask, (holding_id for _, _, holding_id, _ in row.parts))
            postings = await ask("read_deduction_postings", id=row.id)
        return answer_of(
            DeductionTrail,
            row,
            site=site,
            transaction=transaction,
            parts=tuple(
                part_of(TakenPart, (line, ingredient, places[holding_id], quantity))
                for line, ingredient, holding_id, quantity in row.parts
            ),
            postings=answers_of(TrailPosting, postings),
        )

    async def uses(self, found: PlaceIds, before: int, limit: int) -> tuple[Use, ...]:
        """The receipts that took from some holdings, newest first, below a number."""
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, found)
            rows = await ask("read_uses", holding_ids=ids, before=before, limit=limit)
        return answers_of(Use, rows)

    async def mapped_items(self, site_id: int) -> tuple[str, ...]:
        """The items that ingredients are at a site."""
        return tuple(row.sku for row in await self._reader.ask("read_mapped_items", site_id=site_id))

    async def mappings(self, site_id: int, after: tuple[str, str], limit: int) -> tuple[MappingAnswer, ...]:
        """What ingredients are at a site."""
        ingredient, unit = after
        rows = await self._reader.ask(
            "read_mappings", site_id=site_id, after_ingredient=ingredient, after_unit=unit, limit=limit
        )
        return tuple(
            answer_of(MappingAnswer, row, factor=str(Fraction(row.numerator, row.denominator))) for row in rows
        )

    async def variances(self, found: PlaceIds, before: tuple[int, int], limit: int) -> tuple[Variance, ...]:
        """What was counted at some holdings, newest first, below a number and line."""
        number, line = before
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, found)
            rows = await ask("read_counts", holding_ids=ids, before=number, before_line=line, limit=limit)
            places = await _places(ask, (row.entity_id for row in rows))
        return tuple(answer_of(Variance, row, place=places[row.entity_id]) for row in rows)


async def _holding_ids(ask: RunQuery, found: PlaceIds) -> list[int]:
    wanted = {name: list(value) if isinstance(value, tuple) else value for name, value in found._asdict().items()}
    return [row.id for row in await ask("read_holding_ids", **wanted, limit=NUMBER_MAX)]


async def _places(ask: RunQuery, holding_ids: Iterable[int]) -> Mapping[int, Place]:
    rows = await ask("read_places", ids=sorted({*holding_ids}))
    return {row.id: answer_of(Place, row) for row in rows}
