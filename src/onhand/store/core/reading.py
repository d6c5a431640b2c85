"""The ledger's read side on PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from onhand.faults import Fault
from onhand.kernel.posting import Change, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.states import WORDS
from onhand.ledger.core.answers import (
    Balances,
    ChangeLine,
    HoldingAnswer,
    HoldingDifference,
    HoldingThen,
    JournalHead,
    MovementLine,
    PostingSummary,
    ReservationAnswer,
    ReservationLine,
)
from onhand.ledger.core.port import ExplainedMovements
from onhand.ledger.core.wanted import (
    NUMBER_MAX,
    HoldingSpot,
    MovementsWanted,
    PlaceIds,
    PostingsWanted,
    ReservationsWanted,
    Rows,
    Spot,
    TrailSpot,
    Where,
)
from onhand.store.accounts.reading import PostgresAccounts
from onhand.store.catalog.reading import PostgresCatalog
from onhand.store.commerce.reading import PostgresDocuments
from onhand.store.commerce.shop_reading import PostgresShopReading
from onhand.store.core.answer_rows import holding_then, movement_of
from onhand.store.core.history import PostgresHistory
from onhand.store.database.answering import NamedRow, answer_of, answers_of
from onhand.store.database.reader import Reader, RunQuery
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements
from onhand.store.lots.reading import PostgresLots
from onhand.store.offline.reading import PostgresOffline
from onhand.store.pieces.reading import PostgresPieces
from onhand.store.planning.reading import PostgresPlanning
from onhand.store.promises.reading import PostgresPromises
from onhand.store.recipes.reading import PostgresRecipes
from onhand.store.serials.consistency_reading import PostgresConsistency
from onhand.store.serials.reading import PostgresLifecycle
from onhand.store.trust.archive_reading import PostgresArchive
from onhand.store.trust.reading import PostgresChecks
from onhand.store.webhooks.reading import PostgresWebhooks
from onhand.store.worth.reading import PostgresCosts
from onhand.store.worth.totals import PostgresTotals

_HOLDINGS_MAX = 1000
"""The movements of so many holdings are looked up holding by holding; for more of them the journal is scanned."""
_NEAR = 50_000
"""Where so few postings lie between two moments, they are scanned for what moved; else each holding is looked up."""
_MOVEMENTS_BETWEEN_MAX = 1000
_OF_POSTINGS = frozenset({"reservation", "transfer"})


class PostgresReading:
    """Reads of one org, each in a short transaction that sees one moment."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[DriverRow]],
        statements: Statements,
        org_id: int,
        *,
        timeout_seconds: float = 10,
        check_seconds: float = 300,
    ) -> None:
        """Read with connections of a pool; no statement takes longer than told."""
        self._reader = Reader(pool, statements, org_id, timeout_seconds=timeout_seconds)
        self.archive = PostgresArchive(
            Reader(pool, statements, org_id, timeout_seconds=check_seconds, enter="enter_verifying")
        )
        self.pieces = PostgresPieces(self._reader, pool, statements)
        self.documents = PostgresDocuments(self._reader)
        self.accounts = PostgresAccounts(self._reader)
        self.promises = PostgresPromises(self._reader)
        self.recipes = PostgresRecipes(self._reader)
        self.offline = PostgresOffline(self._reader)
        patient = Reader(pool, statements, org_id, timeout_seconds=check_seconds, enter="enter_verifying")
        self.checks = PostgresChecks(patient)
        self.consistency = PostgresConsistency(patient)
        self.costs = PostgresCosts(patient)
        self.shop = PostgresShopReading(self._reader)
        self.planning = PostgresPlanning(self._reader, Reader(pool, statements, org_id, timeout_seconds=check_seconds))
        self.totals = PostgresTotals(pool, statements, org_id, self._reader)
        self.lots = PostgresLots(self._reader)
        self.catalog = PostgresCatalog(self._reader)
        self.lifecycle = PostgresLifecycle(self._reader)
        self.webhooks = PostgresWebhooks(pool, statements, org_id, self._reader)
        self.history = PostgresHistory(self._reader)
        self._cursor_key: bytes | None = None

    async def head(self) -> JournalHead:
        """Where the journal stands."""
        rows = await self._reader.ask("read_head")
        if not rows:
            raise Fault(code="ORG_UNKNOWN", message="The org is not there any more.", retryable=False)
        return answer_of(JournalHead, rows[0], org_id=self._reader.org_id)

    async def cursor_key(self) -> bytes:
        """What the cursors of the org are signed with; it never changes, so it is asked for once."""
        if self._cursor_key is None:
            (row,) = await self._reader.ask("read_cursor_key")
            self._cursor_key = bytes(row.key)
        return self._cursor_key

    async def find(self, where: Where) -> PlaceIds:
        """The ids that codes stand for; raises Refused where there is no such thing."""
        if where == Where():
            return PlaceIds()
        async with self._reader.moment() as ask:
            return await _find(ask, where)

    async def find_lot(self, lot_id: int) -> PlaceIds:
        """The holdings of a lot."""
        rows = await self._reader.ask("read_lots", lot=None, lot_id=lot_id, item_id=None)
        return PlaceIds(lot_ids=(lot_id,), item_id=rows[0].item_id if rows else None)

    async def holdings(self, found: PlaceIds, after: HoldingSpot, limit: int, *, empty: bool) -> Rows[HoldingAnswer]:
        """Holdings as they are."""
        rows = await self._reader.ask("read_holdings", **_filter(found), **_after(after), empty=empty, limit=limit + 1)
        return Rows(answers_of(HoldingAnswer, rows[:limit]), _last(rows, limit))

    async def holdings_then(
        self,
        found: PlaceIds,
        number: int,
        occurred_at: datetime | None,
        after: HoldingSpot,
        limit: int,
        *,
        empty: bool,
    ) -> Rows[HoldingThen]:
        """Holdings as they were after a posting, as far as it had happened by a moment."""
        async with self._reader.moment() as ask:
            rows = await ask(
                "read_holdings_then",
                **_filter(found),
                **_after(after),
                number=number,
                empty=empty or occurred_at is not None,
                limit=limit + 1,
            )
            kept = rows[:limit]
            later: Mapping[int, Balances] = {}
            if occurred_at is not None:
                late = await ask("read_later", ids=[row.id for row in kept], number=number, occurred_at=occurred_at)
                later = {row.id: answer_of(Balances, row) for row in late}
        answers = [holding_then(row, later.get(row.id)) for row in kept]
        shown = tuple(answer for answer in answers if empty or any(answer.balances))
        return Rows(shown, _last(rows, limit))

    async def difference(
        self, found: PlaceIds, since: int, until: int, after: HoldingSpot, limit: int
    ) -> Rows[HoldingDifference]:
        """Holdings that moved between two postings."""
        async with self._reader.moment() as ask:
            rows = await ask(
                "read_difference",
                **_filter(found),
                **_after(after),
                since=since,
                until=until,
                near=_NEAR,
                limit=limit + 1,
            )
            kept = rows[:limit]
            wanted = MovementsWanted(low=Spot(since + 1, 0), high=Spot(until + 1, 0))
            keys = await _keys_of_holdings(ask, [row.id for row in kept], wanted, _MOVEMENTS_BETWEEN_MAX)
            lines = await _lines(ask, keys)
        between: dict[int, list[MovementLine]] = {}
        for line in lines:
            between.setdefault(line.holding_id, []).append(line)
        answers = [answer_of(HoldingDifference, row, movements=tuple(between.get(row.id, ()))) for row in kept]
        return Rows(tuple(answers), _last(rows, limit))

    async def number_at(self, recorded_at: datetime) -> int:
        """The last posting recorded by a moment; 0 before the first."""
        rows = await self._reader.ask("read_number_at", recorded_at=recorded_at)
        return int(rows[0].number or 0)

    async def postings(self, wanted: PostingsWanted, limit: int) -> Rows[PostingSummary]:
        """Postings without their lines."""
        params = wanted._asdict()
        direction = _direction(newest_first=params.pop("newest_first"))
        rows = await self._reader.ask(f"read_postings_{direction}", **params, limit=limit + 1)
        last = (rows[limit - 1].number,) if len(rows) > limit else None
        return Rows(answers_of(PostingSummary, rows[:limit]), last)

    async def posting(self, number: int) -> Posting | None:
        """A posting with its lines."""
        async with self._reader.moment() as ask:
            rows = await ask("read_posting", number=number)
            if not rows:
                return None
            movements = await _line_rows(
                ask, "read_movements", await ask("read_movement_keys_of_posting", number=number)
            )
            changes = await _line_rows(ask, "read_changes", await ask("read_change_keys", number=number))
        return answer_of(
            Posting,
            rows[0],
            movements=tuple(map(movement_of, movements)),
            changes=tuple(Change(row.entity, row.entity_id, row.action, row.before, row.after) for row in changes),
        )

    async def movements(self, wanted: MovementsWanted, limit: int) -> Rows[MovementLine]:
        """Movements of any holdings."""
        async with self._reader.moment() as ask:
            near = wanted.high.number - wanted.low.number <= 1
            ids = [] if near else await _holding_ids(ask, wanted.found, _HOLDINGS_MAX + 1)
            if near or len(ids) > _HOLDINGS_MAX:
                keys = await _keys(ask, wanted, limit + 1)
            else:
                keys = await _keys_of_holdings(ask, ids, wanted, limit + 1)
            lines = await _lines(ask, keys[:limit])
        ordered = tuple(reversed(lines)) if wanted.newest_first else lines
        return Rows(ordered, answer_of(Spot, keys[limit - 1]) if len(keys) > limit else None)

    async def explain(self, wanted: MovementsWanted, limit: int) -> ExplainedMovements:
        """The movements that made a balance, newest of those wanted, with the total before them."""
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, wanted.found, NUMBER_MAX)
            keys = await _keys_of_holdings(ask, ids, wanted._replace(newest_first=True), limit + 1)
            lines = await _lines(ask, keys[:limit])
            first = Spot(lines[0].number, lines[0].line) if lines else wanted.high
            (before,) = await ask("read_balances_before", ids=ids, number=first.number, line=first.line)
        return ExplainedMovements(lines, answer_of(Balances, before), len(keys) > limit)

    async def trail(
        self, entity: str, entity_id: int | None, found: PlaceIds | None, after: TrailSpot, limit: int
    ) -> Rows[MovementLine | ChangeLine]:
        """The life of an entity: its changes, and the movements and changes of its holdings."""
        async with self._reader.moment() as ask:
            ids = await _holding_ids(ask, found, NUMBER_MAX) if found is not None else []
            if entity == "holding" and entity_id is not None:
                ids = [entity_id]
            keys = await ask(
                "read_trail_keys",
                entity=entity,
                entity_id=entity_id,
                holding_ids=ids,
                with_postings=entity in _OF_POSTINGS,
                after_number=after.number,
                after_part=after.part,
                after_line=after.line,
                limit=limit + 1,
            )
            kept = keys[:limit]
            movements = await _lines(ask, [key for key in kept if key.part == 1])
            changes = await _changes(ask, [key for key in kept if key.part == 0])
        lines: dict[tuple[int, ...], MovementLine | ChangeLine] = {
            **{(line.number, 1, line.line): line for line in movements},
            **{(line.number, 0, line.line): line for line in changes},
        }
        last = answer_of(TrailSpot, kept[-1]) if len(keys) > limit else None
        return Rows(tuple(lines[key] for key in sorted(lines)), last)

    async def reservations(self, wanted: ReservationsWanted, limit: int) -> Rows[ReservationAnswer]:
        """Reservations as they are."""
        async with self._reader.moment() as ask:
            rows = await ask(
                "read_reservations",
                id=wanted.id,
                status=wanted.status,
                site_id=wanted.site_id,
                due_before=wanted.due_before,
                after_id=wanted.after,
                limit=limit + 1,
            )
            kept = rows[:limit]
            lines = await ask("read_reservation_lines", ids=[row.id for row in kept])
        waiting: dict[int, list[ReservationLine]] = {}
        for line in lines:
            waiting.setdefault(line.reservation_id, []).append(answer_of(ReservationLine, line))
        answers = [answer_of(ReservationAnswer, row, lines=tuple(waiting.get(row.id, ()))) for row in kept]
        return Rows(tuple(answers), (kept[-1].id,) if len(rows) > limit else None)

    async def due_reservations(self, moment: datetime, limit: int) -> tuple[int, ...]:
        """The active reservations whose time is over, the longest overdue first."""
        rows = await self._reader.ask("read_due_reservations", moment=moment, limit=limit)
        return tuple(row.id for row in rows)


async def _find(ask: RunQuery, where: Where) -> PlaceIds:
    """Look codes up, from site and item to what is within them; what is found tells its own site or item."""
    site_id = item_id = unit_id = location_ids = lot_ids = None
    if where.site is not None:
        site_id = _one(await ask("read_site", site=where.site), "UNKNOWN_SITE", site=where.site).id
    if where.sku is not None:
        item_id = _one(await ask("read_item", sku=where.sku), "UNKNOWN_ITEM", sku=where.sku).id
    if where.unit is not None:
        unknown = {"sku": where.sku or "any", "unit": where.unit}
        unit = _one(await ask("read_unit", unit=where.unit), "UNIT_NOT_FOUND", **unknown)
        if item_id not in {None, unit.item_id}:
            raise Refused("UNIT_NOT_FOUND", **unknown)
        unit_id, item_id = unit.id, unit.item_id
    if where.location is not None:
        rows = await ask("read_locations", location=where.location, site_id=site_id)
        _one(rows, "UNKNOWN_LOCATION", site=where.site or "any", location=where.location)
        location_ids = tuple(row.id for row in rows)
        site_id = rows[0].site_id if len(rows) == 1 else site_id
    if where.lot is not None:
        rows = await ask("read_lots", lot=where.lot, lot_id=None, item_id=item_id)
        _one(rows, "BATCH_NOT_FOUND", sku=where.sku or "any", lot=where.lot)
        lot_ids = tuple(row.id for row in rows)
        item_id = rows[0].item_id if len(rows) == 1 else item_id
    return PlaceIds(site_id, item_id, location_ids, lot_ids, unit_id)


def _one(rows: Sequence[NamedRow], code: str, **facts: object) -> NamedRow:
    if not rows:
        raise Refused(code, **facts)
    return rows[0]


def _filter(found: PlaceIds) -> dict[str, object]:
    """Give a filter as parameters; the driver takes lists for arrays."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found._asdict().items()}


def _after(after: HoldingSpot) -> dict[str, object]:
    return {"after_item_id": after.item_id, "after_site_id": after.site_id, "after_id": after.id}


def _last(rows: Sequence[NamedRow], limit: int) -> tuple[int, ...] | None:
    """Give where a list of holdings goes on; one row more than asked for was read."""
    return answer_of(HoldingSpot, rows[limit - 1]) if len(rows) > limit else None


async def _holding_ids(ask: RunQuery, found: PlaceIds, limit: int) -> list[int]:
    return [row.id for row in await ask("read_holding_ids", **_filter(found), limit=limit)]


async def _keys(ask: RunQuery, wanted: MovementsWanted, limit: int) -> list[NamedRow]:
    return await ask(
        f"read_movement_keys_{_direction(newest_first=wanted.newest_first)}",
        **_filter(wanted.found),
        **_between(wanted),
        limit=limit,
    )


async def _keys_of_holdings(ask: RunQuery, ids: Sequence[int], wanted: MovementsWanted, limit: int) -> list[NamedRow]:
    return await ask(
        f"read_movement_keys_of_holdings_{_direction(newest_first=wanted.newest_first)}",
        holding_ids=list(ids),
        state=None if wanted.state is None else WORDS[wanted.state],
        **_between(wanted),
        limit=limit,
    )


def _between(wanted: MovementsWanted) -> dict[str, object]:
    return {
        "kind": wanted.kind,
        "low_number": wanted.low.number,
        "low_line": wanted.low.line,
        "high_number": wanted.high.number,
        "high_line": wanted.high.line,
    }


async def _lines(ask: RunQuery, keys: Iterable[NamedRow]) -> tuple[MovementLine, ...]:
    """Read movements by number and line, in journal order."""
    return answers_of(MovementLine, await _line_rows(ask, "read_movements", keys))


async def _changes(ask: RunQuery, keys: Iterable[NamedRow]) -> tuple[ChangeLine, ...]:
    """Read changes by number and line, in journal order."""
    return answers_of(ChangeLine, await _line_rows(ask, "read_changes", keys))


async def _line_rows(ask: RunQuery, name: str, keys: Iterable[NamedRow]) -> list[NamedRow]:
    told = list(keys)
    if not told:
        return []
    return await ask(name, numbers=[key.number for key in told], lines=[key.line for key in told])


def _direction(*, newest_first: bool) -> str:
    return "desc" if newest_first else "asc"
