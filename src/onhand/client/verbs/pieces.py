"""
What is told of pieces, and the verbs for it.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from onhand.client.shapes.pieces import Cutting, Family, Made, PieceAnswer, PieceFinding, PlanCutsAnswer, WantedLength
from onhand.client.shapes.shared import ChangeLine, MovementLine, Posted, State
from onhand.client.speaking import About, AsyncSpeaker, Moment, Page, Quantity, Speaker


class ProducePiecesTold(About, total=False):
    """What `produce_pieces` is told."""

    site: Required[str]  # The code of a site.
    made: Required[Sequence[Made]]  # What is produced, in the item's measure.


class CutPiecesTold(About, total=False):
    """What `cut_pieces` is told."""

    cuttings: Required[Sequence[Cutting]]  # What is cut into what.
    reservation: int  # The number of a reservation.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class CombineSparesTold(About, total=False):
    """What `combine_spares` is told."""

    pieces: Required[Sequence[str]]  # How many of them, a whole number, or the names of pieces.
    bundle_size: Required[int]  # How many pieces make a bundle, a whole number.
    bundles: Required[int]  # How many bundles, a whole number.
    reservation: int  # The number of a reservation.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class CreatePiecesTold(About, total=False):
    """What `create_pieces` is told."""

    site: Required[str]  # The code of a site.
    sku: Required[str]  # The code of an item.
    piece_kind: Required[str]  # The kind of pieces.
    sizes: Required[Sequence[Quantity]]  # How much each piece is, in the item's measure.
    length: Quantity  # How long, in the item's measure.
    lot: str  # The code of a lot.
    location: str  # The code of a location of the site.


class ReservePiecesTold(About, total=False):
    """What `reserve_pieces` is told."""

    pieces: Required[Sequence[str]]  # How many of them, a whole number, or the names of pieces.
    expires_at: Moment  # When it ends: RFC 3339 with a time zone.
    priority: int  # The priority, a whole number from 0 to 1000; higher ones are served first.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class ReleasePiecesTold(About, total=False):
    """What `release_pieces` is told."""

    reservation: Required[int]  # The number of a reservation.
    pieces: Required[Sequence[str]]  # How many of them, a whole number, or the names of pieces.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class DispatchPiecesTold(About, total=False):
    """What `dispatch_pieces` is told."""

    pieces: Required[Sequence[str]]  # How many of them, a whole number, or the names of pieces.
    reservation: int  # The number of a reservation.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class TakeBackPiecesTold(About, total=False):
    """What `take_back_pieces` is told."""

    pieces: Required[Sequence[str]]  # How many of them, a whole number, or the names of pieces.
    state: State  # A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.
    # The version of each piece when it was looked at, in the order of the pieces; another one is refused.
    versions: Sequence[int]


class RevertCutTold(About, total=False):
    """What `revert_cut` is told."""

    number: Required[int]  # The number of a posting in the journal, or of a document.
    cascade: bool  # Whether the later postings that stand in the way are undone too.


class RevertCombinationTold(About, total=False):
    """What `revert_combination` is told."""

    number: Required[int]  # The number of a posting in the journal, or of a document.
    cascade: bool  # Whether the later postings that stand in the way are undone too.


class ListPiecesTold(TypedDict, total=False):
    """What `list_pieces` is told."""

    site: str  # The code of a site.
    sku: str  # The code of an item.
    kind: str  # The kind: of an operation, of a piece.
    status: str  # The status.
    at_least: str  # The least size, in the item's measure.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class FindOffcutTold(TypedDict, total=False):
    """What `find_offcut` is told."""

    sku: Required[str]  # The code of an item.
    length: Required[str]  # How long, in the item's measure.
    site: str  # The code of a site.


class GetPieceTold(TypedDict, total=False):
    """What `get_piece` is told."""

    code: Required[str]  # The code.
    number: int  # The number of a posting in the journal, or of a document.
    recorded_at: Moment  # When it was recorded: RFC 3339 in UTC.


class PieceFamilyTold(TypedDict, total=False):
    """What `piece_family` is told."""

    code: Required[str]  # The code.


class PieceTrailTold(TypedDict, total=False):
    """What `piece_trail` is told."""

    code: Required[str]  # The code.
    after: str  # Where the list goes on: the cursor of the page before.
    limit: int  # How many rows at most.


class PlanCutsTold(TypedDict, total=False):
    """What `plan_cuts` is told."""

    site: Required[str]  # The code of a site.
    sku: Required[str]  # The code of an item.
    demand: Required[Sequence[WantedLength]]  # The wanted lengths, and how many of each.
    kerf: Quantity  # The width of a cut, in the item's measure.
    keep: Quantity  # The shortest rest that is kept, in the item's measure.
    seconds: int  # How long to look for a better plan, in seconds.


class PiecesVerbs(Speaker):
    """The verbs."""

    def produce_pieces(self, **told: Unpack[ProducePiecesTold]) -> Posted:
        """
        Take what was made into stock, each piece under a name of its own.

        POST /api/productions, for admin, clerk, manager.
        """
        return self._write("POST", "/api/productions", told)

    def cut_pieces(self, **told: Unpack[CutPiecesTold]) -> Posted:
        """
        Cut pieces, all of them or none; `reservation` names the one that reserved pieces belong to.

        `versions` are those of the pieces when the act was decided on, one for each: it is refused where one is older.

        POST /api/cuts, for admin, clerk, manager.
        """
        return self._write("POST", "/api/cuts", told)

    def combine_spares(self, **told: Unpack[CombineSparesTold]) -> Posted:
        """
        Make bundles of `bundle_size` pieces out of spares; at most one remainder is left.

        POST /api/combinations, for admin, clerk, manager.
        """
        return self._write("POST", "/api/combinations", told)

    def create_pieces(self, **told: Unpack[CreatePiecesTold]) -> Posted:
        """
        Give names to goods of a stock: `sizes` are lengths of cut pieces, or counts of spares.

        POST /api/piece-creations, for admin, clerk, manager.
        """
        return self._write("POST", "/api/piece-creations", told)

    def reserve_pieces(self, **told: Unpack[ReservePiecesTold]) -> Posted:
        """
        Reserve pieces, all of them or none. After `expires_at` anybody may expire the reservation.

        POST /api/piece-reservations, for admin, clerk, manager.
        """
        return self._write("POST", "/api/piece-reservations", told)

    def release_pieces(self, **told: Unpack[ReleasePiecesTold]) -> Posted:
        """
        Release some pieces of a reservation; when none is left, it is released.

        POST /api/piece-reservations/{reservation}/release, for admin, clerk, manager.
        """
        return self._write("POST", "/api/piece-reservations/{reservation}/release", told)

    def dispatch_pieces(self, **told: Unpack[DispatchPiecesTold]) -> Posted:
        """
        Hand pieces over to a customer, all of them or none; `reservation` names the one that they were kept by.

        POST /api/dispatches, for admin, clerk, manager.
        """
        return self._write("POST", "/api/dispatches", told)

    def take_back_pieces(self, **told: Unpack[TakeBackPiecesTold]) -> Posted:
        """
        Take pieces back that were sold; `state` says whether they are available, in quarantine or defective.

        POST /api/piece-returns, for admin, clerk, manager.
        """
        return self._write("POST", "/api/piece-returns", told)

    def revert_cut(self, **told: Unpack[RevertCutTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/cuts/{number}/reversal, for admin, manager.
        """
        return self._write("POST", "/api/cuts/{number}/reversal", told)

    def revert_combination(self, **told: Unpack[RevertCombinationTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/combinations/{number}/reversal, for admin, manager.
        """
        return self._write("POST", "/api/combinations/{number}/reversal", told)

    def list_pieces(self, **told: Unpack[ListPiecesTold]) -> Page[PieceAnswer]:
        """
        List pieces, the smallest first: those that are available, unless another status is asked for.

        GET /api/pieces, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/pieces", told)

    def find_offcut(self, **told: Unpack[FindOffcutTold]) -> PieceAnswer | None:
        """
        Find the smallest available length that is long enough, whether it is an offcut, a cut or a roll.

        GET /api/pieces/offcut, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/pieces/offcut", told)

    def get_piece(self, **told: Unpack[GetPieceTold]) -> PieceAnswer:
        """
        Give a piece as it is, or as it was after a posting or at a recorded time.

        GET /api/pieces/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/pieces/{code}", told)

    def piece_family(self, **told: Unpack[PieceFamilyTold]) -> Family:
        """
        Give all that a piece was made of and all that was made of it, also by acts that were undone.

        GET /api/pieces/{code}/family, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/pieces/{code}/family", told)

    def piece_trail(self, **told: Unpack[PieceTrailTold]) -> Page[MovementLine | ChangeLine]:
        """
        Tell the life of a piece in the order of the journal: its events, and the movements of its holdings.

        GET /api/pieces/{code}/trail, for admin, auditor, clerk, manager, viewer.
        """
        return self._ask("/api/pieces/{code}/trail", told)

    def verify_pieces(self) -> list[PieceFinding]:
        """
        Look for what does not add up: quantities, creators, events, triggers.

        `verify` proves the journal and every row; this asks the database about pieces, in one moment.

        GET /api/piece-verification, for admin, auditor.
        """
        return self._ask("/api/piece-verification", {})

    def plan_cuts(self, **told: Unpack[PlanCutsTold]) -> PlanCutsAnswer:
        """
        Plan what to cut from the rolls and offcuts of a site, with the least material opened.

        An offcut counts half, so it comes first. Nothing is written: /api/cuts carries the plan out in one act.

        POST /api/cut-plans, for admin, clerk, manager.
        """
        return self._write("POST", "/api/cut-plans", told)


class AsyncPiecesVerbs(AsyncSpeaker):
    """The verbs, awaited."""

    async def produce_pieces(self, **told: Unpack[ProducePiecesTold]) -> Posted:
        """
        Take what was made into stock, each piece under a name of its own.

        POST /api/productions, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/productions", told)

    async def cut_pieces(self, **told: Unpack[CutPiecesTold]) -> Posted:
        """
        Cut pieces, all of them or none; `reservation` names the one that reserved pieces belong to.

        `versions` are those of the pieces when the act was decided on, one for each: it is refused where one is older.

        POST /api/cuts, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/cuts", told)

    async def combine_spares(self, **told: Unpack[CombineSparesTold]) -> Posted:
        """
        Make bundles of `bundle_size` pieces out of spares; at most one remainder is left.

        POST /api/combinations, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/combinations", told)

    async def create_pieces(self, **told: Unpack[CreatePiecesTold]) -> Posted:
        """
        Give names to goods of a stock: `sizes` are lengths of cut pieces, or counts of spares.

        POST /api/piece-creations, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/piece-creations", told)

    async def reserve_pieces(self, **told: Unpack[ReservePiecesTold]) -> Posted:
        """
        Reserve pieces, all of them or none. After `expires_at` anybody may expire the reservation.

        POST /api/piece-reservations, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/piece-reservations", told)

    async def release_pieces(self, **told: Unpack[ReleasePiecesTold]) -> Posted:
        """
        Release some pieces of a reservation; when none is left, it is released.

        POST /api/piece-reservations/{reservation}/release, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/piece-reservations/{reservation}/release", told)

    async def dispatch_pieces(self, **told: Unpack[DispatchPiecesTold]) -> Posted:
        """
        Hand pieces over to a customer, all of them or none; `reservation` names the one that they were kept by.

        POST /api/dispatches, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/dispatches", told)

    async def take_back_pieces(self, **told: Unpack[TakeBackPiecesTold]) -> Posted:
        """
        Take pieces back that were sold; `state` says whether they are available, in quarantine or defective.

        POST /api/piece-returns, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/piece-returns", told)

    async def revert_cut(self, **told: Unpack[RevertCutTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/cuts/{number}/reversal, for admin, manager.
        """
        return await self._write("POST", "/api/cuts/{number}/reversal", told)

    async def revert_combination(self, **told: Unpack[RevertCombinationTold]) -> Posted:
        """
        Undo a posting: every movement turned round, every change set back.

        With `cascade`, the later postings that stand in the way are undone before it, newest first, in the same
        posting. A reversal is an act like any other and can be undone itself.

        POST /api/combinations/{number}/reversal, for admin, manager.
        """
        return await self._write("POST", "/api/combinations/{number}/reversal", told)

    async def list_pieces(self, **told: Unpack[ListPiecesTold]) -> Page[PieceAnswer]:
        """
        List pieces, the smallest first: those that are available, unless another status is asked for.

        GET /api/pieces, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/pieces", told)

    async def find_offcut(self, **told: Unpack[FindOffcutTold]) -> PieceAnswer | None:
        """
        Find the smallest available length that is long enough, whether it is an offcut, a cut or a roll.

        GET /api/pieces/offcut, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/pieces/offcut", told)

    async def get_piece(self, **told: Unpack[GetPieceTold]) -> PieceAnswer:
        """
        Give a piece as it is, or as it was after a posting or at a recorded time.

        GET /api/pieces/{code}, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/pieces/{code}", told)

    async def piece_family(self, **told: Unpack[PieceFamilyTold]) -> Family:
        """
        Give all that a piece was made of and all that was made of it, also by acts that were undone.

        GET /api/pieces/{code}/family, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/pieces/{code}/family", told)

    async def piece_trail(self, **told: Unpack[PieceTrailTold]) -> Page[MovementLine | ChangeLine]:
        """
        Tell the life of a piece in the order of the journal: its events, and the movements of its holdings.

        GET /api/pieces/{code}/trail, for admin, auditor, clerk, manager, viewer.
        """
        return await self._ask("/api/pieces/{code}/trail", told)

    async def verify_pieces(self) -> list[PieceFinding]:
        """
        Look for what does not add up: quantities, creators, events, triggers.

        `verify` proves the journal and every row; this asks the database about pieces, in one moment.

        GET /api/piece-verification, for admin, auditor.
        """
        return await self._ask("/api/piece-verification", {})

    async def plan_cuts(self, **told: Unpack[PlanCutsTold]) -> PlanCutsAnswer:
        """
        Plan what to cut from the rolls and offcuts of a site, with the least material opened.

        An offcut counts half, so it comes first. Nothing is written: /api/cuts carries the plan out in one act.

        POST /api/cut-plans, for admin, clerk, manager.
        """
        return await self._write("POST", "/api/cut-plans", told)
