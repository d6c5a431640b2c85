"""What health, metrics and receipts ask, on PostgreSQL."""

from collections.abc import Sequence
from fractions import Fraction

from onhand.kernel.holding import Place
from onhand.kernel.recipes.deduction import SoldItem
from onhand.ledger.core.wanted import NUMBER_MAX, Found
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
from onhand.store.database.reader import Ask, Reader
from onhand.store.engine.rows import Row, utc


class PostgresRecipes:
    """Each question is one statement, or some that see one moment."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def guards_missing(self, triggers: Sequence[str], constraints: Sequence[str]) -> tuple[str, ...]:
        """Guards of the database that are not there, or are switched off."""
        rows = await self._reader.ask("read_guards", triggers=list(triggers), constraints=list(constraints))
        return tuple(row[0] for row in rows)

    async def keys_used_twice(self, since: int, limit: int) -> tuple[int, ...]:
        """Postings above a number whose key stands for another one too."""
        return tuple(row[0] for row in await self._reader.ask("read_keys_used_twice", since=since, limit=limit))

    async def mappings_missing(self, moment: int, limit: int) -> tuple[MissingMapping, ...]:
        """Ingredients of recipes in force that sites have no item for."""
        rows = await self._reader.ask("read_missing_mappings", moment=moment, limit=limit)
        return tuple(MissingMapping(*row) for row in rows)

    async def strange_movements(self, last: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Postings of the last deductions that touched another site, with the transaction."""
        rows = await self._reader.ask("read_strange_movements", last=last, limit=limit)
        return tuple((row[0], row[1]) for row in rows)

    async def odd_compensations(self, last: int, limit: int) -> tuple[str, ...]:
        """Transactions of the last deductions of which something else is out than their standing lines took."""
        return tuple(row[0] for row in await self._reader.ask("read_odd_compensations", last=last, limit=limit))

    async def deduction_counts(self, since: int) -> tuple[DeductionCount, ...]:
        """Deductions by site; recent are those of postings above a number."""
        return tuple(DeductionCount(*row) for row in await self._reader.ask("read_deduction_counts", since=since))

    async def refusal_counts(self, since: str) -> tuple[RefusalCount, ...]:
        """Refusals by site; recent are those from an hour on."""
        return tuple(RefusalCount(*row) for row in await self._reader.ask("read_refusal_counts", since=since))

    async def queue_counts(self) -> tuple[QueueCount, ...]:
        """Offline sales by site and status."""
        rows = await self._reader.ask("read_queue_counts")
        return tuple(QueueCount(site, status, sales, utc(oldest)) for site, status, sales, oldest in rows)

    async def receipt(self, site_id: int, site: str, transaction: str) -> DeductionTrail | None:
        """A transaction of a site."""
        async with self._reader.moment() as ask:
            rows = await ask("read_deduction_trail", site_id=site_id, transaction=transaction)
            if not rows:
                return None
            number, status, items, parts = rows[0]
            places = {
                row[0]: Place(*row[1:]) for row in await ask("read_places", ids=sorted({part[2] for part in parts}))
            }
            postings = await ask("read_deduction_postings", id=number)
        return DeductionTrail(
            id=number,
            site=site,
            transaction=transaction,
            status=status,
            items=tuple(SoldItem(*item) for item in items),
            parts=tuple(
                TakenPart(line, ingredient, places[holding_id], quantity)
                for line, ingredient, holding_id, quantity in parts
            ),
            postings=tuple(map(_posting, postings)),
        )

    async def uses(self, found: Found, before: int, limit: int) -> tuple[Use, ...]:
        """The receipts that took from some holdings, newest first, below a number."""
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, found)
            rows = await ask("read_uses", holding_ids=ids, before=before, limit=limit)
        return tuple(map(_use, rows))

    async def mapped_items(self, site_id: int) -> tuple[str, ...]:
        """The items that ingredients are at a site."""
        return tuple(row[0] for row in await self._reader.ask("read_mapped_items", site_id=site_id))

    async def mappings(self, site_id: int, after: tuple[str, str], limit: int) -> tuple[MappingAnswer, ...]:
        """What ingredients are at a site."""
        ingredient, unit = after
        rows = await self._reader.ask(
            "read_mappings", site_id=site_id, after_ingredient=ingredient, after_unit=unit, limit=limit
        )
        return tuple(
            MappingAnswer(
                id=row[0],
                version=row[1],
                site=row[2],
                ingredient=row[3],
                unit=row[4],
                sku=row[5],
                factor=str(Fraction(row[6], row[7])),
            )
            for row in rows
        )

    async def variances(self, found: Found, before: tuple[int, int], limit: int) -> tuple[Variance, ...]:
        """What was counted at some holdings, newest first, below a number and line."""
        number, line = before
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, found)
            rows = await ask("read_counts", holding_ids=ids, before=number, before_line=line, limit=limit)
            places = {row[0]: Place(*row[1:]) for row in await ask("read_places", ids=sorted({row[2] for row in rows}))}
        return tuple(_variance(row, places[row[2]]) for row in rows)


async def _holding_ids(ask: Ask, found: Found) -> list[int]:
    wanted = {name: list(value) if isinstance(value, tuple) else value for name, value in found._asdict().items()}
    return [row[0] for row in await ask("read_holding_ids", **wanted, limit=NUMBER_MAX)]


def _variance(row: Row, place: Place) -> Variance:
    number, line, _, booked, counted, actor, recorded_at, occurred_at, reason = row
    return Variance(
        number=number,
        line=line,
        place=place,
        booked=booked,
        counted=counted,
        actor=actor,
        recorded_at=utc(recorded_at),
        occurred_at=utc(occurred_at),
        reason=reason,
    )


def _posting(row: Row) -> TrailPosting:
    number, kind, action, actor, recorded_at, occurred_at, reason = row
    return TrailPosting(number, kind, action, actor, utc(recorded_at), utc(occurred_at), reason)


def _use(row: Row) -> Use:
    number, kind, actor, occurred_at, transaction, site, quantity = row
    return Use(number, kind, actor, utc(occurred_at), transaction, site, quantity)
