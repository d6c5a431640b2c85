"""The verbs of pieces: produce, cut, combine, reserve, dispatch, and what each made."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from onhand.cutting.plans import SECONDS_MAX, CutPlan, LengthLike, plan_cuts
from onhand.kernel.exact import QuantityDecimal, quantity_decimal
from onhand.kernel.pieces.combine_spares import CombineSpares
from onhand.kernel.pieces.create_pieces import CreatePieces
from onhand.kernel.pieces.cut_pieces import CutPieces, Cutting
from onhand.kernel.pieces.dispatch_pieces import DispatchPieces
from onhand.kernel.pieces.piece import CUT, OFFCUT, ROLL, SPARE, UNDONE
from onhand.kernel.pieces.produce_pieces import ProducePieces
from onhand.kernel.pieces.release_pieces import ReleasePieces
from onhand.kernel.pieces.reserve_pieces import ReservePieces
from onhand.kernel.pieces.take_back_pieces import TakeBackPieces
from onhand.kernel.pieces.take_over_pieces import TakeOverPieces
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.states import WORDS, State
from onhand.kernel.stock.define import Define, ItemLine, SiteLine
from onhand.kernel.stock.revert import Revert
from onhand.ledger.asking import LIMIT_MAX, every
from onhand.ledger.core.wanted import PostingsWanted
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import question, verb
from onhand.ledger.pieces.questions import PieceQuestions
from onhand.ledger.pieces.takeover import Takeover
from onhand.ledger.reading_lines import (
    CUTTING,
    MADE,
    CuttingLike,
    MadeLike,
    QuantityLike,
    read_lines,
    read_names,
    read_quantities,
    state_of,
)

if TYPE_CHECKING:
    from onhand.kernel.command import Command


class MadePiece(NamedTuple):
    """A piece that a posting made: its name, kind, and size."""

    code: str
    kind: str
    size: QuantityDecimal


class Pieces(PieceQuestions):
    """One verb for each operation on pieces, and the questions; named by codes, or by UUIDs in any spelling."""

    _name = "pieces"

    @verb
    async def produce(self, *, site: str, made: Iterable[MadeLike], **about: Unpack[About]) -> Posting:
        """
        Take rolls, bundles and spares into stock: `made=[{"sku": "A", "kind": "roll", "size": 100, "pieces": 3}]`.

        `made_pieces(posting)` gives the names of the pieces.
        """
        return await self._do(ProducePieces(site=site, made=read_lines(MADE, made), **self._told(about)), about)

    @verb
    async def cut_roll(
        self,
        roll: str,
        lengths: Iterable[QuantityLike],
        *,
        kerf: QuantityLike = 0,
        waste: QuantityLike = 0,
        keep: QuantityLike = 0,
        reservation: int | None = None,
        version: int | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Cut a roll, an offcut or a cut piece into lengths; refused where it is not of this version any more.

        `kerf` is the width of each cut and `waste` what is thrown away; what is left is an offcut, or waste where it is
        shorter than `keep`. The roll is used up by it, so of two who cut the same roll one is refused.
        """
        cutting = Cutting(
            roll, read_quantities(lengths, "lengths"), parse_quantity(kerf), parse_quantity(waste), parse_quantity(keep)
        )
        versions = None if version is None else (version,)
        return await self._do(
            CutPieces(cuttings=(cutting,), reservation=reservation, versions=versions, **self._told(about)), about
        )

    @verb
    async def cut(
        self,
        cuttings: Iterable[CuttingLike],
        *,
        reservation: int | None = None,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Cut many pieces in one act, such as those of a plan."""
        cut = read_lines(CUTTING, cuttings)
        return await self._do(
            CutPieces(cuttings=cut, reservation=reservation, versions=_versions(versions), **self._told(about)), about
        )

    @verb
    async def combine_spares(
        self,
        pieces: Sequence[str],
        bundle_size: int,
        number_of_bundles: int,
        *,
        reservation: int | None = None,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make bundles of spares; what does not fill a bundle stays one lot of spares."""
        return await self._do(
            CombineSpares(
                pieces=read_names(pieces, "pieces"),
                bundle_size=bundle_size,
                bundles=number_of_bundles,
                reservation=reservation,
                versions=_versions(versions),
                **self._told(about),
            ),
            about,
        )

    @verb
    async def create_cut(
        self,
        *,
        site: str,
        sku: str,
        lengths: Iterable[QuantityLike],
        lot: str | None = None,
        location: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Give names to cut pieces of these lengths, out of the unnamed stock of an item."""
        return await self._do(
            CreatePieces(
                site=site,
                sku=sku,
                piece_kind=CUT,
                sizes=read_quantities(lengths, "lengths"),
                lot=lot,
                location=location,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def create_spares(
        self,
        *,
        site: str,
        sku: str,
        piece_count: int,
        length: QuantityLike | None = None,
        lot: str | None = None,
        location: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Give a name to so many loose pieces, out of the unnamed stock of an item."""
        return await self._do(
            CreatePieces(
                site=site,
                sku=sku,
                piece_kind=SPARE,
                sizes=read_quantities([piece_count], "piece_count"),
                length=None if length is None else parse_quantity(length),
                lot=lot,
                location=location,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def reserve(
        self,
        pieces: Sequence[str],
        *,
        expires_at: datetime | None = None,
        priority: int = 0,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Keep pieces for a piece of work; `posting.made("reservation")` is the number of the promise.

        `versions`, here and elsewhere, are those that the pieces had when they were looked at, one for each: where one
        has changed since, VERSION_CONFLICT tells both.
        """
        return await self._do(
            ReservePieces(
                pieces=read_names(pieces, "pieces"),
                expires_at=expires_at,
                priority=priority,
                versions=_versions(versions),
                **self._told(about),
            ),
            about,
        )

    @verb
    async def release(
        self,
        pieces: Sequence[str],
        *,
        reservation: int,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Let some pieces of a reservation go; `release` lets all of them go."""
        return await self._do(
            ReleasePieces(
                pieces=read_names(pieces, "pieces"),
                versions=_versions(versions),
                reservation=reservation,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def dispatch(
        self,
        pieces: Sequence[str],
        *,
        reservation: int | None = None,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Hand pieces over to a customer: all of them or none."""
        return await self._do(
            DispatchPieces(
                pieces=read_names(pieces, "pieces"),
                versions=_versions(versions),
                reservation=reservation,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def take_back(
        self,
        pieces: Sequence[str],
        *,
        state: State | str = State.AVAILABLE,
        versions: Sequence[int] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Take pieces back that were sold, to where they were sold from."""
        return await self._do(
            TakeBackPieces(
                pieces=read_names(pieces, "pieces"),
                versions=_versions(versions),
                state=state_of(state),
                **self._told(about),
            ),
            about,
        )

    @question
    async def plan_cuts(
        self,
        *,
        site: str,
        sku: str,
        demand: Iterable[tuple[QuantityLike, int]],
        kerf: QuantityLike = 0,
        seconds: float = SECONDS_MAX,
    ) -> CutPlan:
        """
        Plan what to cut from the rolls and offcuts that are available at a site, with the least material opened.

        `execute_plan` carries it out in one act. `plan_cuts` of `onhand.cutting.plans` plans for any pieces.
        """
        told = list(demand)
        rolls = [piece async for piece in self._lengths(site, sku, ROLL)]
        offcuts = [piece async for piece in self._lengths(site, sku, OFFCUT)]
        return await asyncio.to_thread(_plan_cuts, told, rolls, offcuts, kerf, seconds)

    @verb
    async def execute_plan(
        self, plan: CutPlan, *, keep: QuantityLike = 0, reservation: int | None = None, **about: Unpack[About]
    ) -> Posting:
        """Cut as a plan says, in one act: all of it or, where a piece is not there any more, nothing."""
        if not plan.cuts:
            raise Refused("INVALID_COMMAND", detail="the plan cuts nothing")
        cuttings = plan.cuttings(keep=parse_quantity(keep))
        return await self._do(CutPieces(cuttings=cuttings, reservation=reservation, **self._told(about)), about)

    async def _lengths(self, site: str, sku: str, kind: str) -> AsyncIterator[tuple[str, Decimal]]:
        async for piece in every(self.list, site, sku, kind=kind):
            yield piece.code, piece.size

    @verb
    async def take_over(self, takeover: Takeover, *, site: str) -> list[Posting]:
        """Take the pieces of an older installation over, once however often it is asked for."""
        document: dict[str, Any] = {"document_type": "takeover", "document_id": takeover.name, "actor": self._actor}
        name = f"takeover/{takeover.name}"
        items = tuple(ItemLine(sku) for sku in takeover.skus)
        commands: list[Command] = [Define(key=f"{name}/define", sites=(SiteLine(site),), items=items, **document)]
        commands += [
            TakeOverPieces(key=f"{name}/{number}", site=site, pieces=part, **document)
            for number, part in enumerate(takeover.parts(), start=1)
        ]
        return [await self._post(command) for command in commands]

    @verb
    async def undo_takeover(self, takeover: Takeover) -> list[Posting]:
        """Undo a takeover, the last part first; refused where a piece was used since."""
        name = f"takeover/{takeover.name}"
        wanted = PostingsWanted(
            kind=TakeOverPieces.kind, document_type="takeover", document_id=takeover.name, newest_first=True
        )
        found = await self._reading.postings(wanted, LIMIT_MAX)
        if not found.rows:
            raise Refused("INVALID_COMMAND", detail="these files were not taken over")
        return [
            await self._post(Revert(key=f"{name}/undo/{told.number}", actor=self._actor, number=told.number))
            for told in found.rows
        ]

    @verb
    async def revert_cut(self, number: int, *, cascade: bool = False, **about: Unpack[About]) -> "Reverted":
        """Undo a cut precisely: the roll comes back and what was cut off it goes."""
        return await self._revert(CutPieces.kind, number, cascade=cascade, about=about)

    @verb
    async def revert_combination(self, number: int, *, cascade: bool = False, **about: Unpack[About]) -> "Reverted":
        """Undo a combination precisely: the spares come back and the bundles go."""
        return await self._revert(CombineSpares.kind, number, cascade=cascade, about=about)

    async def _revert(self, kind: str, number: int, *, cascade: bool, about: About) -> "Reverted":
        posting = await self._do(Revert(number=number, cascade=cascade, of_kind=kind, **self._told(about)), about)
        return Reverted(posting, *reverted_pieces(posting))


def _plan_cuts(
    demand: Sequence[tuple[QuantityLike, int]],
    rolls: Sequence[LengthLike],
    offcuts: Sequence[LengthLike],
    kerf: QuantityLike,
    seconds: float,
) -> CutPlan:
    return plan_cuts(demand, rolls, offcuts, kerf, seconds=seconds)


class Reverted(NamedTuple):
    """A reversal, with the names of the pieces that it brought back and of those that it took away."""

    posting: Posting
    restored: tuple[str, ...]
    removed: tuple[str, ...]


def reverted_pieces(posting: Posting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the names of the pieces that a reversal brought back, and of those that it took away."""
    codes = {movement.holding_id: str(movement.place.unit) for movement in posting.movements}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in posting.changes:
        if change.entity == "piece" and change.before is not None:
            code = codes[change.before["holding_id"]]
            before.setdefault(code, str(change.before["status"]))
            after[code] = str(change.after["status"])
    standing = {WORDS[state] for state in State}
    restored = tuple(code for code in after if after[code] in standing and before[code] not in standing)
    return restored, tuple(code for code in after if after[code] == UNDONE)


def made_pieces(posting: Posting) -> tuple[MadePiece, ...]:
    """Give the pieces that a posting made, in the order in which it made them."""
    codes = {change.entity_id: str(change.after["code"]) for change in posting.changes if change.entity == "unit"}
    return tuple(
        MadePiece(codes[change.entity_id], str(change.after["kind"]), quantity_decimal(change.after["size"]))
        for change in posting.changes
        if (change.entity, change.action) == ("piece", "created")
    )


def _versions(versions: Sequence[int] | None) -> tuple[int, ...] | None:
    return None if versions is None else tuple(versions)
