"""What a verification asks, on PostgreSQL; the statements make everything anew from the rows."""

from collections.abc import Sequence

from onhand.kernel.entities import CATALOG, ENTITIES
from onhand.ledger.core.answers import JournalHead
from onhand.ledger.core.port import (
    BalanceFault,
    ChainFault,
    CheckedHead,
    EntityFault,
    HoldingFault,
    Keys,
    OutsideEdit,
    Step,
)
from onhand.store.database.answering import answer_of, answers_of
from onhand.store.database.reader import Reader
from onhand.store.engine.entity_tables import has_lines

_KINDS = ("holding", *ENTITIES)
_WITH_LINES = tuple(word for word, kind in ENTITIES.items() if has_lines(kind))


class PostgresChecks:
    """Each check is one statement in a transaction of its own."""

    def __init__(self, reader: Reader) -> None:
        """Ask through a reader that allows slices their time."""
        self._reader = reader

    async def head(self) -> CheckedHead | None:
        """The journal's row, and what lies outside of it."""
        async with self._reader.moment() as ask:
            rows = await ask("verify_head")
            id_max = max([row.id or 0 for kind in _KINDS for row in await ask(f"verify_{kind}_id_max")])
        for row in rows:
            head = answer_of(JournalHead, row, org_id=self._reader.org_id)
            return answer_of(CheckedHead, row, head=head, id_max=id_max, outside=tuple(sorted(row.outside)))
        return None

    async def contains(self, number: int, sealed: bytes) -> bool:
        """Whether the journal has a posting with that number and that hash."""
        rows = await self._reader.ask("verify_contains", number=number)
        return any(row.hash == sealed for row in rows)

    async def chain(self, first: int, last: int, limit: int) -> Sequence[ChainFault]:
        """Postings that are missing, changed, too early or miscounted."""
        rows = await self._reader.ask("verify_chain", first=first, last=last, limit=limit)
        return answers_of(ChainFault, rows)

    async def keys(self, first: int, last: int) -> Keys:
        """The idempotency keys of a slice."""
        (row,) = await self._reader.ask("verify_keys", first=first, last=last)
        return Keys(tuple((row.keys or "").split("\n")), row.key_hashes or b"")

    async def catalog_number(self, first: int, last: int) -> int:
        """The last posting of a slice that changed the catalogue; 0 where none did."""
        (row,) = await self._reader.ask("verify_catalog_number", first=first, last=last, catalog=sorted(CATALOG))
        return int(row.number or 0)

    async def elsewhere(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Postings in which goods of an item vanish or appear between holdings."""
        rows = await self._reader.ask("verify_elsewhere", first=first, last=last, limit=limit)
        return [EntityFault(row.number, "item", row.item_id or 0) for row in rows]

    async def reversals(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Postings that do not undo exactly what they say."""
        rows = await self._reader.ask("verify_reversals", first=first, last=last, limit=limit)
        return [row.number for row in rows]

    async def changes(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Changes that do not begin where the one before ended."""
        rows = await self._reader.ask("verify_changes", first=first, last=last, limit=limit)
        return answers_of(EntityFault, rows)

    async def missing_rows(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Entities that postings made and no table has."""
        found = []
        async with self._reader.moment() as ask:
            for kind in _KINDS:
                rows = await ask(f"verify_{kind}_exists", first=first, last=last, limit=limit)
                found += [EntityFault(row.number, kind, row.entity_id) for row in rows]
        return found

    async def step(self, start: Step, size: int) -> Step | None:
        """Where a slice of movements ends; None where fewer follow."""
        rows = await self._reader.ask("verify_step", **start._asdict(), size=size)
        return next(iter(answers_of(Step, rows)), None)

    async def balances(self, start: Step, end: Step, limit: int) -> Sequence[BalanceFault]:
        """Movements whose balances do not follow from those before."""
        first = {f"first_{name}": value for name, value in start._asdict().items()}
        last = {f"last_{name}": value for name, value in end._asdict().items()}
        rows = await self._reader.ask("verify_balances", **first, **last, limit=limit)
        return answers_of(BalanceFault, rows)

    async def entities(self, first: int, last: int, limit: int) -> Sequence[EntityFault]:
        """Entities that are not as their last change left them."""
        found = []
        async with self._reader.moment() as ask:
            for kind in ENTITIES:
                rows = await ask(f"verify_{kind}", first=first, last=last, limit=limit)
                found += [EntityFault(row.number, kind, row.id) for row in rows]
        return found

    async def holdings(self, first: int, last: int, limit: int) -> Sequence[HoldingFault]:
        """Holdings that are not as their last movement and change left them."""
        rows = await self._reader.ask("verify_holdings", first=first, last=last, limit=limit)
        return answers_of(HoldingFault, rows)

    async def stray_rows(self, id_last: int, limit: int) -> Sequence[EntityFault]:
        """Rows whose ids the journal has not given out."""
        found = []
        async with self._reader.moment() as ask:
            for kind in _KINDS:
                rows = await ask(f"verify_{kind}_ids", id_last=id_last, limit=limit)
                found += [EntityFault(None, kind, row.id) for row in rows]
            for kind in _WITH_LINES:
                rows = await ask(f"verify_{kind}_stray_lines", limit=limit)
                found += [EntityFault(None, f"{kind}_line", getattr(row, f"{kind}_id")) for row in rows]
        return found

    async def outside_edits(self, limit: int) -> Sequence[OutsideEdit]:
        """What was done to the tables without onhand."""
        rows = await self._reader.ask("verify_outside_edits", limit=limit)
        return answers_of(OutsideEdit, rows)
