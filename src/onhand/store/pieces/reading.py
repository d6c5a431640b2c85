"""The questions about pieces, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import namedtuple_row
from psycopg_pool import AsyncConnectionPool

from onhand.ledger.pieces.port import Family, PieceAnswer, PieceFinding, PiecesWanted, Relative
from onhand.store.database.answering import NamedRow, answer_of, answers_of
from onhand.store.database.faults import fault_of
from onhand.store.database.reader import Reader
from onhand.store.engine.rows import DriverRow
from onhand.store.engine.statements import Statements


class PostgresPieces:
    """Each question is asked in a transaction of its own."""

    def __init__(
        self, reader: Reader, pool: AsyncConnectionPool[AsyncConnection[DriverRow]], statements: Statements
    ) -> None:
        """Ask through a reader; what is written out is written with connections of a pool."""
        self._reader = reader
        self._pool = pool
        self._statements = statements

    async def piece(self, code: str) -> PieceAnswer | None:
        """A piece as it is."""
        rows = await self._reader.ask("read_piece", code=code)
        return next(iter(answers_of(PieceAnswer, rows)), None)

    async def piece_then(self, piece: PieceAnswer, number: int) -> PieceAnswer | None:
        """A piece as it was after a posting; None where it was not there yet."""
        rows = await self._reader.ask("read_piece_then", id=piece.id, number=number)
        if not rows:
            return None
        (then,) = rows
        return replace(
            piece,
            version=int(then.after["version"]),
            status=str(then.after["status"]),
            site=then.site,
            location=then.location,
            lot=then.lot,
            number=number,
        )

    async def pieces(self, wanted: PiecesWanted, limit: int) -> Sequence[PieceAnswer]:
        """Pieces as they are, the smallest first."""
        params = wanted._asdict()
        kinds = None if wanted.kinds is None else list(wanted.kinds)
        rows = await self._reader.ask("read_pieces", **{**params, "kinds": kinds}, limit=limit)
        return answers_of(PieceAnswer, rows)

    async def family(self, code: str) -> Family | None:
        """All relatives of a piece."""
        async with self._reader.moment() as ask:
            found = await ask("read_piece", code=code)
            if not found:
                return None
            start = int(found[0].id)
            above = await ask("read_ancestors", id=start)
            below = await ask("read_descendants", id=start)
            rows = [*above, *below]
            acts = await ask("read_family_acts", ids=list({row.origin_id for row in rows if row.origin_id is not None}))
        parents: dict[int, list[int]] = {}
        for line in acts:
            parents.setdefault(line.transformation_id, []).append(line.unit_id)
        ids = {act: tuple(sorted(units)) for act, units in parents.items()}
        members = {row.id: answer_of(Relative, row, parents=ids.get(row.origin_id, ())) for row in rows}
        return Family.of(start, members, {row.id for row in above}, {row.id for row in below})

    async def check(self, limit: int) -> Sequence[PieceFinding]:
        """What does not add up."""
        return answers_of(PieceFinding, await self._reader.ask("check_pieces", limit=limit))

    async def refresh(self) -> int:
        """Write out the current state of the pieces that changed since it was written last."""
        told = {"org_id": self._reader.org_id}
        try:
            async with self._pool.connection() as connection, connection.transaction():
                await connection.execute(self._statements["enter_org"].text, told)
                cursor = connection.cursor(row_factory=namedtuple_row)
                await cursor.execute(self._statements["refresh_piece_current"].text, told)
                row: NamedRow = await cursor.fetchone()
        except psycopg.Error as error:
            raise fault_of(error) from error
        return int(row.pieces)

    async def triggers(self) -> frozenset[str]:
        """The triggers that are active."""
        return frozenset(row.name for row in await self._reader.ask("check_piece_triggers"))
