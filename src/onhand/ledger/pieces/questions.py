"""The questions about pieces."""

from datetime import datetime

from onhand.kernel.command import check_number
from onhand.kernel.exact import millionths_of
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.pieces.piece import KINDS, LENGTHS
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.text import check_time
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.core.answers import ChangeLine, MovementLine, Page
from onhand.ledger.core.wanted import PlaceIds, TrailSpot, Where
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.pieces.port import Family, PieceAnswer, PieceFinding, PiecesWanted
from onhand.ledger.reading_lines import QuantityLike

GUARDS = frozenset(
    {
        *("piece_is_never_rewritten", "piece_is_never_deleted", "piece_is_whole", "holding_of_a_piece_is_whole"),
        *("transformation_is_append_only", "transformation_line_is_append_only", "transformation_is_its_movements"),
        *("posting_is_append_only", "movement_is_append_only", "change_is_append_only", "reversal_is_append_only"),
    }
)
"""The triggers without which the database would not guard pieces and their history."""

FINDINGS_MAX = 100
_AVAILABLE = State.AVAILABLE.name.lower()


class PieceQuestions(Namespace):
    """What pieces there are, where they came from and what became of them."""

    _name = "pieces"

    @question
    async def get(self, code: str, *, number: int | None = None, recorded_at: datetime | None = None) -> PieceAnswer:
        """
        Give a piece as it is, or as it was after a posting or at a recorded time.

        Raises:
            Refused: PIECE_NOT_FOUND, also where it was not there yet at that moment.
        """
        name = piece_code(code)
        if number is not None and recorded_at is not None:
            raise Refused("INVALID_COMMAND", detail="a moment is told by number or by recorded_at, not by both")
        found = await self._reading.pieces.piece(name)
        if recorded_at is not None:
            number = await self._reading.number_at(check_time(recorded_at, "recorded_at"))
        if found is not None and number is not None:
            check_number(number, "number", least=0)
            found = await self._reading.pieces.piece_then(found, number)
        if found is None:
            raise Refused("PIECE_NOT_FOUND", piece=name)
        return found

    @question
    async def list(
        self,
        site: str | None = None,
        sku: str | None = None,
        *,
        kind: str | None = None,
        status: str | None = _AVAILABLE,
        at_least: QuantityLike = 0,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[PieceAnswer]:
        """List pieces, the smallest first: those that are available, unless another status is asked for."""
        check_page(limit)
        check_codes(site=site, sku=sku, status=status)
        if kind is not None and kind not in KINDS:
            raise Refused("INVALID_COMMAND", detail=f"a kind of piece is one of {', '.join(KINDS)}")
        wanted = PiecesWanted(None if kind is None else (kind,), status, sku, site, parse_quantity(at_least))
        cursor = await self._cursor("pieces", *wanted)
        size, last = cursor.read(after, int, int) or (0, 0)
        await self._reading.find(Where(site, sku))
        wanted = wanted._replace(after_size=size, after_id=last)
        rows = await self._reading.pieces.pieces(wanted, limit + 1)
        return cursor.page(rows, limit, lambda piece: (millionths_of(piece.size), piece.id))

    @question
    async def find_offcut(self, sku: str, length: QuantityLike, *, site: str | None = None) -> PieceAnswer | None:
        """Find the smallest available length that is long enough, whether it is an offcut, a cut or a roll."""
        check_codes(sku=sku, site=site)
        wanted = PiecesWanted(tuple(sorted(LENGTHS)), _AVAILABLE, sku, site, parse_quantity(length))
        await self._reading.find(Where(site, sku))
        rows = await self._reading.pieces.pieces(wanted, 1)
        return rows[0] if rows else None

    @question
    async def trail(self, code: str, *, after: str | None = None, limit: int = 50) -> Page[MovementLine | ChangeLine]:
        """Tell the life of a piece in the order of the journal: its events, and the movements of its holdings."""
        check_page(limit)
        piece = await self.get(code)
        cursor = await self._cursor("piece_trail", piece.id)
        spot = TrailSpot(*(cursor.read(after, int, int, int) or (0, 0, 0)))
        rows, last = await self._reading.trail("piece", piece.id, PlaceIds(unit_id=piece.id), spot, limit)
        return Page(rows=rows, after=cursor.write(last))

    @question
    async def family(self, code: str) -> Family:
        """Give all that a piece was made of and all that was made of it, also by acts that were undone."""
        name = piece_code(code)
        found = await self._reading.pieces.family(name)
        if found is None:
            raise Refused("PIECE_NOT_FOUND", piece=name)
        return found

    @question
    async def verify(self) -> tuple[PieceFinding, ...]:
        """
        Look for what does not add up: quantities, creators, events, triggers.

        `verify` proves the journal and every row; this asks the database about pieces, in one moment.
        """
        missing = sorted(GUARDS - await self._reading.pieces.triggers())
        findings = [PieceFinding("TRIGGER_INACTIVE", name, "it is not there, or switched off") for name in missing]
        return (*findings, *await self._reading.pieces.check(FINDINGS_MAX))
